#pragma once

#include <atomic>
#include <thread>

namespace millrace::flume {

/// For sections of a few instructions that two runners enter millions of times a second: a futex that puts one of them
/// to sleep costs more than the section ever does. Works with std::lock_guard.
class SpinLock {
public:
    void lock() {
        while (locked_.exchange(true, std::memory_order_acquire))
            waitUntilFree();
    }
    void unlock() { locked_.store(false, std::memory_order_release); }

private:
    void waitUntilFree() {
        for (int looks = 0; locked_.load(std::memory_order_relaxed); ++looks) {
            // The holder may have lost its core: with two cores and many threads that is not rare.
            if (looks > kLooksBeforeYield) std::this_thread::yield();
        }
    }
    static constexpr int kLooksBeforeYield = 128;
    std::atomic<bool> locked_{false};
};

} // namespace millrace::flume
