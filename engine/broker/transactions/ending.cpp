// How partitions and groups hear of the end of a transaction.
#include "broker/transactions/transaction_coordinator.h"

#include "wire/error_code.h"

#include <algorithm>

namespace millrace::broker {

std::shared_ptr<Partition> TransactionCoordinator::replicaOf(const TopicPartition& where) const {
    const auto topic = doors_.metadata.find(where.first);
    return topic ? doors_.replicas.find(topic->id, where.second) : nullptr;
}

/// The marker goes to every partition, also to one that has no record of the transaction: what is under way to it must
/// come too late. A partition that is gone needs none.
bool TransactionCoordinator::tellPartitions(Entry& entry, GroupCommit::Logs& logs) {
    bool all = true;
    for (const TopicPartition& where : entry.now.partitions) {
        const auto replica = replicaOf(where);
        if (!replica) continue;
        if (auto told = tellPartition(entry, where, *replica); !told) {
            doors_.log.error("", "transactional id {}: its end cannot be written to {}-{}: {}", entry.now.id,
                             where.first, where.second, told.error().message);
            all = false;
            continue;
        }
        entry.told.insert(where);
        logs.push_back(replica->sharedLog());
    }
    return all;
}

Status TransactionCoordinator::tellPartition(const Entry& entry, const TopicPartition& where,
                                             Partition& partition) const {
    const bool committed = entry.now.state == TransactionState::prepareCommit;
    const wire::TransactionMarker marker{entry.now.producerId, entry.now.epoch, committed, 0, doors_.clock.epochMs()};
    if (entry.told.contains(where) || partition.producers().isOutdated(marker)) return ok();
    if (partition.offline()) return Error{ErrorCode::io, "the partition is offline"};
    auto written = partition.end(marker);
    return written ? ok() : Status(written.error());
}

/// An offset that the group has committed since, outside of the transaction, stays. One of the same time has come while
/// this one was about to be written.
bool TransactionCoordinator::tellGroups(Entry& entry) {
    if (entry.groupsTold) return true;
    for (const auto& [id, offsets] : entry.now.groups) {
        if (entry.now.state != TransactionState::prepareCommit) break;
        const Group* group = doors_.groups.find(id);
        Offsets newer;
        for (const auto& [where, offset] : offsets) {
            const auto old = group ? group->offsets.find(where) : Offsets::const_iterator();
            const bool outdated = group && old != group->offsets.end() && old->second.commitTime >= offset.commitTime;
            if (!outdated) newer.emplace(where, offset);
        }
        if (auto kept = doors_.groups.commit(id, newer); !kept) {
            doors_.log.error("", "transactional id {}: group {} cannot have its offsets: {}", entry.now.id, id,
                             kept.error().message);
            return false;
        }
    }
    entry.groupsTold = true;
    return true;
}

void TransactionCoordinator::finish(Entry& entry, std::function<void()> done) {
    GroupCommit::Logs logs;
    const bool partitionsTold = tellPartitions(entry, logs);
    const bool told = tellGroups(entry) && partitionsTold;
    if (!told) return done();
    flush(entry, std::move(logs), [this, &entry, done = std::move(done)](bool flushed) {
        if (flushed) complete(entry);
        done();
    });
}

/// What all have been told is on stable storage before the journal says that they have.
void TransactionCoordinator::flush(Entry& entry, GroupCommit::Logs logs, std::function<void(bool)> done) {
    const auto syncGroups = [this, groups = !entry.now.groups.empty(), done = std::move(done)](bool flushed) {
        if (!flushed || !groups) return done(flushed);
        doors_.groups.syncCommitted([done](const Status& synced) { done(synced.has_value()); });
    };
    if (logs.empty()) return syncGroups(true);
    doors_.commits.commit(std::move(logs), [syncGroups](std::span<const Status> flushed) {
        syncGroups(std::ranges::all_of(flushed, [](const Status& status) { return status.has_value(); }));
    });
}

/// Whether that is durable does not matter: all would be told once more.
void TransactionCoordinator::complete(Entry& entry) {
    Transaction next = completed(entry.now, doors_.clock.epochMs());
    if (auto written = journal_->append(encodedTransaction(next, entry.now)); !written) {
        doors_.log.error("", "transactional id {}: {}", entry.now.id, written.error().message);
        return;
    }
    entry.told.clear();
    entry.groupsTold = false;
    adopt(entry, std::move(next));
}

void TransactionCoordinator::abortUnknown() {
    for (const auto& [id, topic] : doors_.metadata.all())
        for (const auto& [index, replica] : doors_.replicas.of(topic->id))
            if (!replica->offline()) abortUnknown({topic->name, index}, *replica);
}

void TransactionCoordinator::abortUnknown(const TopicPartition& where, Partition& partition) {
    std::vector<wire::TransactionMarker> markers;
    for (const auto& [producerId, producer] : partition.producers().all()) {
        if (producer.openSince < 0) continue;
        const bool known = std::ranges::any_of(entries_, [&, id = producerId](const auto& entry) {
            const Transaction& transaction = entry.second.now;
            return transaction.producerId == id && transaction.partitions.contains(where);
        });
        if (!known) markers.push_back({producerId, producer.epoch, false, 0, doors_.clock.epochMs()});
    }
    for (const auto& marker : markers) {
        const auto written = partition.end(marker);
        if (!written) unaborted_.insert(where);
        doors_.log.warning("", "{}-{}: a transaction of producer {} that is not known any more is {}", where.first,
                           where.second, marker.producerId, written ? "aborted" : "open: " + written.error().message);
    }
}

} // namespace millrace::broker
