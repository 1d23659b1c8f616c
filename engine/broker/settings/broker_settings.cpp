#include "broker/settings/broker_settings.h"

#include <algorithm>
#include <charconv>

namespace millrace::broker {

namespace {

struct Synonym {
    const char* older;
    const char* name;
    std::int64_t factor;
};
/// In Kafka's order of precedence: a finer unit wins over a coarser one.
constexpr Synonym kSynonyms[] = {
    {"log.retention.minutes", "log.retention.ms", 60'000},
    {"log.retention.hours", "log.retention.ms", 3'600'000},
    {"log.roll.hours", "log.roll.ms", 3'600'000},
};

Status replaceSynonyms(ConfigMap& configs) {
    for (const Synonym& synonym : kSynonyms) {
        const auto node = configs.extract(synonym.older);
        if (!node) continue;
        const std::string& text = node.mapped();
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (error != std::errc() || end != text.data() + text.size() || number < -1 ||
            number > INT64_MAX / synonym.factor)
            return Error{ErrorCode::invalidArgument,
                         fmt::format("{} = {}: a whole number is needed", synonym.older, text)};
        configs.emplace(synonym.name, std::to_string(number < 0 ? number : number * synonym.factor));
    }
    return ok();
}

/// Null when the broker has no such setting.
const catalog::KafkaSetting* find(const std::string& name) {
    if (const auto* own = catalog::findKafkaSetting(catalog::kafkaBrokerSettings(), name)) return own;
    const auto topics = catalog::kafkaTopicSettings();
    const auto it = std::ranges::find(topics, std::string_view(name), &catalog::KafkaSetting::brokerName);
    return it == topics.end() ? nullptr : &*it;
}

Status settle(ConfigMap& configs, Log& log) {
    for (auto it = configs.begin(); it != configs.end();) {
        const catalog::KafkaSetting* setting = find(it->first);
        if (!setting) {
            log.warning("", "broker config {} is unknown here and has no effect", it->first);
            it = configs.erase(it);
            continue;
        }
        auto settled = catalog::settledKafkaValue(*setting, it->second);
        if (!settled) // says it of the setting that this one is the default of
            return setting->name() == it->first ? settled.error() : settled.error().in(it->first);
        (it++)->second = std::move(*settled);
    }
    return ok();
}

} // namespace

Result<BrokerSettings> BrokerSettings::from(ConfigMap configs, Log& log) {
    MILLRACE_TRY(replaceSynonyms(configs));
    MILLRACE_TRY(settle(configs, log));
    const auto text = [&](const char* name) {
        return effectiveBrokerConfig(*catalog::findKafkaSetting(catalog::kafkaBrokerSettings(), name), name, configs);
    };
    const auto number = [&](const char* name) { return configNumber(text(name)); };
    const auto milliseconds = [&](const char* name) { return std::chrono::milliseconds(number(name)); };
    const auto size = [&](const char* name) { return static_cast<std::size_t>(number(name)); };
    BrokerSettings settings;
    settings.autoCreateTopics = text("auto.create.topics.enable") == "true";
    settings.deleteTopics = text("delete.topic.enable") == "true";
    settings.defaultPartitions = static_cast<std::int32_t>(number("num.partitions"));
    settings.fetchMaxBytes = static_cast<std::int32_t>(number("fetch.max.bytes"));
    settings.connectionIdle = milliseconds("connections.max.idle.ms");
    settings.groupMinSession = milliseconds("group.min.session.timeout.ms");
    settings.groupMaxSession = milliseconds("group.max.session.timeout.ms");
    settings.initialRebalanceDelay = milliseconds("group.initial.rebalance.delay.ms");
    settings.groupMaxSize = size("group.max.size");
    settings.offsetMetadataMaxBytes = size("offset.metadata.max.bytes");
    settings.offsetsRetention = std::chrono::minutes(number("offsets.retention.minutes"));
    settings.offsetsRetentionCheckInterval = milliseconds("offsets.retention.check.interval.ms");
    settings.initialTaskDelay = milliseconds("log.initial.task.delay.ms");
    settings.producerIdExpiration = milliseconds("producer.id.expiration.ms");
    settings.retentionCheckInterval = milliseconds("log.retention.check.interval.ms");
    settings.maxConnections = size("max.connections");
    settings.maxRequestBytes = size("socket.request.max.bytes");
    settings.configs = std::move(configs);
    return settings;
}

} // namespace millrace::broker
