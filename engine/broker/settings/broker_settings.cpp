#include "broker/settings/broker_settings.h"

#include "broker/settings/config_items.h"

#include <fmt/core.h>

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

Status settle(ConfigMap& configs, Log& log) {
    for (auto it = configs.begin(); it != configs.end();) {
        const catalog::KafkaSetting* setting = findBrokerConfig(it->first);
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

/// A slip in the name of a listener would leave it without what was meant for it.
void warnOfStrangers(const BrokerSettings& settings, Log& log) {
    for (const auto& [name, value] : settings.configs) {
        if (!findListenerConfig(name)) continue;
        const auto isIts = [&](const ListenerSettings& listener) {
            return name.starts_with(listenerPrefix(listener.name));
        };
        if (std::ranges::none_of(settings.listeners, isIts))
            log.warning("", "broker config {} has no effect: listeners names no such listener", name);
    }
}

/// As "10.0.0.7:100,[::1]:5", which the table has looked at.
std::map<std::string, std::size_t> hostLimitsOf(std::string_view text) {
    std::map<std::string, std::size_t> limits;
    for (const std::string& item : itemsOf(text)) {
        const std::size_t colon = item.rfind(':');
        std::string_view host = std::string_view(item).substr(0, colon);
        if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
        limits[std::string(host)] = static_cast<std::size_t>(configNumber(item.substr(colon + 1)));
    }
    return limits;
}

/// From the configs in force.
void readNumbers(BrokerSettings& settings) {
    const auto text = [&](const char* name) {
        return effectiveBrokerConfig(*findBrokerConfig(name), name, settings.configs);
    };
    const auto number = [&](const char* name) { return configNumber(text(name)); };
    const auto milliseconds = [&](const char* name) { return std::chrono::milliseconds(number(name)); };
    const auto size = [&](const char* name) { return static_cast<std::size_t>(number(name)); };
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
    settings.transactionMaxTimeout = milliseconds("transaction.max.timeout.ms");
    settings.transactionalIdExpiration = milliseconds("transactional.id.expiration.ms");
    settings.transactionTimeoutCheckInterval =
        milliseconds("transaction.abort.timed.out.transaction.cleanup.interval.ms");
    settings.transactionalIdCheckInterval = milliseconds("transaction.remove.expired.transaction.cleanup.interval.ms");
    settings.retentionCheckInterval = milliseconds("log.retention.check.interval.ms");
    settings.failedAuthenticationDelay = milliseconds("connection.failed.authentication.delay.ms");
    settings.maxConnections = size("max.connections");
    settings.maxConnectionsPerHost = size("max.connections.per.ip");
    settings.maxConnectionsOfHosts = hostLimitsOf(text("max.connections.per.ip.overrides"));
    settings.maxUnprovenBytes = size("sasl.server.max.receive.size");
    settings.maxRequestBytes = size("socket.request.max.bytes");
}

} // namespace

Result<BrokerSettings> BrokerSettings::from(ConfigMap configs, Log& log) {
    MILLRACE_TRY(replaceSynonyms(configs));
    MILLRACE_TRY(settle(configs, log));
    BrokerSettings settings;
    settings.layers.fixed = std::move(configs);
    settings.configs = settings.layers.inForce();
    readNumbers(settings);
    auto listeners = listenersFrom(settings.configs);
    if (!listeners) return std::move(listeners).error();
    settings.listeners = std::move(*listeners);
    warnOfStrangers(settings, log);
    return settings;
}

void BrokerSettings::tell(const std::string& name, std::string value) {
    layers.fixed[name] = std::move(value);
    configs = layers.inForce();
}

void BrokerSettings::changeDynamic(ConfigMap cluster, ConfigMap own) {
    layers.cluster = std::move(cluster);
    layers.own = std::move(own);
    configs = layers.inForce();
    readNumbers(*this);
}

const catalog::KafkaSetting* findBrokerConfig(std::string_view name) {
    if (const auto* own = catalog::findKafkaSetting(catalog::kafkaBrokerSettings(), name)) return own;
    const auto topics = catalog::kafkaTopicSettings();
    const auto it = std::ranges::find(topics, name, &catalog::KafkaSetting::brokerName);
    return name.empty() || it == topics.end() ? findListenerConfig(name) : &*it;
}

bool isDynamic(const catalog::KafkaSetting& setting, std::string_view name) {
    return name == setting.brokerName ? !setting.outdated : setting.dynamic && name == setting.name();
}

Status settleDynamicConfigs(ConfigMap& configs) {
    for (auto& [name, value] : configs) {
        const auto* setting = findBrokerConfig(name);
        if (!setting) return Error{ErrorCode::invalidArgument, fmt::format("unknown broker config {}", name)};
        if (!isDynamic(*setting, name))
            return Error{ErrorCode::invalidArgument,
                         fmt::format("{} cannot be changed while the broker runs, only where it is started", name)};
        auto settled = catalog::settledKafkaValue(*setting, value);
        if (!settled) return settled.error().in(name);
        value = std::move(*settled);
    }
    return ok();
}

} // namespace millrace::broker
