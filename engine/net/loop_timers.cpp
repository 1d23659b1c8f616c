#include "net/loop_timers.h"

#include <algorithm>

namespace millrace::net {

LoopTimers::LoopTimers(boost::asio::io_context& io, std::function<void()> afterEach)
    : timer_(io), afterEach_(std::move(afterEach)) {}

Clock::TimerId LoopTimers::at(MonotonicTime when, std::function<void()> fn) {
    // Never in the past: a timer that sets itself again with a time gone by must not keep runDue() for ever.
    when = std::max(when, now());
    const TimerId id = ++lastId_;
    queue_.emplace(std::pair(when, id), std::move(fn));
    deadlines_.emplace(id, when);
    arm();
    return id;
}

void LoopTimers::cancel(TimerId id) {
    const auto found = deadlines_.find(id);
    if (found == deadlines_.end()) return;
    queue_.erase({found->second, id});
    deadlines_.erase(found);
}

void LoopTimers::clear() {
    queue_.clear();
    deadlines_.clear();
    timer_.cancel();
}

void LoopTimers::arm() {
    if (queue_.empty() || queue_.begin()->first.first >= armedFor_) return;
    armedFor_ = queue_.begin()->first.first;
    timer_.expires_at(armedFor_); // cancels the wait that was armed for a later time
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        armedFor_ = MonotonicTime::max();
        runDue();
        arm();
    });
}

void LoopTimers::runDue() {
    const MonotonicTime until = now();
    while (!queue_.empty() && queue_.begin()->first.first <= until) {
        const auto first = queue_.begin();
        const auto fn = std::move(first->second);
        deadlines_.erase(first->first.second);
        queue_.erase(first);
        fn();
        afterEach_();
    }
}

} // namespace millrace::net
