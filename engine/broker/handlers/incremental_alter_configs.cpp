#include "wire/messages/incremental_alter_configs.h"
#include "broker/config_alteration.h"
#include "broker/handlers/handlers.h"
#include "wire/error_code.h"

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

void apply(ConfigAlteration& alteration, const wire::IncrementalAlterConfigsRequest::Resource::Config& config,
           const ConfigMap& broker) {
    const ConfigDefinition* definition = findDefinition(topicConfigDefinitions(), config.name);
    if (!definition) return alteration.refuse(kInvalidConfig, "unknown topic config " + config.name);
    switch (config.configOperation) {
    case kDelete:
        alteration.configs.erase(config.name);
        return;
    case kSet:
        if (!config.value) return alteration.refuse(kInvalidRequest, config.name + " has no value");
        alteration.configs[config.name] = *config.value;
        return;
    case kAppend:
    case kSubtract:
        if (definition->type != ConfigType::list || !config.value)
            return alteration.refuse(kInvalidRequest, config.name + " is no list that could be appended to");
        alteration.configs[config.name] = combined(effectiveTopicConfig(*definition, alteration.configs, broker),
                                                   *config.value, config.configOperation);
        return;
    default:
        alteration.refuse(kInvalidRequest, "unknown operation on " + config.name);
    }
}

} // namespace

Answer<wire::IncrementalAlterConfigsResponse>
incrementalAlterConfigs(const wire::IncrementalAlterConfigsRequest& request, const Call&, Context& context) {
    std::vector<ConfigAlteration> alterations;
    for (const auto& resource : request.resources) {
        auto& alteration =
            alterations.emplace_back(beginAlteration(resource.resourceType, resource.resourceName, context));
        std::set<std::string> seen;
        for (const auto& config : resource.configs) {
            if (alteration.error != kNone) break;
            if (!seen.insert(config.name).second)
                alteration.refuse(kInvalidRequest, config.name + " appears twice");
            else
                apply(alteration, config, context.settings.configs);
        }
    }
    const Pending<wire::IncrementalAlterConfigsResponse> pending;
    alter(std::move(alterations), request.validateOnly, context,
          [pending](const std::vector<ConfigAlteration>& results) {
              wire::IncrementalAlterConfigsResponse response;
              for (const ConfigAlteration& result : results) {
                  const auto message = result.error ? std::optional(result.message) : std::nullopt;
                  response.responses.push_back({result.error, message, result.resourceType, result.resourceName});
              }
              pending.complete(std::move(response));
          });
    return pending;
}

} // namespace millrace::broker
