#include "broker/server/context.h"
#include "broker/handlers/handlers.h"

namespace millrace::broker {

Answer<wire::HeartbeatResponse> heartbeat(const wire::HeartbeatRequest& request, const Call&, Context& context) {
    wire::HeartbeatResponse response;
    response.errorCode = context.groups.heartbeat(request);
    return response;
}

} // namespace millrace::broker
