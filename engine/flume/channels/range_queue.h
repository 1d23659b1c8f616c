#pragma once

#include "flume/event_batch.h"

#include <deque>

namespace millrace::flume {

/// Ranges of events in order. Neighbours out of one batch are joined, so that a source that hands over its batch in
/// small pieces costs no entry and no reference count for each. Not thread-safe.
class RangeQueue {
public:
    bool empty() const { return ranges_.empty(); }
    /// Takes the batch over unless the range could be joined to the last one; then `range` keeps it.
    void pushBack(EventRange& range);
    void pushFront(EventRange range);
    /// Moves everything of `other` behind the own content.
    void append(RangeQueue& other);
    /// Up to `maxEvents` events from the head into `into`, from element `used` on; `used` moves on. An element that
    /// already holds the same batch is used again without touching the reference count. Returns the number of events.
    std::size_t take(std::size_t maxEvents, std::vector<EventRange>& into, std::size_t& used);

private:
    std::deque<EventRange> ranges_;
};

} // namespace millrace::flume
