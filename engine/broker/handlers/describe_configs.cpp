#include "wire/messages/describe_configs.h"
#include "broker/common/distinct.h"
#include "broker/requests/api_row.h"
#include "broker/requests/context.h"
#include "broker/settings/topic_config_check.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <algorithm>
#include <tuple>

namespace millrace::broker {

using namespace wire::error;

namespace {

constexpr std::int8_t kTopicResource = 2, kBrokerResource = 4;
using Asked = wire::DescribeConfigsRequest::Resource;
using ResourceResult = wire::DescribeConfigsResponse::Result;
using Config = ResourceResult::Config;

bool wanted(const Asked& asked, std::string_view name) {
    return !asked.configurationKeys || std::find(asked.configurationKeys->begin(), asked.configurationKeys->end(),
                                                 name) != asked.configurationKeys->end();
}

void describeTopic(ResourceResult& result, const Asked& asked, const Topic& topic, bool synonyms,
                   const ConfigMap& broker) {
    for (const ConfigDefinition& definition : topicConfigDefinitions()) {
        if (!wanted(asked, definition.name)) continue;
        Config config;
        config.name = definition.name;
        config.value = effectiveTopicConfig(definition, topic.configs, broker);
        config.configSource = static_cast<std::int8_t>(sourceOf(definition, topic.configs, broker));
        config.configType = static_cast<std::int8_t>(definition.type);
        if (synonyms) {
            const auto add = [&](std::string_view name, std::string_view value, ConfigSource source) {
                config.synonyms.push_back({std::string(name), std::string(value), static_cast<std::int8_t>(source)});
            };
            if (const auto own = topic.configs.find(config.name); own != topic.configs.end())
                add(config.name, own->second, ConfigSource::topic);
            if (const auto set = broker.find(std::string(definition.brokerName)); set != broker.end())
                add(definition.brokerName, set->second, ConfigSource::staticBroker);
            add(definition.brokerName.empty() ? definition.name : definition.brokerName, definition.fallback,
                ConfigSource::fallback);
        }
        result.configs.push_back(std::move(config));
    }
}

void describeBroker(ResourceResult& result, const Asked& asked, const BrokerSettings& settings) {
    for (const ConfigDefinition& definition : brokerConfigDefinitions()) {
        if (!wanted(asked, definition.name)) continue;
        Config config;
        config.name = definition.name;
        config.value = effectiveBrokerConfig(definition.name, settings.configs);
        config.readOnly = true; // what the broker was started with
        const bool set = settings.configs.contains(config.name);
        config.configSource = static_cast<std::int8_t>(set ? ConfigSource::staticBroker : ConfigSource::fallback);
        config.configType = static_cast<std::int8_t>(definition.type);
        result.configs.push_back(std::move(config));
    }
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
            if (const auto topic = context.topics.find(asked.resourceName)) {
                describeTopic(result, asked, *topic, request.includeSynonyms, context.settings.configs);
            } else {
                result.errorCode = kUnknownTopicOrPartition;
                result.errorMessage = fmt::format("there is no topic {}", asked.resourceName);
            }
        } else if (asked.resourceType == kBrokerResource) {
            if (asked.resourceName == std::to_string(context.settings.nodeId)) {
                describeBroker(result, asked, context.settings);
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
