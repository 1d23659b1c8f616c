#include "wire/messages/write_txn_markers.h"
#include "broker/requests/api_row.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

std::int16_t endIn(Partition& partition, const wire::TransactionMarker& marker, Context& context) {
    if (partition.offline()) return kStorageError;
    if (partition.producers().isOutdated(marker)) return kInvalidProducerEpoch;
    const auto written = partition.end(marker);
    if (written) return kNone;
    context.log.error("", "{}-{}: {}", partition.topic(), partition.index(), written.error().message);
    return kStorageError;
}

/// For tools and for brokers, which the second right is for.
std::int16_t checkRight(const Call& call, const Context& context) {
    using enum Access::Operation;
    if (allows(call, context, {Access::Resource::cluster, alter}, kClusterName)) return kNone;
    return refusal(call, context, {Access::Resource::cluster, clusterAction}, kClusterName);
}

} // namespace

/// For tools that end a transaction of which no coordinator knows; the broker's own does without a request. Answered
/// once the markers are on stable storage.
Answer<wire::WriteTxnMarkersResponse> writeTxnMarkers(const wire::WriteTxnMarkersRequest& request, const Call& call,
                                                      Context& context) {
    wire::WriteTxnMarkersResponse response;
    GroupCommit::Logs logs;
    const std::int16_t forbidden = checkRight(call, context);
    for (const auto& asked : request.markers) {
        const wire::TransactionMarker marker{asked.producerId, asked.producerEpoch, asked.transactionResult,
                                             asked.coordinatorEpoch, context.clock.epochMs()};
        auto& answer = response.markers.emplace_back();
        answer.producerId = asked.producerId;
        for (const auto& name : asked.topics) {
            const auto topic = context.metadata.find(name.name);
            auto& partitions = answer.topics.emplace_back();
            partitions.name = name.name;
            for (const std::int32_t index : name.partitionIndexes) {
                const auto [own, refused] =
                    forbidden ? LeaderReplica{nullptr, forbidden} : leaderOf(context, topic.get(), index);
                const std::int16_t error = own ? endIn(*own, marker, context) : refused;
                if (error == kNone) logs.push_back(own->sharedLog());
                partitions.partitions.push_back({index, error});
            }
        }
    }
    if (logs.empty()) return response;
    const Pending<wire::WriteTxnMarkersResponse> pending;
    context.commits.commit(std::move(logs),
                           [pending, response = std::move(response)](std::span<const Status> flushed) mutable {
                               auto outcome = flushed.begin();
                               for (auto& marker : response.markers)
                                   for (auto& topic : marker.topics)
                                       for (auto& partition : topic.partitions)
                                           if (partition.errorCode == kNone && !*outcome++)
                                               partition.errorCode = kStorageError;
                               pending.complete(std::move(response));
                           });
    return pending;
}

ApiRow writeTxnMarkersRow() {
    return rowOf<writeTxnMarkers>({Access::Resource::cluster, Access::Operation::alter});
}

} // namespace millrace::broker
