#include "flume/channels/kafka/kafka_channel.h"

#include "flume/channels/kafka/kafka_transaction.h"
#include "flume/registry.h"
#include "flume/support/kafka_settings.h"

namespace millrace::flume {

namespace {

/// A sink that has nothing to take sleeps until records come, and a group must not expel it for that.
constexpr const char* kPollInterval = "86400000";

std::string eitherName(Settings& settings, std::string_view name, std::string_view oldName) {
    const auto old = settings.textIfSet(oldName);
    const std::string now = settings.text(name);
    return old && !settings.isSet(name) ? *old : now;
}

std::string offsetReset(Settings& settings) {
    constexpr std::string_view kReset = "kafka.consumer.auto.offset.reset";
    const auto smallest = settings.textIfSet("readSmallestOffset");
    const std::string reset = settings.text(kReset);
    if (!smallest || settings.isSet(kReset)) return reset;
    return settings.flag("readSmallestOffset") ? "earliest" : "latest";
}

} // namespace

Result<KafkaChannel::Options> KafkaChannel::readOptions(Settings& settings) {
    Options options;
    const std::string servers = readKafkaServers(settings, "brokerList");
    options.subscription.group = eitherName(settings, "kafka.consumer.group.id", "groupId");
    options.subscription.topics = {eitherName(settings, "kafka.topic", "topic")};
    options.partition = KafkaPartitionChoice(settings);
    options.asFlumeEvents = settings.flag("parseAsFlumeEvent");
    (void)settings.duration("kafka.pollTimeout"); // who has nothing to take is woken, instead of asking for so long
    (void)settings.textIfSet("zookeeperConnect");
    (void)settings.flag("migrateZookeeperOffsets");
    auto producer = readKafkaConnection(settings, kafka::ClientRole::producer, servers, "kafka.producer",
                                        {{"acks", settings.text("kafka.producer.acks")}});
    auto consumer = readKafkaConnection(settings, kafka::ClientRole::consumer, servers, "kafka.consumer",
                                        {{"auto.offset.reset", offsetReset(settings)}});
    MILLRACE_TRY(settings.status());
    if (!producer) return std::move(producer).error();
    if (!consumer) return std::move(consumer).error();
    options.producer = std::move(*producer);
    options.consumer = std::move(*consumer);
    if (!settings.isSet("kafka.consumer.max.poll.interval.ms"))
        options.consumer.set("max.poll.interval.ms", kPollInterval);
    return options;
}

Result<std::unique_ptr<Channel>> KafkaChannel::make(Settings& settings, const ComponentServices& services) {
    auto options = readOptions(settings);
    for (const std::string& warning : settings.warnings())
        services.log->warning(services.id, "{}", warning);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Channel>(std::make_unique<KafkaChannel>(std::move(*options), services));
}

KafkaChannel::KafkaChannel(Options options, const ComponentServices& services)
    : services_(services), options_([&] {
          takeServices(options.producer, services);
          takeServices(options.consumer, services);
          return std::move(options);
      }()) {}

Status KafkaChannel::start() {
    for (const auto& note : options_.producer.notes)
        services_.log->info(services_.id, "kafka.producer.{}", note);
    for (const auto& note : options_.consumer.notes)
        services_.log->info(services_.id, "kafka.consumer.{}", note);
    stopped_.store(false);
    takers_.wakeAll();
    return ok();
}

void KafkaChannel::stop() {
    stopped_.store(true);
}

std::unique_ptr<Transaction> KafkaChannel::newTransaction(WakeUp& waker) {
    return std::make_unique<KafkaTransaction>(*this, waker);
}

Status KafkaChannel::reconfigure(const catalog::ComponentConfig&) {
    return Error{ErrorCode::unsupported, "another topic, group or client takes a restart of the channel", false};
}

MILLRACE_COMPONENT(KafkaChannel, "org.apache.flume.channel.kafka.KafkaChannel", &KafkaChannel::make)

} // namespace millrace::flume
