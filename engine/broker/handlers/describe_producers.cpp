#include "wire/messages/describe_producers.h"
#include "broker/requests/api_row.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"

#include <algorithm>
#include <set>

namespace millrace::broker {

using namespace wire::error;

namespace {

using PartitionAnswer = wire::DescribeProducersResponse::Topic::Partition;

PartitionAnswer answerOf(std::int32_t index, const LeaderReplica& leader) {
    PartitionAnswer answer;
    answer.partitionIndex = index;
    answer.errorCode = leader.error;
    if (leader.error != kNone) return answer;
    for (const auto& [id, producer] : leader.replica->producers().all())
        answer.activeProducers.push_back({id, producer.epoch, producer.lastSequence(), producer.lastTimestamp(),
                                          producer.coordinatorEpoch, producer.openSince});
    std::ranges::sort(answer.activeProducers, {}, &PartitionAnswer::Producer::producerId);
    return answer;
}

} // namespace

Answer<wire::DescribeProducersResponse> describeProducers(const wire::DescribeProducersRequest& request,
                                                          const Call& call, Context& context) {
    constexpr std::int32_t kAnyEpoch = -1;
    wire::DescribeProducersResponse response;
    std::set<TopicPartition> answered;
    for (const auto& asked : request.topics) {
        const auto topic = context.metadata.find(asked.name);
        auto& answer = response.topics.emplace_back();
        answer.name = asked.name;
        const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::read, asked.name);
        for (const std::int32_t index : asked.partitionIndexes)
            if (answered.emplace(asked.name, index).second)
                answer.partitions.push_back(
                    answerOf(index, forbidden ? LeaderReplica{nullptr, forbidden}
                                              : readableLeader(context, topic.get(), index, kAnyEpoch)));
    }
    return response;
}

ApiRow describeProducersRow() {
    return rowOf<describeProducers>({Access::Resource::topic, Access::Operation::read});
}

} // namespace millrace::broker
