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

Result<TapPage> TopicTap::read(broker::Broker& broker, std::size_t maxEvents, std::size_t maxBodyBytes) {
    TapPage page;
    const broker::BrokerSnapshot snapshot = broker.snapshot();
    const auto topic = std::find_if(snapshot.topics.begin(), snapshot.topics.end(),
                                    [this](const broker::TopicSnapshot& t) { return t.name == topic_; });
    if (topic == snapshot.topics.end()) return sessionError("topic-unknown", {topic_}, ErrorCode::notFound);
    const auto share = static_cast<std::int64_t>(std::max<std::size_t>(1, maxEvents / std::max<std::size_t>(1, topic->partitions.size())));
    for (const broker::PartitionSnapshot& partition : topic->partitions) {
        const auto [cursor, isNew] = next_.try_emplace(partition.id, std::max(partition.logStart, partition.nextOffset - kFirstLook));
        const std::int64_t newest = std::max(partition.logStart, partition.nextOffset - share);
        if (cursor->second < newest) {
            page.skipped += newest - cursor->second;
            cursor->second = newest;
        }
        if (cursor->second >= partition.nextOffset) continue;
        auto records = broker.peek(topic_, partition.id, cursor->second, static_cast<std::size_t>(share), 1024 * 1024);
        if (!records) return records.error();
        for (const wire::Record& record : *records) {
            page.events.push_back(eventOf(record, partition.id, maxBodyBytes));
            page.events.back().sequence = ++sequence_;
            cursor->second = record.offset + 1;
        }
    }
    std::stable_sort(page.events.begin(), page.events.end(),
                     [](const TapEvent& a, const TapEvent& b) { return a.timeMs < b.timeMs; });
    page.next = sequence_;
    return page;
}

} // namespace millrace::session
