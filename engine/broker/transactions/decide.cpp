#include "broker/transactions/decide.h"

#include "wire/error_code.h"

#include <algorithm>
#include <array>
#include <limits>

namespace millrace::broker {

using namespace wire::error;
using enum TransactionState;

namespace {

/// The last one that is given to a producer; the one behind it only ends its transactions.
constexpr std::int16_t kLastEpoch = std::numeric_limits<std::int16_t>::max() - 1;

/// In place of the last epoch: its transaction was open for too long, and was aborted.
constexpr std::int16_t kAborted = -2;

Decision refused(std::int16_t error) {
    return {Decision::refuse, error};
}

Decision changed(Transaction next, EpochMs now) {
    next.changed = now;
    return {Decision::change, 0, std::move(next)};
}

Transaction prepared(const Transaction& current, bool commit) {
    Transaction next = current;
    next.state = commit ? prepareCommit : prepareAbort;
    return next;
}

/// An abort that the producer has not asked for: what it still sends comes too late.
Transaction fenced(const Transaction& current) {
    Transaction next = prepared(current, false);
    next.epoch = static_cast<std::int16_t>(current.epoch + 1);
    next.lastEpoch = -1;
    return next;
}

/// The producer was told which id comes in place of its own, and goes on with it before its transaction has ended.
bool isToCome(const Transaction& current, std::int64_t producerId) {
    return current.isPrepared() && producerId >= 0 && producerId == current.nextProducerId;
}

/// Who asks for the next epoch must hold the current one, or the one before if its answer was lost.
bool mayHaveNext(const Transaction& current, const InitTransactions& asked) {
    if (asked.producerId < 0) return true;
    if (asked.producerId == current.producerId)
        return asked.epoch == current.epoch || (asked.epoch == current.lastEpoch && asked.epoch >= 0);
    return asked.producerId == current.lastProducerId && asked.epoch >= kLastEpoch && asked.epoch == current.lastEpoch;
}

Decision begunAnew(Transaction next, EpochMs now) {
    next.state = empty;
    next.epoch = 0;
    next.producerId = -1;
    auto decision = changed(std::move(next), now);
    decision.newProducerId = &Transaction::producerId;
    return decision;
}

Decision nextEpoch(const Transaction& current, const InitTransactions& asked, EpochMs now) {
    const bool holds = asked.producerId == current.producerId && asked.epoch == current.epoch;
    if (asked.producerId >= 0 && !holds && current.epoch <= kLastEpoch) return {Decision::already};
    Transaction next = current;
    next.state = empty;
    next.timeoutMs = asked.timeoutMs;
    next.started = -1;
    next.lastEpoch = asked.producerId >= 0 ? current.epoch : std::int16_t{-1};
    next.lastProducerId = -1;
    if (current.epoch >= kLastEpoch) {
        next.lastProducerId = current.producerId;
        return begunAnew(std::move(next), now);
    }
    next.epoch = static_cast<std::int16_t>(current.epoch + 1);
    return changed(std::move(next), now);
}

Decision judge(const Transaction* current, const InitTransactions& asked, EpochMs now) {
    if (!current) {
        Transaction next;
        next.timeoutMs = asked.timeoutMs;
        return begunAnew(std::move(next), now);
    }
    if (isToCome(*current, asked.producerId)) return refused(kConcurrentTransactions);
    if (!mayHaveNext(*current, asked)) return refused(kProducerFenced);
    if (current->isPrepared()) return refused(kConcurrentTransactions);
    if (current->state != ongoing) return nextEpoch(*current, asked, now);
    Decision decision = changed(fenced(*current), now);
    decision.kind = Decision::abortFirst;
    if (asked.producerId >= 0) decision.next.lastEpoch = asked.epoch; // it goes on with the epoch that comes
    return decision;
}

bool isIn(const Transaction& current, const JoinTransaction& asked) {
    return current.state == ongoing && std::ranges::includes(current.partitions, asked.partitions) &&
           std::ranges::all_of(asked.groups, [&](const auto& group) {
               return group.second.empty() && current.groups.contains(group.first);
           });
}

Decision judge(const Transaction* current, const JoinTransaction& asked, EpochMs now) {
    if (current && isToCome(*current, asked.producerId)) return refused(kConcurrentTransactions);
    if (!current || asked.producerId != current->producerId) return refused(kInvalidProducerIdMapping);
    if (asked.epoch != current->epoch) return refused(kProducerFenced);
    if (current->isPrepared()) return refused(kConcurrentTransactions);
    if (isIn(*current, asked)) return {Decision::already};
    const bool open = current->state == ongoing;
    if (asked.groupsMustBeIn && !(open && std::ranges::all_of(asked.groups, [&](const auto& group) {
                                      return current->groups.contains(group.first);
                                  })))
        return refused(kInvalidTxnState);
    Transaction next = *current;
    next.state = ongoing;
    if (!open) next.started = now;
    next.partitions.insert(asked.partitions.begin(), asked.partitions.end());
    for (const auto& [group, offsets] : asked.groups)
        for (auto& own = next.groups[group]; const auto& [where, offset] : offsets)
            own[where] = offset;
    return changed(std::move(next), now);
}

/// The producer has not heard how its transaction has ended, which has given it another epoch.
bool asksAgain(const Transaction& current, const EndTransaction& asked) {
    if (!asked.bumps || current.state == ongoing || current.state == empty) return false;
    if (asked.epoch != current.lastEpoch) return false; // it was fenced: that its transaction has ended is no answer
    if (asked.producerId == current.producerId) return asked.epoch + 1 == current.epoch;
    return asked.producerId == current.lastProducerId && asked.epoch == kLastEpoch && current.epoch == 0;
}

/// The coordinator has aborted the transaction in the producer's place, since it was open for too long: who wants to
/// abort it is told that this is done (KAFKA-20090); who wants to commit it is fenced (KAFKA-20785).
bool wasAborted(const Transaction& current, const EndTransaction& asked) {
    if (current.lastEpoch != kAborted) return false;
    if (current.state != prepareAbort && current.state != completeAbort) return false;
    if (asked.producerId == current.producerId)
        return asked.epoch + 1 == current.epoch && (current.epoch <= kLastEpoch || current.nextProducerId >= 0);
    return asked.producerId == current.lastProducerId && asked.epoch == kLastEpoch && current.epoch == 0;
}

Decision preparedToEnd(const Transaction& current, const EndTransaction& asked, EpochMs now) {
    Transaction next = prepared(current, asked.commit);
    if (current.state != ongoing) next.started = now;
    if (!asked.bumps) return changed(std::move(next), now);
    next.lastEpoch = current.epoch;
    next.lastProducerId = -1;
    next.epoch = static_cast<std::int16_t>(current.epoch + 1);
    auto decision = changed(std::move(next), now);
    if (current.epoch >= kLastEpoch) decision.newProducerId = &Transaction::nextProducerId;
    return decision;
}

Decision judge(const Transaction* current, const EndTransaction& asked, EpochMs now) {
    if (!current) return refused(kInvalidProducerIdMapping);
    if (isToCome(*current, asked.producerId)) return refused(kConcurrentTransactions);
    const bool late = wasAborted(*current, asked);
    if (late && (asked.commit || !asked.bumps)) return refused(kProducerFenced);
    const bool again = late || asksAgain(*current, asked);
    if (!again && asked.producerId != current->producerId) return refused(kInvalidProducerIdMapping);
    if (!again && asked.epoch != current->epoch) return refused(kProducerFenced);
    if (current->state == ongoing) return preparedToEnd(*current, asked, now);
    const bool same = current->state == (asked.commit ? completeCommit : completeAbort);
    if (current->isPrepared())
        return refused(current->state == (asked.commit ? prepareCommit : prepareAbort) ? kConcurrentTransactions
                                                                                       : kInvalidTxnState);
    if (same && (again || !asked.bumps)) return {Decision::already};
    // A producer whose epochs end with its transactions may have begun one that nobody has heard of.
    if (!again && asked.bumps && !asked.commit) return preparedToEnd(*current, asked, now);
    return refused(kInvalidTxnState);
}

Decision judge(const Transaction* current, const TimeOutTransaction&, EpochMs now) {
    if (!current || !isTimedOut(*current, now)) return {Decision::already};
    auto decision = changed(fenced(*current), now);
    decision.next.lastEpoch = kAborted;
    // Nobody may have the epoch behind the last one.
    if (current->epoch >= kLastEpoch) decision.newProducerId = &Transaction::nextProducerId;
    return decision;
}

Decision judge(const Transaction* current, const ExpireTransaction& asked, EpochMs now) {
    if (!current || !isExpired(*current, now, asked.expiration)) return {Decision::already};
    Transaction next = *current;
    next.state = dead;
    return changed(std::move(next), now);
}

Decision judge(const Transaction* current, const ForgetOffsets& asked, EpochMs) {
    if (!current) return {Decision::already};
    Decision decision{Decision::already};
    decision.next = *current;
    for (auto& [group, offsets] : decision.next.groups) {
        if (!asked.group.empty() && asked.group != group) continue;
        const auto goes = [&](const auto& offset) {
            return (asked.topic.empty() || offset.first.first == asked.topic) &&
                   (asked.partitions.empty() || asked.partitions.contains(offset.first));
        };
        if (std::erase_if(offsets, goes) > 0) decision.kind = Decision::change;
    }
    return decision;
}

} // namespace

Decision decide(const Transaction* current, const TransactionRequest& request, EpochMs now) {
    return std::visit([&](const auto& asked) { return judge(current, asked, now); }, request);
}

Transaction completed(Transaction prepared, EpochMs now) {
    prepared.state = prepared.state == prepareCommit ? completeCommit : completeAbort;
    prepared.partitions.clear();
    prepared.groups.clear();
    prepared.changed = now;
    if (prepared.nextProducerId >= 0) {
        prepared.lastProducerId = prepared.producerId;
        prepared.producerId = std::exchange(prepared.nextProducerId, -1);
        prepared.epoch = 0;
    }
    return prepared;
}

std::int16_t whyNotIn(const Transaction* current, std::int64_t producerId, std::int16_t epoch,
                      const TopicPartition& where) {
    if (!current || producerId != current->producerId) return kInvalidProducerIdMapping;
    if (epoch != current->epoch) return kInvalidProducerEpoch;
    return current->state == ongoing && current->partitions.contains(where) ? kNone : kInvalidTxnState;
}

bool isTimedOut(const Transaction& transaction, EpochMs now) {
    return transaction.state == ongoing && now - transaction.started > transaction.timeoutMs;
}

bool isExpired(const Transaction& transaction, EpochMs now, std::chrono::milliseconds expiration) {
    const bool idle =
        transaction.state == empty || transaction.state == completeCommit || transaction.state == completeAbort;
    return idle && now - transaction.changed >= expiration.count();
}

namespace {
constexpr std::array kStates{"Empty",          "Ongoing",       "PrepareCommit", "PrepareAbort",
                             "CompleteCommit", "CompleteAbort", "Dead",          "PrepareEpochFence"};
}

const char* toString(TransactionState state) {
    return kStates.at(static_cast<std::size_t>(state));
}

bool isTransactionState(std::string_view name) {
    return std::ranges::find(kStates, name) != kStates.end();
}

} // namespace millrace::broker
