#pragma once

#include "session/answer.h"
#include "session/requests.h"
#include "session/run_state.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace millrace::session {

/// One document that runs in this process. start, apply, stop and the node verbs come from one thread (the session's
/// command thread) and may take seconds; the others may be called from any thread.
class Runtime {
public:
    Runtime(FileSystem& disk, LogStore& log) : run_(disk, log) {}
    ~Runtime(); ///< stops without draining

    /// Each fills `ok`, `issues` and what else its verb has; `request` and `verb` are the caller's.
    Answer start(const StartRequest& request);
    Answer apply(const ApplyRequest& request);
    /// Calls `drained` when nothing moves any more and all parts can still be looked at.
    Answer stop(std::chrono::milliseconds drainLimit, const std::function<void()>& drained);
    Answer startNode(const std::string& id);
    Answer stopNode(const std::string& id);
    Answer burst(const std::string& trafficId, double perSecond, std::chrono::milliseconds duration);

    /// Cuts a stop that drains short. Any thread.
    void abort();
    bool running() const { return run_.running; }
    std::int64_t epoch() const { return run_.epoch; }
    /// Calls `read` with the parts held still. Any thread; `read` must not wait for a broker or a disk.
    template <typename Read>
    void withParts(Read&& read) const {
        const std::lock_guard lock(run_.mutex);
        read(run_.parts);
    }

private:
    Status prepareRunDirectory(const std::string& directory);
    Status nodeVerb(const std::string& id, Status (flume::Agent::*verb)(const std::string&));

    RunState run_;
};

} // namespace millrace::session
