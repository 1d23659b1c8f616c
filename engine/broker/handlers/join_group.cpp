#include "broker/server/context.h"
#include "broker/handlers/handlers.h"

namespace millrace::broker {

Answer<wire::JoinGroupResponse> joinGroup(const wire::JoinGroupRequest& request, const Call& call, Context& context) {
    return context.groups.join(request, call);
}

} // namespace millrace::broker
