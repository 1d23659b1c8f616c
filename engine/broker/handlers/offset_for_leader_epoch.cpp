#include "wire/messages/offset_for_leader_epoch.h"
#include "broker/requests/api_row.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

/// Clients ask where the epoch of their last record ends, to find whether the log was cut behind them.
Answer<wire::OffsetForLeaderEpochResponse> offsetForLeaderEpoch(const wire::OffsetForLeaderEpochRequest& request,
                                                                const Call& call, Context& context) {
    wire::OffsetForLeaderEpochResponse response;
    for (const auto& asked : request.topics) {
        const auto topic = context.metadata.find(asked.topic);
        auto& answer = response.topics.emplace_back();
        answer.topic = asked.topic;
        const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::describe, asked.topic);
        for (const auto& partition : asked.partitions) {
            auto& entry = answer.partitions.emplace_back();
            entry.partition = partition.partition;
            const auto leader =
                forbidden ? LeaderReplica{nullptr, forbidden}
                          : readableLeader(context, topic.get(), partition.partition, partition.currentLeaderEpoch);
            entry.errorCode = leader.error;
            if (entry.errorCode != kNone) continue;
            const auto end = leader.replica->endOfEpoch(partition.leaderEpoch);
            entry.leaderEpoch = end.epoch;
            entry.endOffset = end.endOffset;
        }
    }
    return response;
}

ApiRow offsetForLeaderEpochRow() {
    return rowOf<offsetForLeaderEpoch>({Access::Resource::topic, Access::Operation::describe});
}

} // namespace millrace::broker
