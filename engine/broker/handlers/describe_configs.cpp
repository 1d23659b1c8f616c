#include "wire/messages/describe_configs.h"
#include "broker/common/distinct.h"
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

constexpr std::int8_t kTopicResource = 2, kBrokerResource = 4;
using Asked = wire::DescribeConfigsRequest::Resource;
using ResourceResult = wire::DescribeConfigsResponse::Result;
using Config = ResourceResult::Config;

bool wanted(const Asked& asked, std::string_view name) {
    return !asked.configurationKeys || std::find(asked.configurationKeys->begin(), asked.configurationKeys->end(),
                                                 name) != asked.configurationKeys->end();
}

void addSynonyms(Config& config, const KafkaSetting& setting, const TopicMetadata& topic, const ConfigMap& broker) {
    const auto add = [&](std::string_view name, std::string_view value, ConfigSource source) {
        config.synonyms.push_back({std::string(name), std::string(value), static_cast<std::int8_t>(source)});
    };
    if (const auto own = topic.configs.find(config.name); own != topic.configs.end())
        add(config.name, own->second, ConfigSource::topic);
    if (const auto set = broker.find(std::string(setting.brokerName)); set != broker.end())
        add(setting.brokerName, set->second, ConfigSource::staticBroker);
    add(setting.brokerName.empty() ? setting.name() : setting.brokerName, setting.fallback, ConfigSource::fallback);
}

void describeTopic(ResourceResult& result, const Asked& asked, const TopicMetadata& topic, bool synonyms,
                   const ConfigMap& broker) {
    for (const KafkaSetting& setting : catalog::kafkaTopicSettings()) {
        const ConfigSource source = sourceOf(setting, topic.configs, broker);
        if (!wanted(asked, setting.name()) || (setting.outdated && source == ConfigSource::fallback)) continue;
        Config config;
        config.name = setting.name();
        config.value = effectiveTopicConfig(setting, topic.configs, broker);
        config.configSource = static_cast<std::int8_t>(source);
        config.configType = static_cast<std::int8_t>(setting.type);
        if (synonyms) addSynonyms(config, setting, topic, broker);
        result.configs.push_back(std::move(config));
    }
}

/// `name`: that of a setting of the broker, or of the default for a setting of topics; empty: there is none.
void addToBroker(ResourceResult& result, const Asked& asked, const KafkaSetting& setting, std::string_view name,
                 const ConfigMap& configs) {
    const bool set = configs.contains(std::string(name));
    if (name.empty() || !wanted(asked, name) || (setting.outdated && !set)) return;
    Config config;
    config.name = name;
    config.value = effectiveBrokerConfig(setting, name, configs);
    config.readOnly = true; // what the broker was started with
    config.configSource = static_cast<std::int8_t>(set ? ConfigSource::staticBroker : ConfigSource::fallback);
    config.configType = static_cast<std::int8_t>(setting.type);
    result.configs.push_back(std::move(config));
}

void describeBroker(ResourceResult& result, const Asked& asked, const ConfigMap& configs) {
    for (const KafkaSetting& setting : catalog::kafkaBrokerSettings())
        addToBroker(result, asked, setting, setting.name(), configs);
    for (const KafkaSetting& setting : catalog::kafkaTopicSettings())
        addToBroker(result, asked, setting, setting.brokerName, configs);
}

} // namespace

Answer<wire::DescribeConfigsResponse> describeConfigs(const wire::DescribeConfigsRequest& request, const Call&,
                                                      Context& context) {
    wire::DescribeConfigsResponse response;
    const auto resource = [](const Asked& asked) { return std::tie(asked.resourceType, asked.resourceName); };
    for (const Asked* each : distinct(request.resources, resource)) {
        const Asked& asked = *each;
        auto& result = response.results.emplace_back();
        result.resourceType = asked.resourceType;
        result.resourceName = asked.resourceName;
        if (asked.resourceType == kTopicResource) {
            if (const auto topic = context.metadata.find(asked.resourceName)) {
                describeTopic(result, asked, *topic, request.includeSynonyms, context.settings.configs);
            } else {
                result.errorCode = kUnknownTopicOrPartition;
                result.errorMessage = fmt::format("there is no topic {}", asked.resourceName);
            }
        } else if (asked.resourceType == kBrokerResource) {
            if (asked.resourceName == std::to_string(context.settings.nodeId)) {
                describeBroker(result, asked, context.settings.configs);
            } else if (!asked.resourceName.empty()) {
                result.errorCode = kInvalidRequest;
                result.errorMessage = fmt::format("this cluster has only broker {}", context.settings.nodeId);
            }
        } else {
            result.errorCode = kInvalidRequest;
            result.errorMessage = fmt::format("configs of resource type {} are not kept here", asked.resourceType);
        }
    }
    return response;
}

ApiRow describeConfigsRow() {
    return rowOf<describeConfigs>({Access::Resource::topic, Access::Operation::describeConfigs});
}

} // namespace millrace::broker
