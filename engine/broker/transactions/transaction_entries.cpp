#include "broker/transactions/transaction_entries.h"

#include "wire/reader.h"
#include "wire/writer.h"

#include <fmt/core.h>

namespace millrace::broker {

namespace {

constexpr std::uint8_t kVersion = 1; ///< of the form of an entry; what is only added to it goes into tagged fields

// What is written must be readable again: Journal bounds the bytes of an entry, and Reader what it is in memory.
constexpr std::size_t kItemsPerEntry = 1000;
constexpr std::size_t kTextPerEntry = 1024 * 1024;

TransactionEntry headOf(const Transaction& transaction) {
    TransactionEntry entry;
    entry.id = transaction.id;
    entry.state = static_cast<std::int8_t>(transaction.state);
    entry.producerId = transaction.producerId;
    entry.epoch = transaction.epoch;
    entry.lastProducerId = transaction.lastProducerId;
    entry.lastEpoch = transaction.lastEpoch;
    entry.nextProducerId = transaction.nextProducerId;
    entry.timeoutMs = transaction.timeoutMs;
    entry.started = transaction.started;
    entry.changed = transaction.changed;
    return entry;
}

/// Fills entries one after the other.
class Entries {
public:
    explicit Entries(const Transaction& transaction) : head_(headOf(transaction)), entry_(head_) {}

    void add(const TopicPartition& partition) {
        entry_.partitions.push_back({partition.first, partition.second});
        count(partition.first.size());
    }
    void add(const std::string& group) {
        entry_.groups.push_back({group, {}});
        count(group.size());
    }
    void add(const std::string& group, TransactionEntry::Offset offset) {
        if (entry_.groups.empty() || entry_.groups.back().id != group) add(group);
        const std::size_t text = offset.topic.size() + offset.metadata.size();
        entry_.groups.back().offsets.push_back(std::move(offset));
        count(text);
    }
    std::vector<std::vector<std::uint8_t>> take() {
        if (items_ > 0 || done_.empty()) close();
        return std::move(done_);
    }

private:
    void count(std::size_t text) {
        text_ += text;
        if (++items_ >= kItemsPerEntry || text_ >= kTextPerEntry) close();
    }
    void close() {
        wire::Writer writer(kVersion, true);
        writer.field(kVersion);
        writer.field(entry_);
        done_.push_back(writer.takeBuffer());
        entry_ = head_;
        items_ = text_ = 0;
    }

    TransactionEntry head_, entry_;
    std::size_t items_ = 0, text_ = 0;
    std::vector<std::vector<std::uint8_t>> done_;
};

void addGroup(Entries& entries, const std::string& id, const Offsets& now, const Offsets* before) {
    if (!before) entries.add(id);
    static const Offsets kNone;
    const Offsets& known = before ? *before : kNone;
    for (const auto& [where, offset] : now)
        if (const auto old = known.find(where); old == known.end() || old->second != offset)
            entries.add(
                id, {where.first, where.second, offset.offset, offset.leaderEpoch, offset.metadata, offset.commitTime});
    for (const auto& [where, offset] : known)
        if (!now.contains(where)) entries.add(id, {where.first, where.second, -1, -1, {}, 0});
}

bool isKnownState(std::int8_t state) {
    return state >= 0 && state <= static_cast<std::int8_t>(TransactionState::dead);
}

void put(const TransactionEntry& entry, Transaction& transaction) {
    const bool other = entry.started != transaction.started;
    transaction.id = entry.id;
    transaction.state = static_cast<TransactionState>(entry.state);
    transaction.producerId = entry.producerId;
    transaction.epoch = entry.epoch;
    transaction.lastProducerId = entry.lastProducerId;
    transaction.lastEpoch = entry.lastEpoch;
    transaction.nextProducerId = entry.nextProducerId;
    transaction.timeoutMs = entry.timeoutMs;
    transaction.started = entry.started;
    transaction.changed = entry.changed;
    if (other || !(transaction.state == TransactionState::ongoing || transaction.isPrepared())) {
        transaction.partitions.clear();
        transaction.groups.clear();
    }
    for (const auto& partition : entry.partitions)
        transaction.partitions.emplace(partition.topic, partition.index);
    for (const auto& group : entry.groups) {
        auto& offsets = transaction.groups[group.id];
        for (const auto& offset : group.offsets) {
            if (offset.offset < 0)
                offsets.erase({offset.topic, offset.index});
            else
                offsets[{offset.topic, offset.index}] = {offset.offset, offset.leaderEpoch, offset.metadata,
                                                         offset.commitTime};
        }
    }
}

} // namespace

std::vector<std::vector<std::uint8_t>> encodedTransaction(const Transaction& next, const Transaction& before) {
    static const Transaction kNothing;
    const Transaction& known = before.started == next.started ? before : kNothing;
    Entries entries(next);
    for (const TopicPartition& partition : next.partitions)
        if (!known.partitions.contains(partition)) entries.add(partition);
    for (const auto& [id, offsets] : next.groups) {
        const auto old = known.groups.find(id);
        addGroup(entries, id, offsets, old == known.groups.end() ? nullptr : &old->second);
    }
    return entries.take();
}

Status learnTransaction(std::span<const std::uint8_t> content, Transactions& all) {
    wire::Reader reader(Bytes::copyOf(content), kVersion, true);
    std::uint8_t version = 0;
    TransactionEntry entry;
    reader.field(version);
    if (version != kVersion)
        return Error{ErrorCode::corrupt,
                     fmt::format("an entry of version {}, as a later version may write it", version)};
    reader.field(entry);
    MILLRACE_TRY(reader.finish());
    if (!isKnownState(entry.state))
        return Error{ErrorCode::corrupt, fmt::format("a transaction in state {}, which there is not", entry.state)};
    if (entry.state == static_cast<std::int8_t>(TransactionState::dead))
        all.erase(entry.id);
    else
        put(entry, all[entry.id]);
    return ok();
}

} // namespace millrace::broker
