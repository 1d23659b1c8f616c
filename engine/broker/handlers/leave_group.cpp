#include "wire/messages/leave_group.h"
#include "broker/server/context.h"
#include "broker/handlers/handlers.h"

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

} // namespace millrace::broker
