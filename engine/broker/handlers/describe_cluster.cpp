#include "wire/messages/describe_cluster.h"
#include "broker/server/authorized_operations.h"
#include "broker/server/context.h"
#include "broker/handlers/handlers.h"
#include "wire/error_code.h"

namespace millrace::broker {

Answer<wire::DescribeClusterResponse> describeCluster(const wire::DescribeClusterRequest& request, const Call& call,
                                                      Context& context) {
    constexpr std::int8_t kBrokers = 1;
    wire::DescribeClusterResponse response;
    response.endpointType = request.endpointType;
    response.clusterId = context.settings.clusterId;
    if (request.endpointType != kBrokers) {
        response.errorCode = wire::error::kInvalidRequest;
        response.errorMessage = "this broker has no controller endpoint";
        return response;
    }
    response.controllerId = context.settings.nodeId;
    response.brokers.push_back({context.settings.nodeId, call.brokerHost, call.brokerPort, std::nullopt, false});
    response.clusterAuthorizedOperations =
        operationsIfAsked(request.includeClusterAuthorizedOperations, kClusterOperations);
    return response;
}

} // namespace millrace::broker
