#include "wire/messages/add_offsets_to_txn.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

Answer<wire::AddOffsetsToTxnResponse> addOffsetsToTxn(const wire::AddOffsetsToTxnRequest& request, const Call& call,
                                                      Context& context) {
    constexpr wire::Version kKnowsFenced = 2;
    if (request.transactionalId.empty() || request.groupId.empty()) {
        wire::AddOffsetsToTxnResponse response;
        response.errorCode = request.groupId.empty() ? kInvalidGroupId : kInvalidRequest;
        return response;
    }
    // For the transactional id it is asked before.
    constexpr Access kReadGroup{Access::Resource::group, Access::Operation::read};
    if (const std::int16_t refused = refusal(call, context, kReadGroup, request.groupId)) {
        wire::AddOffsetsToTxnResponse response;
        response.errorCode = refused;
        return response;
    }
    JoinTransaction asked{request.producerId, request.producerEpoch};
    asked.groups[request.groupId];
    const Pending<wire::AddOffsetsToTxnResponse> pending;
    context.transactions->ask(request.transactionalId, std::move(asked),
                              [pending, version = call.version](const auto& outcome) {
                                  wire::AddOffsetsToTxnResponse response;
                                  const bool old = outcome.error == kProducerFenced && version < kKnowsFenced;
                                  response.errorCode = old ? kInvalidProducerEpoch : outcome.error;
                                  pending.complete(std::move(response));
                              });
    return pending;
}

ApiRow addOffsetsToTxnRow() {
    return rowOf<addOffsetsToTxn>({Access::Resource::transactionalId, Access::Operation::write});
}

} // namespace millrace::broker
