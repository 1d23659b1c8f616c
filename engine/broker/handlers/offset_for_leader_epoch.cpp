#include "wire/messages/offset_for_leader_epoch.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

/// There is one epoch: it ends where the log ends. An older one never was, a newer one is not known.
Answer<wire::OffsetForLeaderEpochResponse> offsetForLeaderEpoch(const wire::OffsetForLeaderEpochRequest& request,
                                                                const Call&, Context& context) {
    wire::OffsetForLeaderEpochResponse response;
    for (const auto& asked : request.topics) {
        const auto topic = context.topics.find(asked.topic);
        auto& answer = response.topics.emplace_back();
        answer.topic = asked.topic;
        for (const auto& partition : asked.partitions) {
            auto& entry = answer.partitions.emplace_back();
            entry.partition = partition.partition;
            const Partition* own = topic ? topic->partition(partition.partition) : nullptr;
            if (!own)
                entry.errorCode = kUnknownTopicOrPartition;
            else if (partition.currentLeaderEpoch > Partition::kLeaderEpoch)
                entry.errorCode = kUnknownLeaderEpoch;
            if (entry.errorCode != kNone || partition.leaderEpoch > Partition::kLeaderEpoch ||
                partition.leaderEpoch < 0)
                continue;
            entry.leaderEpoch = Partition::kLeaderEpoch;
            entry.endOffset = own->log().nextOffset();
        }
    }
    return response;
}

ApiRow offsetForLeaderEpochRow() {
    return rowOf<offsetForLeaderEpoch>({Access::Resource::topic, Access::Operation::describe});
}

} // namespace millrace::broker
