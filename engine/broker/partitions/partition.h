#pragma once

#include "base/log.h"
#include "broker/common/traffic_counters.h"
#include "broker/partitions/producer_states.h"
#include "storage/partition_log.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace millrace::broker {

/// Who wants to know that a partition has more to read: a parked fetch.
class AppendListener {
public:
    virtual ~AppendListener() = default;
    virtual void appended(std::size_t bytes) = 0;
    virtual void partitionGone() = 0;
};

/// One partition as the loop sees it: its log, its producers, who waits at its end. Loop thread only, but counters and
/// the log's "any thread" calls.
class Partition {
public:
    /// Opens the log and learns the producers from the snapshot beside it and the batches written since. A snapshot
    /// that is not of this log is removed. May wait for the disk.
    static Result<std::shared_ptr<Partition>> open(FileSystem& disk, const std::filesystem::path& directory,
                                                   std::string topic, std::int32_t index,
                                                   const storage::LogConfig& config, Log& log);

    /// The same for a partition that has been there before: one that cannot be opened is offline, which `log` is told,
    /// and its files stay as they are. Never null.
    static std::shared_ptr<Partition> openOrOffline(FileSystem& disk, const std::filesystem::path& directory,
                                                    const std::string& topic, std::int32_t index,
                                                    const storage::LogConfig& config, Log& log);

    const std::string& topic() const { return topic_; }
    std::int32_t index() const { return index_; }
    storage::PartitionLog& log() { return *log_; }
    const storage::PartitionLog& log() const { return *log_; }
    /// Keeps the log open for work on another thread after the topic was deleted.
    std::shared_ptr<storage::PartitionLog> sharedLog() const { return log_; }
    /// It can neither be written nor read until the broker starts again: requests are answered with
    /// KAFKA_STORAGE_ERROR.
    bool offline() const { return log_->failed(); }

    /// It leads from now on, in the epoch that the cluster's metadata gives it. Precondition of append() and of all
    /// that speaks of epochs.
    void lead(std::int32_t epoch) { leaderEpoch_ = epoch; }
    std::int32_t leaderEpoch() const { return leaderEpoch_; }
    /// Where what the leader of `epoch` wrote ends.
    storage::LeaderEpochs::End endOfEpoch(std::int32_t epoch) const;
    /// Kafka's error number for a request that believes in `epoch`; a negative one believes in any.
    std::int16_t epochError(std::int32_t epoch) const;
    /// Behind the last record of this replica.
    std::int64_t logEndOffset() const { return log_->nextOffset(); }
    /// What consumers may read: all that every replica in sync has, which with one replica is all.
    std::int64_t highWatermark() const { return highWatermark_; }
    /// What consumers of committed records may read: up to the first open transaction.
    std::int64_t lastStableOffset() const;
    ProducerStates& producers() { return producers_; }

    /// Appends one batch and tells the listeners.
    Result<storage::AppendResult> append(const Bytes& batch, wire::BatchHeader header);
    /// Ends a transaction with a marker, which is written whether one is open here or not: records that are under way
    /// in an epoch of before it are refused from then on.
    Result<storage::AppendResult> end(const wire::TransactionMarker& marker);

    void listen(AppendListener* listener) { listeners_.push_back(listener); }
    void forget(AppendListener* listener) { std::erase(listeners_, listener); }
    /// The topic was deleted: parked fetches look again and find nothing.
    void markGone();
    bool gone() const { return gone_; }

    /// Writes the producers beside the log. May wait for the disk: at stop, with the loop at rest.
    Status saveProducers();
    /// A snapshot is due when this much was appended since the last, so that a start after a crash replays no more.
    static constexpr std::uint64_t kSnapshotBytes = 64 * 1024 * 1024;
    bool snapshotDue() const { return bytesSinceSnapshot_ >= kSnapshotBytes; }
    /// What saveProducers() would write, to be written on the I/O thread by writeSnapshot().
    std::vector<std::uint8_t> takeSnapshot();
    static Status writeSnapshot(storage::PartitionLog& log, std::span<const std::uint8_t> snapshot);
    const std::filesystem::path& directory() const { return directory_; }

    TrafficCounters counters;
    /// The cleaner's.
    struct Compaction {
        std::int64_t upTo = 0; ///< as far as the last pass came
        bool setAside = false; ///< damage was found: none until the next start
    } compaction;
    bool failureTold = false; ///< that the log takes no records was logged, and it has not taken any since

private:
    Partition(std::filesystem::path directory, std::string topic, std::int32_t index,
              std::shared_ptr<storage::PartitionLog> log)
        : directory_(std::move(directory)),
          topic_(std::move(topic)),
          index_(index),
          log_(std::move(log)),
          highWatermark_(log_->nextOffset()) {}
    void learn(const wire::BatchHeader& header, const Bytes& batch);
    Status learnProducers(FileSystem& disk, Log& log);
    Result<std::int64_t> restoreProducers(FileSystem& disk, Log& log);

    std::filesystem::path directory_;
    std::string topic_;
    std::int32_t index_;
    std::shared_ptr<storage::PartitionLog> log_;
    std::int32_t leaderEpoch_ = -1; ///< it does not lead
    std::int64_t highWatermark_;
    ProducerStates producers_;
    std::vector<AppendListener*> listeners_;
    std::uint64_t bytesSinceSnapshot_ = 0;
    bool gone_ = false;
    std::int64_t snapshotOffset_ = 0; ///< up to which the last snapshot is right
};

} // namespace millrace::broker
