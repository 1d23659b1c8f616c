#include "wire/messages/describe_transactions.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <string_view>

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr Access kDescribeTransaction{Access::Resource::transactionalId, Access::Operation::describe};
using State = wire::DescribeTransactionsResponse::TransactionState;

State stateOf(const std::string& id, const Call& call, const Context& context) {
    State state;
    state.transactionalId = id;
    const Transaction* transaction = context.transactions->find(id);
    state.errorCode = id.empty() ? kNone : refusal(call, context, kDescribeTransaction, id);
    if (state.errorCode != kNone) return state;
    if (!transaction) {
        state.errorCode = id.empty() ? kInvalidRequest : kTransactionalIdNotFound;
        return state;
    }
    state.transactionState = toString(transaction->state);
    state.transactionTimeoutMs = transaction->timeoutMs;
    state.transactionStartTimeMs = transaction->started;
    state.producerId = transaction->producerId;
    state.producerEpoch = transaction->epoch;
    for (const auto& [topic, index] : transaction->partitions) {
        if (!maySeeTopic(call, context, topic)) continue;
        if (state.topics.empty() || state.topics.back().topic != topic) state.topics.push_back({topic, {}});
        state.topics.back().partitions.push_back(index);
    }
    return state;
}

} // namespace

Answer<wire::DescribeTransactionsResponse> describeTransactions(const wire::DescribeTransactionsRequest& request,
                                                                const Call& call, Context& context) {
    wire::DescribeTransactionsResponse response;
    const auto name = [](const std::string& id) { return std::string_view(id); };
    for (const std::string* id : distinct(request.transactionalIds, name))
        response.transactionStates.push_back(stateOf(*id, call, context));
    return response;
}

ApiRow describeTransactionsRow() {
    return rowOf<describeTransactions>(kDescribeTransaction);
}

} // namespace millrace::broker
