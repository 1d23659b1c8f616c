#pragma once

#include <chrono>
#include <cstdint>
#include <functional>

namespace millrace {

using MonotonicTime = std::chrono::steady_clock::time_point;
/// Milliseconds since the Unix epoch, as Kafka and Flume write it.
using EpochMs = std::int64_t;

/// Time, and the only way to be called later. One clock belongs to one Executor: the functions given to at() run on
/// that executor's thread. now() and epochMs() may be called from any thread.
class Clock {
public:
    using TimerId = std::uint64_t; ///< 0 is never given out
    virtual ~Clock() = default;
    virtual MonotonicTime now() const = 0;
    virtual EpochMs epochMs() const = 0;
    /// Runs `fn` once, not before `when`; on the executor's thread. Call from that thread.
    virtual TimerId at(MonotonicTime when, std::function<void()> fn) = 0;
    /// Forgets a timer; unknown or fired ids are ignored. Call from the executor's thread.
    virtual void cancel(TimerId id) = 0;

    TimerId after(std::chrono::milliseconds delay, std::function<void()> fn) { return at(now() + delay, std::move(fn)); }
};

/// now() and epochMs() of this computer, for threads that have no executor and never need a timer.
MonotonicTime systemNow();
EpochMs systemEpochMs();

} // namespace millrace
