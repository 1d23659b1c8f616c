#pragma once

#include "base/random.h"
#include "broker/cluster/cluster_metadata.h"
#include "broker/compaction/cleanable.h"
#include "broker/compaction/compaction_run.h"
#include "broker/partitions/replicas.h"
#include "broker/settings/broker_settings.h"

#include <memory>
#include <optional>

namespace millrace::broker {

/// Compacts the partitions of topics with `cleanup.policy=compact`, one at a time, the one with the largest new part
/// first; rests for log.cleaner.backoff.ms when none has enough. A partition in which it finds damage is left alone
/// until the broker starts again. As Kafka's LogCleaner with one thread. Loop thread only.
class LogCleaner {
public:
    LogCleaner(const BrokerSettings& settings, const ClusterMetadata& metadata, const Replicas& replicas,
               Random& random, const CompactionRun::Doors& doors)
        : settings_(settings), metadata_(metadata), replicas_(replicas), random_(random), doors_(doors) {}

    void start();
    void stop();

private:
    struct Candidate {
        std::shared_ptr<Partition> partition;
        ClusterMetadata::TopicPtr topic;
        Cleanable part;
    };
    void rest();
    void round();
    std::optional<Candidate> filthiest(EpochMs now) const;
    void compact(const Candidate& candidate, EpochMs now);
    CompactionTask taskFor(const Candidate& candidate, EpochMs now);
    void finished(Partition& partition, Result<std::int64_t> upTo);

    const BrokerSettings& settings_;
    const ClusterMetadata& metadata_;
    const Replicas& replicas_;
    Random& random_;
    CompactionRun::Doors doors_;
    std::shared_ptr<CompactionRun> run_; ///< null while none is under way
    Clock::TimerId resting_ = 0;
};

} // namespace millrace::broker
