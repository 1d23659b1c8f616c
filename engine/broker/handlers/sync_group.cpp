#include "broker/server/context.h"
#include "broker/handlers/handlers.h"

namespace millrace::broker {

Answer<wire::SyncGroupResponse> syncGroup(const wire::SyncGroupRequest& request, const Call&, Context& context) {
    return context.groups.sync(request);
}

} // namespace millrace::broker
