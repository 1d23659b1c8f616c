#include "broker/settings/topic_configs.h"

#include "base/assertion.h"
#include "java/java_number.h"

#include <fmt/core.h>

#include <charconv>

namespace millrace::broker {

using catalog::KafkaSetting;

Status settleTopicConfigs(ConfigMap& configs) {
    for (auto& [name, value] : configs) {
        const KafkaSetting* setting = catalog::findKafkaSetting(catalog::kafkaTopicSettings(), name);
        if (!setting) return Error{ErrorCode::invalidArgument, fmt::format("unknown topic config {}", name)};
        auto settled = catalog::settledKafkaValue(*setting, value);
        if (!settled) return settled.error();
        value = std::move(*settled);
    }
    return ok();
}

std::string effectiveBrokerConfig(const KafkaSetting& setting, std::string_view name, const ConfigMap& broker) {
    const auto it = broker.find(std::string(name));
    return it == broker.end() ? std::string(setting.fallback) : it->second;
}

std::string effectiveTopicConfig(const KafkaSetting& setting, const ConfigMap& topic, const ConfigMap& broker) {
    const auto own = topic.find(std::string(setting.name()));
    return own == topic.end() ? effectiveBrokerConfig(setting, setting.brokerName, broker) : own->second;
}

std::int64_t configNumber(const std::string& value) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    MILLRACE_ASSERT(error == std::errc() && end == value.data() + value.size(), "config value {} was not settled",
                    value);
    return number;
}

double configReal(const std::string& value) {
    const auto number = java::parseJavaDouble(value);
    MILLRACE_ASSERT(number.has_value(), "config value {} was not settled", value);
    return *number;
}

} // namespace millrace::broker
