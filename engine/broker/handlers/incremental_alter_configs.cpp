#include "wire/messages/incremental_alter_configs.h"
#include "broker/handlers/config_alteration.h"
#include "broker/requests/api_row.h"
#include "wire/error_code.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace millrace::broker {

using namespace wire::error;

namespace {

enum Operation : std::int8_t { kSet = 0, kDelete = 1, kAppend = 2, kSubtract = 3 };

std::vector<std::string> split(const std::string& list) {
    std::vector<std::string> items;
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t comma = std::min(list.find(',', at), list.size());
        items.push_back(list.substr(at, comma - at));
        at = comma + 1;
    }
    return items;
}

std::string joined(const std::vector<std::string>& items) {
    std::string list;
    for (const std::string& item : items)
        list += (list.empty() ? "" : ",") + item;
    return list;
}

/// Append and subtract, for lists.
std::string combined(const std::string& before, const std::string& value, std::int8_t operation) {
    auto items = split(before);
    for (const std::string& item : split(value)) {
        std::erase(items, item);
        if (operation == kAppend) items.push_back(item);
    }
    return joined(items);
}

using Config = wire::IncrementalAlterConfigsRequest::Resource::Config;

/// Whose configs they are.
struct Owner {
    bool topic;
    const ConfigMap& broker; ///< those in force

    const catalog::KafkaSetting* find(const std::string& name) const {
        return topic ? catalog::findKafkaSetting(catalog::kafkaTopicSettings(), name) : findBrokerConfig(name);
    }
    std::string valueOf(const catalog::KafkaSetting& setting, const std::string& name, const ConfigMap& own) const {
        if (topic) return effectiveTopicConfig(setting, own, broker);
        const auto it = own.find(name);
        return it == own.end() ? effectiveBrokerConfig(setting, name, broker) : it->second;
    }
    /// Kafka's number for what it does not take.
    std::int16_t refusal() const { return topic ? kInvalidConfig : kInvalidRequest; }
};

Refusal apply(const Config& config, ConfigMap& configs, const Owner& owner) {
    const auto* setting = owner.find(config.name);
    if (!setting)
        return {owner.refusal(), fmt::format("unknown {} config {}", owner.topic ? "topic" : "broker", config.name)};
    switch (config.configOperation) {
    case kDelete:
        configs.erase(config.name);
        return {};
    case kSet:
        if (!config.value) return {kInvalidRequest, config.name + " has no value"};
        configs[config.name] = *config.value;
        return {};
    case kAppend:
    case kSubtract:
        if (setting->type != catalog::KafkaType::list || !config.value)
            return {kInvalidConfig, config.name + " is no list that could be appended to"};
        configs[config.name] =
            combined(owner.valueOf(*setting, config.name, configs), *config.value, config.configOperation);
        return {};
    default:
        return {kInvalidRequest, "unknown operation on " + config.name};
    }
}

Refusal applyAll(const std::vector<Config>& operations, ConfigMap& configs, const Owner& owner) {
    std::set<std::string> seen;
    for (const Config& operation : operations) {
        if (!seen.insert(operation.name).second) return {kInvalidRequest, operation.name + " appears twice"};
        if (Refusal refusal = apply(operation, configs, owner); refusal.error != kNone) return refusal;
    }
    return {};
}

} // namespace

Answer<wire::IncrementalAlterConfigsResponse>
incrementalAlterConfigs(const wire::IncrementalAlterConfigsRequest& request, const Call& call, Context& context) {
    std::vector<ConfigAlteration> alterations;
    for (const auto& resource : request.resources)
        alterations.push_back({resource.resourceType, resource.resourceName,
                               [operations = resource.configs, topic = resource.resourceType == kTopicResource,
                                &broker = context.settings.configs](ConfigMap& configs) {
                                   return applyAll(operations, configs, {topic, broker});
                               }});
    const Pending<wire::IncrementalAlterConfigsResponse> pending;
    alter(std::move(alterations), request.validateOnly, call, context,
          [pending](const std::vector<ConfigAlteration>& results) {
              wire::IncrementalAlterConfigsResponse response;
              for (const auto& [type, name, edit, refusal] : results) {
                  const auto message = refusal.error ? std::optional(refusal.message) : std::nullopt;
                  response.responses.push_back({refusal.error, message, type, name});
              }
              pending.complete(std::move(response));
          });
    return pending;
}

ApiRow incrementalAlterConfigsRow() {
    return rowOf<incrementalAlterConfigs>({Access::Resource::topic, Access::Operation::alterConfigs});
}

} // namespace millrace::broker
