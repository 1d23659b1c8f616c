#include "flume/support/kafka_records.h"

#include "rpc/avro_event.h"

#include <fmt/core.h>

#include <charconv>

namespace millrace::flume {

KafkaPartitionChoice::KafkaPartitionChoice(Settings& settings) : header_(settings.textIfSet("partitionIdHeader")) {
    if (const auto partition = settings.numberIfSet("defaultPartitionId"))
        fixed_ = static_cast<std::int32_t>(*partition);
}

Result<std::int32_t> KafkaPartitionChoice::of(const HeaderSet& headers) const {
    const std::string* text = header_ ? headers.find(*header_) : nullptr;
    if (text == nullptr) return fixed_.value_or(-1);
    std::int32_t partition = -1;
    const auto [end, problem] = std::from_chars(text->data(), text->data() + text->size(), partition);
    if (problem == std::errc() && end == text->data() + text->size() && partition >= 0) return partition;
    return Error{ErrorCode::invalidArgument,
                 fmt::format("the header {} is \"{}\", which is no partition; the batch is tried again and again until "
                             "partitionIdHeader is changed",
                             *header_, *text),
                 false};
}

Result<const KafkaRoute*> KafkaRecords::routeFor(const HeaderSet& headers, const RouteOf& route) {
    auto found = routes_.find(&headers);
    if (found == routes_.end()) {
        auto made = route(headers);
        if (!made) return std::move(made).error();
        found = routes_.emplace(&headers, std::move(*made)).first;
    }
    return &found->second;
}

Result<std::span<const kafka::OutRecord>> KafkaRecords::make(std::span<const EventRange> events, bool asFlumeEvents,
                                                             const RouteOf& route) {
    routes_.clear();
    records_.clear();
    records_.reserve(eventCount(events));
    datums_.clear();
    ends_.clear();
    for (const EventRange& range : events)
        for (std::size_t i = range.first; i < range.last; ++i) {
            const HeaderSet& headers = range.batch->headers(i);
            const auto way = routeFor(headers, route);
            if (!way) return way.error();
            kafka::OutRecord& record = records_.emplace_back();
            record.topic = (*way)->topic;
            record.partition = (*way)->partition;
            record.timestampMs = (*way)->timestampMs;
            if ((*way)->key) record.key = *(*way)->key;
            record.headers = (*way)->headers;
            record.value = range.batch->body(i);
            if (!asFlumeEvents) continue;
            rpc::encodeAvroEvent(headers.entries(), record.value, datums_);
            ends_.push_back(datums_.size());
        }
    pointIntoDatums(); // only now: their text has moved while it grew
    return std::span<const kafka::OutRecord>(records_);
}

void KafkaRecords::pointIntoDatums() {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < ends_.size(); ++i) {
        records_[i].value = std::string_view(datums_).substr(begin, ends_[i] - begin);
        begin = ends_[i];
    }
}

} // namespace millrace::flume
