#pragma once

#include "flume/wake_up.h"

#include <atomic>
#include <cstddef>
#include <mutex>
#include <vector>

namespace millrace::flume {

/// Runners that wait for a channel, in the order in which they came. Whoever changes the channel wakes at most one of
/// them; one that is woken and does not use it passes it on, so that no event lies while a healthy sink sleeps.
class WaitList {
public:
    /// One runner's place; embedded in its transaction, which leaves the list before it dies.
    struct Waiter {
        WakeUp* waker = nullptr;
        std::size_t events = 0; ///< room that a source needs
        std::size_t byteSlots = 0;
        bool listed = false; ///< guarded by the list
        bool woken = false;  ///< taken off the list by a wake-up that was not yet used; guarded by the list
    };

    /// Cheap look without the lock. Ordered with the channel's counters: who enters and then finds the channel
    /// unchanged is seen here by whoever changes it afterwards.
    bool any() const { return count_.load() > 0; }
    void enter(Waiter& waiter);
    /// Also forgets an unused wake-up; true when there was one.
    bool leave(Waiter& waiter);
    /// Wakes the first for whom `fits(waiter)` holds.
    template <typename Fits>
    void wakeFirst(Fits fits) {
        const std::lock_guard lock(mutex_);
        for (Waiter* waiter : waiters_)
            if (fits(*waiter)) {
                wake(*waiter);
                return;
            }
    }
    void wakeFirst() {
        wakeFirst([](const Waiter&) { return true; });
    }
    void wakeAll();

private:
    void wake(Waiter& waiter);
    void remove(Waiter& waiter);

    mutable std::mutex mutex_;
    std::vector<Waiter*> waiters_;
    std::atomic<std::size_t> count_{0};
};

} // namespace millrace::flume
