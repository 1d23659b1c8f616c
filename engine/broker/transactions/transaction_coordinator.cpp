#include "broker/transactions/transaction_coordinator.h"

#include "wire/error_code.h"

#include <algorithm>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

std::set<TopicPartition> keysOf(const Offsets& offsets) {
    std::set<TopicPartition> keys;
    for (const auto& [where, offset] : offsets)
        keys.insert(where);
    return keys;
}

const Offsets& offsetsIn(const Transaction& transaction, const std::string& group) {
    static const Offsets kNone;
    const auto it = transaction.groups.find(group);
    return it == transaction.groups.end() ? kNone : it->second;
}

/// Offsets that lie behind the end of their log after a crash are set back to it, those of a topic that is gone are
/// forgotten: see GroupCoordinator::bringBackTo(). `end` tells -1 for such a topic, and nothing where it cannot be
/// told.
template <typename End>
Transaction broughtBack(Transaction transaction, End end) {
    for (auto& [group, offsets] : transaction.groups) {
        for (auto& [where, offset] : offsets)
            if (const std::optional<std::int64_t> last = end(where)) offset.offset = std::min(offset.offset, *last);
        std::erase_if(offsets, [](const auto& offset) { return offset.second.offset < 0; });
    }
    return transaction;
}

EpochMs latestIn(const Offsets& offsets) {
    EpochMs latest = 0;
    for (const auto& [where, offset] : offsets)
        latest = std::max(latest, offset.commitTime);
    return latest;
}

std::set<TopicPartition> keysBeside(const Offsets& offsets, const Offsets& others) {
    auto keys = keysOf(offsets);
    for (const auto& [where, offset] : others)
        keys.erase(where);
    return keys;
}

} // namespace

Status TransactionCoordinator::open(FileSystem& disk, const std::filesystem::path& directory) {
    Transactions all;
    constexpr std::string_view kLost = "no transaction is known any more: those that are open are aborted";
    auto journal =
        LiveJournal::open(disk, directory / "transactions.journal", kLost, "transactions", doors_.log,
                          [&](std::span<const std::uint8_t> content) { return learnTransaction(content, all); });
    if (!journal) return journal.error();
    journal_ = std::move(*journal);
    const auto end = [this](const TopicPartition& where) -> std::optional<std::int64_t> {
        const auto topic = doors_.metadata.find(where.first);
        if (!topic || !topic->partition(where.second)) return -1;
        const auto replica = replicaOf(where);
        return replica ? std::optional(replica->logEndOffset()) : std::nullopt;
    };
    bool changed = false;
    for (const auto& [id, transaction] : all) {
        Transaction next = broughtBack(transaction, end);
        if (next.groups != transaction.groups) {
            MILLRACE_TRY(journal_->append(encodedTransaction(next, transaction)));
            changed = true;
        }
        adopt(entries_[id], std::move(next));
    }
    return changed ? journal_->sync() : ok();
}

void TransactionCoordinator::ask(const std::string& id, TransactionRequest request, Done done) {
    Entry& entry = entries_[id];
    entry.now.id = id;
    entry.waiting.push_back(
        [this, id, request = std::move(request), done = std::move(done)] { run(id, request, done); });
    if (!entry.busy) release(id);
}

void TransactionCoordinator::release(const std::string& id) {
    const auto it = entries_.find(id);
    Entry& entry = it->second;
    entry.busy = false;
    if (std::exchange(entry.releasing, true)) return; // the loop below goes on
    while (!entry.busy && !entry.waiting.empty()) {
        const auto next = std::move(entry.waiting.front());
        entry.waiting.pop_front();
        entry.busy = true;
        next();
    }
    entry.releasing = false;
    if (!entry.busy && entry.now.state == TransactionState::dead) entries_.erase(it);
}

/// Precondition: the entry is busy with this request, which ends with answer(), at once or later.
void TransactionCoordinator::run(const std::string& id, const TransactionRequest& request, const Done& done) {
    Entry& entry = entries_.at(id);
    Decision decision = decide(find(id), request, doors_.clock.epochMs());
    if (decision.kind == Decision::refuse || decision.kind == Decision::already) {
        return answer(entry, decision.error, done);
    }
    if (decision.newProducerId) {
        const auto fresh = doors_.producerIds.next();
        // A new block is being reserved; clients ask again.
        if (!fresh) return answer(entry, kCoordinatorLoadInProgress, done);
        decision.next.*decision.newProducerId = *fresh;
    }
    decision.next.id = id;
    change(entry, std::move(decision), request, done);
}

void TransactionCoordinator::change(Entry& entry, Decision decision, const TransactionRequest& request,
                                    const Done& done) {
    const bool again = decision.kind == Decision::abortFirst;
    write(entry, std::move(decision.next), [this, &entry, again, request, done](const Status& written) {
        if (!written) {
            doors_.log.error("", "transactional id {}: {}", entry.now.id, written.error().message);
            return answer(entry, kCoordinatorNotAvailable, done);
        }
        if (!entry.now.isPrepared()) return answer(entry, kNone, done);
        finish(entry, [this, &entry, again, request, done] {
            if (again)
                run(entry.now.id, request, done);
            else
                answer(entry, kNone, done);
        });
    });
}

