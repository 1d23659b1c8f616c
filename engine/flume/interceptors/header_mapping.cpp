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

void mapEachEvent(EventRanges& events,
                  const std::function<HeaderSetPtr(std::string_view body, const HeaderSetPtr&)>& change) {
    for (EventRange& range : events) {
        // Nearly every event has headers of its own afterwards, so only the range's events get a table.
        EventBatchBuilder builder(range.bodyBytes(), range.size());
        const bool whole = range.first == 0 && range.last == range.batch->size();
        std::vector<HeaderSetPtr> sets;
        std::vector<std::uint32_t> indexes;
        for (std::uint32_t i = range.first; i < range.last; ++i) {
            HeaderSetPtr set = change(range.batch->body(i), range.batch->headerSet(i));
            if (!whole) {
                builder.setHeaders(std::move(set));
                if (!builder.add(range.batch->body(i))) break;
                continue;
            }
            if (sets.empty() || sets.back() != set) sets.push_back(std::move(set));
            indexes.push_back(static_cast<std::uint32_t>(sets.size() - 1));
        }
        range.batch = whole ? range.batch->withHeaders(std::move(sets), std::move(indexes)) : builder.finish();
        range.first = 0;
        range.last = static_cast<std::uint32_t>(range.batch->size());
    }
}

void putHeader(EventRanges& events, const std::string& key, const std::string& value, bool preserve) {
    mapHeaders(events, [&](const HeaderSetPtr& set) -> HeaderSetPtr {
        if (preserve && set->find(key)) return set;
        return std::make_shared<const HeaderSet>(set->with(key, value));
    });
}

} // namespace millrace::flume
