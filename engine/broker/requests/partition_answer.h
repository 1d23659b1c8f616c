#pragma once

#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <utility>

namespace millrace::broker {

/// Who leads a partition, where its replicas are, and whether it can be reached: in the answers of Metadata and of
/// DescribeTopicPartitions, which name their fields alike. Precondition: the topic has the partition.
template <typename Answer>
Answer partitionAnswer(const TopicMetadata& topic, std::int32_t index, const Context& context) {
    const PartitionMetadata& partition = *topic.partition(index);
    Answer answer;
    answer.partitionIndex = index;
    answer.leaderId = partition.leader;
    answer.leaderEpoch = partition.leaderEpoch;
    answer.replicaNodes = partition.replicas;
    answer.isrNodes = partition.inSync;
    const auto replica = context.replicas.find(topic.id, index);
    if (!replica || !replica->offline()) return answer;
    answer.errorCode = wire::error::kLeaderNotAvailable;
    answer.leaderId = -1;
    answer.offlineReplicas = std::exchange(answer.isrNodes, {});
    return answer;
}

} // namespace millrace::broker
