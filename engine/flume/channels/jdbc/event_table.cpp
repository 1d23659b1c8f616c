#include "flume/channels/jdbc/event_table.h"

#include "rpc/avro_event.h"

#include <utility>

namespace millrace::flume {

namespace {

/// A batch that is read holds at least one event and no more bodies than this: what waits on the disk must not all
/// come into memory because a sink's batch is large.
constexpr std::size_t kMostBytes = 64 << 20;

Status makeTable(Sqlite& database, const std::filesystem::path& path, bool create) {
    if (create)
        return database.run("CREATE TABLE IF NOT EXISTS events(number INTEGER PRIMARY KEY, event BLOB NOT NULL)");
    const auto there = database.prepare("SELECT number, event FROM events LIMIT 0");
    if (there) return ok();
    return Error{ErrorCode::notFound,
                 path.string() + " has no table of events; set create.schema = true to have it made", false};
}

/// Neighbours mostly have the same headers, letter for letter, and then share one set.
class Collector {
public:
    bool add(const rpc::AvroEvent& event) {
        if (builder_.empty() || event.headers.encoded() != last_) {
            std::vector<std::pair<std::string, std::string>> entries;
            event.headers.forEach(
                [&](std::string_view key, std::string_view value) { entries.emplace_back(key, value); });
            builder_.setHeaders(std::make_shared<const HeaderSet>(std::move(entries)));
            last_ = event.headers.encoded();
        }
        return builder_.add(event.body);
    }
    bool hasRoomFor(std::size_t bytes) const { return builder_.empty() || builder_.bodyBytes() + bytes <= kMostBytes; }
    EventBatchPtr finish() { return builder_.finish(); }

private:
    EventBatchBuilder builder_;
    std::string last_;
};

} // namespace

EventTable::EventTable(std::unique_ptr<Sqlite> database, SqliteStatement insert, SqliteStatement read,
                       SqliteStatement remove)
    : database_(std::move(database)), insert_(std::move(insert)), read_(std::move(read)), remove_(std::move(remove)) {}

Result<std::unique_ptr<EventTable>> EventTable::open(const std::filesystem::path& path, bool create) {
    std::error_code problem;
    if (create) std::filesystem::create_directories(path.parent_path(), problem);
    if (problem) return errnoError(problem.value(), path.parent_path().string());
    auto database = Sqlite::open(path, create);
    if (!database) return database.error();
    MILLRACE_TRY(makeTable(**database, path, create));
    auto insert = (*database)->prepare("INSERT INTO events VALUES(?1, ?2)");
    auto read = (*database)->prepare("SELECT number, event FROM events WHERE number >= ?1 AND number < ?2 "
                                     "ORDER BY number LIMIT ?3");
    auto remove = (*database)->prepare("DELETE FROM events WHERE number >= ?1 AND number < ?2");
    for (const auto* statement : {&insert, &read, &remove})
        if (!*statement) return statement->error();
    std::unique_ptr<EventTable> table(
        new EventTable(std::move(*database), std::move(*insert), std::move(*read), std::move(*remove)));
    MILLRACE_TRY(table->measure());
    return table;
}

Status EventTable::measure() {
    auto counted = database_->prepare("SELECT COUNT(*), MIN(number), MAX(number) FROM events");
    if (!counted) return counted.error();
    const auto row = counted->step();
    if (!row) return row.error();
    events_ = static_cast<std::size_t>(counted->integer(0));
    if (events_ > 0) numbers_ = {counted->integer(1), counted->integer(2) + 1};
    return ok();
}

Status EventTable::rolledBack(Error why) {
    // SQLite may have rolled back by itself, as with a full disk.
    if (database_->inTransaction()) (void)database_->run("ROLLBACK");
    return why;
}

Status EventTable::insert(std::int64_t first, std::span<const EventRange> ranges) {
    MILLRACE_TRY(database_->run("BEGIN IMMEDIATE"));
    if (Status all = insertAll(first, ranges); !all) return rolledBack(all.error());
    if (Status done = database_->run("COMMIT"); !done) return rolledBack(done.error());
    return ok();
}

Status EventTable::insertAll(std::int64_t first, std::span<const EventRange> ranges) {
    for (const EventRange& range : ranges)
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            datum_.clear();
            rpc::encodeAvroEvent(range.batch->headers(i).entries(), range.batch->body(i), datum_);
            insert_.bind(1, first++);
            insert_.bind(2, std::string_view(datum_));
            MILLRACE_TRY(insert_.run());
        }
    return ok();
}

Result<EventTable::Some> EventTable::read(EventNumbers numbers, std::size_t maxEvents) {
    Collector collected;
    Some some{nullptr, numbers.end, {}};
    read_.bind(1, numbers.first);
    read_.bind(2, numbers.end);
    read_.bind(3, static_cast<std::int64_t>(std::min<std::size_t>(maxEvents, INT64_MAX)));
    std::size_t events = 0;
    for (;;) {
        const auto row = read_.step();
        if (!row) return row.error();
        if (!*row) break;
        const std::int64_t number = read_.integer(0);
        const auto event = rpc::decodeAvroEvent(read_.bytes(1));
        if (!event) {
            read_.reset();
            MILLRACE_TRY(setAside(number));
            some.damaged.push_back(number);
            some.end = number + 1;
            break;
        }
        if (!collected.hasRoomFor(event->body.size()) || !collected.add(*event)) {
            read_.reset();
            break;
        }
        some.end = number + 1;
        ++events;
    }
    // Fewer than asked for because no more exist: the rest of the numbers is empty.
    if (events == 0 && some.damaged.empty()) some.end = numbers.end;
    some.batch = collected.finish();
    return some;
}

/// Better to go on without it than to stand still before it for ever.
Status EventTable::setAside(std::int64_t number) {
    const std::string which = " FROM events WHERE number = " + std::to_string(number);
    for (const std::string& step :
         {std::string("BEGIN IMMEDIATE"), std::string("CREATE TABLE IF NOT EXISTS damaged(number INTEGER, event BLOB)"),
          "INSERT INTO damaged SELECT number, event" + which, "DELETE" + which, std::string("COMMIT")})
        if (Status done = database_->run(step.c_str()); !done) return rolledBack(done.error());
    return ok();
}

Status EventTable::remove(std::span<const EventNumbers> numbers) {
    MILLRACE_TRY(database_->run("BEGIN IMMEDIATE"));
    for (const EventNumbers& each : numbers) {
        remove_.bind(1, each.first);
        remove_.bind(2, each.end);
        if (Status removed = remove_.run(); !removed) return rolledBack(removed.error());
    }
    if (Status done = database_->run("COMMIT"); !done) return rolledBack(done.error());
    return ok();
}

} // namespace millrace::flume
