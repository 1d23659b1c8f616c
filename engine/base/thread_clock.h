#pragma once

#include "base/clock.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

namespace millrace {

/// Time for threads that work and wait by themselves, as the runners of an agent: how they tell it, wait and begin. The
/// computer's, or in a test one that is moved by hand (ManualThreadClock). Any thread.
class ThreadClock {
public:
    virtual ~ThreadClock() = default;
    virtual MonotonicTime now() const = 0;
    virtual EpochMs epochMs() const = 0;

    /// A thread that waits by this clock; ended by join().
    virtual std::thread start(std::function<void()> run) = 0;
    virtual void join(std::thread& thread) = 0;

    /// Lets go of `lock` until notifyAll(condition) or `deadline` (none = without limit), then has it again. May return
    /// for no reason; false when `deadline` has passed.
    virtual bool wait(std::unique_lock<std::mutex>& lock, std::condition_variable& condition,
                      std::optional<MonotonicTime> deadline = {}) = 0;
    /// Call with the mutex held that the waiting threads have locked.
    virtual void notifyAll(std::condition_variable& condition) = 0;

    /// Whether others work while a thread looks again and again, so that it may find something.
    virtual bool othersRunMeanwhile() const = 0;
};

/// The computer's time and threads.
ThreadClock& systemThreadClock();

} // namespace millrace
