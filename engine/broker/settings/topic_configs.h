#pragma once

#include "base/result.h"
#include "catalog/kafka/kafka_setting.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace millrace::broker {

/// Settings by Kafka's names, those only that somebody has set.
using ConfigMap = std::map<std::string, std::string>;

/// Every name known, every value allowed; all are in settled form then (catalog/kafka).
Status settleTopicConfigs(ConfigMap& configs);

/// The value in force for a topic: its own, else the broker's, else Kafka's default.
std::string effectiveTopicConfig(const catalog::KafkaSetting& setting, const ConfigMap& topic, const ConfigMap& broker);
/// The value in force for the broker, of its setting `name`, which may be the default of a topic's setting.
std::string effectiveBrokerConfig(const catalog::KafkaSetting& setting, std::string_view name, const ConfigMap& broker);

/// Kafka's numbers for where a value in force comes from.
enum class ConfigSource : std::int8_t { topic = 1, broker = 2, cluster = 3, staticBroker = 4, fallback = 5 };

/// Precondition: the value is settled, and that of a whole number.
std::int64_t configNumber(const std::string& value);
/// Precondition: the value is settled, and that of a number with a point.
double configReal(const std::string& value);

} // namespace millrace::broker
