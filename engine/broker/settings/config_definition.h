#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace millrace::broker {

/// Kafka's numbers for config types in DescribeConfigs.
enum class ConfigType : std::int8_t { boolean = 1, string = 2, integer = 3, longInteger = 5, real = 6, list = 7 };

/// One config name, its type, default and what is allowed; one table for topics, one for the broker, from which checks,
/// defaults and DescribeConfigs come. Names, types and defaults are those of Kafka 4.3.
struct ConfigDefinition {
    std::string_view name;
    ConfigType type;
    std::string_view fallback;
    std::int64_t min = 0; ///< of integer types
    std::int64_t max = INT64_MAX;
    std::string_view choices = {};    ///< comma separated, empty = free
    std::string_view brokerName = {}; ///< topic configs: the broker config that gives the default; empty = none
    bool readOnly = false;
};

using ConfigMap = std::map<std::string, std::string>;

std::span<const ConfigDefinition> topicConfigDefinitions();
std::span<const ConfigDefinition> brokerConfigDefinitions();
/// Null when there is no such name.
const ConfigDefinition* findDefinition(std::span<const ConfigDefinition> table, std::string_view name);

/// Error invalidArgument with what is allowed; says so, too, for values that Kafka knows and this broker cannot do.
Status checkConfig(const ConfigDefinition& definition, const std::string& value);

/// The value in force for a topic: its own, else the broker's synonym, else the default.
std::string effectiveTopicConfig(const ConfigDefinition& definition, const ConfigMap& topic, const ConfigMap& broker);
std::string effectiveBrokerConfig(std::string_view name, const ConfigMap& broker);

/// Precondition: checkConfig() has accepted the value.
std::int64_t configNumber(const std::string& value);

} // namespace millrace::broker
