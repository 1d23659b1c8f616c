#include "wire/messages/delete_records.h"
#include "broker/server/context.h"
#include "broker/handlers/handlers.h"
#include "wire/error_code.h"

namespace millrace::broker {

using namespace wire::error;

namespace {

std::int16_t deleteUpTo(const Topic& topic, Partition& partition, std::int64_t offset, Context& context) {
    const auto policy = effectiveTopicConfig(*findDefinition(topicConfigDefinitions(), "cleanup.policy"), topic.configs,
                                             context.settings.configs);
    if (policy == "compact") return kPolicyViolation;
    storage::PartitionLog& log = partition.log();
    const std::int64_t start = offset == -1 ? log.nextOffset() : offset;
    if (start < 0 || start > log.nextOffset()) return kOffsetOutOfRange;
    if (start <= log.logStart()) return kNone;
    if (auto status = log.setLogStart(start); !status) {
        context.log.error("", "topic {} partition {}: {}", topic.name, partition.index(), status.error().message);
        return kStorageError;
    }
    return kNone;
}

} // namespace

Answer<wire::DeleteRecordsResponse> deleteRecords(const wire::DeleteRecordsRequest& request, const Call&,
                                                  Context& context) {
    wire::DeleteRecordsResponse response;
    for (const auto& asked : request.topics) {
        const auto topic = context.topics.find(asked.name);
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        for (const auto& partition : asked.partitions) {
            Partition* own = topic ? topic->partition(partition.partitionIndex) : nullptr;
            const std::int16_t error =
                own ? deleteUpTo(*topic, *own, partition.offset, context) : kUnknownTopicOrPartition;
            answer.partitions.push_back({partition.partitionIndex, error == kNone ? own->log().logStart() : -1, error});
        }
    }
    return response;
}

} // namespace millrace::broker
