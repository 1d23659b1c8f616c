#include "flume/event_batch.h"

#include "base/assertion.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <numeric>

namespace millrace::flume {

namespace {

/// Up to so many headers a search for each is faster than sorting them.
constexpr std::size_t kFewHeaders = 16;
constexpr std::size_t kSmallestSlab = 256;
constexpr std::size_t kLargestSlab = std::numeric_limits<std::uint32_t>::max();

const HeaderSetPtr& noHeaders() {
    static const HeaderSetPtr none = std::make_shared<const HeaderSet>();
    return none;
}

std::vector<const std::pair<std::string, std::string>*>
sorted(std::span<const std::pair<std::string, std::string>> entries) {
    std::vector<const std::pair<std::string, std::string>*> order;
    for (const auto& entry : entries)
        order.push_back(&entry);
    std::ranges::sort(order, [](const auto* a, const auto* b) { return *a < *b; });
    return order;
}

} // namespace

HeaderSet::HeaderSet(std::vector<std::pair<std::string, std::string>> entries) : entries_(std::move(entries)) {
    if (entries_.size() <= kFewHeaders)
        mergeFew();
    else
        mergeMany();
}

void HeaderSet::mergeFew() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
        std::size_t same = 0;
        while (same < kept && entries_[same].first != entries_[i].first)
            ++same;
        if (same < kept)
            entries_[same].second = std::move(entries_[i].second);
        else if (kept++ < i)
            entries_[same] = std::move(entries_[i]);
    }
    entries_.resize(kept);
}

/// The same by sorting: headers come from outside, and a search for each takes minutes for some hundred thousand.
void HeaderSet::mergeMany() {
    std::vector<std::size_t> byKey(entries_.size());
    std::iota(byKey.begin(), byKey.end(), std::size_t{0});
    std::sort(byKey.begin(), byKey.end(), [&](std::size_t a, std::size_t b) {
        const int order = entries_[a].first.compare(entries_[b].first);
        return order != 0 ? order < 0 : a < b;
    });
    std::vector<bool> dropped(entries_.size());
    for (std::size_t i = 1, first = 0; i < byKey.size(); ++i) {
        if (entries_[byKey[i]].first != entries_[byKey[first]].first) {
            first = i;
            continue;
        }
        entries_[byKey[first]].second = std::move(entries_[byKey[i]].second);
        dropped[byKey[i]] = true;
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < entries_.size(); ++i)
        if (!dropped[i] && kept++ < i) entries_[kept - 1] = std::move(entries_[i]);
    entries_.resize(kept);
}

const std::string* HeaderSet::find(std::string_view key) const {
    for (const auto& [name, value] : entries_)
        if (name == key) return &value;
    return nullptr;
}

HeaderSet HeaderSet::with(std::string_view key, std::string_view value) const {
    HeaderSet copy = *this;
    for (auto& [name, known] : copy.entries_)
        if (name == key) {
            known = value;
            return copy;
        }
    copy.entries_.emplace_back(key, value);
    return copy;
}

HeaderSet HeaderSet::without(std::string_view key) const {
    HeaderSet copy = *this;
    std::erase_if(copy.entries_, [&](const auto& entry) { return entry.first == key; });
    return copy;
}

bool HeaderSet::operator==(const HeaderSet& other) const {
    if (size() != other.size()) return false;
    if (size() > kFewHeaders) {
        const auto same = [](const auto* a, const auto* b) { return *a == *b; };
        return std::ranges::equal(sorted(entries_), sorted(other.entries_), same);
    }
    return std::all_of(entries_.begin(), entries_.end(), [&](const auto& entry) {
        const std::string* value = other.find(entry.first);
        return value && *value == entry.second;
    });
}

std::size_t eventCount(std::span<const EventRange> ranges) {
    std::size_t count = 0;
    for (const EventRange& range : ranges)
        count += range.size();
    return count;
}

