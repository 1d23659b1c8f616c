#include "wire/messages/find_coordinator.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {
constexpr std::int8_t kGroupKey = 0, kTransactionKey = 1;
constexpr wire::Version kBatched = 4;

using Coordinator = wire::FindCoordinatorResponse::Coordinator;

Coordinator coordinatorOf(const std::string& key, std::int8_t keyType, const Call& call, const Context& context) {
    Coordinator coordinator;
    coordinator.key = key;
    coordinator.nodeId = -1;
    coordinator.port = -1;
    if (keyType != kGroupKey && keyType != kTransactionKey) {
        coordinator.errorCode = kInvalidRequest;
        coordinator.errorMessage = "unknown type of coordinator key";
        return coordinator;
    }
    const auto kind = keyType == kGroupKey ? Access::Resource::group : Access::Resource::transactionalId;
    coordinator.errorCode = refusal(call, context, {kind, Access::Operation::describe}, key);
    if (coordinator.errorCode != kNone) return coordinator;
    coordinator.errorMessage = call.version >= kBatched ? "" : "NONE"; // as Kafka says that nothing is wrong
    coordinator.nodeId = context.settings.nodeId;
    coordinator.host = call.connection->brokerHost;
    coordinator.port = call.connection->brokerPort;
    return coordinator;
}
} // namespace

Answer<wire::FindCoordinatorResponse> findCoordinator(const wire::FindCoordinatorRequest& request, const Call& call,
                                                      Context& context) {
    wire::FindCoordinatorResponse response;
    if (call.version >= kBatched) {
        for (const std::string& key : request.coordinatorKeys)
            response.coordinators.push_back(coordinatorOf(key, request.keyType, call, context));
        return response;
    }
    const Coordinator coordinator = coordinatorOf(request.key, request.keyType, call, context);
    response.errorCode = coordinator.errorCode;
    response.errorMessage = coordinator.errorMessage;
    response.nodeId = coordinator.nodeId;
    response.host = coordinator.host;
    response.port = coordinator.port;
    return response;
}

ApiRow findCoordinatorRow() {
    return rowOf<findCoordinator>({Access::Resource::group, Access::Operation::describe});
}

} // namespace millrace::broker
