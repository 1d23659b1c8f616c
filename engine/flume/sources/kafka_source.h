#pragma once

#include "flume/component.h"
#include "flume/settings.h"
#include "kafka/connection_config.h"
#include "kafka/consumer.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace millrace::flume {

struct KafkaSourceOptions {
    kafka::ConnectionConfig connection;
    kafka::Subscription subscription;
    std::size_t batchSize = 1000;
    bool flumeEventFormat = false;
    bool setTopicHeader = true;
    std::string topicHeader;
    std::map<std::string, std::string> headers; ///< event header → record header it is copied from
};
Result<KafkaSourceOptions> readKafkaSourceOptions(Settings& settings);

/// org.apache.flume.source.kafka.KafkaSource: offsets are committed after the channels' commits (at least once). A
/// batch that no channel takes is kept; when its partitions are taken away meanwhile, or the source is stopped, it is
/// dropped, since its records come again.
class KafkaSource final : public Source {
public:
    KafkaSource(KafkaSourceOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override;
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;

private:
    Result<Cycle> poll(ChannelProcessor& output);
    Result<Cycle> deliver(ChannelProcessor& output);
    void build();
    bool addEvent(EventBatchBuilder& builder, std::size_t index);
    void forgetRevoked();

    KafkaSourceOptions options_;
    ComponentServices services_;
    std::unique_ptr<kafka::Consumer> consumer_;
    kafka::RecordBatch records_;
    EventBatchPtr pending_;
    std::vector<kafka::PartitionProgress> progress_; ///< of pending_
    std::uint64_t revocationsSeen_ = 0;
};

Result<std::unique_ptr<Source>> makeKafkaSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
