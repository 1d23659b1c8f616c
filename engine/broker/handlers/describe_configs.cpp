#include "wire/messages/describe_configs.h"
#include "broker/common/distinct.h"
#include "broker/handlers/config_alteration.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace millrace::broker {

using namespace wire::error;
using catalog::KafkaSetting;

namespace {

using Request = wire::DescribeConfigsRequest;
using Asked = Request::Resource;
using ResourceResult = wire::DescribeConfigsResponse::Result;
using Config = ResourceResult::Config;

bool wanted(const Asked& asked, std::string_view name) {
    return !asked.configurationKeys || std::find(asked.configurationKeys->begin(), asked.configurationKeys->end(),
                                                 name) != asked.configurationKeys->end();
}

void add(Config& config, std::string_view name, std::string_view value, ConfigSource source) {
    config.synonyms.push_back({std::string(name), std::string(value), static_cast<std::int8_t>(source)});
}

/// A password is told to nobody, only who has set one.
void hide(Config& config) {
    config.isSensitive = true;
    config.value = std::nullopt;
    for (Config::Synonym& synonym : config.synonyms)
        synonym.value = std::nullopt;
}

/// All that could give the value, by name of the broker's setting, which may be empty; the first one does. Then value
/// and source are taken from it, and the list is kept if it was asked for.
void finish(Config& config, const KafkaSetting& setting, std::string_view name, const Request& request,
            const ConfigLayers& layers) {
    for (const auto& entry : layers.entries(name))
        add(config, name, *entry.value, entry.source);
    if (!setting.none && (name.empty() || !findListenerConfig(name)))
        add(config, name.empty() ? setting.name() : name, setting.fallback, ConfigSource::fallback);
    config.configSource = static_cast<std::int8_t>(ConfigSource::fallback);
    if (!config.synonyms.empty()) {
        config.value = config.synonyms.front().value;
        config.configSource = config.synonyms.front().source;
    }
    config.isDefault = config.configSource == static_cast<std::int8_t>(ConfigSource::fallback);
    config.configType = static_cast<std::int8_t>(setting.type);
    if (setting.type == catalog::KafkaType::password) hide(config);
    if (request.includeDocumentation) config.documentation = setting.help;
    if (!request.includeSynonyms) config.synonyms.clear();
}

void describeTopic(ResourceResult& result, const Asked& asked, const TopicMetadata& topic, const Request& request,
                   const ConfigLayers& layers) {
    for (const KafkaSetting& setting : catalog::kafkaTopicSettings()) {
        Config config;
        config.name = setting.name();
        const auto own = topic.configs.find(config.name);
        const bool set = own != topic.configs.end();
        if (!wanted(asked, setting.name())) continue;
        if (setting.outdated && !set && layers.entries(setting.brokerName).empty()) continue;
        if (set) add(config, config.name, own->second, ConfigSource::topic);
        finish(config, setting, setting.brokerName, request, layers);
        result.configs.push_back(std::move(config));
    }
}

/// `name`: that of a setting of the broker, or of the default for a setting of topics; empty: there is none.
void addToBroker(ResourceResult& result, const Asked& asked, const KafkaSetting& setting, std::string_view name,
                 const Request& request, const ConfigLayers& layers) {
    if (name.empty() || !wanted(asked, name) || (setting.outdated && layers.entries(name).empty())) return;
    Config config;
    config.name = name;
    config.readOnly = !isDynamic(setting, name);
    finish(config, setting, name, request, layers);
    result.configs.push_back(std::move(config));
}

void describeBroker(ResourceResult& result, const Asked& asked, const Request& request, const ConfigLayers& layers) {
    for (const KafkaSetting& setting : catalog::kafkaBrokerSettings())
        addToBroker(result, asked, setting, setting.name(), request, layers);
    for (const KafkaSetting& setting : catalog::kafkaTopicSettings())
        addToBroker(result, asked, setting, setting.brokerName, request, layers);
    for (const auto& [name, value] : layers.fixed)
        if (const KafkaSetting* setting = findListenerConfig(name))
            addToBroker(result, asked, *setting, name, request, layers);
}

/// Of all brokers: what clients have set for them, and nothing else.
void describeCluster(ResourceResult& result, const Asked& asked, const Request& request, const ConfigLayers& layers) {
    const ConfigLayers only{{}, layers.cluster, {}};
    for (const auto& [name, value] : layers.cluster)
        addToBroker(result, asked, *findBrokerConfig(name), name, request, only);
}

/// Of brokers it is a right on the cluster.
std::int16_t refusalOf(const Asked& asked, const Call& call, const Context& context) {
    using enum Access::Operation;
    if (asked.resourceType == kTopicResource) return topicRefusal(call, context, describeConfigs, asked.resourceName);
    if (asked.resourceType != kBrokerResource) return kNone;
    return refusal(call, context, {Access::Resource::cluster, describeConfigs}, kClusterName);
}

void describe(ResourceResult& result, const Asked& asked, const Request& request, const Context& context) {
    const ConfigLayers& layers = context.settings.layers;
    const auto refuse = [&](std::int16_t error, std::string message) {
        result.errorCode = error;
        result.errorMessage = std::move(message);
    };
    if (asked.resourceType == kTopicResource) {
        if (auto legal = checkTopicName(asked.resourceName); !legal)
            return refuse(kInvalidTopic, legal.error().message);
        const auto topic = context.metadata.find(asked.resourceName);
        if (!topic) return refuse(kUnknownTopicOrPartition, fmt::format("there is no topic {}", asked.resourceName));
        return describeTopic(result, asked, *topic, request, layers);
    }
    if (asked.resourceType != kBrokerResource)
        return refuse(kInvalidRequest,
                      fmt::format("configs of resource type {} are not kept here", asked.resourceType));
    if (asked.resourceName.empty()) return describeCluster(result, asked, request, layers);
    if (asked.resourceName != std::to_string(context.settings.nodeId))
        return refuse(kInvalidRequest, fmt::format("this cluster has only broker {}", context.settings.nodeId));
    describeBroker(result, asked, request, layers);
}

} // namespace

Answer<wire::DescribeConfigsResponse> describeConfigs(const wire::DescribeConfigsRequest& request, const Call& call,
                                                      Context& context) {
    wire::DescribeConfigsResponse response;
    const auto resource = [](const Asked& asked) { return std::tie(asked.resourceType, asked.resourceName); };
    for (const Asked* each : distinct(request.resources, resource)) {
        auto& result = response.results.emplace_back();
        result.resourceType = each->resourceType;
        result.resourceName = each->resourceName;
        result.errorCode = refusalOf(*each, call, context);
        if (result.errorCode == kNone) describe(result, *each, request, context);
    }
    return response;
}

ApiRow describeConfigsRow() {
    return rowOf<describeConfigs>({Access::Resource::topic, Access::Operation::describeConfigs});
}

} // namespace millrace::broker
