#include "broker/settings/broker_settings.h"

#include "broker/settings/config_items.h"
#include "net/ip_literal.h"

#include <fmt/core.h>

#include <algorithm>
#include <vector>

namespace millrace::broker {

namespace {

/// What is set in a coarser unit becomes the setting that it stands for, unless that is set too; of two such ones the
/// finer counts. Precondition: the configs are settled.
void refine(ConfigMap& configs) {
    std::vector<const catalog::KafkaSetting*> given;
    for (const catalog::KafkaSetting& setting : catalog::kafkaBrokerSettings())
        if (!setting.coarser.of.empty() && configs.contains(std::string(setting.name()))) given.push_back(&setting);
    std::ranges::sort(given, {}, [](const auto* setting) { return setting->coarser.factor; });
    for (const catalog::KafkaSetting* setting : given) {
        const std::int64_t number = configNumber(configs.at(std::string(setting->name())));
        configs.emplace(setting->coarser.of, std::to_string(number < 0 ? number : number * setting->coarser.factor));
    }
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

/// The number of the broker under its older name too. Precondition: the configs are settled.
Status nameNode(ConfigMap& configs) {
    const auto older = configs.find("broker.id");
    if (older == configs.end() || older->second == "-1") return ok();
    const auto [newer, added] = configs.emplace("node.id", older->second);
    if (added || newer->second == older->second) return ok();
    return Error{ErrorCode::invalidArgument,
                 fmt::format("broker.id = {} and node.id = {} are two numbers of one broker: "
                             "leave one of them out",
                             older->second, newer->second)};
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
        limits[net::usualForm(host)] = static_cast<std::size_t>(configNumber(item.substr(colon + 1)));
    }
    return limits;
}

/// "User:alice;User:CN=bob,O=Example": a name may hold a comma.
Status readSuperUsers(BrokerSettings& settings, std::string_view text) {
    constexpr std::string_view kBlank = " \t";
    while (!text.empty()) {
        std::string_view principal = text.substr(0, text.find(';'));
        text.remove_prefix(std::min(principal.size() + 1, text.size()));
        principal.remove_prefix(std::min(principal.find_first_not_of(kBlank), principal.size()));
        principal = principal.substr(0, principal.find_last_not_of(kBlank) + 1);
        if (principal.empty()) continue;
        if (principal.find(':') == std::string_view::npos)
            return Error{ErrorCode::invalidArgument,
                         fmt::format("super.users: {:?} is no principal; write it as User:{}", principal, principal)};
        settings.superUsers.emplace(principal);
    }
    return ok();
}

/// From the configs in force.
void readNumbers(BrokerSettings& settings) {
    const auto text = [&](const char* name) {
        return effectiveBrokerConfig(*findBrokerConfig(name), name, settings.configs);
    };
    const auto number = [&](const char* name) { return configNumber(text(name)); };
    const auto milliseconds = [&](const char* name) { return std::chrono::milliseconds(number(name)); };
    const auto size = [&](const char* name) { return static_cast<std::size_t>(number(name)); };
    settings.nodeId = static_cast<std::int32_t>(number("node.id"));
    settings.autoCreateTopics = text("auto.create.topics.enable") == "true";
    settings.deleteTopics = text("delete.topic.enable") == "true";
    settings.defaultPartitions = static_cast<std::int32_t>(number("num.partitions"));
    settings.fetchMaxBytes = static_cast<std::int32_t>(number("fetch.max.bytes"));
    settings.maxPartitionsInAnswer = static_cast<std::int32_t>(number("max.request.partition.size.limit"));
    settings.authorizes = !text("authorizer.class.name").empty();
    settings.allowWithoutAcl = text("allow.everyone.if.no.acl.found") == "true";
    settings.connectionIdle = milliseconds("connections.max.idle.ms");
    settings.groupMinSession = milliseconds("group.min.session.timeout.ms");
    settings.groupMaxSession = milliseconds("group.max.session.timeout.ms");
    settings.initialRebalanceDelay = milliseconds("group.initial.rebalance.delay.ms");
    settings.groupMaxSize = size("group.max.size");
    settings.consumerSession = milliseconds("group.consumer.session.timeout.ms");
    settings.consumerHeartbeat = milliseconds("group.consumer.heartbeat.interval.ms");
    settings.consumerMaxSize = size("group.consumer.max.size");
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
    // One that is not to clean rests for ever.
    const bool cleans = text("log.cleaner.enable") == "true";
    settings.cleaner = {cleans ? milliseconds("log.cleaner.backoff.ms") : std::chrono::milliseconds::max(),
                        static_cast<std::uint64_t>(number("log.cleaner.dedupe.buffer.size")),
                        configReal(text("log.cleaner.io.buffer.load.factor")), size("log.cleaner.io.buffer.size"),
                        configReal(text("log.cleaner.io.max.bytes.per.second"))};
    settings.failedAuthenticationDelay = milliseconds("connection.failed.authentication.delay.ms");
    settings.maxConnections = size("max.connections");
    settings.maxConnectionsPerHost = size("max.connections.per.ip");
    settings.maxConnectionsOfHosts = hostLimitsOf(text("max.connections.per.ip.overrides"));
    settings.maxUnprovenBytes = size("sasl.server.max.receive.size");
    settings.maxRequestBytes = size("socket.request.max.bytes");
}

} // namespace

Result<BrokerSettings> BrokerSettings::from(ConfigMap configs, Log& log) {
    MILLRACE_TRY(settle(configs, log));
    MILLRACE_TRY(nameNode(configs));
    refine(configs);
    BrokerSettings settings;
    settings.layers.fixed = std::move(configs);
    settings.configs = settings.layers.inForce();
    readNumbers(settings);
    MILLRACE_TRY(readSuperUsers(
        settings, effectiveBrokerConfig(*findBrokerConfig("super.users"), "super.users", settings.configs)));
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
