#include "wire/messages/alter_partition_reassignments.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Replicas = std::vector<std::int32_t>;

/// Why the partition cannot be moved to these brokers; to where it is it always can. Null: give up a move under way.
Refusal whyNot(const TopicMetadata* topic, std::int32_t index, const std::optional<Replicas>& replicas,
               const Context& context) {
    if (!topic || !topic->partition(index)) return {kUnknownTopicOrPartition, "there is no such partition"};
    if (!replicas) return {kNoReassignmentInProgress, "the partition is not being moved"};
    const std::int32_t node = context.settings.nodeId;
    if (*replicas != Replicas{node})
        return {kInvalidReplicaAssignment,
                fmt::format("this cluster has only broker {}, which has the one replica already", node)};
    return {};
}

} // namespace

Answer<wire::AlterPartitionReassignmentsResponse>
alterPartitionReassignments(const wire::AlterPartitionReassignmentsRequest& request, const Call&, Context& context) {
    wire::AlterPartitionReassignmentsResponse response;
    response.allowReplicationFactorChange = request.allowReplicationFactorChange;
    for (const auto& asked : request.topics) {
        const auto topic = context.metadata.find(asked.name);
        auto& answer = response.responses.emplace_back();
        answer.name = asked.name;
        for (const auto& partition : asked.partitions) {
            Refusal refusal = whyNot(topic.get(), partition.partitionIndex, partition.replicas, context);
            auto& entry = answer.partitions.emplace_back();
            entry.partitionIndex = partition.partitionIndex;
            entry.errorCode = refusal.error;
            if (refusal.error != kNone) entry.errorMessage = std::move(refusal.message);
        }
    }
    return response;
}

ApiRow alterPartitionReassignmentsRow() {
    return rowOf<alterPartitionReassignments>({Access::Resource::cluster, Access::Operation::alter});
}

} // namespace millrace::broker
