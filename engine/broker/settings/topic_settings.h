#pragma once

#include "broker/settings/compression.h"
#include "broker/settings/topic_configs.h"
#include "storage/partition_log.h"

#include <cstddef>
#include <cstdint>
#include <optional>

namespace millrace::broker {

/// When a compacted topic is compacted, and what it then still tells.
struct CompactionSettings {
    std::int64_t deleteRetentionMs = 0;
    std::int64_t minLagMs = 0;
    std::int64_t maxLagMs = 0;
    double minDirtyRatio = 0;
    bool operator==(const CompactionSettings&) const = default;
};

/// A topic's configs as numbers.
struct TopicSettings {
    storage::LogConfig log;
    std::size_t maxMessageBytes = 0;
    bool compacted = false;
    CompactionSettings compaction;
    bool deletes = true;                ///< old records, and those that a client wants deleted
    std::optional<Compression> storeAs; ///< absent: as the producer has compressed
    bool logAppendTime = false;
    std::int32_t minInSyncReplicas = 1; ///< for acks=all
    std::int64_t timestampBeforeMaxMs = 0;
    std::int64_t timestampAfterMaxMs = 0;

    /// Precondition: both maps are settled.
    static TopicSettings from(const ConfigMap& topic, const ConfigMap& broker);
    bool operator==(const TopicSettings&) const = default;
};

} // namespace millrace::broker
