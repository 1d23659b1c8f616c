#include "wire/messages/list_transactions.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"

#include <set>

namespace millrace::broker {

namespace {
constexpr Access kSeeTransaction{Access::Resource::transactionalId, Access::Operation::describe};
} // namespace

/// Filters that are not given let all pass; of a transaction that is not open the duration is none.
Answer<wire::ListTransactionsResponse> listTransactions(const wire::ListTransactionsRequest& request, const Call& call,
                                                        Context& context) {
    const std::set<std::string> states(request.stateFilters.begin(), request.stateFilters.end());
    const std::set<std::int64_t> producers(request.producerIdFilters.begin(), request.producerIdFilters.end());
    wire::ListTransactionsResponse response;
    for (const std::string& state : states)
        if (!isTransactionState(state)) response.unknownStateFilters.push_back(state);
    const EpochMs now = context.clock.epochMs();
    for (const Transaction* transaction : context.transactions->all()) {
        const bool open = transaction->state == TransactionState::ongoing || transaction->isPrepared();
        if (!allows(call, context, kSeeTransaction, transaction->id)) continue;
        if (!states.empty() && !states.contains(toString(transaction->state))) continue;
        if (!producers.empty() && !producers.contains(transaction->producerId)) continue;
        if (request.durationFilter >= 0 && !(open && now - transaction->started > request.durationFilter)) continue;
        response.transactionStates.push_back({transaction->id, transaction->producerId, toString(transaction->state)});
    }
    return response;
}

ApiRow listTransactionsRow() {
    return rowOf<listTransactions>(kSeeTransaction);
}

} // namespace millrace::broker
