#include "broker/cluster/topic_metadata.h"

#include <utility>

namespace millrace::broker {

void TopicMetadata::configure(ConfigMap own, const ConfigMap& broker) {
    configs = std::move(own);
    settings = TopicSettings::from(configs, broker);
}

const PartitionMetadata* TopicMetadata::partition(std::int32_t index) const {
    return index >= 0 && index < partitionCount() ? &partitions[static_cast<std::size_t>(index)] : nullptr;
}

} // namespace millrace::broker