EventBatchPtr EventBatch::withHeaders(std::vector<HeaderSetPtr> sets, std::vector<std::uint32_t> perEvent) const {
    MILLRACE_ASSERT(!sets.empty(), "a batch needs a header set");
    MILLRACE_ASSERT(perEvent.empty() || perEvent.size() == size(), "{} indexes for {} events", perEvent.size(), size());
    auto batch = std::make_shared<EventBatch>(*this);
    batch->sets_ = std::move(sets);
    batch->perEvent_ = std::move(perEvent);
    return batch;
}

EventBatchPtr EventBatch::compact(const EventRange& range) {
    EventBatchBuilder builder(range.bodyBytes(), range.size());
    for (std::uint32_t i = range.first; i < range.last; ++i) {
        builder.setHeaders(range.batch->headerSet(i));
        const bool added = builder.add(range.batch->body(i));
        MILLRACE_ASSERT(added, "a part of a batch is never larger than the batch");
    }
    return builder.finish();
}

EventBatchBuilder::EventBatchBuilder(std::size_t expectedBytes, std::size_t expectedEvents) {
    if (expectedEvents > 0) ends_.reserve(expectedEvents);
    if (expectedBytes > 0) reserveBody(std::min(expectedBytes, kLargestSlab));
}

void EventBatchBuilder::setHeaders(HeaderSetPtr headers) {
    const HeaderSetPtr& wanted = headers ? headers : noHeaders();
    // Headers mostly repeat the last ones; a longer search would cost more than a second entry.
    if (!sets_.empty() && sets_[currentSet_] == wanted) return;
    sets_.push_back(wanted);
    currentSet_ = static_cast<std::uint32_t>(sets_.size() - 1);
}

bool EventBatchBuilder::add(std::string_view body) {
    char* place = reserveBody(body.size());
    if (!place) return false;
    if (!body.empty()) std::memcpy(place, body.data(), body.size());
    commitBody(body.size());
    return true;
}

char* EventBatchBuilder::reserveBody(std::size_t size) {
    if (size > kLargestSlab - used_) return nullptr;
    const std::size_t needed = used_ + size;
    if (!slab_ || needed > capacity_) {
        // The first slab fits the given expectation exactly, so that a batch of known size wastes nothing.
        const std::size_t capacity = slab_ ? std::clamp(capacity_ * 2, std::max(needed, kSmallestSlab), kLargestSlab)
                                           : std::max<std::size_t>(needed, 1);
        // No pool of slabs: they are freed on another thread than they are made on, and the way back costs more than
        // malloc.
        auto slab = std::make_shared_for_overwrite<char[]>(capacity);
        if (used_ > 0) std::memcpy(slab.get(), slab_.get(), used_);
        slab_ = std::move(slab);
        capacity_ = capacity;
    }
    return slab_.get() + used_;
}

void EventBatchBuilder::commitBody(std::size_t size) {
    MILLRACE_ASSERT(slab_ && used_ + size <= capacity_, "body of {} bytes, {} of {} used", size, used_, capacity_);
    if (sets_.empty()) sets_.push_back(noHeaders());
    used_ += size;
    ends_.push_back(static_cast<std::uint32_t>(used_));
    // The index table is only made when a second set turns up: most batches have one.
    if (currentSet_ != 0 && perEvent_.empty()) perEvent_.assign(ends_.size() - 1, 0);
    if (!perEvent_.empty() || currentSet_ != 0) perEvent_.push_back(currentSet_);
}

std::size_t EventBatchBuilder::size() const {
    return ends_.size();
}

std::size_t EventBatchBuilder::bodyBytes() const {
    return used_;
}

EventBatchPtr EventBatchBuilder::finish() {
    EventBatchPtr result;
    if (!ends_.empty()) {
        auto batch = std::make_shared<EventBatch>();
        batch->slab_ = std::move(slab_);
        batch->ends_ = std::move(ends_);
        batch->sets_ = std::move(sets_);
        batch->perEvent_ = std::move(perEvent_);
        result = std::move(batch);
    }
    *this = EventBatchBuilder();
    return result;
}

} // namespace millrace::flume
