#include "wire/messages/add_partitions_to_txn.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr wire::Version kKnowsFenced = 2;
constexpr Access kWriteTransaction{Access::Resource::transactionalId, Access::Operation::write};

/// All partitions of the request with one error, or with the one that is theirs.
template <typename ErrorOf>
wire::AddPartitionsToTxnResponse answerOf(const wire::AddPartitionsToTxnRequest& request, ErrorOf errorOf) {
    wire::AddPartitionsToTxnResponse response;
    for (const auto& asked : request.topics) {
        auto& topic = response.results.emplace_back();
        topic.name = asked.name;
        for (const std::int32_t index : asked.partitions)
            topic.partitions.push_back({index, errorOf(asked.name, index)});
    }
    return response;
}

/// Why one of them cannot be added, or 0.
std::int16_t whyNot(const Call& call, const Context& context, const std::string& name, std::int32_t index) {
    if (const std::int16_t refused = topicRefusal(call, context, Access::Operation::write, name)) return refused;
    const auto topic = context.metadata.find(name);
    return topic && topic->partition(index) && !isInternalTopic(name) ? kNone : kUnknownTopicOrPartition;
}

} // namespace

Answer<wire::AddPartitionsToTxnResponse> addPartitionsToTxn(const wire::AddPartitionsToTxnRequest& request,
                                                            const Call& call, Context& context) {
    if (request.transactionalId.empty())
        return answerOf(request, [](const auto&, std::int32_t) { return kInvalidRequest; });
    if (const std::int16_t refused = refusal(call, context, kWriteTransaction, request.transactionalId))
        return answerOf(request, [refused](const auto&, std::int32_t) { return refused; });
    JoinTransaction asked{request.producerId, request.producerEpoch};
    bool allThere = true;
    for (const auto& topic : request.topics) {
        for (const std::int32_t index : topic.partitions) {
            allThere = allThere && whyNot(call, context, topic.name, index) == kNone;
            asked.partitions.emplace(topic.name, index);
        }
    }
    if (!allThere) // and none is added
        return answerOf(request, [&](const std::string& name, std::int32_t index) {
            const std::int16_t error = whyNot(call, context, name, index);
            return error == kNone ? kOperationNotAttempted : error;
        });
    const Pending<wire::AddPartitionsToTxnResponse> pending;
    context.transactions->ask(
        request.transactionalId, std::move(asked), [pending, request, version = call.version](const auto& outcome) {
            const bool old = outcome.error == kProducerFenced && version < kKnowsFenced;
            const std::int16_t error = old ? kInvalidProducerEpoch : outcome.error;
            pending.complete(answerOf(request, [error](const auto&, std::int32_t) { return error; }));
        });
    return pending;
}

ApiRow addPartitionsToTxnRow() {
    return rowOf<addPartitionsToTxn>(kWriteTransaction);
}

} // namespace millrace::broker
