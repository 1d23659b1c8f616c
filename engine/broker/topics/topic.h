#pragma once

#include "broker/partitions/partition.h"
#include "broker/partitions/record_check.h"
#include "broker/settings/topic_configs.h"
#include "wire/uuid.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// A topic's configs as numbers.
struct TopicSettings {
    storage::LogConfig log;
    std::size_t maxMessageBytes = 0;
    bool compacted = false;
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

/// Which brokers have a partition, as the cluster knows it, whatever this one has of it.
struct Placement {
    std::int32_t leader = 0;
    std::vector<std::int32_t> replicas; ///< the preferred leader first
    std::vector<std::int32_t> inSync;   ///< those that have all that consumers may read
};

struct Topic {
    std::string name;
    wire::Uuid id;
    ConfigMap configs; ///< only what the topic sets itself
    TopicSettings settings;
    std::vector<Placement> placements;                  ///< by index of the partition
    std::vector<std::shared_ptr<Partition>> partitions; ///< by index: the replicas that this broker has

    /// Null when there is no such partition.
    Partition* partition(std::int32_t index) const {
        return index >= 0 && static_cast<std::size_t>(index) < partitions.size()
                   ? partitions[static_cast<std::size_t>(index)].get()
                   : nullptr;
    }
};

/// Kafka's rule: 1 to 249 of [a-zA-Z0-9._-], not "." and not "..". The error says what is wrong with the name.
Status checkTopicName(std::string_view name);
/// Names by which Kafka keeps its own state; clients may not create or write them.
bool isInternalTopic(std::string_view name);

} // namespace millrace::broker
