#pragma once

#include "base/executor.h"
#include "base/log.h"
#include "broker/cluster/cluster_metadata.h"
#include "broker/common/lanes.h"
#include "broker/common/live_journal.h"
#include "broker/groups/group_coordinator.h"
#include "broker/partitions/group_commit.h"
#include "broker/partitions/replicas.h"
#include "broker/settings/broker_settings.h"
#include "broker/transactions/decide.h"
#include "broker/transactions/producer_ids.h"
#include "broker/transactions/transaction_entries.h"

#include <deque>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace millrace::broker {

/// All transactional ids of the broker. Each change is judged by decide(), written down in `transactions.journal`, on
/// stable storage, then done, then told: what was answered holds after any crash, and what was decided is finished by
/// the next start. Requests about one id wait for each other, so that clients need not come again (Kafka answers
/// CONCURRENT_TRANSACTIONS). Loop thread only.
class TransactionCoordinator {
public:
    struct Doors {
        const BrokerSettings& settings;
        Clock& clock;
        Executor& loop;
        Lanes lanes;
        Log& log;
        const ClusterMetadata& metadata;
        const Replicas& replicas;
        GroupCoordinator& groups;
        GroupCommit& commits;
        ProducerIds& producerIds;
    };
    explicit TransactionCoordinator(const Doors& doors) : doors_(doors) {}

    /// Reads the journal, and tells the groups what they wait for. May wait for the disk: before the loop serves, and
    /// when the groups are open.
    Status open(FileSystem& disk, const std::filesystem::path& directory);
    /// Aborts in the partitions what is open there and not known here, as when the journal was lost: nobody else would
    /// ever end it, and let its readers go on. As open(), when logs can be appended to; where that fails it is tried
    /// again with tick().
    void abortUnknown();
    /// Syncs what was written. Loop and lanes are at rest.
    Status close() { return journal_->sync(); }

    struct Outcome {
        std::int16_t error = 0; ///< Kafka's number
        std::int64_t producerId = -1;
        std::int16_t epoch = -1;
    };
    using Done = std::function<void(const Outcome&)>;
    /// `done` runs on the loop, now or later: with an error when nothing has changed, else with the producer id and
    /// epoch to go on with. An end that is decided is told when all partitions and groups know of it, or some cannot be
    /// told for now: then it is tried again, and what else is asked of the id answered CONCURRENT_TRANSACTIONS.
    void ask(const std::string& id, TransactionRequest request, Done done);
    /// Why the producer may not write to the partition in the transaction that is open under `id`; 0 when it may.
    std::int16_t whyNotIn(const std::string& id, std::int64_t producerId, std::int16_t epoch,
                          const TopicPartition& where) const;
    /// Null when it is not known.
    const Transaction* find(const std::string& id) const;
    /// Every id that is known.
    std::vector<const Transaction*> all() const;

    /// Forgets offsets that wait to become those of a group; `done` runs on the loop when that is on stable storage, or
    /// with Kafka's error number when it cannot be put there: then some may come back with the end of a transaction.
    void forgetOffsets(const ForgetOffsets& which, std::function<void(std::int16_t error)> done);
    /// The same for a topic that is gone; what cannot be forgotten now is tried again with tick().
    void topicRemoved(const std::string& topic, std::function<void()> done);
    /// Aborts what is open for too long, and finishes what was decided and could not be finished: before a crash, or
    /// on a full disk.
    void tick();
    /// Forgets ids that nobody has used for transactional.id.expiration.ms.
    void expire();

private:
    struct Entry {
        Transaction now;                    ///< dead: nobody knows the id yet, or any more
        std::optional<Transaction> writing; ///< in the journal, and about to be true
        bool busy = false;                  ///< with a request, or with an end
        bool releasing = false;
        std::deque<std::function<void()>> waiting;
        std::set<TopicPartition> told; ///< those partitions of a prepared transaction that have its marker
        bool groupsTold = false;
    };
    void run(const std::string& id, const TransactionRequest& request, const Done& done);
    void change(Entry& entry, Decision decision, const TransactionRequest& request, const Done& done);
    void write(Entry& entry, Transaction next, std::function<void(const Status&)> done);
    void adopt(Entry& entry, Transaction next);
    void answer(Entry& entry, std::int16_t error, const Done& done);
    /// A turn is over: the next request about the id has its own.
    void release(const std::string& id);
    void compactIfNeeded();

    // ending.cpp
    /// Tells partitions and groups how a prepared transaction has ended.
    void finish(Entry& entry, std::function<void()> done);
    /// Into the page cache; false when some are left to be told.
    bool tellPartitions(Entry& entry, GroupCommit::Logs& logs);
    Status tellPartition(const Entry& entry, const TopicPartition& where, Partition& partition) const;
    bool tellGroups(Entry& entry);
    void flush(Entry& entry, GroupCommit::Logs logs, std::function<void(bool)> done);
    void complete(Entry& entry);
    void abortUnknown(const TopicPartition& where, Partition& partition);
    std::shared_ptr<Partition> replicaOf(const TopicPartition& where) const;

    Doors doors_;
    std::unique_ptr<LiveJournal> journal_;
    std::map<std::string, Entry> entries_;
    std::set<std::string> removedTopics_; ///< of which some offsets could not be forgotten
    std::set<TopicPartition> unaborted_;  ///< where something is open that is not known
};

} // namespace millrace::broker
