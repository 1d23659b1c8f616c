#include "wire/messages/offset_delete.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

/// Offsets of a group that has members are refused as a whole, unless the members are consumers: then Kafka refuses the
/// subscribed topics. What a member subscribes to is its own business here, so all topics count as subscribed.
Answer<wire::OffsetDeleteResponse> offsetDelete(const wire::OffsetDeleteRequest& request, const Call&,
                                                Context& context) {
    wire::OffsetDeleteResponse response;
    Group* group = context.groups.find(request.groupId);
    if (!group) {
        response.errorCode = kGroupIdNotFound;
        return response;
    }
    const bool consumers = group->protocolType == "consumer";
    if (!group->members.empty() && !consumers) {
        response.errorCode = kNonEmptyGroup;
        return response;
    }
    std::set<TopicPartition> gone;
    for (const auto& asked : request.topics) {
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        for (const auto& partition : asked.partitions) {
            const bool busy = !group->members.empty();
            answer.partitions.push_back({partition.partitionIndex, busy ? kGroupSubscribedToTopic : kNone});
            if (!busy && group->offsets.contains({asked.name, partition.partitionIndex}))
                gone.insert({asked.name, partition.partitionIndex});
        }
    }
    if (auto status = context.groups.forgetOffsets(*group, gone); !status) {
        context.log.error("", "group {}: offsets cannot be deleted: {}", request.groupId, status.error().message);
        response.errorCode = kCoordinatorNotAvailable;
    }
    return response;
}

ApiRow offsetDeleteRow() {
    return rowOf<offsetDelete>({Access::Resource::group, Access::Operation::remove});
}

} // namespace millrace::broker
