#pragma once

#include "base/clock.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace millrace::flume {

/// The one thing a runner sleeps on: channels, inotify, queues, timers and stop all notify it. A notification that comes
/// while the runner is awake is kept, so none is lost; several count as one.
class WakeUp {
public:
    /// From any thread; costs one atomic exchange when the runner is awake already.
    void notify();
    /// Sleeps until notified or `deadline` (none = without limit). Returns true when notified. Owner thread.
    bool wait(std::optional<MonotonicTime> deadline);
    /// True and reset when a notification waits. Owner thread.
    bool consume();

private:
    std::atomic<bool> notified_{false};
    std::atomic<bool> sleeping_{false};
    std::mutex mutex_;
    std::condition_variable condition_;
};

} // namespace millrace::flume
