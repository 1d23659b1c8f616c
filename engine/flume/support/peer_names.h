#pragma once

#include "base/thread_clock.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace millrace::flume {

/// The name of a literal address, or the address when it has none; waits for a name server.
std::string lookUpPeerName(const std::string& literal);

/// The names of peers, as java.net.InetAddress.getHostName() finds them: asked for once in ten minutes, and the address
/// where there is none. One thread, which waits a second at most: while a name server is slow, nobody waits for it, and
/// addresses are names until it has answered.
class PeerNames {
public:
    using LookUp = std::function<std::string(const std::string& literal)>;

    /// `lookUp` runs on a thread of its own, one call at a time, which is left behind when this object goes.
    explicit PeerNames(ThreadClock& clock, LookUp lookUp = lookUpPeerName,
                       std::chrono::milliseconds patience = std::chrono::seconds(1))
        : clock_(clock), lookUp_(std::move(lookUp)), patience_(patience) {}
    /// Good until the next call.
    const std::string& nameOf(const std::string& literal);

private:
    struct Known {
        std::string name;
        MonotonicTime until;
    };
    /// A look-up under way; its thread has it too.
    struct Asked {
        std::string literal;
        std::mutex mutex;
        std::condition_variable answered;
        std::optional<std::string> name; ///< guarded by mutex
    };
    void ask(const std::string& literal);
    bool isAnswered(std::chrono::milliseconds patience);

    ThreadClock& clock_;
    const LookUp lookUp_;
    const std::chrono::milliseconds patience_;
    std::map<std::string, Known> known_;
    std::shared_ptr<Asked> asked_; ///< null: nobody is asked
    std::string unknown_; ///< the address that stands for a name now
};

} // namespace millrace::flume
