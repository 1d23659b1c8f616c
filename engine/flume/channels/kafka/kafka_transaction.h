#pragma once

#include "flume/channels/kafka/kafka_channel.h"
#include "flume/channels/runner_transaction.h"
#include "kafka/producer.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace millrace::flume {

/// One runner's transaction on a Kafka channel, with the producer and the group member that it has for itself; they are
/// made when they are first needed.
class KafkaTransaction final : public RunnerTransaction {
public:
    KafkaTransaction(KafkaChannel& channel, WakeUp& waker);
    ~KafkaTransaction() override { end(); }

private:
    Status add(const EventRange& range) override;
    Status publishPuts() override;
    Result<KafkaRoute> routeFor(const HeaderSet& headers) const;
    Result<std::size_t> takeInto(std::vector<EventRange>& into, std::size_t maxEvents) override;
    Status join();
    EventBatchPtr batchOf(const kafka::RecordBatch& records);
    void reportSkipped(std::size_t more);
    bool addEvent(EventBatchBuilder& builder, const kafka::InRecord& record) const;
    void remember(std::vector<kafka::PartitionProgress> progress);
    bool eventsReady() const override { return false; } ///< the group member wakes its own runner only
    void wakeTaker() override {}
    Status commitTakes() override;
    void undo() override;
    void closed() override;

    KafkaChannel& channel_;
    std::unique_ptr<kafka::Producer> producer_;
    std::unique_ptr<kafka::Consumer> consumer_;
    std::vector<EventRange> puts_;
    KafkaRecords records_;
    kafka::RecordBatch polled_;
    std::vector<kafka::PartitionProgress> progress_; ///< of what is taken, one element a partition
    std::uint64_t revocations_ = 0;                  ///< seen when the first of it was taken
    std::size_t skipped_ = 0;                        ///< and not yet told
    MonotonicTime tellAgain_{};
};

} // namespace millrace::flume
