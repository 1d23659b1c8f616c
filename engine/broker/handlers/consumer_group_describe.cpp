#include "wire/messages/consumer_group_describe.h"
#include "broker/common/authorized_operations.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

namespace {

using Described = wire::ConsumerGroupDescribeResponse::Group;
constexpr std::int8_t kOfConsumerProtocol = 1;

Described notConsumers(const std::string& id, const Group* group) {
    Described answer;
    answer.groupId = id;
    answer.errorCode = wire::error::kGroupIdNotFound;
    answer.errorMessage = group ? "Group " + id + " is not a consumer group." : "there is no group " + id;
    return answer;
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

} // namespace

Answer<wire::ConsumerGroupDescribeResponse> consumerGroupDescribe(const wire::ConsumerGroupDescribeRequest& request,
                                                                  const Call&, Context& context) {
    wire::ConsumerGroupDescribeResponse response;
    const auto name = [](const std::string& group) { return std::string_view(group); };
    for (const std::string* id : distinct(request.groupIds, name)) {
        const Group* group = context.groups.find(*id);
        response.groups.push_back(group && group->consumers ? describeConsumers(*group, context.metadata)
                                                            : notConsumers(*id, group));
        response.groups.back().authorizedOperations =
            operationsIfAsked(request.includeAuthorizedOperations, kGroupOperations);
    }
    return response;
}

ApiRow consumerGroupDescribeRow() {
    return rowOf<consumerGroupDescribe>({Access::Resource::group, Access::Operation::describe});
}

} // namespace millrace::broker
