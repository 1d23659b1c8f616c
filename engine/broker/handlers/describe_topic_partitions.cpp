#include "wire/messages/describe_topic_partitions.h"
#include "broker/requests/api_row.h"
#include "broker/requests/partition_answer.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Request = wire::DescribeTopicPartitionsRequest;
using Response = wire::DescribeTopicPartitionsResponse;
using TopicAnswer = Response::Topic;

TopicAnswer without(std::int16_t error, const std::string& name) {
    TopicAnswer answer;
    answer.errorCode = error;
    answer.name = name;
    return answer;
}

std::int32_t operationsOn(const std::string& name, const Call& call, const Context& context) {
    return operationsIfAsked(true, call, context, Access::Resource::topic, name);
}

TopicAnswer unknown(const std::string& name, const Call& call, const Context& context) {
    TopicAnswer answer = without(checkTopicName(name) ? kUnknownTopicOrPartition : kInvalidTopic, name);
    answer.topicAuthorizedOperations = operationsOn(name, call, context);
    return answer;
}

/// No error has a place of its own in the answer.
Response refusedAll(const Request& request, std::int16_t error) {
    Response response;
    for (const auto& topic : request.topics)
        response.topics.push_back(without(error, topic.name));
    return response;
}

bool isSound(const Request& request) {
    const auto& cursor = request.cursor;
    if (!cursor || request.topics.empty()) return !cursor || cursor->partitionIndex >= 0;
    return cursor->partitionIndex >= 0 &&
           std::ranges::find(request.topics, cursor->topicName, &Request::Topic::name) != request.topics.end();
}

/// The partitions from `first` on, `room` of them at most.
TopicAnswer described(const TopicMetadata& topic, std::int32_t first, std::int32_t room, const Call& call,
                      const Context& context) {
    TopicAnswer answer;
    answer.name = topic.name;
    answer.topicId = topic.id;
    answer.isInternal = isInternalTopic(topic.name);
    answer.topicAuthorizedOperations = operationsOn(topic.name, call, context);
    const std::int32_t end = first + std::min(room, topic.partitionCount() - std::min(first, topic.partitionCount()));
    for (std::int32_t index = first; index < end; ++index) {
        auto& partition =
            answer.partitions.emplace_back(partitionAnswer<TopicAnswer::Partition>(topic, index, context));
        partition.eligibleLeaderReplicas.emplace();
        partition.lastKnownElr.emplace();
    }
    return answer;
}

/// The names from the cursor's on.
std::set<std::string> namesOf(const Request& request, const Context& context) {
    std::set<std::string> names;
    for (const auto& topic : request.topics)
        names.insert(topic.name);
    if (request.topics.empty())
        for (const auto& [name, topic] : context.metadata.all())
            names.insert(name);
    if (request.cursor) names.erase(names.begin(), names.lower_bound(request.cursor->topicName));
    return names;
}

/// Adds what fits, and the cursor when that is not all. `room`: for so many partitions.
void addTopic(Response& response, const std::string& name, const Request& request, std::int32_t& room, const Call& call,
              const Context& context) {
    const auto topic = context.metadata.find(name);
    if (room == 0) {
        response.nextCursor = {name, 0};
        return;
    }
    if (!topic) return response.topics.push_back(unknown(name, call, context));
    const std::int32_t first = request.cursor && request.cursor->topicName == name ? request.cursor->partitionIndex : 0;
    const auto& answer = response.topics.emplace_back(described(*topic, first, room, call, context));
    const auto count = static_cast<std::int32_t>(answer.partitions.size());
    room -= count;
    if (first < topic->partitionCount() - count) response.nextCursor = {name, first + count};
}

} // namespace

/// Topics in order of their names, as many partitions as fit; the cursor says where the rest begins.
Answer<wire::DescribeTopicPartitionsResponse>
describeTopicPartitions(const wire::DescribeTopicPartitionsRequest& request, const Call& call, Context& context) {
    if (!isSound(request)) return refusedAll(request, kInvalidRequest);
    Response response;
    std::vector<TopicAnswer> forbidden;
    std::int32_t room = std::clamp(request.responsePartitionLimit, 1, context.settings.maxPartitionsInAnswer);
    for (const std::string& name : namesOf(request, context)) {
        // Who may not see it is not told whether it is there.
        if (request.topics.empty() && !maySeeTopic(call, context, name)) continue;
        if (const std::int16_t error = topicRefusal(call, context, Access::Operation::describe, name)) {
            forbidden.push_back(without(error, name));
            continue;
        }
        if (!response.nextCursor) addTopic(response, name, request, room, call, context);
    }
    std::ranges::move(forbidden, std::back_inserter(response.topics));
    return response;
}

ApiRow describeTopicPartitionsRow() {
    return rowOf<describeTopicPartitions>({Access::Resource::topic, Access::Operation::describe});
}

} // namespace millrace::broker
