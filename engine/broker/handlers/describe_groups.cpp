#include "wire/messages/describe_groups.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

namespace {

constexpr Access kDescribeGroup{Access::Resource::group, Access::Operation::describe};
using GroupAnswer = wire::DescribeGroupsResponse::Group;

/// `group` may be one of the consumer protocol, which is described otherwise.
GroupAnswer unknown(const std::string& id, const Group* group, wire::Version version) {
    constexpr wire::Version kHasError = 6; // KIP-1043; before, an unknown group is a dead one
    GroupAnswer answer;
    answer.groupId = id;
    answer.groupState = toString(GroupState::dead);
    if (version >= kHasError) {
        answer.errorCode = wire::error::kGroupIdNotFound;
        answer.errorMessage = group ? "Group " + id + " is not a classic group." : "there is no group " + id;
    }
    return answer;
}

GroupAnswer forbidden(const std::string& id, std::int16_t error) {
    GroupAnswer answer;
    answer.groupId = id;
    answer.errorCode = error;
    return answer;
}

GroupAnswer describe(const Group& group) {
    GroupAnswer answer;
    answer.groupId = group.id;
    answer.groupState = toString(group.state);
    answer.protocolType = group.protocolType;
    const bool stable = group.state == GroupState::stable;
    if (stable) answer.protocolData = group.protocol.value_or("");
    for (const auto& member : group.members) {
        auto& entry = answer.members.emplace_back();
        entry.memberId = member->id;
        entry.groupInstanceId = member->instanceId;
        entry.clientId = member->clientId;
        entry.clientHost = "/" + member->clientHost; // as Java prints an address, which is what tools expect
        if (!stable) continue;
        if (const Bytes* metadata = member->metadataFor(answer.protocolData)) entry.memberMetadata = *metadata;
        entry.memberAssignment = member->assignment;
    }
    return answer;
}

} // namespace

Answer<wire::DescribeGroupsResponse> describeGroups(const wire::DescribeGroupsRequest& request, const Call& call,
                                                    Context& context) {
    wire::DescribeGroupsResponse response;
    const auto name = [](const std::string& group) { return std::string_view(group); };
    for (const std::string* id : distinct(request.groups, name)) {
        if (const std::int16_t refused = refusal(call, context, kDescribeGroup, *id)) {
            response.groups.push_back(forbidden(*id, refused));
            continue;
        }
        const Group* group = context.groups.find(*id);
        const bool isClassic = group && !group->consumers;
        auto& answer = response.groups.emplace_back(isClassic ? describe(*group) : unknown(*id, group, call.version));
        answer.authorizedOperations =
            operationsIfAsked(request.includeAuthorizedOperations, call, context, kDescribeGroup.resource, *id);
    }
    return response;
}

ApiRow describeGroupsRow() {
    return rowOf<describeGroups>(kDescribeGroup);
}

} // namespace millrace::broker
