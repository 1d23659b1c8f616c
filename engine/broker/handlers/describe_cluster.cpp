#include "wire/messages/describe_cluster.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
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
    response.brokers.push_back(
        {context.settings.nodeId, call.connection->brokerHost, call.connection->brokerPort, std::nullopt, false});
    response.clusterAuthorizedOperations = operationsIfAsked(request.includeClusterAuthorizedOperations, call, context,
                                                             Access::Resource::cluster, kClusterName);
    return response;
}

ApiRow describeClusterRow() {
    ApiRow row = rowOf<describeCluster>({Access::Resource::cluster, Access::Operation::describe});
    row.handlerAuthorizes = true; // all may know where to connect to; the right is to see the other rights
    return row;
}

} // namespace millrace::broker
