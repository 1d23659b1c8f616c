#include "session/topic_tap.h"

#include "session/sentences.h"

#include <algorithm>

namespace millrace::session {

namespace {

std::string textOf(const std::optional<Bytes>& bytes, std::size_t limit) {
    return bytes ? std::string(bytes->text().substr(0, limit)) : std::string();
}

TapEvent eventOf(const wire::Record& record, std::int32_t partition, std::size_t maxBodyBytes) {
    TapEvent event;
    event.timeMs = record.timestamp;
    event.size = record.value ? static_cast<std::int64_t>(record.value->size()) : 0;
    event.body = textOf(record.value, maxBodyBytes);
    for (const wire::RecordHeader& header : record.headers)
        event.headers.push_back({header.key, textOf(header.value, maxBodyBytes)});
    event.partition = partition;
    event.offset = record.offset;
    if (record.key) event.key = textOf(record.key, maxBodyBytes);
    return event;
}

} // namespace

Result<TapPage> TopicTap::read(broker::Broker& broker, std::int64_t after, std::size_t maxEvents,
                               std::size_t maxBodyBytes) {
    if (after > sequence_) after = 0;
    MILLRACE_TRY(goOn(broker, maxEvents, maxBodyBytes));
    TapPage page;
    page.next = sequence_;
    std::copy_if(kept_.begin(), kept_.end(), std::back_inserter(page.events),
                 [after](const TapEvent& event) { return event.sequence > after; });
    if (after > 0) page.skipped = sequence_ - after - static_cast<std::int64_t>(page.events.size());
    return page;
}

Status TopicTap::goOn(broker::Broker& broker, std::size_t maxEvents, std::size_t maxBodyBytes) {
    const broker::BrokerSnapshot snapshot = broker.snapshot();
    const auto topic = std::find_if(snapshot.topics.begin(), snapshot.topics.end(),
                                    [this](const broker::TopicSnapshot& t) { return t.name == topic_; });
    if (topic == snapshot.topics.end()) return sessionError("topic-unknown", {topic_}, ErrorCode::notFound);
    const auto share = static_cast<std::int64_t>(std::max<std::size_t>(1, maxEvents / std::max<std::size_t>(1, topic->partitions.size())));
    std::vector<TapEvent> fresh;
    for (const broker::PartitionSnapshot& partition : topic->partitions) {
        const std::int64_t firstLook = std::max(partition.logStart, partition.nextOffset - kFirstLook);
        std::int64_t& cursor = next_.try_emplace(partition.id, firstLook).first->second;
        if (cursor > partition.nextOffset) cursor = firstLook; // the topic was deleted and made again
        const std::int64_t newest = std::max(partition.logStart, partition.nextOffset - share);
        if (cursor < newest) {
            sequence_ += newest - cursor;
            cursor = newest;
        }
        if (cursor >= partition.nextOffset) continue;
        auto records = broker.peek(topic_, partition.id, cursor, static_cast<std::size_t>(share), 1024 * 1024);
        if (!records) return records.error();
        for (const wire::Record& record : *records) {
            fresh.push_back(eventOf(record, partition.id, maxBodyBytes));
            cursor = record.offset + 1;
        }
    }
    std::stable_sort(fresh.begin(), fresh.end(),
                     [](const TapEvent& a, const TapEvent& b) { return a.timeMs < b.timeMs; });
    for (TapEvent& event : fresh) {
        event.sequence = ++sequence_;
        kept_.push_back(std::move(event));
    }
    while (kept_.size() > maxEvents)
        kept_.pop_front();
    return {};
}

} // namespace millrace::session
