#include "wire/messages/leave_group.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

namespace millrace::broker {

Answer<wire::LeaveGroupResponse> leaveGroup(const wire::LeaveGroupRequest& request, const Call& call,
                                            Context& context) {
    constexpr wire::Version kBatched = 3;
    wire::LeaveGroupResponse response;
    if (call.version < kBatched) {
        response.errorCode = context.groups.leave(request.groupId, request.memberId, std::nullopt);
        return response;
    }
    for (const auto& member : request.members) {
        const auto error = context.groups.leave(request.groupId, member.memberId, member.groupInstanceId);
        response.members.push_back({member.memberId, member.groupInstanceId, error});
    }
    return response;
}

ApiRow leaveGroupRow() {
    return rowOf<leaveGroup>({Access::Resource::group, Access::Operation::read});
}

} // namespace millrace::broker
