#pragma once

#include "flume/channel.h"
#include "flume/channels/wait_list.h"
#include "flume/component.h"
#include "flume/settings.h"
#include "flume/support/kafka_records.h"
#include "kafka/connection_config.h"
#include "kafka/consumer.h"

#include <atomic>
#include <memory>
#include <string>

namespace millrace::flume {

/// A topic as a channel (org.apache.flume.channel.kafka.KafkaChannel). Puts are sent at commit, which returns when the
/// brokers have acknowledged all; when it fails some may be in the topic, so that a retry can double them. Takes are
/// records of a consumer group of which each sink's runner is a member; their offsets are committed with them. What is
/// rolled back is read again. Without a sink it is a producer, without a source a consumer. How many events wait is
/// not known here.
class KafkaChannel final : public Channel {
public:
    struct Options {
        kafka::ConnectionConfig producer, consumer;
        kafka::Subscription subscription;
        KafkaPartitionChoice partition;
        bool asFlumeEvents = true;
    };
    /// Reads exactly the declared keys.
    static Result<Options> readOptions(Settings& settings);
    static Result<std::unique_ptr<Channel>> make(Settings& settings, const ComponentServices& services);

    KafkaChannel(Options options, const ComponentServices& services);

    Status start() override; ///< connects to nobody yet
    void stop() override;
    std::unique_ptr<Transaction> newTransaction(WakeUp& waker) override;
    ChannelLevel level() const override { return {}; }
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    friend class KafkaTransaction;
    const std::string& topic() const { return options_.subscription.topics.front(); }
    void count(FlumeCounter counter, std::int64_t more) const { (*services_.counters)[counter].add(more); }

    const ComponentServices& services_;
    const Options options_;
    std::atomic<bool> stopped_{false};
    WaitList takers_;
};

} // namespace millrace::flume
