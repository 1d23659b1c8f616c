#pragma once

#include "flume/channels/file/log_file.h"
#include "flume/channels/file/log_format.h"
#include "flume/event_batch.h"

#include <cstdint>
#include <deque>
#include <vector>

namespace millrace::flume {

/// Events of one frame that are in the channel, and where they lie. Their bodies are in memory too when there is a
/// batch.
struct StoredRange {
    LogFilePtr file;
    std::uint64_t position = 0; ///< of the frame
    std::uint64_t sequence = 0; ///< of the frame's first event
    std::uint32_t length = 0;   ///< of the frame
    std::uint32_t first = 0;    ///< these events of the frame
    std::uint32_t last = 0;     ///< one past
    std::uint32_t bytes = 0;    ///< of their bodies; of a part of a frame that was not read, its share
    std::uint32_t offset = 0;   ///< where the frame's first event stands in `batch`
    EventBatchPtr batch;

    std::uint32_t size() const { return last - first; }
    SequenceRange sequences() const { return {sequence + first, sequence + last}; }
    EventRange events() const { return {batch, offset + first, offset + last}; }
    bool sameFrame(const StoredRange& other) const { return file == other.file && position == other.position; }
    /// The first `count` of them; this one keeps the rest. Precondition: 0 < count < size().
    StoredRange cut(std::uint32_t count);
};

/// The events that nobody has taken, in the order of their sequences. Not thread-safe.
class StoredQueue {
public:
    bool empty() const { return ranges_.empty(); }
    const StoredRange& front() const { return ranges_.front(); }
    const std::deque<StoredRange>& ranges() const { return ranges_; }
    void pushBack(StoredRange range) { ranges_.push_back(std::move(range)); }
    /// In their order, before all others.
    void putBack(std::vector<StoredRange>& ranges);
    /// Up to `maxEvents` from the head, as far as they are in memory, behind what is in `into`. Returns how many.
    std::size_t take(std::size_t maxEvents, std::vector<StoredRange>& into);
    /// The head of the queue gets its bodies, when it still is of this frame.
    void load(const StoredRange& head, EventBatchPtr batch);
    /// Takes the head off when it is of this frame. Returns whether it was.
    bool dropFront(const StoredRange& head, StoredRange& into);

private:
    void putBack(StoredRange range);
    std::deque<StoredRange> ranges_;
};

} // namespace millrace::flume
