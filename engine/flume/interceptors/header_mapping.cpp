#include "flume/interceptors/header_mapping.h"

#include <algorithm>

namespace millrace::flume {

namespace {

/// A small piece of a large batch gets a batch of its own: a new header table costs as much as the batch has events.
constexpr std::size_t kSmallPart = 8;

void cutOut(EventRange& range) {
    if (range.size() * kSmallPart > range.batch->size()) return;
    range.batch = EventBatch::compact(range);
    range.last = static_cast<std::uint32_t>(range.batch->size());
    range.first = 0;
}

EventBatchPtr mapped(const EventBatch& batch, const std::function<HeaderSetPtr(const HeaderSetPtr&)>& change) {
    std::vector<HeaderSetPtr> sets;
    bool changed = false;
    for (const HeaderSetPtr& set : batch.sets()) {
        sets.push_back(change(set));
        changed = changed || sets.back() != set;
    }
    if (!changed) return nullptr;
    const auto indexes = batch.setIndexes();
    return batch.withHeaders(std::move(sets), {indexes.begin(), indexes.end()});
}

} // namespace

void mapHeaders(EventRanges& events, const std::function<HeaderSetPtr(const HeaderSetPtr&)>& change) {
    EventBatchPtr before, after; // ranges of one batch mostly follow each other
    for (EventRange& range : events) {
        if (range.batch != before) {
            before = range.batch;
            cutOut(range);
            after = mapped(*range.batch, change);
            if (after) range.batch = after;
            if (before->size() != range.batch->size()) before = after = nullptr; // cut out: for this range only
        } else if (after) {
            range.batch = after;
        }
    }
}

void putHeader(EventRanges& events, const std::string& key, const std::string& value, bool preserve) {
    mapHeaders(events, [&](const HeaderSetPtr& set) -> HeaderSetPtr {
        if (preserve && set->find(key)) return set;
        return std::make_shared<const HeaderSet>(set->with(key, value));
    });
}

} // namespace millrace::flume
