#include "wire/messages/consumer_group_heartbeat.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

namespace millrace::broker {

Answer<wire::ConsumerGroupHeartbeatResponse> consumerGroupHeartbeat(const wire::ConsumerGroupHeartbeatRequest& request,
                                                                    const Call& call, Context& context) {
    return context.groups.heartbeat(request, call);
}

ApiRow consumerGroupHeartbeatRow() {
    return rowOf<consumerGroupHeartbeat>({Access::Resource::group, Access::Operation::read});
}

} // namespace millrace::broker
