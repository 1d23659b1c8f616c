#include "broker/requests/leader_replica.h"

#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

LeaderReplica leaderOf(const Context& context, const TopicMetadata* topic, std::int32_t index) {
    const PartitionMetadata* partition = topic ? topic->partition(index) : nullptr;
    if (!partition) return {nullptr, kUnknownTopicOrPartition};
    if (partition->leader != context.settings.nodeId) return {nullptr, kNotLeaderOrFollower};
    auto replica = context.replicas.find(topic->id, index);
    const std::int16_t error = replica ? kNone : kNotLeaderOrFollower;
    return {std::move(replica), error};
}

LeaderReplica readableLeader(const Context& context, const TopicMetadata* topic, std::int32_t index,
                             std::int32_t believedEpoch) {
    auto leader = leaderOf(context, topic, index);
    if (leader.error != kNone) return leader;
    const std::int16_t error = leader.replica->offline() ? kStorageError : leader.replica->epochError(believedEpoch);
    return error == kNone ? leader : LeaderReplica{nullptr, error};
}

} // namespace millrace::broker
