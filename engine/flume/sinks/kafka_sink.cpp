#include "flume/sinks/kafka_sink.h"

#include "flume/registry.h"
#include "base/clock.h"
#include "flume/support/kafka_settings.h"
#include "flume/sinks/escapes.h"

#include <algorithm>
#include <charconv>

namespace millrace::flume {
namespace {

std::optional<std::int64_t> asNumber(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return {};
    return value;
}

std::string acksOf(Settings& settings) {
    const auto old = settings.textIfSet("requiredAcks");
    const std::string acks = settings.text("kafka.producer.acks");
    if (!old) return acks;
    return *old == "-1" ? "all" : *old;
}

} // namespace

Result<KafkaSinkOptions> readKafkaSinkOptions(Settings& settings) {
    KafkaSinkOptions options;
    const std::string servers = readKafkaServers(settings, "brokerList");
    const auto oldTopic = settings.textIfSet("topic");
    options.topic = oldTopic.value_or(settings.text("kafka.topic"));
    const auto oldBatch = settings.numberIfSet("batchSize");
    options.batchSize =
        static_cast<std::size_t>(std::max<std::int64_t>(1, oldBatch.value_or(settings.number("flumeBatchSize"))));
    options.allowTopicOverride = settings.flag("allowTopicOverride");
    options.topicHeader = settings.text("topicHeader");
    options.partition = KafkaPartitionChoice(settings);
    options.timestampHeader = settings.textIfSet("timestampHeader");
    options.headers = settings.group("header");
    options.flumeEventFormat = settings.flag("useFlumeEventFormat");
    auto connection = readKafkaConnection(settings, kafka::ClientRole::producer, servers, "kafka.producer",
                                          {{"acks", acksOf(settings)}});
    MILLRACE_TRY(settings.status());
    if (!connection) return std::move(connection).error();
    options.connection = std::move(*connection);
    return options;
}

KafkaSink::KafkaSink(KafkaSinkOptions options, const ComponentServices& services)
    : BatchSink(services, options.batchSize, FlumeCounter::rollback), options_(std::move(options)) {
    takeServices(options_.connection, services);
}

Status KafkaSink::start() {
    for (const auto& note : options_.connection.notes)
        services().log->info(services().id, "kafka.producer.{}", note);
    auto producer = kafka::Producer::make(options_.connection, *services().log, services().id);
    if (!producer) return std::move(producer).error();
    producer_ = std::move(*producer);
    return ok();
}

void KafkaSink::stop() {
    producer_.reset();
}

Status KafkaSink::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readKafkaSinkOptions(settings);
    if (!options) return std::move(options).error();
    setBatchSize(options->batchSize);
    return ok();
}

Result<KafkaRoute> KafkaSink::routeFor(const HeaderSet& headers) const {
    KafkaRoute route;
    const std::string* chosen = options_.allowTopicOverride ? headers.find(options_.topicHeader) : nullptr;
    if (chosen) {
        route.topic = *chosen;
    } else if (options_.allowTopicOverride && hasEscapes(options_.topic)) {
        auto topic = expandEscapes(options_.topic, headers);
        if (!topic) return topic.error().in("kafka.topic");
        route.topic = std::move(*topic);
    } else {
        route.topic = options_.topic;
    }
    const auto partition = options_.partition.of(headers);
    if (!partition) return partition.error();
    route.partition = *partition;
    if (const auto* text = options_.timestampHeader ? headers.find(*options_.timestampHeader) : nullptr)
        route.timestampMs = asNumber(*text).value_or(0);
    if (const auto* key = headers.find(kKafkaKeyHeader)) route.key = *key;
    for (const auto& [from, to] : options_.headers)
        if (const auto* value = headers.find(from)) route.headers.emplace_back(to, *value);
    return route;
}

Status KafkaSink::send(std::span<const EventRange> events, std::size_t) {
    const auto before = services().clock->now();
    const auto records = records_.make(events, options_.flumeEventFormat,
                                       [this](const HeaderSet& headers) { return routeFor(headers); });
    if (!records) return records.error();
    MILLRACE_TRY(producer_->send(*records, services().stopping));
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(services().clock->now() - before);
    (*services().counters)[FlumeCounter::kafkaEventSendTimer].addFromOwner(took.count());
    return ok();
}

Result<std::unique_ptr<Sink>> makeKafkaSink(Settings& settings, const ComponentServices& services) {
    auto options = readKafkaSinkOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<KafkaSink>(std::move(*options), services));
}

MILLRACE_COMPONENT(KafkaSink, "org.apache.flume.sink.kafka.KafkaSink", &makeKafkaSink)

} // namespace millrace::flume
