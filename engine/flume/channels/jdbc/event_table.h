#pragma once

#include "flume/channels/jdbc/sqlite.h"
#include "flume/event_batch.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <vector>

namespace millrace::flume {

/// Events that have these numbers; not each of them needs to exist.
struct EventNumbers {
    std::int64_t first = 0;
    std::int64_t end = 0; ///< one past
};

/// The events of a channel in a database file: `events(number, event)`, the number rising in the order in which they
/// came, the event as AvroFlumeEvent in bare binary form. Not thread-safe.
class EventTable {
public:
    /// `create`: makes the file, its directory and the table where they are missing; else they must be there.
    static Result<std::unique_ptr<EventTable>> open(const std::filesystem::path& path, bool create);

    std::size_t events() const { return events_; }    ///< when it was opened
    EventNumbers numbers() const { return numbers_; } ///< when it was opened; empty when there were none

    /// All or nothing, from this number on; on stable storage when it is ok.
    Status insert(std::int64_t first, std::span<const EventRange> ranges);
    struct Some {
        EventBatchPtr batch; ///< null when there is none
        std::int64_t end = 0;
        std::vector<std::int64_t> damaged; ///< what cannot be read as an event; now in the table `damaged`
    };
    /// The first of them, at most so many, and as many as fit into a batch. A damaged one ends it.
    Result<Some> read(EventNumbers numbers, std::size_t maxEvents);
    /// All or nothing; on stable storage when it is ok.
    Status remove(std::span<const EventNumbers> numbers);

private:
    EventTable(std::unique_ptr<Sqlite> database, SqliteStatement insert, SqliteStatement read, SqliteStatement remove);
    Status rolledBack(Error why);
    Status insertAll(std::int64_t first, std::span<const EventRange> ranges);
    Status measure();
    Status setAside(std::int64_t number);

    std::unique_ptr<Sqlite> database_;
    SqliteStatement insert_, read_, remove_;
    std::size_t events_ = 0;
    EventNumbers numbers_;
    std::string datum_; ///< kept for its memory
};

} // namespace millrace::flume
