#pragma once

#include "base/clock.h"
#include "base/executor.h"

#include <cstddef>
#include <deque>
#include <map>

namespace millrace {

/// Executor and clock in one that stand still until they are told to go on: a test runs two Kafka clients and a
/// rebalance with no socket, no thread and no waiting. Not thread-safe: one thread owns it.
class ManualExecutor final : public Executor, public Clock {
public:
    void post(std::function<void()> fn) override { queue_.push_back(std::move(fn)); }
    bool inThread() const override { return true; }
    MonotonicTime now() const override { return now_; }
    EpochMs epochMs() const override { return epochMs_; }
    TimerId at(MonotonicTime when, std::function<void()> fn) override;
    void cancel(TimerId id) override;

    /// Runs all that was posted, also what that posts in turn. Timers that are due run too. Returns how many ran.
    std::size_t drain();
    /// Moves time on in steps from timer to timer, draining at each, up to `delta` from now.
    void advance(std::chrono::milliseconds delta);
    /// Drops what was posted, and the timers, as the end of a process does; time stays.
    void forgetAll();
    bool idle() const { return queue_.empty(); }

private:
    bool runDueTimer();

    std::deque<std::function<void()>> queue_;
    std::multimap<MonotonicTime, std::pair<TimerId, std::function<void()>>> timers_;
    MonotonicTime now_{std::chrono::hours(1)};
    EpochMs epochMs_ = 1'700'000'000'000;
    TimerId lastId_ = 0;
};

} // namespace millrace
