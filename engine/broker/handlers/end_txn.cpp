#include "wire/messages/end_txn.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

Answer<wire::EndTxnResponse> endTxn(const wire::EndTxnRequest& request, const Call& call, Context& context) {
    constexpr wire::Version kKnowsFenced = 2, kBumps = 5;
    if (request.transactionalId.empty()) {
        wire::EndTxnResponse response;
        response.errorCode = kInvalidRequest;
        return response;
    }
    const EndTransaction asked{request.producerId, request.producerEpoch, request.committed, call.version >= kBumps};
    const Pending<wire::EndTxnResponse> pending;
    context.transactions->ask(request.transactionalId, asked, [pending, version = call.version](const auto& outcome) {
        wire::EndTxnResponse response;
        const bool old = outcome.error == kProducerFenced && version < kKnowsFenced;
        response.errorCode = old ? kInvalidProducerEpoch : outcome.error;
        response.producerId = outcome.producerId;
        response.producerEpoch = outcome.epoch;
        pending.complete(std::move(response));
    });
    return pending;
}

ApiRow endTxnRow() {
    return rowOf<endTxn>({Access::Resource::transactionalId, Access::Operation::write});
}

} // namespace millrace::broker
