#include "flume/channels/spillable/spillable_transaction.h"

#include "flume/channels/transaction_limits.h"

#include <algorithm>

namespace millrace::flume {

using Place = DrainOrder::Place;

void SpillableTransaction::Parts::begin() const {
    memory->begin();
    files->begin();
}

void SpillableTransaction::Parts::rollback() const {
    memory->recover();
    files->recover();
}

SpillableTransaction::SpillableTransaction(SpillableChannel& channel, WakeUp& waker)
    : RunnerTransaction(channel.takers_, waker),
      channel_(channel),
      put_{channel.memory_.newTransaction(waker), channel.files_.newTransaction(waker)},
      take_{channel.memory_.newTransaction(waker), channel.files_.newTransaction(waker)} {}

void SpillableTransaction::begun() {
    put_.begin();
    take_.begin();
}

Status SpillableTransaction::add(const EventRange& range) {
    const std::size_t limit = channel_.transactionCapacity_.load();
    channel_.counts_.putAttempts.fetch_add(static_cast<std::int64_t>(range.size()));
    if (putEvents_ + range.size() > limit) return tooManyPuts(limit);
    putEvents_ += range.size();
    appendRange(puts_, range);
    return ok();
}

Status SpillableTransaction::publishPuts() {
    if (putEvents_ == 0) return ok();
    const Place first = channel_.placeFor(putEvents_);
    Status published = publishAt(first);
    const bool noRoom = !published && published.error().code == ErrorCode::full && first == Place::memory;
    if (noRoom && channel_.overflow()) published = publishAt(Place::files);
    if (published) {
        puts_.clear();
        putEvents_ = 0;
    }
    return published;
}

Status SpillableTransaction::publishAt(Place place) {
    Transaction& part = put_.at(place);
    Status status = ok();
    for (const EventRange& range : puts_)
        if (status) status = part.put(range);
    if (status) status = part.commit();
    if (status) {
        channel_.counts_.puts.fetch_add(static_cast<std::int64_t>(putEvents_));
        channel_.published({place, putEvents_});
    } else
        part.rollback();
    part.begin();
    return status;
}

Result<std::size_t> SpillableTransaction::takeInto(std::vector<EventRange>& into, std::size_t maxEvents) {
    const std::size_t limit = channel_.transactionCapacity_.load();
    const std::size_t allowed = limit - std::min(takenEvents(), limit);
    if (maxEvents > allowed && channel_.ready_.load() >= allowed) return tooManyTakes(limit);
    into.clear();
    std::size_t all = 0;
    while (all < maxEvents) {
        const DrainOrder::Run run = channel_.claim(maxEvents - all);
        if (run.events == 0) break;
        const auto taken = takeRun(run, into);
        if (!taken && all == 0) return taken.error();
        if (!taken) break; // these first; the next take says what is wrong
        all += *taken;
    }
    channel_.counts_.takeAttempts.fetch_add(static_cast<std::int64_t>(std::max<std::size_t>(all, 1)));
    if (channel_.eventsReady()) channel_.wakeTaker(); // another sink may sleep
    return all;
}

/// Takes what was claimed. Fewer events than that are there when a damaged part of a file was set aside.
Result<std::size_t> SpillableTransaction::takeRun(DrainOrder::Run run, std::vector<EventRange>& into) {
    const auto taken = take_.at(run.place).take(run.events);
    if (!taken) {
        channel_.giveBack(run);
        return taken.error();
    }
    const std::size_t events = eventCount(*taken);
    for (const EventRange& range : *taken)
        appendRange(into, range);
    if (events > 0) {
        claimed_.push_back({run.place, events});
        channel_.giveBack({run.place, run.events - events});
    }
    return events;
}

Status SpillableTransaction::commitTakes() {
    MILLRACE_TRY(take_.files->commit());
    take_.files->begin();
    MILLRACE_TRY(take_.memory->commit());
    take_.memory->begin();
    channel_.counts_.takes.fetch_add(static_cast<std::int64_t>(takenEvents()));
    return ok();
}

void SpillableTransaction::undo() {
    take_.rollback();
    for (auto run = claimed_.rbegin(); run != claimed_.rend(); ++run)
        channel_.giveBack(*run);
}

void SpillableTransaction::closed() {
    put_.rollback();
    take_.rollback();
    puts_.clear();
    putEvents_ = 0;
    claimed_.clear();
    forgetTaken();
}

} // namespace millrace::flume
