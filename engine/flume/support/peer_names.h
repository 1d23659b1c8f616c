#pragma once

#include "base/thread_clock.h"

#include <map>
#include <string>

namespace millrace::flume {

/// The names of peers, as java.net.InetAddress.getHostName() finds them: asked for once in ten minutes, and the address
/// where there is none. One thread, which may wait for a name server.
class PeerNames {
public:
    explicit PeerNames(const ThreadClock& clock) : clock_(clock) {}
    /// Good until the next call.
    const std::string& nameOf(const std::string& literal);

private:
    struct Known {
        std::string name;
        MonotonicTime until;
    };
    const ThreadClock& clock_;
    std::map<std::string, Known> known_;
};

} // namespace millrace::flume
