#include "wire/messages/consumer_group_describe.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <algorithm>
#include <utility>

namespace millrace::broker {

namespace {

using Described = wire::ConsumerGroupDescribeResponse::Group;
constexpr std::int8_t kOfConsumerProtocol = 1;
constexpr Access kDescribeGroup{Access::Resource::group, Access::Operation::describe};

Described refused(const std::string& id, std::int16_t error, std::string message = {}) {
    Described answer;
    answer.groupId = id;
    answer.errorCode = error;
    if (!message.empty()) answer.errorMessage = std::move(message);
    return answer;
}

Described notConsumers(const std::string& id, const Group* group) {
    return refused(id, wire::error::kGroupIdNotFound,
                   group ? "Group " + id + " is not a consumer group." : "there is no group " + id);
}

/// Topics that are gone have no name any more, and nobody reads them.
wire::ConsumerGroupDescribeResponse::Assignment named(const PartitionIds& ids, const ClusterMetadata& metadata) {
    wire::ConsumerGroupDescribeResponse::Assignment assignment;
    auto& topics = assignment.topicPartitions;
    for (const auto& [id, index] : ids) {
        const auto topic = metadata.find(id);
        if (!topic) continue;
        if (topics.empty() || topics.back().topicId != id) topics.push_back({id, topic->name, {}});
        topics.back().partitions.push_back(index);
    }
    return assignment;
}

Described describeConsumers(const Group& group, const ClusterMetadata& metadata) {
    const ConsumerGroup& consumers = *group.consumers;
    Described answer;
    answer.groupId = group.id;
    answer.groupState = consumers.state();
    answer.groupEpoch = consumers.epoch;
    answer.assignmentEpoch = consumers.assignmentEpoch;
    answer.assignorName = consumers.assignor();
    for (const auto& [id, member] : consumers.members) {
        auto& entry = answer.members.emplace_back();
        entry.memberId = id;
        entry.instanceId = member->instanceId;
        entry.rackId = member->rackId;
        entry.memberEpoch = member->epoch;
        entry.clientId = member->clientId;
        entry.clientHost = "/" + member->clientHost; // as Java prints an address, which is what tools expect
        entry.subscribedTopicNames.assign(member->topics.begin(), member->topics.end());
        if (!member->regex.empty()) entry.subscribedTopicRegex = member->regex;
        entry.assignment = named(member->assigned, metadata);
        entry.targetAssignment = named(member->target, metadata);
        entry.memberType = kOfConsumerProtocol;
    }
    return answer;
}

/// A group tells what its members read: only to who may see all of it.
bool maySeeAll(const Described& group, const Call& call, const Context& context) {
    return std::ranges::all_of(group.members, [&](const auto& member) {
        const auto seen = [&](const auto& assignment) {
            return std::ranges::all_of(assignment.topicPartitions, [&](const auto& topic) {
                return maySeeTopic(call, context, topic.topicName);
            });
        };
        return seen(member.assignment) && seen(member.targetAssignment) &&
               std::ranges::all_of(member.subscribedTopicNames,
                                   [&](const std::string& topic) { return maySeeTopic(call, context, topic); });
    });
}

Described describe(const std::string& id, const Call& call, const Context& context) {
    if (const std::int16_t error = refusal(call, context, kDescribeGroup, id)) return refused(id, error);
    const Group* group = context.groups.find(id);
    if (!group || !group->consumers) return notConsumers(id, group);
    Described answer = describeConsumers(*group, context.metadata);
    return maySeeAll(answer, call, context)
               ? answer
               : refused(id, wire::error::kTopicAuthorizationFailed,
                         "the group reads topics that this client may not describe");
}

} // namespace

Answer<wire::ConsumerGroupDescribeResponse> consumerGroupDescribe(const wire::ConsumerGroupDescribeRequest& request,
                                                                  const Call& call, Context& context) {
    wire::ConsumerGroupDescribeResponse response;
    const auto name = [](const std::string& group) { return std::string_view(group); };
    for (const std::string* id : distinct(request.groupIds, name)) {
        auto& answer = response.groups.emplace_back(describe(*id, call, context));
        answer.authorizedOperations =
            operationsIfAsked(request.includeAuthorizedOperations, call, context, kDescribeGroup.resource, *id);
    }
    return response;
}

ApiRow consumerGroupDescribeRow() {
    return rowOf<consumerGroupDescribe>(kDescribeGroup);
}

} // namespace millrace::broker
