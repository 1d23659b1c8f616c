#pragma once

#include "base/thread_clock.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>

namespace millrace::flume {

/// The one thing a runner sleeps on: channels, inotify, queues, timers and stop all notify it. A notification that
/// comes while the runner is awake is kept, so none is lost; several count as one.
class WakeUp {
public:
    /// `clock` is the owner's and outlives this.
    explicit WakeUp(ThreadClock& clock = systemThreadClock()) : clock_(clock) {}
    ThreadClock& clock() const { return clock_; }
    /// From any thread; costs one atomic exchange when the runner is awake already.
    void notify();
    /// Sleeps until notified or `deadline` (none = without limit). Returns true when notified. Owner thread. Spins for
    /// some microseconds first while notifications follow each other closely: waking a thread on another core costs
    /// more.
    bool wait(std::optional<MonotonicTime> deadline);
    /// True and reset when a notification waits. Owner thread.
    bool consume();

    /// From now on notifications wake `other` instead; null = this one again. Whoever calls it sees to it that `other`
    /// outlives the forwarding. Any thread.
    void forwardTo(WakeUp* other);

    /// Ends every wait inside a channel's commit at once, for good until allowWaits(). From any thread.
    void endWaits();
    void allowWaits() { waitsEnded_.store(false); }
    bool waitsEnded() const { return waitsEnded_.load(std::memory_order_relaxed); }
    /// The same for whoever waits elsewhere in a commit.
    const std::atomic<bool>& waitsEndedFlag() const { return waitsEnded_; }
    /// True while the owner waits in a commit for room in a channel. Set by the channel, read by anyone.
    void setHeldUp(bool heldUp) { heldUp_.store(heldUp, std::memory_order_relaxed); }
    bool heldUp() const { return heldUp_.load(std::memory_order_relaxed); }

private:
    bool spin(std::optional<MonotonicTime> deadline);
    bool sleep(std::optional<MonotonicTime> deadline);

    ThreadClock& clock_;
    std::atomic<bool> notified_{false};
    std::atomic<bool> sleeping_{false};
    std::atomic<bool> waitsEnded_{false};
    std::atomic<bool> heldUp_{false};
    std::chrono::nanoseconds spinFor_{0}; ///< owner thread
    std::atomic<bool> forwards_{false};
    WakeUp* target_ = nullptr; ///< guarded by mutex_
    std::mutex mutex_;
    std::condition_variable condition_;
};

} // namespace millrace::flume
