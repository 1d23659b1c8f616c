#include "wire/messages/sync_group.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

namespace millrace::broker {

Answer<wire::SyncGroupResponse> syncGroup(const wire::SyncGroupRequest& request, const Call&, Context& context) {
    return context.groups.sync(request);
}

ApiRow syncGroupRow() {
    return rowOf<syncGroup>({Access::Resource::group, Access::Operation::read});
}

} // namespace millrace::broker