void TransactionCoordinator::answer(Entry& entry, std::int16_t error, const Done& done) {
    const Transaction& now = entry.now;
    // One that is not finished yet may have to go on under another producer id.
    const Outcome outcome =
        now.nextProducerId < 0 ? Outcome{kNone, now.producerId, now.epoch} : Outcome{kNone, now.nextProducerId, 0};
    done(error == kNone ? outcome : Outcome{error});
    release(std::string(entry.now.id));
}

/// `done` runs when `next` is true, on stable storage and here, or with an error when it is not.
void TransactionCoordinator::write(Entry& entry, Transaction next, std::function<void(const Status&)> done) {
    compactIfNeeded();
    if (auto appended = journal_->append(encodedTransaction(next, entry.now)); !appended) return done(appended);
    entry.writing = std::move(next);
    journal_->sync(doors_.loop, doors_.lanes, [this, &entry, done = std::move(done)](const Status& synced) {
        auto written = *std::exchange(entry.writing, std::nullopt);
        if (synced) adopt(entry, std::move(written));
        done(synced);
    });
}

/// Tells the groups which offsets they wait for, and which they do not any more.
void TransactionCoordinator::adopt(Entry& entry, Transaction next) {
    const Transaction before = std::exchange(entry.now, std::move(next));
    for (const auto& [group, offsets] : entry.now.groups)
        if (const Offsets& known = offsetsIn(before, group); !offsets.empty() && offsets != known)
            doors_.groups.await(group, keysBeside(offsets, known), latestIn(offsets));
    for (const auto& [group, offsets] : before.groups)
        if (const auto fewer = keysBeside(offsets, offsetsIn(entry.now, group)); !fewer.empty())
            doors_.groups.settle(group, fewer);
}

void TransactionCoordinator::compactIfNeeded() {
    if (!journal_->shouldCompact()) return;
    LiveJournal::Contents contents;
    for (const auto& [id, entry] : entries_) {
        const Transaction& last = entry.writing ? *entry.writing : entry.now;
        if (last.state == TransactionState::dead) continue;
        for (auto& content : encodedTransaction(last))
            contents.push_back(std::move(content));
    }
    journal_->compact(std::move(contents), doors_.loop, doors_.lanes);
}

const Transaction* TransactionCoordinator::find(const std::string& id) const {
    const auto it = entries_.find(id);
    return it == entries_.end() || it->second.now.state == TransactionState::dead ? nullptr : &it->second.now;
}

std::vector<const Transaction*> TransactionCoordinator::all() const {
    std::vector<const Transaction*> known;
    for (const auto& [id, entry] : entries_)
        if (entry.now.state != TransactionState::dead) known.push_back(&entry.now);
    return known;
}

std::int16_t TransactionCoordinator::whyNotIn(const std::string& id, std::int64_t producerId, std::int16_t epoch,
                                              const TopicPartition& where) const {
    return broker::whyNotIn(find(id), producerId, epoch, where);
}

void TransactionCoordinator::forgetOffsets(const ForgetOffsets& which, std::function<void(std::int16_t)> done) {
    struct Left {
        std::size_t count = 1;
        std::int16_t error = kNone;
    };
    const auto left = std::make_shared<Left>();
    const auto oneDone = [left, done = std::move(done)](const Outcome& outcome) {
        if (outcome.error != kNone) left->error = outcome.error;
        if (--left->count == 0) done(left->error);
    };
    std::vector<std::string> ids; // one that is busy may be about to have its first offsets
    for (const auto& [id, entry] : entries_)
        if (entry.busy || !entry.now.groups.empty()) ids.push_back(id);
    for (const std::string& id : ids) {
        ++left->count;
        ask(id, which, oneDone);
    }
    oneDone({});
}

void TransactionCoordinator::topicRemoved(const std::string& topic, std::function<void()> done) {
    forgetOffsets({{}, topic}, [this, topic, done = std::move(done)](std::int16_t error) {
        if (error != kNone) removedTopics_.insert(topic);
        done();
    });
}

void TransactionCoordinator::tick() {
    const EpochMs now = doors_.clock.epochMs();
    std::vector<std::string> late, unfinished;
    for (const auto& [id, entry] : entries_) {
        if (isTimedOut(entry.now, now)) late.push_back(id);
        if (entry.now.isPrepared() && !entry.busy) unfinished.push_back(id);
    }
    for (const std::string& id : unfinished) {
        Entry& entry = entries_.at(id);
        entry.busy = true;
        finish(entry, [this, id] { release(id); });
    }
    for (const TopicPartition& where : std::exchange(unaborted_, {}))
        if (const auto replica = replicaOf(where)) abortUnknown(where, *replica);
    for (const std::string& topic : std::exchange(removedTopics_, {}))
        topicRemoved(topic, [] {});
    for (const std::string& id : late) {
        doors_.log.info("",
                        "transactional id {}: its transaction is open for longer than its producer has asked for, "
                        "and is aborted",
                        id);
        ask(id, TimeOutTransaction{}, [](const Outcome&) {});
    }
}

void TransactionCoordinator::expire() {
    const auto expiration = doors_.settings.transactionalIdExpiration;
    std::vector<std::string> idle;
    for (const Transaction* transaction : all())
        if (isExpired(*transaction, doors_.clock.epochMs(), expiration)) idle.push_back(transaction->id);
    for (const std::string& id : idle)
        ask(id, ExpireTransaction{expiration}, [](const Outcome&) {});
}

} // namespace millrace::broker
