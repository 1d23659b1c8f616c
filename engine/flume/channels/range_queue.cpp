#include "flume/channels/range_queue.h"

#include <algorithm>

namespace millrace::flume {

void RangeQueue::pushBack(EventRange& range) {
    if (!ranges_.empty() && ranges_.back().batch == range.batch && ranges_.back().last == range.first)
        ranges_.back().last = range.last;
    else
        ranges_.push_back(std::move(range));
}

void RangeQueue::pushFront(EventRange range) {
    if (!ranges_.empty() && ranges_.front().batch == range.batch && ranges_.front().first == range.last)
        ranges_.front().first = range.first;
    else
        ranges_.push_front(std::move(range));
}

void RangeQueue::append(RangeQueue& other) {
    if (ranges_.empty()) {
        ranges_.swap(other.ranges_);
        return;
    }
    for (EventRange& range : other.ranges_)
        pushBack(range);
    other.ranges_.clear();
}

std::size_t RangeQueue::take(std::size_t maxEvents, std::vector<EventRange>& into, std::size_t& used) {
    std::size_t taken = 0;
    while (taken < maxEvents && !ranges_.empty()) {
        EventRange& head = ranges_.front();
        const std::size_t count = std::min(maxEvents - taken, head.size());
        taken += count;
        if (used == into.size()) into.emplace_back();
        EventRange& place = into[used++];
        if (count == head.size()) {
            place = std::move(head);
            ranges_.pop_front();
            continue;
        }
        if (place.batch != head.batch) place.batch = head.batch;
        place.first = head.first;
        head.first += static_cast<std::uint32_t>(count);
        place.last = head.first;
    }
    return taken;
}

} // namespace millrace::flume
