#include "flume/channels/jdbc/stored_events.h"

#include "flume/sentences.h"

namespace millrace::flume {

StoredEvents::StoredEvents(std::unique_ptr<EventTable> table, WaitList& takers)
    : takers_(takers), table_(std::move(table)), events_(table_->events()), ready_(table_->events()) {
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
            head.first = some->end;
            const bool more = head.first < head.end;
            if (!more) left_.pop_front();
            if (more) break; // enough of them, or enough bytes
        }
        ready_.store(ready_.load() - taken);
    }
    if (ready() > 0) wakeTaker(); // another sink may sleep
    return taken;
}

Status StoredEvents::commitTakes(std::span<const EventNumbers> claimed, std::size_t events) {
    const std::lock_guard lock(mutex_);
    if (!table_) return failure(ErrorCode::closed, "channel-stopped");
    MILLRACE_TRY(table_->remove(claimed));
    events_.store(events_.load() - events);
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
    table_.reset();
}

} // namespace millrace::flume
