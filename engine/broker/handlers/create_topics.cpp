#include "wire/messages/create_topics.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Asked = wire::CreateTopicsRequest::Topic;
using TopicResult = wire::CreateTopicsResponse::Topic;

Refusal checkReplicas(const Asked& topic, const Context& context) {
    const std::int32_t node = context.settings.nodeId;
    if (!topic.assignments.empty()) {
        if (topic.numPartitions != -1 || topic.replicationFactor != -1)
            return {kInvalidRequest, "either numbers of partitions and replicas or an assignment, not both"};
        for (const auto& assignment : topic.assignments) {
            const bool inOrder = assignment.partitionIndex >= 0 &&
                                 static_cast<std::size_t>(assignment.partitionIndex) < topic.assignments.size();
            if (!inOrder || assignment.brokerIds != std::vector<std::int32_t>{node})
                return {kInvalidReplicaAssignment,
                        fmt::format("partitions 0 to n-1, each on broker {}, can be assigned", node)};
        }
    } else {
        if (topic.replicationFactor != -1 && topic.replicationFactor != 1)
            return {kInvalidReplicationFactor,
                    fmt::format("replication factor {}; this cluster has one broker", topic.replicationFactor)};
        if (topic.numPartitions != -1 && topic.numPartitions < 1)
            return {kInvalidPartitions, "a topic needs at least one partition"};
    }
    return {};
}

Refusal readConfigs(const Asked& topic, ConfigMap& configs) {
    for (const auto& config : topic.configs) {
        if (!config.value) return {kInvalidConfig, fmt::format("{} has no value", config.name)};
        if (!configs.emplace(config.name, *config.value).second)
            return {kInvalidRequest, fmt::format("{} appears twice", config.name)};
    }
    if (auto status = settleTopicConfigs(configs); !status) return {kInvalidConfig, status.error().message};
    return {};
}

/// Replicas and configs; the rest is checked when the change's turn comes.
Refusal check(const Asked& topic, const Context& context, ConfigMap& configs) {
    if (Refusal refusal = checkReplicas(topic, context); refusal.error != kNone) return refusal;
    return readConfigs(topic, configs);
}

/// The right to make topics may be given for the cluster or for names.
Refusal checkRight(const std::string& name, const Call& call, const Context& context) {
    if (allows(call, context, {Access::Resource::cluster, Access::Operation::create}, kClusterName)) return {};
    if (const std::int16_t refused = topicRefusal(call, context, Access::Operation::create, name))
        return {refused, "not allowed to create it"};
    return {};
}

/// Who may not make it does not learn what else is wrong.
Refusal whyNot(const Asked& topic, const std::set<std::string>& twice, const Call& call, const Context& context,
               ConfigMap& configs) {
    if (twice.contains(topic.name))
        return {kInvalidRequest, fmt::format("topic {} appears more than once", topic.name)};
    if (Refusal refused = checkRight(topic.name, call, context); refused.error != kNone) return refused;
    return check(topic, context, configs);
}

CreateTopic wishOf(const Asked& topic, ConfigMap configs, const Context& context) {
    CreateTopic wish{topic.name, topic.numPartitions, std::move(configs)};
    if (!topic.assignments.empty())
        wish.partitions = static_cast<std::int32_t>(topic.assignments.size());
    else if (topic.numPartitions == -1)
        wish.partitions = context.settings.defaultPartitions;
    return wish;
}

ConfigSource sourceOf(const catalog::KafkaSetting& setting, const ConfigMap& topic, const ConfigLayers& broker) {
    if (topic.contains(std::string(setting.name()))) return ConfigSource::topic;
    const auto entries = broker.entries(setting.brokerName);
    return entries.empty() ? ConfigSource::fallback : entries.front().source;
}

void fill(TopicResult& result, const TopicOutcome& outcome, const CreateTopic& wish, const Call& call,
          const Context& context) {
    result.errorCode = outcome.error;
    if (outcome.error != kNone) {
        result.errorMessage = outcome.message;
        return;
    }
    if (outcome.topic) result.topicId = outcome.topic->id;
    constexpr Access kSeeConfigs{Access::Resource::topic, Access::Operation::describeConfigs};
    if (!allows(call, context, kSeeConfigs, wish.name)) { // which the numbers count as
        result.topicConfigErrorCode = kTopicAuthorizationFailed;
        return;
    }
    result.numPartitions = wish.partitions;
    result.replicationFactor = 1;
    auto& configs = result.configs.emplace();
    for (const catalog::KafkaSetting& setting : catalog::kafkaTopicSettings()) {
        const ConfigSource source = sourceOf(setting, wish.configs, context.settings.layers);
        if (setting.outdated && source == ConfigSource::fallback) continue;
        auto& config = configs.emplace_back();
        config.name = setting.name();
        config.value = effectiveTopicConfig(setting, wish.configs, context.settings.configs);
        config.configSource = static_cast<std::int8_t>(source);
    }
}

} // namespace

Answer<wire::CreateTopicsResponse> createTopics(const wire::CreateTopicsRequest& request, const Call& call,
                                                Context& context) {
    wire::CreateTopicsResponse response;
    std::vector<TopicChange> changes;
    std::vector<CreateTopic> wishes;
    std::vector<std::size_t> places; ///< where in the response each of them belongs
    const auto twice = repeated(request.topics, [](const Asked& topic) { return topic.name; });
    for (const auto& topic : request.topics) {
        auto& result = response.topics.emplace_back();
        result.name = topic.name;
        ConfigMap configs;
        const Refusal refused = whyNot(topic, twice, call, context, configs);
        result.errorCode = refused.error;
        if (refused.error != kNone) {
            result.errorMessage = refused.message;
            continue;
        }
        wishes.push_back(wishOf(topic, std::move(configs), context));
        changes.push_back({wishes.back(), request.validateOnly});
        places.push_back(response.topics.size() - 1);
    }
    const Pending<wire::CreateTopicsResponse> pending;
    context.topics.change(changes, [pending, wishes, places, response = std::move(response), call,
                                    &context](std::vector<TopicOutcome> outcomes) mutable {
        for (std::size_t i = 0; i < outcomes.size(); ++i)
            fill(response.topics[places[i]], outcomes[i], wishes[i], call, context);
        pending.complete(std::move(response));
    });
    return pending;
}

ApiRow createTopicsRow() {
    return rowOf<createTopics>({Access::Resource::cluster, Access::Operation::create});
}

} // namespace millrace::broker
