#include "wire/messages/offset_commit.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr Access kReadGroupOffsets{Access::Resource::group, Access::Operation::read};

/// Before v5 a client could say how long its offsets are to be kept.
EpochMs expireTimeOf(const wire::OffsetCommitRequest& request, EpochMs now) {
    if (request.retentionTimeMs < 0) return -1;
    return request.retentionTimeMs > INT64_MAX - now ? INT64_MAX : now + request.retentionTimeMs;
}

/// In v1 a client could say when it has committed.
EpochMs commitTimeOf(const wire::OffsetCommitRequest::Topic::Partition& partition, EpochMs now) {
    return partition.commitTimestamp >= 0 ? std::min(partition.commitTimestamp, now) : now;
}

} // namespace

Answer<wire::OffsetCommitResponse> offsetCommit(const wire::OffsetCommitRequest& request, const Call& call,
                                                Context& context) {
    // A group without a name may commit, as from before clients had to give one.
    const std::int16_t refused = refusal(call, context, kReadGroupOffsets, request.groupId);
    const std::int16_t groupError = context.groups.checkCommit(request, call.version);
    const EpochMs now = context.clock.epochMs();
    wire::OffsetCommitResponse response;
    std::map<TopicPartition, CommittedOffset> accepted; // of a partition that is named twice the last
    for (const auto& asked : request.topics) {
        const auto topic = context.metadata.find(asked.name);
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        const std::int16_t forbidden =
            refused ? refused : topicRefusal(call, context, Access::Operation::read, asked.name);
        for (const auto& partition : asked.partitions) {
            std::int16_t error = forbidden ? forbidden : groupError;
            if (!error && !(topic && topic->partition(partition.partitionIndex))) error = kUnknownTopicOrPartition;
            const std::string metadata = partition.committedMetadata.value_or("");
            if (!error && metadata.size() > context.settings.offsetMetadataMaxBytes) error = kOffsetMetadataTooLarge;
            // -1 is how "nothing committed" is told; as a commit it means just that and changes nothing.
            if (!error && partition.committedOffset >= 0)
                accepted[{asked.name, partition.partitionIndex}] = {
                    partition.committedOffset, partition.committedLeaderEpoch, metadata,
                    context.groups.commitTime(request.groupId, commitTimeOf(partition, now)),
                    expireTimeOf(request, now)};
            answer.partitions.push_back({partition.partitionIndex, error});
        }
    }
    if (auto status = context.groups.commit(request.groupId, accepted); !status) {
        context.log.error("", "group {}: offsets cannot be kept: {}", request.groupId, status.error().message);
        for (auto& topic : response.topics)
            for (auto& partition : topic.partitions)
                if (partition.errorCode == kNone) partition.errorCode = kCoordinatorNotAvailable;
    }
    return response;
}

ApiRow offsetCommitRow() {
    return rowOf<offsetCommit>(kReadGroupOffsets);
}

} // namespace millrace::broker
