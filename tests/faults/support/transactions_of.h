#pragma once

#include "broker/support/transactional_client.h"
#include "faults/support/broker_life.h"

#include <QString>
#include <QStringList>

#include <array>

namespace millrace::broker::testing {

/// Each transaction writes its number to both partitions of this topic, and commits the next number as an offset.
inline constexpr const char* kCopies = "copies";

/// The one producer of a life. What it asks for is answered, or it gives up, as when the power is gone.
class CopyingProducer {
public:
    CopyingProducer(Life& life, bool bumps) : life_(life), bumps_(bumps) {}

    bool init() {
        wire::InitProducerIdRequest request;
        request.transactionalId = kCopies;
        request.transactionTimeoutMs = 60'000;
        const auto asked = life_.get(initProducerId, request, 4);
        if (!asked.answered() || asked->errorCode != kNone) return false;
        goOnAs(asked->producerId, asked->producerEpoch);
        return true;
    }
    void transact(bool commit) {
        const int number = life_.told().transactions++;
        if (!bumps_ && !add()) return;
        for (const std::int32_t partition : {0, 1})
            if (!send(number, partition)) return;
        if (!commitOffset(number + 1)) return;
        if (end(commit))
            (commit ? life_.told().committedTransactions : life_.told().abortedTransactions).insert(number);
    }

private:
    void goOnAs(std::int64_t producerId, std::int16_t epoch) {
        if (epoch != epoch_) sequence_ = 0;
        producerId_ = producerId;
        epoch_ = epoch;
    }
    bool add() {
        wire::AddPartitionsToTxnRequest request;
        request.transactionalId = kCopies;
        request.producerId = producerId_;
        request.producerEpoch = epoch_;
        request.topics.push_back({kCopies, {0, 1}});
        const auto asked = life_.get(addPartitionsToTxn, request, 3);
        if (!asked.answered() || asked->results[0].partitions[0].errorCode != kNone) return false;
        wire::AddOffsetsToTxnRequest group;
        group.transactionalId = kCopies;
        group.producerId = producerId_;
        group.producerEpoch = epoch_;
        group.groupId = kCopies;
        const auto added = life_.get(addOffsetsToTxn, group, 3);
        return added.answered() && added->errorCode == kNone;
    }
    bool send(int number, std::int32_t partition) {
        auto options = sequence(sequence_, epoch_, producerId_);
        options.flags = wire::kTransactionalBit;
        auto request = requestOf(kCopies, {{partition, batchOf(1, std::to_string(number), options)}}, -1);
        request.transactionalId = kCopies;
        const auto asked = life_.get(produce, request, bumps_ ? 12 : 11);
        if (partition == 1) ++sequence_;
        return asked.answered() && onlyPartition(*asked).errorCode == kNone;
    }
    bool commitOffset(std::int64_t offset) {
        wire::TxnOffsetCommitRequest request;
        request.transactionalId = kCopies;
        request.groupId = kCopies;
        request.producerId = producerId_;
        request.producerEpoch = epoch_;
        request.topics.push_back({kCopies, {{0, offset, 0, std::nullopt}}});
        const auto asked = life_.get(txnOffsetCommit, request, bumps_ ? 5 : 3);
        return asked.answered() && asked->topics[0].partitions[0].errorCode == kNone;
    }
    bool end(bool commit) {
        wire::EndTxnRequest request;
        request.transactionalId = kCopies;
        request.producerId = producerId_;
        request.producerEpoch = epoch_;
        request.committed = commit;
        const auto asked = life_.get(endTxn, request, bumps_ ? 5 : 3);
        if (!asked.answered() || asked->errorCode != kNone) return false;
        if (bumps_) goOnAs(asked->producerId, asked->producerEpoch);
        return true;
    }

    Life& life_;
    bool bumps_;
    std::int64_t producerId_ = -1;
    std::int16_t epoch_ = -1;
    std::int32_t sequence_ = 0; ///< the next, of both partitions
};

/// Three that commit, two that abort.
inline void transactSome(Life& life, bool bumps) {
    CopyingProducer producer(life, bumps);
    if (!producer.init()) return;
    for (const bool commit : {true, false, true, false, true})
        producer.transact(commit);
}

/// After a start: what was decided before is done, and a new producer ends what was open.
inline QString wrongTransactions(Life& life, const Told& told) {
    life.core().startTimers();
    life.settle();
    CopyingProducer next(life, true);
    if (!next.init()) return "the transactional id cannot be used";
    life.core().stopTimers();
    std::array<QStringList, 2> seen;
    for (const std::int32_t partition : {0, 1}) {
        const auto asked = life.get(fetch, fetchOf(0, true, kCopies, partition), 11);
        const auto found = seenIn(*asked);
        if (found.stable != asked->responses[0].partitions[0].highWatermark) return "a transaction is open for ever";
        seen[std::size_t(partition)] = found.values;
    }
    if (seen[0] != seen[1]) return "half of a transaction is seen: " + seen[0].join(',') + " and " + seen[1].join(',');
    int last = -1;
    for (int number = 0; number < told.transactions; ++number) {
        const auto times = seen[0].count(QString("%1 0").arg(number));
        if (times > 1) return QString("transaction %1 is seen twice").arg(number);
        if (times == 0 && told.committedTransactions.contains(number))
            return QString("committed transaction %1 is lost").arg(number);
        if (times == 1 && told.abortedTransactions.contains(number))
            return QString("aborted transaction %1 is seen").arg(number);
        if (times == 1) last = number;
    }
    const Group* group = life.core().context().groups.find(kCopies);
    const auto offset = group ? group->offsets.find({kCopies, 0}) : decltype(group->offsets.end()){};
    const std::int64_t committed = group && offset != group->offsets.end() ? offset->second.offset : 0;
    if (committed != last + 1)
        return QString("the offset is %1, and the last transaction that is seen number %2").arg(committed).arg(last);
    return {};
}

} // namespace millrace::broker::testing
