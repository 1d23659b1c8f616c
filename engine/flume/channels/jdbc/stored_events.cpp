#include "flume/channels/jdbc/stored_events.h"

#include "flume/sentences.h"

namespace millrace::flume {

StoredEvents::StoredEvents(std::unique_ptr<EventTable> table, WaitList& takers, const ComponentServices& services)
    : takers_(takers),
      services_(services),
      table_(std::move(table)),
      events_(table_->events()),
      ready_(table_->events()) {
    const EventNumbers kept = table_->numbers();
    next_ = kept.end;
    if (table_->events() > 0) left_.push_back(kept);
}

void StoredEvents::wakeTaker() {
    if (takers_.any()) takers_.wakeFirst();
}

Status StoredEvents::put(std::span<const EventRange> ranges, std::size_t events, std::size_t capacity) {
    {
        const std::lock_guard lock(mutex_);
        if (!table_) return failure(ErrorCode::closed, "channel-stopped");
        if (capacity > 0 && events_.load() + events > capacity)
            return failure(ErrorCode::full, "channel-full", {std::to_string(events), "0", std::to_string(capacity)});
        MILLRACE_TRY(table_->insert(next_, ranges));
        const EventNumbers added{next_, next_ + static_cast<std::int64_t>(events)};
        next_ = added.end;
        if (!left_.empty() && left_.back().end == added.first)
            left_.back().end = added.end;
        else
            left_.push_back(added);
        events_.store(events_.load() + events);
        ready_.store(ready_.load() + events);
    }
    wakeTaker();
    return ok();
}

Result<std::size_t> StoredEvents::take(std::size_t maxEvents, std::vector<EventRange>& into,
                                       std::vector<EventNumbers>& claimed) {
    into.clear();
    std::size_t taken = 0;
    {
        const std::lock_guard lock(mutex_);
        if (!table_) return failure(ErrorCode::closed, "channel-stopped");
        while (taken < maxEvents && !left_.empty()) {
            EventNumbers& head = left_.front();
            const auto some = table_->read(head, maxEvents - taken);
            if (!some && taken == 0) return some.error();
            if (!some) break; // these first; the next take says what is wrong
            if (some->batch) {
                const auto events = static_cast<std::uint32_t>(some->batch->size());
                into.push_back({some->batch, 0, events});
                claimed.push_back({head.first, some->end});
                taken += events;
            }
            dropDamaged(some->damaged);
            head.first = some->end;
            const bool more = head.first < head.end;
            if (!more) left_.pop_front();
            if (more && some->damaged.empty()) break; // enough of them, or enough bytes
        }
        ready_.store(ready_.load() - taken);
    }
    if (ready() > 0) wakeTaker(); // another sink may sleep
    return taken;
}

void StoredEvents::dropDamaged(std::span<const std::int64_t> numbers) {
    for (const std::int64_t number : numbers)
        services_.log->error(services_.id,
                             "event {} of the database is damaged; it is lost, and what is left of it was "
                             "set aside in the table \"damaged\"",
                             number);
    events_.store(events_.load() - numbers.size());
    ready_.store(ready_.load() - numbers.size());
}

Status StoredEvents::commitTakes(std::span<const EventNumbers> claimed, std::size_t events) {
    const std::lock_guard lock(mutex_);
    if (!table_) return failure(ErrorCode::closed, "channel-stopped");
    const std::size_t before = owed_.size();
    owed_.insert(owed_.end(), claimed.begin(), claimed.end());
    Status removed = removeOwed();
    const bool full = !removed && removed.error().code == ErrorCode::noSpace;
    if (!removed && !full) {
        owed_.resize(before);
        return removed;
    }
    if (full && before == 0)
        services_.log->warning(services_.id,
                               "{}; what sinks take is noted in memory until there is room: it comes once more if the "
                               "agent ends before",
                               removed.error().message);
    events_.store(events_.load() - events);
    return ok();
}

Status StoredEvents::removeOwed() {
    MILLRACE_TRY(table_->remove(owed_));
    owed_.clear();
    return ok();
}

void StoredEvents::giveBack(std::span<const EventNumbers> claimed, std::size_t events) {
    {
        const std::lock_guard lock(mutex_);
        for (auto numbers = claimed.rbegin(); numbers != claimed.rend(); ++numbers)
            if (!left_.empty() && left_.front().first == numbers->end)
                left_.front().first = numbers->first;
            else
                left_.push_front(*numbers);
        ready_.store(ready_.load() + events);
    }
    wakeTaker();
}

void StoredEvents::close() {
    const std::lock_guard lock(mutex_);
    if (table_ && !owed_.empty()) (void)removeOwed().has_value(); // they come once more then
    table_.reset();
}

} // namespace millrace::flume
