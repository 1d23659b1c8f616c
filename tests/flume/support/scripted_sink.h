#pragma once

#include "flume/registry.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// What scripted sinks have delivered and how they shall behave, by the name of the sink; shared by a whole test program.
/// Any thread.
class SinkScript {
public:
    static SinkScript& of(const std::string& sinkId);
    static void forgetAll();

    std::vector<std::string> delivered() const;
    std::size_t deliveredCount() const;
    int starts() const { return starts_.load(); }
    int stops() const { return stops_.load(); }
    void failStarts(bool fail) { failStarts_.store(fail); }
    void failCycles(bool fail) { failCycles_.store(fail); }
    void hold(bool hold) { hold_.store(hold); } ///< takes nothing while held
    /// The answer to a batch comes only once the sink is told to stop, as from a slow peer.
    void answerAtStop(bool atStop) { answerAtStop_.store(atStop); }
    bool sending() const { return sending_.load(); } ///< waits for such an answer
    int interrupts() const { return interrupts_.load(); }

private:
    friend class ScriptedSink;
    mutable std::mutex mutex_;
    std::vector<std::string> delivered_;
    std::atomic<int> starts_{0}, stops_{0}, interrupts_{0};
    std::atomic<bool> failStarts_{false}, failCycles_{false}, hold_{false}, answerAtStop_{false}, sending_{false};
};

/// The built-in registry, but `logger` sinks are scripted ones.
const Registry& scriptedRegistry();

} // namespace millrace::flume::test
