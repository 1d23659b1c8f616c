#include "broker/settings/config_definition.h"

#include "base/assertion.h"

#include <fmt/core.h>

#include <algorithm>
#include <charconv>

namespace millrace::broker {

namespace {

constexpr std::string_view kForever = "9223372036854775807";
constexpr std::string_view kWeekMs = "604800000";
using enum ConfigType;

constexpr ConfigDefinition kTopicConfigs[] = {
    {"cleanup.policy", list, "delete", 0, 0, "delete,compact", "log.cleanup.policy"},
    {"compression.type", string, "producer", 0, 0, "producer", "compression.type"},
    {"compression.gzip.level", integer, "-1", -1, 9, "", "compression.gzip.level"},
    {"compression.lz4.level", integer, "9", 1, 17, "", "compression.lz4.level"},
    {"compression.zstd.level", integer, "3", -131072, 22, "", "compression.zstd.level"},
    {"delete.retention.ms", longInteger, "86400000", 0, INT64_MAX, "", "log.cleaner.delete.retention.ms"},
    {"file.delete.delay.ms", longInteger, "60000", 0, INT64_MAX, "", "log.segment.delete.delay.ms"},
    {"flush.messages", longInteger, kForever, 1, INT64_MAX, "", "log.flush.interval.messages"},
    {"flush.ms", longInteger, kForever, 0, INT64_MAX, "", "log.flush.interval.ms"},
    {"follower.replication.throttled.replicas", list, ""},
    {"index.interval.bytes", integer, "4096", 0, INT32_MAX, "", "log.index.interval.bytes"},
    {"leader.replication.throttled.replicas", list, ""},
    {"local.retention.bytes", longInteger, "-2", -2},
    {"local.retention.ms", longInteger, "-2", -2},
    {"max.compaction.lag.ms", longInteger, kForever, 1, INT64_MAX, "", "log.cleaner.max.compaction.lag.ms"},
    {"max.message.bytes", integer, "1048588", 0, INT32_MAX, "", "message.max.bytes"},
    {"message.timestamp.after.max.ms", longInteger, "3600000", 0, INT64_MAX, "", "log.message.timestamp.after.max.ms"},
    {"message.timestamp.before.max.ms", longInteger, kForever, 0, INT64_MAX, "", "log.message.timestamp.before.max.ms"},
    {"message.timestamp.type", string, "CreateTime", 0, 0, "CreateTime,LogAppendTime", "log.message.timestamp.type"},
    {"min.cleanable.dirty.ratio", real, "0.5", 0, 1, "", "log.cleaner.min.cleanable.ratio"},
    {"min.compaction.lag.ms", longInteger, "0", 0, INT64_MAX, "", "log.cleaner.min.compaction.lag.ms"},
    {"min.insync.replicas", integer, "1", 1, INT32_MAX, "", "min.insync.replicas"},
    {"preallocate", boolean, "false", 0, 0, "", "log.preallocate"},
    {"remote.log.copy.disable", boolean, "false"},
    {"remote.log.delete.on.disable", boolean, "false"},
    {"remote.storage.enable", boolean, "false", 0, 0, "false"},
    {"retention.bytes", longInteger, "-1", -1, INT64_MAX, "", "log.retention.bytes"},
    {"retention.ms", longInteger, kWeekMs, -1, INT64_MAX, "", "log.retention.ms"},
    {"segment.bytes", integer, "1073741824", 14, INT32_MAX, "", "log.segment.bytes"},
    {"segment.index.bytes", integer, "10485760", 4, INT32_MAX, "", "log.index.size.max.bytes"},
    {"segment.jitter.ms", longInteger, "0", 0, INT64_MAX, "", "log.roll.jitter.ms"},
    {"segment.ms", longInteger, kWeekMs, 1, INT64_MAX, "", "log.roll.ms"},
    {"unclean.leader.election.enable", boolean, "false", 0, 0, "", "unclean.leader.election.enable"},
};

constexpr ConfigDefinition kBrokerConfigs[] = {
    {"auto.create.topics.enable", boolean, "true"},
    {"connections.max.idle.ms", longInteger, "600000", 0},
    {"default.replication.factor", integer, "1", 1, 1},
    {"delete.topic.enable", boolean, "true"},
    {"fetch.max.bytes", integer, "57671680", 1024, INT32_MAX},
    {"group.initial.rebalance.delay.ms", integer, "0", 0, INT32_MAX},
    {"group.max.session.timeout.ms", integer, "1800000", 1, INT32_MAX},
    {"group.max.size", integer, "2147483647", 1, INT32_MAX},
    {"group.min.session.timeout.ms", integer, "6000", 1, INT32_MAX},
    {"log.retention.check.interval.ms", longInteger, "300000", 1},
    {"max.connections", integer, "10000", 1, INT32_MAX},
    {"num.partitions", integer, "1", 1, 100'000},
    {"offset.metadata.max.bytes", integer, "4096", 0, 32767},
    {"offsets.retention.minutes", integer, "10080", 1, INT32_MAX},
    {"producer.id.expiration.ms", integer, "86400000", 1, INT32_MAX},
    {"socket.request.max.bytes", integer, "104857600", 1, INT32_MAX},
    {"log.cleanup.policy", list, "delete", 0, 0, "delete,compact"},
    {"compression.type", string, "producer", 0, 0, "producer"},
    {"log.index.interval.bytes", integer, "4096", 0, INT32_MAX},
    {"log.message.timestamp.after.max.ms", longInteger, "3600000", 0},
    {"log.message.timestamp.before.max.ms", longInteger, kForever, 0},
    {"log.message.timestamp.type", string, "CreateTime", 0, 0, "CreateTime,LogAppendTime"},
    {"log.retention.bytes", longInteger, "-1", -1},
    {"log.retention.ms", longInteger, kWeekMs, -1},
    {"log.roll.ms", longInteger, kWeekMs, 1},
    {"log.segment.bytes", integer, "1073741824", 14, INT32_MAX},
    {"message.max.bytes", integer, "1048588", 0, INT32_MAX},
    {"min.insync.replicas", integer, "1", 1, INT32_MAX},
};

bool parse(std::string_view text, std::int64_t& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc() && end == text.data() + text.size();
}

bool among(std::string_view choices, std::string_view value) {
    for (std::size_t at = 0; at <= choices.size();) {
        const std::size_t comma = std::min(choices.find(',', at), choices.size());
        if (choices.substr(at, comma - at) == value) return true;
        at = comma + 1;
    }
    return false;
}

bool eachAmong(std::string_view choices, std::string_view values) {
    for (std::size_t at = 0; at <= values.size();) {
        const std::size_t comma = std::min(values.find(',', at), values.size());
        if (!among(choices, values.substr(at, comma - at))) return false;
        at = comma + 1;
    }
    return true;
}

Error refused(const ConfigDefinition& definition, const std::string& value, const std::string& allowed) {
    return {ErrorCode::invalidArgument, fmt::format("{} = {}: {}", definition.name, value, allowed)};
}

Status checkNumber(const ConfigDefinition& definition, const std::string& value) {
    std::int64_t number = 0;
    if (!parse(value, number) || number < definition.min || number > definition.max)
        return refused(definition, value,
                       fmt::format("a whole number from {} to {} is needed", definition.min, definition.max));
    return ok();
}

Status checkReal(const ConfigDefinition& definition, const std::string& value) {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || !(number >= 0 && number <= 1))
        return refused(definition, value, "a number from 0 to 1 is needed");
    return ok();
}

} // namespace

std::span<const ConfigDefinition> topicConfigDefinitions() {
    return kTopicConfigs;
}
std::span<const ConfigDefinition> brokerConfigDefinitions() {
    return kBrokerConfigs;
}

const ConfigDefinition* findDefinition(std::span<const ConfigDefinition> table, std::string_view name) {
    const auto it = std::find_if(table.begin(), table.end(), [name](const auto& row) { return row.name == name; });
    return it == table.end() ? nullptr : &*it;
}

Status checkConfig(const ConfigDefinition& definition, const std::string& value) {
    switch (definition.type) {
    case integer:
    case longInteger:
        return checkNumber(definition, value);
    case real:
        return checkReal(definition, value);
    case boolean:
        if (!among(definition.choices.empty() ? "true,false" : definition.choices, value))
            return refused(definition, value,
                           definition.choices.empty() ? "true or false is needed" : "not available in this broker");
        return ok();
    case list:
    case string:
        if (!definition.choices.empty() && !eachAmong(definition.choices, value))
            return refused(definition, value, fmt::format("this broker offers {}", definition.choices));
        return ok();
    }
    return ok();
}

std::string effectiveBrokerConfig(std::string_view name, const ConfigMap& broker) {
    if (const auto it = broker.find(std::string(name)); it != broker.end()) return it->second;
    const ConfigDefinition* definition = findDefinition(kBrokerConfigs, name);
    return definition ? std::string(definition->fallback) : std::string();
}

std::string effectiveTopicConfig(const ConfigDefinition& definition, const ConfigMap& topic, const ConfigMap& broker) {
    if (const auto it = topic.find(std::string(definition.name)); it != topic.end()) return it->second;
    if (const auto it = broker.find(std::string(definition.brokerName)); it != broker.end()) return it->second;
    return std::string(definition.fallback);
}

std::int64_t configNumber(const std::string& value) {
    std::int64_t number = 0;
    const bool parsed = parse(value, number);
    MILLRACE_ASSERT(parsed, "config value {} was not checked", value);
    return number;
}

} // namespace millrace::broker
