#include "wire/messages/heartbeat.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

namespace millrace::broker {

Answer<wire::HeartbeatResponse> heartbeat(const wire::HeartbeatRequest& request, const Call&, Context& context) {
    wire::HeartbeatResponse response;
    response.errorCode = context.groups.heartbeat(request);
    return response;
}

ApiRow heartbeatRow() {
    return rowOf<heartbeat>({Access::Resource::group, Access::Operation::read});
}

} // namespace millrace::broker
