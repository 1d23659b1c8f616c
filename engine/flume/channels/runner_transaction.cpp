#include "flume/channels/runner_transaction.h"

#include "base/assertion.h"

namespace millrace::flume {

void appendRange(std::vector<EventRange>& ranges, const EventRange& range) {
    if (!ranges.empty() && ranges.back().batch == range.batch && ranges.back().last == range.first)
        ranges.back().last = range.last;
    else
        ranges.push_back(range);
}

void RunnerTransaction::begin() {
    MILLRACE_ASSERT(!open_, "begin() of an open transaction");
    open_ = true;
    begun();
}

Status RunnerTransaction::put(const EventRange& range) {
    MILLRACE_ASSERT(open_, "put() without begin()");
    return range.empty() ? ok() : add(range);
}

Result<std::span<const EventRange>> RunnerTransaction::take(std::size_t maxEvents) {
    MILLRACE_ASSERT(open_, "take() without begin()");
    if (maxEvents == 0) return std::span<const EventRange>();
    if (takeCalls_ == takes_.size()) takes_.emplace_back();
    std::vector<EventRange>& into = takes_[takeCalls_];
    auto taken = takeInto(into, maxEvents);
    if (taken && *taken == 0) {
        place_.wait();
        if (eventsReady()) taken = takeInto(into, maxEvents);
    }
    if (!taken) return taken.error();
    if (*taken == 0) return std::span<const EventRange>();
    place_.served();
    takenEvents_ += *taken;
    ++takeCalls_;
    return std::span<const EventRange>(into);
}

Status RunnerTransaction::commit() {
    MILLRACE_ASSERT(open_, "commit() without begin()");
    MILLRACE_TRY(publishPuts());
    if (takenEvents_ > 0) MILLRACE_TRY(commitTakes());
    close();
    return ok();
}

void RunnerTransaction::rollback() {
    MILLRACE_ASSERT(open_, "rollback() without begin()");
    undo();
    close();
}

void RunnerTransaction::passOnWakeUp() {
    if (place_.giveUp() && eventsReady()) wakeTaker();
}

void RunnerTransaction::close() {
    open_ = false;
    closed();
    takeCalls_ = takenEvents_ = 0;
}

} // namespace millrace::flume
