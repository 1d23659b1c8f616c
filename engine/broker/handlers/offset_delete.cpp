#include "wire/messages/offset_delete.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

/// Why one offset of the group stays, or 0.
std::int16_t whyItStays(const Group& group, const std::optional<std::set<std::string>>& wanted,
                        const TopicPartition& where, const Call& call, const Context& context) {
    if (const std::int16_t refused = topicRefusal(call, context, Access::Operation::read, where.first)) return refused;
    const auto topic = context.metadata.find(where.first);
    if (!topic || !topic->partition(where.second)) return kUnknownTopicOrPartition;
    if (!group.hasMembers()) return kNone;
    return !wanted || wanted->contains(where.first) ? kGroupSubscribedToTopic : kNone;
}

} // namespace

/// Of a group that has members only consumers can be asked what they still want; all others are refused as a whole.
Answer<wire::OffsetDeleteResponse> offsetDelete(const wire::OffsetDeleteRequest& request, const Call& call,
                                                Context& context) {
    wire::OffsetDeleteResponse response;
    Group* group = context.groups.find(request.groupId);
    if (!group) {
        response.errorCode = kGroupIdNotFound;
        return response;
    }
    if (!group->members.empty() && !group->ofConsumers()) {
        response.errorCode = kNonEmptyGroup;
        return response;
    }
    const auto wanted = group->subscribedTopics();
    std::set<TopicPartition> gone;
    for (const auto& asked : request.topics) {
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        for (const auto& partition : asked.partitions) {
            const TopicPartition where(asked.name, partition.partitionIndex);
            const std::int16_t error = whyItStays(*group, wanted, where, call, context);
            answer.partitions.push_back({partition.partitionIndex, error});
            if (error == kNone && group->offsets.contains(where)) gone.insert(where);
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
