#include "wire/messages/delete_records.h"
#include "broker/requests/api_row.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"

#include <utility>
#include <vector>

namespace millrace::broker {

using namespace wire::error;

namespace {

/// One partition of a request whose new start is to be made durable.
struct Deletion {
    std::size_t topic; ///< its places in the response
    std::size_t partition;
    std::string where; ///< for the log
    storage::DiskWork work;
    Status done = ok();
};

/// The start moves at once, so that nobody reads what is about to be deleted; `work` makes it last.
std::int16_t moveStart(const TopicMetadata& topic, Partition& partition, std::int64_t offset, Context& context,
                       storage::DiskWork& work) {
    if (!topic.settings.deletes) return kPolicyViolation;
    if (partition.offline()) return kStorageError;
    const std::int64_t start = offset == -1 ? partition.highWatermark() : offset;
    if (start < 0 || start > partition.highWatermark()) return kOffsetOutOfRange;
    auto removal = partition.log().setLogStart(start);
    if (!removal) {
        context.log.error("", "topic {} partition {}: {}", topic.name, partition.index(), removal.error().message);
        return kStorageError;
    }
    work = std::move(removal->onDisk);
    return kNone;
}

void finish(wire::DeleteRecordsResponse& response, const std::vector<Deletion>& deletions, Log& log) {
    for (const Deletion& deletion : deletions) {
        if (deletion.done) continue;
        log.error("", "{}: {}", deletion.where, deletion.done.error().message);
        auto& answer = response.topics[deletion.topic].partitions[deletion.partition];
        answer.lowWatermark = -1;
        answer.errorCode = kStorageError;
    }
}

} // namespace

Answer<wire::DeleteRecordsResponse> deleteRecords(const wire::DeleteRecordsRequest& request, const Call& call,
                                                  Context& context) {
    wire::DeleteRecordsResponse response;
    auto deletions = std::make_shared<std::vector<Deletion>>();
    for (const auto& asked : request.topics) {
        const auto topic = context.metadata.find(asked.name);
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::remove, asked.name);
        for (const auto& partition : asked.partitions) {
            const auto [own, refused] = forbidden ? LeaderReplica{nullptr, forbidden}
                                                  : leaderOf(context, topic.get(), partition.partitionIndex);
            storage::DiskWork work;
            const std::int16_t error = own ? moveStart(*topic, *own, partition.offset, context, work) : refused;
            answer.partitions.push_back({partition.partitionIndex, error == kNone ? own->log().logStart() : -1, error});
            if (work)
                deletions->push_back({response.topics.size() - 1, answer.partitions.size() - 1,
                                      fmt::format("topic {} partition {}", asked.name, partition.partitionIndex),
                                      std::move(work)});
        }
    }
    if (deletions->empty()) return response;
    const Pending<wire::DeleteRecordsResponse> pending;
    context.lanes.slow.post([deletions, pending, response = std::move(response), &context]() mutable {
        for (Deletion& deletion : *deletions)
            deletion.done = deletion.work();
        context.loop.post([deletions, pending, response = std::move(response), &context]() mutable {
            finish(response, *deletions, context.log);
            pending.complete(std::move(response));
        });
    });
    return pending;
}

ApiRow deleteRecordsRow() {
    return rowOf<deleteRecords>({Access::Resource::topic, Access::Operation::remove});
}

} // namespace millrace::broker
