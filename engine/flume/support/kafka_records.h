#pragma once

#include "base/result.h"
#include "flume/event_batch.h"
#include "flume/settings.h"
#include "kafka/producer.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace millrace::flume {

/// The header that is a record's key, both ways.
inline constexpr std::string_view kKafkaKeyHeader = "key";

/// The partition that an event asks for: `partitionIdHeader`, else `defaultPartitionId`, else none.
class KafkaPartitionChoice {
public:
    KafkaPartitionChoice() = default;
    explicit KafkaPartitionChoice(Settings& settings);
    /// -1: the partitioner chooses. Error when the header holds no partition.
    Result<std::int32_t> of(const HeaderSet& headers) const;

private:
    std::optional<std::string> header_;
    std::optional<std::int32_t> fixed_;
};

/// What events with the same headers have in common on their way into a topic.
struct KafkaRoute {
    std::string topic;
    std::int32_t partition = -1;
    std::int64_t timestampMs = 0; ///< 0: now
    std::optional<std::string> key;
    std::vector<std::pair<std::string, std::string>> headers;
};

/// Turns events into records. One thread.
class KafkaRecords {
public:
    using RouteOf = std::function<Result<KafkaRoute>(const HeaderSet&)>;
    /// Records that point into this and into the events: valid until the next call. `asFlumeEvents`: the value is the
    /// event in Avro form, else its body. `route` is asked once for each header set.
    Result<std::span<const kafka::OutRecord>> make(std::span<const EventRange> events, bool asFlumeEvents,
                                                   const RouteOf& route);

private:
    Result<const KafkaRoute*> routeFor(const HeaderSet& headers, const RouteOf& route);
    void pointIntoDatums();

    std::map<const HeaderSet*, KafkaRoute> routes_;
    std::vector<kafka::OutRecord> records_;
    std::string datums_; ///< the events in Avro form, kept for its memory
    std::vector<std::size_t> ends_;
};

} // namespace millrace::flume
