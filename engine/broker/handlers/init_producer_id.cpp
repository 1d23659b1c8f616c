#include "wire/messages/init_producer_id.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

/// Idempotent producers only. One that asks for a new epoch of its id gets a new id instead, which serves it as well.
Answer<wire::InitProducerIdResponse> initProducerId(const wire::InitProducerIdRequest& request, const Call&,
                                                    Context& context) {
    wire::InitProducerIdResponse response;
    if (request.transactionalId) {
        response.errorCode = wire::error::kTransactionalIdAuthorizationFailed;
        return response;
    }
    if (const auto id = context.producerIds->next())
        response.producerId = *id;
    else
        response.errorCode =
            wire::error::kCoordinatorLoadInProgress; // a new block is being reserved; clients ask again
    return response;
}

ApiRow initProducerIdRow() {
    return rowOf<initProducerId>({Access::Resource::cluster, Access::Operation::idempotentWrite});
}

} // namespace millrace::broker
