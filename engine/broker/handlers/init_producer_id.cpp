#include "wire/messages/init_producer_id.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

wire::InitProducerIdResponse refused(std::int16_t error) {
    wire::InitProducerIdResponse response;
    response.errorCode = error;
    return response;
}

/// Who may write to any topic may do so once (KIP-679).
std::int16_t checkRight(const wire::InitProducerIdRequest& request, const Call& call, const Context& context) {
    using enum Access::Operation;
    if (request.transactionalId)
        return refusal(call, context, {Access::Resource::transactionalId, write}, *request.transactionalId);
    if (context.authorizer.allowsSomewhere(*call.connection, {Access::Resource::topic, write})) return kNone;
    return refusal(call, context, {Access::Resource::cluster, idempotentWrite}, kClusterName);
}

/// One that asks for a new epoch of its id gets a new id instead, which serves it as well.
wire::InitProducerIdResponse idempotent(Context& context) {
    const auto id = context.producerIds->next();
    if (!id) return refused(kCoordinatorLoadInProgress); // a new block is being reserved; clients ask again
    wire::InitProducerIdResponse response;
    response.producerId = *id;
    return response;
}

} // namespace

Answer<wire::InitProducerIdResponse> initProducerId(const wire::InitProducerIdRequest& request, const Call& call,
                                                    Context& context) {
    constexpr wire::Version kKnowsFenced = 4;
    if ((request.producerId < 0) != (request.producerEpoch < 0)) return refused(kInvalidRequest);
    if (const std::int16_t error = checkRight(request, call, context)) return refused(error);
    if (!request.transactionalId) return idempotent(context);
    if (request.transactionalId->empty()) return refused(kInvalidRequest);
    if (request.transactionTimeoutMs <= 0 ||
        request.transactionTimeoutMs > context.settings.transactionMaxTimeout.count())
        return refused(kInvalidTransactionTimeout);
    const Pending<wire::InitProducerIdResponse> pending;
    context.transactions->ask(*request.transactionalId,
                              InitTransactions{request.transactionTimeoutMs, request.producerId, request.producerEpoch},
                              [pending, version = call.version](const auto& outcome) {
                                  const bool old = outcome.error == kProducerFenced && version < kKnowsFenced;
                                  wire::InitProducerIdResponse response =
                                      refused(old ? kInvalidProducerEpoch : outcome.error);
                                  response.producerId = outcome.producerId;
                                  response.producerEpoch = outcome.epoch;
                                  pending.complete(std::move(response));
                              });
    return pending;
}

ApiRow initProducerIdRow() {
    ApiRow row = rowOf<initProducerId>({Access::Resource::cluster, Access::Operation::idempotentWrite});
    row.handlerAuthorizes = true;
    return row;
}

} // namespace millrace::broker
