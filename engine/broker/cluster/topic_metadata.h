#pragma once

#include "broker/settings/topic_settings.h"
#include "wire/uuid.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::broker {

/// What the cluster has agreed on about one partition.
struct PartitionMetadata {
    std::int32_t leader = 0;
    std::int32_t leaderEpoch = 0;       ///< one more with each election
    std::vector<std::int32_t> replicas; ///< the brokers that are to have it, the preferred leader first
    std::vector<std::int32_t> inSync;   ///< those that have all that consumers may read

    static PartitionMetadata onOneBroker(std::int32_t node) { return {node, 0, {node}, {node}}; }
    bool operator==(const PartitionMetadata&) const = default;
};

/// What the cluster has agreed on about one topic, whatever a broker has of it.
struct TopicMetadata {
    std::string name;
    wire::Uuid id;
    ConfigMap configs; ///< only what the topic sets itself
    TopicSettings settings;
    std::vector<PartitionMetadata> partitions; ///< by index

    /// Sets `configs` and, with the broker's for what they leave open, `settings`. Precondition: both are settled.
    void configure(ConfigMap own, const ConfigMap& broker);
    std::int32_t partitionCount() const { return static_cast<std::int32_t>(partitions.size()); }
    /// Null when there is no such partition.
    const PartitionMetadata* partition(std::int32_t index) const;
};

} // namespace millrace::broker
