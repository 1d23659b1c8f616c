#include "flume/wake_up.h"

#include <algorithm>

namespace millrace::flume {

namespace {

using namespace std::chrono_literals;

// A wake-up across cores costs 55-70 microseconds: spinning longer than that never pays.
constexpr std::chrono::nanoseconds kLongestSpin = 50us;
constexpr std::chrono::nanoseconds kShortestSpin = 2us;
/// Sleeps shorter than this say that traffic flows.
constexpr std::chrono::nanoseconds kBusySleep = 150us;

void pauseCpu() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

} // namespace

void WakeUp::notify() {
    if (forwards_.load(std::memory_order_relaxed)) {
        const std::lock_guard lock(mutex_); // the target may not go while it is notified
        if (target_) {
            target_->notify();
            return;
        }
    }
    if (notified_.exchange(true)) return;
    if (!sleeping_.load()) return;
    // Under the lock, so that the notification cannot fall between the sleeper's last look and its sleep.
    const std::lock_guard lock(mutex_);
    clock_.notifyAll(condition_);
}

bool WakeUp::consume() {
    return notified_.load(std::memory_order_relaxed) && notified_.exchange(false);
}

void WakeUp::forwardTo(WakeUp* other) {
    const std::lock_guard lock(mutex_);
    target_ = other;
    if (other) forwards_.store(true);
}

void WakeUp::endWaits() {
    waitsEnded_.store(true);
    notify();
}

bool WakeUp::wait(std::optional<MonotonicTime> deadline) {
    if (consume()) return true;
    if (spinFor_ > 0ns) {
        if (spin(deadline)) {
            spinFor_ = std::min(spinFor_ * 2, kLongestSpin);
            return true;
        }
        spinFor_ = spinFor_ / 2 < kShortestSpin ? 0ns : spinFor_ / 2;
    }
    return sleep(deadline);
}

bool WakeUp::spin(std::optional<MonotonicTime> deadline) {
    const MonotonicTime end = std::min(clock_.now() + spinFor_, deadline.value_or(MonotonicTime::max()));
    do {
        for (int i = 0; i < 16; ++i) {
            if (consume()) return true;
            pauseCpu();
        }
    } while (clock_.now() < end);
    return false;
}

bool WakeUp::sleep(std::optional<MonotonicTime> deadline) {
    const MonotonicTime began = clock_.now();
    std::unique_lock lock(mutex_);
    sleeping_.store(true);
    bool notified = false;
    while (!(notified = notified_.exchange(false))) {
        if (clock_.wait(lock, condition_, deadline)) continue;
        notified = notified_.exchange(false);
        break;
    }
    sleeping_.store(false);
    lock.unlock();
    if (notified && clock_.othersRunMeanwhile() && clock_.now() - began < kBusySleep) spinFor_ = std::max(spinFor_, 4 * kShortestSpin);
    return notified;
}

} // namespace millrace::flume
