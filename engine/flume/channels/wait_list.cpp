#include "flume/channels/wait_list.h"

namespace millrace::flume {

void WaitList::enter(Waiter& waiter) {
    const std::lock_guard lock(mutex_);
    waiter.woken = false;
    if (waiter.listed) return;
    waiter.listed = true;
    waiters_.push_back(&waiter);
    count_.store(waiters_.size());
}

bool WaitList::leave(Waiter& waiter) {
    const std::lock_guard lock(mutex_);
    const bool unused = waiter.woken;
    waiter.woken = false;
    if (waiter.listed) remove(waiter);
    return unused;
}

void WaitList::wakeAll() {
    const std::lock_guard lock(mutex_);
    while (!waiters_.empty())
        wake(*waiters_.back());
}

void WaitList::wake(Waiter& waiter) {
    remove(waiter);
    waiter.woken = true;
    waiter.waker->notify(); // under the lock: the waiter cannot die meanwhile
}

void WaitList::remove(Waiter& waiter) {
    waiter.listed = false;
    std::erase(waiters_, &waiter);
    count_.store(waiters_.size());
}

} // namespace millrace::flume
