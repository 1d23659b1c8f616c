#pragma once

#include "flume/runtime/node.h"
#include "flume/wake_up.h"

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace millrace::flume {

/// Tries channels that did not start again, every 3 s as Flume's LifecycleSupervisor does, on a thread that runs only
/// once there was one. begin() and end() on the agent's thread.
class ChannelSupervisor {
public:
    using Channels = std::vector<std::shared_ptr<ChannelNode>>;
    /// `failing` gives the channels that have not started; called on the supervisor's thread. `clock` outlives this.
    ChannelSupervisor(ThreadClock& clock, std::function<Channels()> failing)
        : clock_(clock), failing_(std::move(failing)), wakeUp_(clock) {}
    ~ChannelSupervisor() { end(); }
    ChannelSupervisor(const ChannelSupervisor&) = delete;
    ChannelSupervisor& operator=(const ChannelSupervisor&) = delete;

    void begin(); ///< does nothing when it is at work
    void end();   ///< waits for an attempt that is under way

private:
    void run();

    ThreadClock& clock_;
    const std::function<Channels()> failing_;
    WakeUp wakeUp_;
    std::atomic<bool> stops_{false};
    std::thread thread_;
};

} // namespace millrace::flume
