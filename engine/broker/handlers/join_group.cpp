#include "wire/messages/join_group.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

namespace millrace::broker {

Answer<wire::JoinGroupResponse> joinGroup(const wire::JoinGroupRequest& request, const Call& call, Context& context) {
    return context.groups.join(request, call);
}

ApiRow joinGroupRow() {
    return rowOf<joinGroup>({Access::Resource::group, Access::Operation::read});
}

} // namespace millrace::broker
