#pragma once

#include "base/random.h"
#include "broker/compaction/log_cleaner.h"
#include "broker/requests/context.h"
#include "broker/security/scram_users.h"
#include "broker/server/snapshot.h"
#include "net/address.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace millrace::broker {

/// All of the broker but its sockets and threads: what handlers work with, wired together over the doors it is given.
/// A test gives it a ManualExecutor several times over. Loop thread only, unless stated otherwise.
class BrokerCore {
public:
    struct Doors {
        FileSystem& disk;
        Executor& loop;
        Lanes lanes;
        Clock& clock; ///< of the loop
        Random& random;
        Log& log;
    };
    /// May wait for the disk: before the loop serves. alreadyExists: another broker has the directory; corrupt: what
    /// lies there cannot be understood; invalidArgument: it is the directory of a broker with another id.
    static Result<std::unique_ptr<BrokerCore>> open(BrokerSettings settings, const std::filesystem::path& dataDir,
                                                    const Doors& doors);

    Context& context() { return context_; }
    /// Begins what time brings: the sessions of members, retention, expiry of offsets and producers, timeouts of
    /// transactions, flushing of what nobody waited for.
    void startTimers();
    /// What DescribeConfigs tells of it: `addresses` are those of the listeners, in their order.
    void listensAt(const std::vector<net::Address>& addresses);
    /// Ends the periodic part of it.
    void stopTimers();
    BrokerSnapshot snapshot() const;
    /// Flushes and marks as cleanly stopped. May wait for the disk; loop and lanes are at rest.
    Status close();

private:
    BrokerCore(BrokerSettings settings, const std::filesystem::path& dataDir, const Doors& doors);
    Status openMetaProperties();
    Status openTransactions();
    std::string newId();
    std::optional<std::int64_t> logEnd(const TopicPartition& where) const;
    void clean();
    void expireGroups();
    void timeOutTransactions();
    void expireTransactionalIds();
    /// Does on the slow lane what retention has left to the disk.
    void clean(Partition& partition, EpochMs now);
    void removeFiles(const Partition& partition, storage::DiskWork work);
    /// One chain at a time: a slow disk is not asked for the same twice.
    void flushAll(std::vector<std::shared_ptr<storage::PartitionLog>> logs);
    /// Puts `logs` on stable storage, one visit to the slow lane each: whoever waits for it waits for one only.
    void flushNext(std::vector<std::shared_ptr<storage::PartitionLog>> logs);

    std::unique_ptr<FileLock> lock_; ///< of the data directory; let go last
    BrokerSettings settings_;
    TrafficCounters counters_;
    ClusterMetadata metadata_;
    Replicas replicas_;
    Topics topics_;
    GroupCoordinator groups_;
    BrokerConfigs brokerConfigs_;
    AccessStore access_;
    Authorizer authorizer_;
    ClientQuotas quotas_;
    std::unique_ptr<ProducerIds> producerIds_;
    std::unique_ptr<TransactionCoordinator> transactions_;
    std::unique_ptr<ScramUsers> scramUsers_;
    GroupCommit commits_;
    Doors doors_;
    LogCleaner cleaner_;
    Context context_;
    Clock::TimerId cleaning_ = 0, expiring_ = 0, timingOut_ = 0, forgetting_ = 0;
    bool flushing_ = false;
};

} // namespace millrace::broker
