#include "wire/messages/txn_offset_commit.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

/// As clients of that version understand it.
std::int16_t errorFor(wire::Version version, std::int16_t error) {
    constexpr wire::Version kKnowsAbortable = 4;
    if (error == kProducerFenced) return kInvalidProducerEpoch;
    if (error == kInvalidTxnState && version >= kKnowsAbortable) return kTransactionAbortable;
    return error;
}

/// For the transaction and for the group; for topics it is asked one by one.
std::int16_t checkRight(const wire::TxnOffsetCommitRequest& request, const Call& call, const Context& context) {
    using enum Access::Operation;
    if (const auto error = refusal(call, context, {Access::Resource::transactionalId, write}, request.transactionalId))
        return error;
    return refusal(call, context, {Access::Resource::group, read}, request.groupId);
}

std::int16_t whyNot(const wire::TxnOffsetCommitRequest& request, Context& context) {
    if (request.transactionalId.empty()) return kInvalidRequest;
    return request.groupId.empty() ? kInvalidGroupId : context.groups.checkTransactionalCommit(request);
}

/// What stands for all partitions that have no error of their own.
void fill(wire::TxnOffsetCommitResponse& response, std::int16_t error) {
    for (auto& topic : response.topics)
        for (auto& partition : topic.partitions)
            if (partition.errorCode == kNone) partition.errorCode = error;
}

wire::TxnOffsetCommitResponse refusedAll(const wire::TxnOffsetCommitRequest& request, std::int16_t error) {
    wire::TxnOffsetCommitResponse response;
    for (const auto& asked : request.topics) {
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        for (const auto& partition : asked.partitions)
            answer.partitions.push_back({partition.partitionIndex, error});
    }
    return response;
}

/// The errors of single partitions; the offsets of all others.
wire::TxnOffsetCommitResponse checked(const wire::TxnOffsetCommitRequest& request, const Call& call,
                                      const Context& context, Offsets& accepted) {
    const EpochMs time = context.groups.commitTime(request.groupId, context.clock.epochMs());
    wire::TxnOffsetCommitResponse response;
    for (const auto& asked : request.topics) {
        const auto topic = context.metadata.find(asked.name);
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::read, asked.name);
        for (const auto& partition : asked.partitions) {
            const std::string metadata = partition.committedMetadata.value_or("");
            std::int16_t error = forbidden;
            if (!error && !(topic && topic->partition(partition.partitionIndex))) error = kUnknownTopicOrPartition;
            if (!error && metadata.size() > context.settings.offsetMetadataMaxBytes) error = kOffsetMetadataTooLarge;
            if (!error && partition.committedOffset >= 0) // -1 is how "nothing committed" is told, and changes nothing
                accepted[{asked.name, partition.partitionIndex}] = {partition.committedOffset,
                                                                    partition.committedLeaderEpoch, metadata, time};
            answer.partitions.push_back({partition.partitionIndex, error});
        }
    }
    return response;
}

} // namespace

/// The offsets become the group's with the end of the transaction, or never.
Answer<wire::TxnOffsetCommitResponse> txnOffsetCommit(const wire::TxnOffsetCommitRequest& request, const Call& call,
                                                      Context& context) {
    constexpr wire::Version kJoins = 5; // the group joins the transaction with it (KIP-890)
    JoinTransaction asked{request.producerId, request.producerEpoch};
    if (const std::int16_t error = checkRight(request, call, context)) return refusedAll(request, error);
    wire::TxnOffsetCommitResponse response = checked(request, call, context, asked.groups[request.groupId]);
    if (const std::int16_t error = whyNot(request, context)) {
        fill(response, error);
        return response;
    }
    asked.groupsMustBeIn = call.version < kJoins;
    const Pending<wire::TxnOffsetCommitResponse> pending;
    context.transactions->ask(
        request.transactionalId, std::move(asked),
        [pending, response = std::move(response), version = call.version](const auto& outcome) mutable {
            fill(response, errorFor(version, outcome.error));
            pending.complete(std::move(response));
        });
    return pending;
}

ApiRow txnOffsetCommitRow() {
    return rowOf<txnOffsetCommit>({Access::Resource::group, Access::Operation::read});
}

} // namespace millrace::broker
