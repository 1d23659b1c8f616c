#include "flume/sources/kafka_source.h"

#include "flume/registry.h"
#include "flume/support/counted_batches.h"
#include "flume/support/kafka_settings.h"
#include "rpc/avro_event.h"

#include <algorithm>

namespace millrace::flume {
namespace {

/// A list is one property in Flume, an old and a new one here.
std::vector<std::string> readTopics(Settings& settings) {
    auto topics = settings.list("kafka.topics");
    const auto old = settings.list("topic");
    return topics.empty() ? old : topics;
}

std::string readGroup(Settings& settings) {
    constexpr std::string_view kDefault = "flume";
    const std::string old = settings.text("groupId");
    std::string group = settings.text("kafka.consumer.group.id");
    return group == kDefault ? old : group;
}

void setIfAbsent(std::vector<std::pair<std::string, std::string>>& headers, std::string_view name, std::string value) {
    const bool known =
        std::any_of(headers.begin(), headers.end(), [&](const auto& entry) { return entry.first == name; });
    if (!known) headers.emplace_back(name, std::move(value));
}

} // namespace

Result<KafkaSourceOptions> readKafkaSourceOptions(Settings& settings) {
    KafkaSourceOptions options;
    const std::string servers = readKafkaServers(settings, "zookeeperConnect");
    options.subscription.group = readGroup(settings);
    options.subscription.topics = readTopics(settings);
    options.subscription.pattern = settings.text("kafka.topics.regex");
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    options.flumeEventFormat = settings.flag("useFlumeEventFormat");
    options.setTopicHeader = settings.flag("setTopicHeader");
    options.topicHeader = settings.text("topicHeader");
    options.headers = settings.group("header");
    // An upper bound that is never reached: a batch is closed as soon as nothing more is ready.
    (void)settings.duration("batchDurationMillis");
    (void)settings.textIfSet("timestampHeader"); // Flume does not read it either
    (void)settings.flag("migrateZookeeperOffsets");
    if (settings.textIfSet("zookeeperConnect"))
        return Error{ErrorCode::unsupported,
                     settings.who() + ": zookeeperConnect cannot be used; write kafka.bootstrap.servers", false};
    auto connection = readKafkaConnection(settings, kafka::ClientRole::consumer, servers, "kafka.consumer", {});
    MILLRACE_TRY(settings.status());
    if (!connection) return std::move(connection).error();
    options.connection = std::move(*connection);
    if (options.subscription.topics.empty() && options.subscription.pattern.empty())
        return Error{ErrorCode::invalidArgument, settings.who() + ": kafka.topics or kafka.topics.regex is missing",
                     false};
    return options;
}

KafkaSource::KafkaSource(KafkaSourceOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {
    takeServices(options_.connection, services);
}

Status KafkaSource::start() {
    for (const auto& note : options_.connection.notes)
        services_.log->info(services_.id, "kafka.consumer.{}", note);
    // What an aborted run left undelivered was not committed and comes again.
    pending_.reset();
    progress_.clear();
    records_.clear();
    consumer_.reset();
    WakeUp* wakeUp = services_.wakeUp;
    auto consumer = kafka::Consumer::make(
        options_.connection, options_.subscription, [wakeUp] { wakeUp->notify(); }, *services_.log, services_.id);
    if (!consumer) return std::move(consumer).error();
    consumer_ = std::move(*consumer);
    return ok();
}

void KafkaSource::stop() {
    // What no channel has taken was not committed: whoever gets the partitions now reads it. A member that stayed for
    // it would keep them from everybody as long as the channels are full.
    pending_.reset();
    progress_.clear();
    consumer_.reset();
}

Status KafkaSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readKafkaSourceOptions(settings);
    if (!options) return std::move(options).error();
    options_.batchSize = options->batchSize;
    return ok();
}

Result<Cycle> KafkaSource::cycle(ChannelProcessor& output) {
    if (!consumer_) return Cycle::idle();
    if (pending_) {
        consumer_->keepAlive(); // the group must not expel a member that waits for room in a channel
        forgetRevoked();
    }
    return pending_ ? deliver(output) : poll(output);
}

/// Events of partitions that were taken away are read by their next owner, or again by us.
void KafkaSource::forgetRevoked() {
    if (consumer_->revocations() == revocationsSeen_) return;
    revocationsSeen_ = consumer_->revocations();
    consumer_->rewind(progress_);
    pending_.reset();
    progress_.clear();
}

Result<Cycle> KafkaSource::poll(ChannelProcessor& output) {
    if (Status polled = consumer_->poll(records_, options_.batchSize, std::chrono::milliseconds(0)); !polled)
        return Cycle::backoff(std::move(polled).error());
    revocationsSeen_ = consumer_->revocations();
    if (records_.empty()) {
        (*services_.counters)[FlumeCounter::kafkaEmpty].addFromOwner(1);
        return Cycle::idle(services_.clock->now() + consumer_->maxPollInterval() / 3);
    }
    build();
    if (!pending_) { // nothing in it could be read as an event
        consumer_->commit(progress_);
        return Cycle::ready();
    }
    return deliver(output);
}

void KafkaSource::build() {
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < records_.size(); ++i)
        bytes += records_[i].value.size();
    EventBatchBuilder builder(bytes, records_.size());
    std::size_t skipped = 0;
    for (std::size_t i = 0; i < records_.size(); ++i)
        if (!addEvent(builder, i)) ++skipped;
    if (skipped > 0)
        services_.log->warning(services_.id, "{} record(s) of topic {} are no Flume events in Avro form and were skipped",
                              skipped, records_[0].topic);
    progress_ = records_.progress();
    records_.clear();
    pending_ = builder.finish();
}

bool KafkaSource::addEvent(EventBatchBuilder& builder, std::size_t index) {
    const kafka::InRecord record = records_[index];
    std::vector<std::pair<std::string, std::string>> headers;
    std::string_view body = record.value;
    if (options_.flumeEventFormat) {
        const auto event = rpc::decodeAvroEvent(record.value);
        if (!event) return false;
        event->headers.forEach(
            [&](std::string_view name, std::string_view value) { headers.emplace_back(name, value); });
        body = event->body;
    }
    for (const auto& [header, from] : options_.headers)
        if (const auto value = records_.header(index, from)) headers.emplace_back(header, *value);
    if (record.timestampMs >= 0) setIfAbsent(headers, "timestamp", std::to_string(record.timestampMs));
    if (options_.setTopicHeader) setIfAbsent(headers, options_.topicHeader, std::string(record.topic));
    setIfAbsent(headers, "partition", std::to_string(record.partition));
    setIfAbsent(headers, "offset", std::to_string(record.offset));
    if (record.key) headers.emplace_back("key", *record.key); // a later entry of a name wins
    builder.setHeaders(std::make_shared<const HeaderSet>(std::move(headers)));
    return builder.add(body);
}

Result<Cycle> KafkaSource::deliver(ChannelProcessor& output) {
    if (Status processed = processCounted(output, pending_, *services_.counters); !processed)
        return Cycle::backoff(std::move(processed).error());
    consumer_->commit(progress_);
    pending_.reset();
    progress_.clear();
    return Cycle::ready();
}

Result<std::unique_ptr<Source>> makeKafkaSource(Settings& settings, const ComponentServices& services) {
    auto options = readKafkaSourceOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<KafkaSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(KafkaSource, "org.apache.flume.source.kafka.KafkaSource", &makeKafkaSource)

} // namespace millrace::flume
