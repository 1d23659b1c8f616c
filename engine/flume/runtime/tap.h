#pragma once

#include "base/thread_clock.h"
#include "flume/agent.h"

#include <atomic>
#include <deque>
#include <mutex>

namespace millrace::flume {

/// Looks at the events that pass a node while somebody reads it. A closed one costs the node one relaxed load for each
/// transaction. Any thread.
class Tap {
public:
    explicit Tap(const ThreadClock& clock) : clock_(clock) {}
    bool isOpen() const { return open_.load(std::memory_order_relaxed); }
    /// Remembers the last of these events. Cheap when closed.
    void record(std::span<const EventRange> events) {
        if (isOpen()) keep(events);
    }
    /// Opens the tap when it is closed. Sequences go on over closing and opening. An `after` beyond them comes from the
    /// tap of a component that was built anew: the reader begins again.
    TapRead read(std::uint64_t after, std::size_t maxEvents, std::size_t maxBodyBytes);

private:
    void keep(std::span<const EventRange> events);

    const ThreadClock& clock_;
    std::atomic<bool> open_{false};
    std::mutex mutex_;
    std::deque<TappedEvent> kept_;
    std::uint64_t sequence_ = 0;
    std::size_t maxEvents_ = 0, maxBodyBytes_ = 0;
    MonotonicTime lastRead_{};
};

} // namespace millrace::flume
