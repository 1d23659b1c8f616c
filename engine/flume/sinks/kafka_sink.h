#pragma once

#include "flume/settings.h"
#include "flume/support/batch_sink.h"
#include "kafka/connection_config.h"
#include "kafka/producer.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

struct KafkaSinkOptions {
    kafka::ConnectionConfig connection;
    std::string topic;
    std::size_t batchSize = 100;
    bool allowTopicOverride = true;
    std::string topicHeader;
    std::optional<std::string> partitionIdHeader;
    std::optional<std::int32_t> defaultPartitionId;
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
    /// What events with the same headers have in common.
    struct Route {
        std::string topic;
        std::int32_t partition = -1;
        std::int64_t timestampMs = 0;
        std::optional<std::string> key;
        std::vector<std::pair<std::string, std::string>> headers;
    };
    Result<Route> routeFor(const HeaderSet& headers) const;
    Status send(std::span<const EventRange> events, std::size_t count) override;
    using Routes = std::map<const HeaderSet*, Route>;
    /// The records point into `routes`, which this fills, into the events and into datums_.
    Result<std::vector<kafka::OutRecord>> recordsOf(std::span<const EventRange> ranges, std::size_t count,
                                                    Routes& routes);

    KafkaSinkOptions options_;
    std::unique_ptr<kafka::Producer> producer_;
    std::string datums_; ///< the batch in Avro form, kept for its memory
};

Result<std::unique_ptr<Sink>> makeKafkaSink(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
