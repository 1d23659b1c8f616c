#pragma once

#include "flume/channels/jdbc/event_table.h"
#include "flume/channels/wait_list.h"
#include "flume/component_services.h"

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

namespace millrace::flume {

/// What a database channel holds, from start to stop: the table, and which of its events nobody has taken. Any thread;
/// each call waits for the disk.
class StoredEvents {
public:
    /// `services` and `takers` outlive it.
    StoredEvents(std::unique_ptr<EventTable> table, WaitList& takers, const ComponentServices& services);

    /// Error full when there would be more than `capacity` events; 0 = no bound.
    Status put(std::span<const EventRange> ranges, std::size_t events, std::size_t capacity);
    /// Up to so many events in place of what is in `into`; their numbers go behind those in `claimed`.
    Result<std::size_t> take(std::size_t maxEvents, std::vector<EventRange>& into, std::vector<EventNumbers>& claimed);
    /// On a full disk, where even to remove takes room, they are noted in memory and removed with the next that can be:
    /// only if the process ends before do they come once more.
    Status commitTakes(std::span<const EventNumbers> claimed, std::size_t events);
    /// To the head, in their order.
    void giveBack(std::span<const EventNumbers> claimed, std::size_t events);

    std::size_t events() const { return events_.load(); } ///< those that are taken and not committed are some
    std::size_t ready() const { return ready_.load(); }   ///< not taken
    void wakeTaker();
    /// Lets go of the file. All calls fail with `closed` from then on.
    void close();

private:
    void dropDamaged(std::span<const std::int64_t> numbers);
    Status removeOwed();

    WaitList& takers_;
    const ComponentServices& services_;
    std::mutex mutex_; ///< of what follows
    std::unique_ptr<EventTable> table_;
    std::deque<EventNumbers> left_;  ///< rising, not taken
    std::vector<EventNumbers> owed_; ///< taken for good, and still in the table
    std::int64_t next_ = 0;
    std::atomic<std::size_t> events_{0}, ready_{0};
};

} // namespace millrace::flume
