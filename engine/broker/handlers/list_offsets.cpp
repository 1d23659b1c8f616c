#include "wire/messages/list_offsets.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"

#include <set>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

// Timestamps that are no times (KIP-734, KIP-405).
constexpr std::int64_t kLatest = -1, kEarliest = -2, kMaxTimestamp = -3, kEarliestLocal = -4, kLatestTiered = -5;
constexpr std::int8_t kReadCommitted = 1;

using PartitionAnswer = wire::ListOffsetsResponse::Topic::Partition;

struct Search {
    std::size_t topic, partition; ///< in the response
    std::shared_ptr<storage::PartitionLog> log;
    std::int64_t timestamp;
    std::int32_t leaderEpoch;
    std::int64_t end; ///< behind what the reader may see
    bool failed = false;
    std::optional<storage::TimestampOffset> found;

    void run() {
        auto result = timestamp == kMaxTimestamp ? log->maxTimestamp() : log->offsetForTime(timestamp);
        failed = !result;
        if (result) found = *result;
    }
};

void found(PartitionAnswer& answer, std::int64_t offset, std::int64_t timestamp, std::int32_t leaderEpoch) {
    answer.offset = offset;
    answer.timestamp = timestamp;
    answer.leaderEpoch = offset >= 0 ? leaderEpoch : -1;
}

/// What needs no search. Returns whether one in the log's files is left to do.
bool answerAtOnce(PartitionAnswer& answer, const LeaderReplica& leader, std::int64_t timestamp, bool readCommitted) {
    answer.errorCode = leader.error;
    if (answer.errorCode != kNone) return false;
    const Partition* partition = leader.replica.get();
    switch (timestamp) {
    case kLatest:
        found(answer, readCommitted ? partition->lastStableOffset() : partition->highWatermark(), -1,
              partition->leaderEpoch());
        return false;
    case kEarliest:
    case kEarliestLocal:
        found(answer, partition->log().logStart(), -1, partition->leaderEpoch());
        return false;
    case kLatestTiered:
        return false;
    default:
        return timestamp >= 0 || timestamp == kMaxTimestamp;
    }
}

/// Kafka refuses each mention of them.
std::set<std::pair<std::string, std::int32_t>> namedTwice(const wire::ListOffsetsRequest& request) {
    std::vector<std::pair<std::string, std::int32_t>> all;
    for (const auto& topic : request.topics)
        for (const auto& partition : topic.partitions)
            all.emplace_back(topic.name, partition.partitionIndex);
    return repeated(all, [](const auto& one) { return one; });
}

/// The first version is told offsets before which all records are older, the newest first, as many as it wants: Kafka
/// gives the beginnings of segments, here it is the one that later versions get, and the start of the log.
wire::ListOffsetsResponse finished(wire::ListOffsetsResponse response, const wire::ListOffsetsRequest& request,
                                   const Call& call, const Context& context) {
    if (call.version > 0) return response;
    for (std::size_t i = 0; i < response.topics.size(); ++i) {
        const auto topic = context.metadata.find(response.topics[i].name);
        for (std::size_t j = 0; j < response.topics[i].partitions.size(); ++j) {
            auto& answer = response.topics[i].partitions[j];
            const auto& asked = request.topics[i].partitions[j];
            const auto leader = leaderOf(context, topic.get(), answer.partitionIndex);
            if (answer.errorCode != kNone || !leader.replica || asked.maxNumOffsets <= 0) continue;
            const std::int64_t newest = answer.offset >= 0 ? answer.offset : leader.replica->highWatermark();
            const std::int64_t start = leader.replica->log().logStart();
            answer.oldStyleOffsets = {newest};
            if (asked.maxNumOffsets > 1 && start < newest) answer.oldStyleOffsets.push_back(start);
        }
    }
    return response;
}

} // namespace

Answer<wire::ListOffsetsResponse> listOffsets(const wire::ListOffsetsRequest& request, const Call& call,
                                              Context& context) {
    const auto twice = namedTwice(request);
    const bool readCommitted = request.isolationLevel == kReadCommitted;
    wire::ListOffsetsResponse response;
    auto searches = std::make_shared<std::vector<Search>>();
    for (const auto& asked : request.topics) {
        const auto topic = context.metadata.find(asked.name);
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::describe, asked.name);
        for (const auto& partition : asked.partitions) {
            const auto leader = forbidden ? LeaderReplica{nullptr, forbidden}
                                          : readableLeader(context, topic.get(), partition.partitionIndex,
                                                           partition.currentLeaderEpoch);
            auto& entry = answer.partitions.emplace_back();
            entry.partitionIndex = partition.partitionIndex;
            if (twice.contains({asked.name, partition.partitionIndex}))
                entry.errorCode = kInvalidRequest;
            else if (answerAtOnce(entry, leader, partition.timestamp, readCommitted))
                searches->push_back(
                    {response.topics.size() - 1,
                     answer.partitions.size() - 1,
                     leader.replica->sharedLog(),
                     partition.timestamp,
                     leader.replica->leaderEpoch(),
                     readCommitted ? leader.replica->lastStableOffset() : leader.replica->highWatermark(),
                     false,
                     {}});
        }
    }
    if (searches->empty()) return finished(std::move(response), request, call, context);
    const Pending<wire::ListOffsetsResponse> pending;
    context.lanes.read.post([searches, pending, request, call, response = std::move(response), &context]() mutable {
        for (Search& search : *searches)
            search.run();
        context.loop.post([searches, pending, request, call, response = std::move(response), &context]() mutable {
            for (const Search& search : *searches) {
                auto& entry = response.topics[search.topic].partitions[search.partition];
                if (search.failed)
                    entry.errorCode = kStorageError;
                else if (search.found && search.found->offset < search.end)
                    found(entry, search.found->offset, search.found->timestamp, search.leaderEpoch);
            }
            pending.complete(finished(std::move(response), request, call, context));
        });
    });
    return pending;
}

ApiRow listOffsetsRow() {
    return rowOf<listOffsets>({Access::Resource::topic, Access::Operation::describe});
}

} // namespace millrace::broker
