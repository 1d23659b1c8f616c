#include "flume/channels/file/stored_queue.h"

#include <algorithm>
#include <utility>

namespace millrace::flume {

StoredRange StoredRange::cut(std::uint32_t count) {
    StoredRange front = *this;
    front.last = first + count;
    front.bytes = batch ? static_cast<std::uint32_t>(front.events().bodyBytes())
                        : static_cast<std::uint32_t>(std::uint64_t{bytes} * count / size());
    first += count;
    // What was its share may turn out otherwise when the bodies are known: never below what is left.
    bytes -= std::min(bytes, front.bytes);
    return front;
}

void StoredQueue::putBack(std::vector<StoredRange>& ranges) {
    for (auto range = ranges.rbegin(); range != ranges.rend(); ++range)
        putBack(std::move(*range));
    ranges.clear();
}

void StoredQueue::putBack(StoredRange range) {
    if (!ranges_.empty()) {
        StoredRange& head = ranges_.front();
        if (head.sameFrame(range) && head.first == range.last && head.batch == range.batch &&
            head.offset == range.offset) {
            head.first = range.first;
            head.bytes += range.bytes;
            return;
        }
    }
    ranges_.push_front(std::move(range));
}

std::size_t StoredQueue::take(std::size_t maxEvents, std::vector<StoredRange>& into) {
    std::size_t taken = 0;
    while (taken < maxEvents && !ranges_.empty() && ranges_.front().batch) {
        StoredRange& head = ranges_.front();
        const std::size_t wanted = maxEvents - taken;
        if (head.size() > wanted) {
            into.push_back(head.cut(static_cast<std::uint32_t>(wanted)));
            return maxEvents;
        }
        taken += head.size();
        into.push_back(std::move(head));
        ranges_.pop_front();
    }
    return taken;
}

void StoredQueue::load(const StoredRange& head, EventBatchPtr batch) {
    if (ranges_.empty() || !ranges_.front().sameFrame(head) || ranges_.front().batch) return;
    ranges_.front().batch = std::move(batch);
    ranges_.front().offset = 0;
}

bool StoredQueue::dropFront(const StoredRange& head, StoredRange& into) {
    if (ranges_.empty() || !ranges_.front().sameFrame(head) || ranges_.front().batch) return false;
    into = std::move(ranges_.front());
    ranges_.pop_front();
    return true;
}

} // namespace millrace::flume
