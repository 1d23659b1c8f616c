#pragma once

#include "flume/settings.h"
#include "flume/support/batch_sink.h"
#include "flume/support/kafka_records.h"
#include "kafka/connection_config.h"
#include "kafka/producer.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace millrace::flume {

struct KafkaSinkOptions {
    kafka::ConnectionConfig connection;
    std::string topic;
    std::size_t batchSize = 100;
    bool allowTopicOverride = true;
    std::string topicHeader;
    KafkaPartitionChoice partition;
    std::optional<std::string> timestampHeader;
    std::map<std::string, std::string> headers; ///< Flume's header → record header
    bool flumeEventFormat = false;
};
Result<KafkaSinkOptions> readKafkaSinkOptions(Settings& settings);

/// org.apache.flume.sink.kafka.KafkaSink: a batch is sent, all acknowledgements are awaited, then the take is
/// committed. A batch of which one record was refused is rolled back as a whole, so that duplicates are possible,
/// losses not.
class KafkaSink final : public BatchSink {
public:
    KafkaSink(KafkaSinkOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    Result<KafkaRoute> routeFor(const HeaderSet& headers) const;
    Status send(std::span<const EventRange> events, std::size_t count) override;

    KafkaSinkOptions options_;
    std::unique_ptr<kafka::Producer> producer_;
    KafkaRecords records_;
};

Result<std::unique_ptr<Sink>> makeKafkaSink(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
