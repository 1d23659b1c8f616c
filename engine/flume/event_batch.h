#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::flume {

/// An event's headers: an unordered map of text without duplicates (org.apache.flume.Event). Immutable once shared;
/// many events share one set.
class HeaderSet {
public:
    HeaderSet() = default;
    /// As a map: of equal keys the first keeps its place and the last its value.
    explicit HeaderSet(std::vector<std::pair<std::string, std::string>> entries);
    /// Null when the header is absent.
    const std::string* find(std::string_view key) const;
    std::span<const std::pair<std::string, std::string>> entries() const { return entries_; }
    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    HeaderSet with(std::string_view key, std::string_view value) const;
    HeaderSet without(std::string_view key) const;
    bool operator==(const HeaderSet& other) const;

private:
    void mergeFew();
    void mergeMany();
    std::vector<std::pair<std::string, std::string>> entries_; ///< insertion order, keys unique
};
using HeaderSetPtr = std::shared_ptr<const HeaderSet>;

class EventBatch;
using EventBatchPtr = std::shared_ptr<const EventBatch>;

/// Some events of one batch: what channels queue and transactions hand over. Copying copies no body.
struct EventRange {
    EventBatchPtr batch;
    std::uint32_t first = 0;
    std::uint32_t last = 0; ///< one past
    std::size_t size() const { return last - first; }
    bool empty() const { return first == last; }
    inline std::size_t bodyBytes() const;
};
using EventRanges = std::vector<EventRange>;
std::size_t eventCount(std::span<const EventRange> ranges);

/// Bodies of one read in one slab, with their lengths and a header table; immutable after it is built, so any thread
/// may read it. An event is (batch, index): there is no object per event.
class EventBatch {
public:
    std::size_t size() const { return ends_.size(); }
    std::string_view body(std::size_t index) const {
        const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
        return {slab_.get() + begin, ends_[index] - begin};
    }
    const HeaderSet& headers(std::size_t index) const { return *headerSet(index); }
    /// Never null. Equal pointers mean equal headers: group by pointer instead of comparing text.
    const HeaderSetPtr& headerSet(std::size_t index) const {
        return perEvent_.empty() ? sets_[0] : sets_[perEvent_[index]];
    }
    std::size_t bodyBytes(std::size_t first, std::size_t last) const {
        if (first == last) return 0;
        return ends_[last - 1] - (first == 0 ? 0 : ends_[first - 1]);
    }
    std::span<const std::uint32_t> ends() const { return ends_; }
    /// The distinct header sets, and for each event its index into them (empty = all events have sets()[0]).
    std::span<const HeaderSetPtr> sets() const { return sets_; }
    std::span<const std::uint32_t> setIndexes() const { return perEvent_; }

    /// The same bodies (shared, not copied) under another header table. Interceptors use this; a published batch is
    /// never touched. `perEvent` empty = one set for all.
    EventBatchPtr withHeaders(std::vector<HeaderSetPtr> sets, std::vector<std::uint32_t> perEvent) const;
    /// The events of a range copied into a batch of their own, so that a large slab can go (SHAPES §3: a range that
    /// keeps less than half of its slab alive).
    static EventBatchPtr compact(const EventRange& range);

private:
    friend class EventBatchBuilder;
    std::shared_ptr<const char[]> slab_;
    std::vector<std::uint32_t> ends_;
    std::vector<HeaderSetPtr> sets_;
    std::vector<std::uint32_t> perEvent_;
};

inline std::size_t EventRange::bodyBytes() const {
    return batch ? batch->bodyBytes(first, last) : 0;
}

/// Fills one batch. One thread. A batch holds at most 4 GiB of bodies; addBody returns false beyond.
class EventBatchBuilder {
public:
    explicit EventBatchBuilder(std::size_t expectedBytes = 0, std::size_t expectedEvents = 0);
    /// Headers of the events added from now on; null = none. Set the same pointer again for equal headers.
    void setHeaders(HeaderSetPtr headers);
    bool add(std::string_view body);
    /// Room for a body of at most `size` bytes, to be written in place; valid until the next call. Then commitBody().
    char* reserveBody(std::size_t size);
    void commitBody(std::size_t size);
    std::size_t size() const;
    std::size_t bodyBytes() const;
    std::size_t slabBytes() const { return capacity_; } ///< reserved, of which bodyBytes() are used
    bool empty() const { return size() == 0; }
    /// The batch; the builder is empty again and can be reused. Null when it was empty.
    EventBatchPtr finish();

private:
    std::shared_ptr<char[]> slab_;
    std::size_t capacity_ = 0;
    std::size_t used_ = 0;
    std::vector<std::uint32_t> ends_;
    std::vector<HeaderSetPtr> sets_;
    std::vector<std::uint32_t> perEvent_;
    std::uint32_t currentSet_ = 0;
};

} // namespace millrace::flume
