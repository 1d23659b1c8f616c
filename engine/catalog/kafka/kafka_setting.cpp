#include "catalog/kafka/kafka_setting.h"

#include "catalog/check_support.h"
#include "catalog/kafka/topic_settings.h"
#include "java/java_number.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace millrace::catalog {

namespace {

Error refused(const KafkaSetting& setting, std::string_view value, std::string_view allowed) {
    return {ErrorCode::invalidArgument, fmt::format("{} = {}: {}", setting.name(), value, allowed)};
}

Result<std::string> settledNumber(const KafkaSetting& setting, std::string_view value) {
    const auto number = java::parseJavaLong(value);
    if (!number || *number < setting.range.minimum || *number > setting.range.maximum)
        return refused(
            setting, value,
            fmt::format("a whole number from {} to {} is needed", setting.range.minimum, setting.range.maximum));
    return std::to_string(*number);
}

Result<std::string> settledReal(const KafkaSetting& setting, std::string_view value) {
    const auto number = java::parseJavaDouble(value);
    const bool open = setting.range.maximum == std::numeric_limits<std::int64_t>::max();
    if (!number || !(*number >= static_cast<double>(setting.range.minimum) &&
                     (open || *number <= static_cast<double>(setting.range.maximum))))
        return refused(setting, value,
                       fmt::format("a number from {} to {} is needed", setting.range.minimum, setting.range.maximum));
    return std::string(value);
}

Result<std::string> settledBoolean(const KafkaSetting& setting, std::string_view value) {
    for (const char* word : {"true", "false"}) {
        if (!equalsIgnoringCase(value, word)) continue;
        if (!setting.choices.empty() && std::ranges::count(setting.choices, word) == 0)
            return refused(setting, value, "not available in this broker");
        return std::string(word);
    }
    return refused(setting, value, "true or false is needed");
}

Result<std::string> settledWord(const KafkaSetting& setting, std::string_view value) {
    if (setting.choices.empty() || std::ranges::count(setting.choices, value) > 0) return std::string(value);
    return refused(setting, value, fmt::format("this broker offers {}", fmt::join(setting.choices, ",")));
}

Result<std::string> settledList(const KafkaSetting& setting, std::string_view value) {
    std::string list;
    if (value.empty()) return list;
    for (std::size_t at = 0; at <= value.size();) {
        const std::size_t comma = std::min(value.find(',', at), value.size());
        const auto item = settledWord(setting, java::javaTrim(value.substr(at, comma - at)));
        if (!item) return item;
        list += (at > 0 ? "," : "") + *item;
        at = comma + 1;
    }
    return list;
}

} // namespace

std::span<const KafkaSetting> kafkaTopicSettings() {
    return kTopicSettings;
}

const KafkaSetting* findKafkaSetting(std::span<const KafkaSetting> table, std::string_view name) {
    const auto it = std::ranges::find(table, name, &KafkaSetting::name);
    return it == table.end() ? nullptr : &*it;
}

namespace {

Result<std::string> settledOfType(const KafkaSetting& setting, std::string_view trimmed) {
    switch (setting.type) {
    case KafkaType::integer:
    case KafkaType::longInteger:
        return settledNumber(setting, trimmed);
    case KafkaType::real:
        return settledReal(setting, trimmed);
    case KafkaType::boolean:
        return settledBoolean(setting, trimmed);
    case KafkaType::list:
        return settledList(setting, trimmed);
    case KafkaType::string:
    case KafkaType::password:
        break;
    }
    return settledWord(setting, trimmed);
}

} // namespace

Result<std::string> settledKafkaValue(const KafkaSetting& setting, std::string_view value) {
    auto settled = settledOfType(setting, java::javaTrim(value));
    if (settled && setting.rule.holds && !setting.rule.holds(*settled))
        return refused(setting, value, setting.rule.wanted);
    return settled;
}

} // namespace millrace::catalog
