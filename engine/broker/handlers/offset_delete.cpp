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

/// What the group has of `which` goes; Kafka's error number when it does not.
std::int16_t forget(const std::string& groupId, std::set<TopicPartition> which, Context& context) {
    Group* group = context.groups.find(groupId);
    if (!group) return kNone; // it was made of offsets that waited
    std::erase_if(which, [&](const TopicPartition& where) { return !group->offsets.contains(where); });
    const auto forgotten = context.groups.forgetOffsets(*group, which);
    if (forgotten) return kNone;
    context.log.error("", "group {}: offsets cannot be deleted: {}", groupId, forgotten.error().message);
    return kCoordinatorNotAvailable;
}

} // namespace

/// What open transactions hold for the group goes first: it would come back with their end. Of a group that has members
/// only consumers can be asked what they still want; all others are refused as a whole.
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
            if (error == kNone) gone.insert(where);
        }
    }
    if (gone.empty()) return response;
    const Pending<wire::OffsetDeleteResponse> pending;
    context.transactions->forgetOffsets(
        {request.groupId, {}, gone},
        [pending, response = std::move(response), id = request.groupId, gone, &context](std::int16_t error) mutable {
            response.errorCode = error == kNone ? forget(id, std::move(gone), context) : error;
            pending.complete(std::move(response));
        });
    return pending;
}

ApiRow offsetDeleteRow() {
    return rowOf<offsetDelete>({Access::Resource::group, Access::Operation::remove});
}

} // namespace millrace::broker
