#include "broker/settings/topic_config_check.h"

#include <fmt/core.h>

namespace millrace::broker {

Status checkTopicConfigs(const ConfigMap& configs) {
    for (const auto& [name, value] : configs) {
        const ConfigDefinition* definition = findDefinition(topicConfigDefinitions(), name);
        if (!definition) return Error{ErrorCode::invalidArgument, fmt::format("unknown topic config {}", name)};
        MILLRACE_TRY(checkConfig(*definition, value));
    }
    return ok();
}

ConfigSource sourceOf(const ConfigDefinition& definition, const ConfigMap& topic, const ConfigMap& broker) {
    if (topic.contains(std::string(definition.name))) return ConfigSource::topic;
    if (broker.contains(std::string(definition.brokerName))) return ConfigSource::staticBroker;
    return ConfigSource::fallback;
}

} // namespace millrace::broker
