#include "rpc/call_backlog.h"

#include <utility>

namespace millrace::rpc {

CallBacklog::Share::Share(std::shared_ptr<CallBacklog> backlog, std::size_t bytes)
    : backlog_(std::move(backlog)), bytes_(bytes) {
    backlog_->add(bytes_);
}

CallBacklog::Share& CallBacklog::Share::operator=(Share&& other) noexcept {
    std::swap(backlog_, other.backlog_);
    std::swap(bytes_, other.bytes_);
    return *this;
}

CallBacklog::Share::~Share() {
    release();
}

void CallBacklog::Share::release() {
    if (const auto backlog = std::exchange(backlog_, nullptr)) backlog->remove(bytes_);
}

bool CallBacklog::hasRoom(Waiter& waiter) {
    const std::lock_guard lock(mutex_);
    if (full_) waiting_.insert(&waiter);
    return !full_;
}

void CallBacklog::forget(Waiter& waiter) {
    const std::lock_guard lock(mutex_);
    waiting_.erase(&waiter);
}

void CallBacklog::add(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    held_ += bytes;
    full_ = full_ || held_ >= limit_;
}

void CallBacklog::remove(std::size_t bytes) {
    const std::lock_guard lock(mutex_);
    held_ -= bytes;
    if (!full_ || held_ > limit_ / 2) return;
    full_ = false;
    // Who waits has not been closed, so the loop is there. Without anybody it may be gone.
    if (!waiting_.empty()) loop_.post([self = shared_from_this()] { self->tellWaiters(); });
}

void CallBacklog::tellWaiters() {
    std::set<Waiter*> waiting;
    {
        const std::lock_guard lock(mutex_);
        waiting.swap(waiting_);
    }
    // None of them is closed meanwhile: a connection tells its end in a turn of its own.
    for (Waiter* waiter : waiting)
        waiter->roomAgain();
}

} // namespace millrace::rpc
