#pragma once

#include "base/result.h"
#include "broker/settings/config_definition.h"

namespace millrace::broker {

/// Every name known, every value allowed.
Status checkTopicConfigs(const ConfigMap& configs);

/// Kafka's numbers for where a value in force comes from.
enum class ConfigSource : std::int8_t { topic = 1, staticBroker = 4, fallback = 5 };
ConfigSource sourceOf(const ConfigDefinition& definition, const ConfigMap& topic, const ConfigMap& broker);

} // namespace millrace::broker
