#pragma once

#include "base/log.h"
#include "base/result.h"
#include "broker/settings/topic_configs.h"

#include <chrono>
#include <cstdint>
#include <string>

namespace millrace::broker {

/// The broker's own configs as numbers. Immutable once the broker runs.
struct BrokerSettings {
    std::string clusterId;
    std::int32_t nodeId = 0;
    bool autoCreateTopics = true;
    bool deleteTopics = true;
    std::int32_t defaultPartitions = 1;
    std::int32_t fetchMaxBytes = 0;
    std::chrono::milliseconds connectionIdle{};
    std::chrono::milliseconds groupMinSession{};
    std::chrono::milliseconds groupMaxSession{};
    std::chrono::milliseconds initialRebalanceDelay{};
    std::size_t groupMaxSize = 0;
    std::size_t offsetMetadataMaxBytes = 0;
    std::chrono::milliseconds offsetsRetention{};
    std::chrono::milliseconds offsetsRetentionCheckInterval{};
    std::chrono::milliseconds producerIdExpiration{};
    std::chrono::milliseconds initialTaskDelay{};
    std::chrono::milliseconds retentionCheckInterval{};
    std::size_t maxConnections = 0;
    std::size_t maxRequestBytes = 0;
    ConfigMap configs; ///< settled, with Kafka's older synonyms (hours, minutes) turned into milliseconds

    /// `configs` by Kafka's broker config names. A bad value is an error; an unknown name is logged and left out.
    static Result<BrokerSettings> from(ConfigMap configs, Log& log);
    bool operator==(const BrokerSettings&) const = default;
};

} // namespace millrace::broker
