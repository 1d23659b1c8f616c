#include "wire/messages/metadata.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "broker/requests/partition_answer.h"
#include "wire/error_code.h"

#include <tuple>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Asked = wire::MetadataRequest::Topic;
using TopicAnswer = wire::MetadataResponse::Topic;
constexpr wire::Version kNullMeansAll = 1;
constexpr wire::Version kAutoCreateFlag = 4;

TopicAnswer answerFor(const TopicMetadata& topic, const wire::MetadataRequest& request, const Call& call,
                      const Context& context) {
    TopicAnswer answer;
    answer.name = topic.name;
    answer.topicId = topic.id;
    answer.topicAuthorizedOperations =
        operationsIfAsked(request.includeTopicAuthorizedOperations, call, context, Access::Resource::topic, topic.name);
    answer.partitions.reserve(topic.partitions.size());
    for (std::int32_t index = 0; index < topic.partitionCount(); ++index)
        answer.partitions.push_back(partitionAnswer<TopicAnswer::Partition>(topic, index, context));
    return answer;
}

TopicAnswer failed(std::int16_t error, std::optional<std::string> name, const wire::Uuid& id) {
    TopicAnswer answer;
    answer.errorCode = error;
    answer.name = std::move(name);
    answer.topicId = id;
    return answer;
}

wire::MetadataResponse brokers(const wire::MetadataRequest& request, const Call& call, const Context& context) {
    wire::MetadataResponse response;
    response.brokers.push_back(
        {context.settings.nodeId, call.connection->brokerHost, call.connection->brokerPort, std::nullopt});
    response.clusterId = context.settings.clusterId;
    response.controllerId = context.settings.nodeId;
    response.clusterAuthorizedOperations = operationsIfAsked(request.includeClusterAuthorizedOperations, call, context,
                                                             Access::Resource::cluster, kClusterName);
    return response;
}

bool wantsAll(const wire::MetadataRequest& request, wire::Version version) {
    return version >= kNullMeansAll ? !request.topics : request.topics && request.topics->empty();
}

bool makesTopics(const wire::MetadataRequest& request, const Call& call, const Context& context) {
    const bool allowed = call.version < kAutoCreateFlag || request.allowAutoTopicCreation;
    return allowed && context.settings.autoCreateTopics;
}

std::vector<const Asked*> distinctTopics(const wire::MetadataRequest& request) {
    return distinct(*request.topics, [](const Asked& asked) { return std::tie(asked.name, asked.topicId); });
}

/// The right to make topics may be given for the cluster or for names.
bool mayMake(const std::string& name, const Call& call, const Context& context) {
    return allows(call, context, {Access::Resource::cluster, Access::Operation::create}, kClusterName) ||
           allows(call, context, {Access::Resource::topic, Access::Operation::create}, name);
}

/// The names that have to be made before the answer; empty when none.
std::vector<TopicChange> missing(const wire::MetadataRequest& request, const Call& call, Context& context) {
    std::vector<TopicChange> changes;
    if (!makesTopics(request, call, context)) return changes;
    for (const Asked* topic : distinctTopics(request)) {
        if (!topic->name || !topic->topicId.isNone() || context.metadata.find(*topic->name)) continue;
        if (!maySeeTopic(call, context, *topic->name) || !mayMake(*topic->name, call, context)) continue;
        if (!context.metadata.checkNewName(*topic->name) || isInternalTopic(*topic->name)) continue;
        changes.push_back({CreateTopic{*topic->name, context.settings.defaultPartitions}});
    }
    return changes;
}

/// An id is no secret, but the name that belongs to it is.
TopicAnswer answerById(const wire::Uuid& id, const wire::MetadataRequest& request, const Call& call,
                       const Context& context) {
    const auto topic = context.metadata.find(id);
    if (!topic) return failed(kUnknownTopicId, std::nullopt, id);
    if (const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::describe, topic->name))
        return failed(forbidden, std::nullopt, id);
    return answerFor(*topic, request, call, context);
}

wire::MetadataResponse answerNamed(const wire::MetadataRequest& request, const Call& call, Context& context) {
    auto response = brokers(request, call, context);
    const bool makes = makesTopics(request, call, context);
    for (const Asked* asked : distinctTopics(request)) {
        // Java's clients that know a topic by its id alone call it by an empty name.
        if (!asked->name || !asked->topicId.isNone()) {
            response.topics.push_back(answerById(asked->topicId, request, call, context));
            continue;
        }
        if (const std::int16_t forbidden = topicRefusal(call, context, Access::Operation::describe, *asked->name)) {
            response.topics.push_back(failed(forbidden, asked->name, {}));
            continue;
        }
        const auto topic = context.metadata.find(*asked->name);
        if (!topic && makes && !mayMake(*asked->name, call, context)) {
            response.topics.push_back(
                failed(topicRefusal(call, context, Access::Operation::create, *asked->name), asked->name, {}));
            continue;
        }
        // Who wants it made would otherwise ask again for what can never be.
        const bool legal =
            makes ? context.metadata.checkNewName(*asked->name).has_value() : checkTopicName(*asked->name).has_value();
        response.topics.push_back(topic ? answerFor(*topic, request, call, context)
                                        : failed(legal ? kUnknownTopicOrPartition : kInvalidTopic, asked->name, {}));
    }
    return response;
}

} // namespace

/// A topic that is created on the way is answered finished, which spares clients the retry that Kafka makes them do.
Answer<wire::MetadataResponse> metadata(const wire::MetadataRequest& request, const Call& call, Context& context) {
    if (wantsAll(request, call.version)) {
        auto response = brokers(request, call, context);
        for (const auto& [name, topic] : context.metadata.all())
            if (maySeeTopic(call, context, name)) response.topics.push_back(answerFor(*topic, request, call, context));
        return response;
    }
    if (!request.topics) return brokers(request, call, context);
    auto changes = missing(request, call, context);
    if (changes.empty()) return answerNamed(request, call, context);
    const Pending<wire::MetadataResponse> pending;
    context.topics.change(std::move(changes),
                          [pending, request, call, &context](const std::vector<TopicOutcome>& outcomes) {
                              for (const TopicOutcome& outcome : outcomes)
                                  if (outcome.error != kNone && outcome.error != kTopicAlreadyExists)
                                      context.log.warning("", "a topic cannot be created: {}", outcome.message);
                              pending.complete(answerNamed(request, call, context));
                          });
    return pending;
}

ApiRow metadataRow() {
    return rowOf<metadata>({Access::Resource::topic, Access::Operation::describe});
}

} // namespace millrace::broker
