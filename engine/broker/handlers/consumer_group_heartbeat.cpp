#include "wire/messages/consumer_group_heartbeat.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

namespace {

constexpr Access kReadGroup{Access::Resource::group, Access::Operation::read};

/// A member may subscribe only to topics that it may see.
std::int16_t whyForbidden(const wire::ConsumerGroupHeartbeatRequest& request, const Call& call,
                          const Context& context) {
    if (const std::int16_t refused = refusal(call, context, kReadGroup, request.groupId)) return refused;
    if (!request.subscribedTopicNames) return wire::error::kNone;
    for (const std::string& topic : *request.subscribedTopicNames)
        if (const std::int16_t refused = topicRefusal(call, context, Access::Operation::describe, topic))
            return refused;
    return wire::error::kNone;
}

} // namespace

Answer<wire::ConsumerGroupHeartbeatResponse> consumerGroupHeartbeat(const wire::ConsumerGroupHeartbeatRequest& request,
                                                                    const Call& call, Context& context) {
    if (const std::int16_t refused = whyForbidden(request, call, context)) {
        wire::ConsumerGroupHeartbeatResponse response;
        response.errorCode = refused;
        return response;
    }
    return context.groups.heartbeat(request, call);
}

ApiRow consumerGroupHeartbeatRow() {
    return rowOf<consumerGroupHeartbeat>(kReadGroup);
}

} // namespace millrace::broker
