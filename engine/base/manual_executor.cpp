#include "base/manual_executor.h"

#include <algorithm>

namespace millrace {

Clock::TimerId ManualExecutor::at(MonotonicTime when, std::function<void()> fn) {
    timers_.emplace(when, std::pair(++lastId_, std::move(fn)));
    return lastId_;
}

void ManualExecutor::cancel(TimerId id) {
    const auto it = std::find_if(timers_.begin(), timers_.end(), [id](const auto& t) { return t.second.first == id; });
    if (it != timers_.end()) timers_.erase(it);
}

bool ManualExecutor::runDueTimer() {
    if (timers_.empty() || timers_.begin()->first > now_) return false;
    auto fn = std::move(timers_.begin()->second.second);
    timers_.erase(timers_.begin());
    fn();
    return true;
}

std::size_t ManualExecutor::drain() {
    std::size_t ran = 0;
    for (;;) {
        if (!queue_.empty()) {
            auto fn = std::move(queue_.front());
            queue_.pop_front();
            fn();
        } else if (!runDueTimer()) {
            return ran;
        }
        ++ran;
    }
}

void ManualExecutor::forgetAll() {
    queue_.clear();
    timers_.clear();
}

void ManualExecutor::advance(std::chrono::milliseconds delta) {
    const MonotonicTime end = now_ + delta;
    drain();
    while (!timers_.empty() && timers_.begin()->first <= end) {
        const auto step = std::max(timers_.begin()->first, now_) - now_;
        now_ += step;
        epochMs_ += std::chrono::duration_cast<std::chrono::milliseconds>(step).count();
        drain();
    }
    epochMs_ += std::chrono::duration_cast<std::chrono::milliseconds>(end - now_).count();
    now_ = end;
    drain();
}

} // namespace millrace
