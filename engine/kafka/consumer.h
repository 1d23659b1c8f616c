#pragma once

#include "base/log.h"
#include "base/result.h"
#include "kafka/admin.h"
#include "kafka/connection_config.h"
#include "kafka/record_batch.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace millrace::kafka {

struct Subscription {
    std::string group;
    std::vector<std::string> topics;
    std::string pattern; ///< Java regular expression over whole topic names; wins over `topics` when not empty
};

/// A member of a consumer group. One thread (the runner's): callbacks run inside poll(), keepAlive() and close().
/// Nothing is committed unless commit() is called.
class Consumer {
public:
    /// Subscribes; joining goes on inside later polls. `onReady` is called from librdkafka's threads, once each time
    /// something to poll appears where there was nothing: it may only wake the owner. `log` outlives the consumer and
    /// the batches it filled.
    static Result<std::unique_ptr<Consumer>> make(const ConnectionConfig& config, const Subscription& subscription,
                                                  std::function<void()> onReady, Log& log, std::string node);
    /// Reads these partitions from these offsets on, as a member of no group: commit() is not for it.
    static Result<std::unique_ptr<Consumer>> makeAt(const ConnectionConfig& config, const Offsets& from,
                                                    std::function<void()> onReady, Log& log, std::string node);
    ~Consumer(); ///< closes
    Consumer(const Consumer&) = delete;
    Consumer& operator=(const Consumer&) = delete;

    /// Adds up to `max` records to `into`: waits at most `firstWait` for the first, then takes what is ready. Fewer
    /// than `max` mean that nothing more was ready and that onReady will be called. Records of partitions that are
    /// taken away in the middle are removed from `into` again. An error says why nothing comes (no broker, no
    /// such topic, not allowed); polling goes on as usual.
    Status poll(RecordBatch& into, std::size_t max, std::chrono::milliseconds firstWait);
    /// For an owner that holds records it cannot place yet: stays in the group without reading on.
    void keepAlive();
    /// The longest an owner may stay away from poll() and keepAlive() before the group expels it.
    std::chrono::milliseconds maxPollInterval() const;

    /// Commits `next` of each; returns at once. Failures are logged and counted, the next commit makes up for them.
    void commit(std::span<const PartitionProgress> progress);
    /// Goes back to `first` of each partition that is still assigned, so that its records come again.
    void rewind(std::span<const PartitionProgress> progress);

    /// Raised each time partitions are taken away: records read before and not committed will be read by someone else.
    std::uint64_t revocations() const;
    std::size_t assignedPartitions() const;
    /// Of those that makeAt() was given: how many have been read to their end since they began.
    std::size_t partitionsRead() const;
    std::uint64_t failedCommits() const;

    /// Finishes commits (at most 2 s) and leaves the group.
    void close();

private:
    struct Impl;
    static Result<std::shared_ptr<Impl>> open(const ConnectionConfig& config, std::function<void()> onReady, Log& log,
                                              std::string node);
    explicit Consumer(std::shared_ptr<Impl> impl);
    std::shared_ptr<Impl> impl_; ///< shared with the batches it filled: their records live in librdkafka's handle
};

} // namespace millrace::kafka
