#pragma once

#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "broker/support/produce_requests.h"
#include "broker/transactions/transaction_entries.h"
#include "storage/journal.h"
#include "wire/error_code.h"
#include "wire/messages/add_offsets_to_txn.h"
#include "wire/messages/add_partitions_to_txn.h"
#include "wire/messages/end_txn.h"
#include "wire/messages/fetch.h"
#include "wire/messages/init_producer_id.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/offset_fetch.h"
#include "wire/messages/txn_offset_commit.h"
#include "wire/record_reader.h"

#include <QString>
#include <QStringList>

#include <map>

namespace millrace::broker {

/// A producer with a transactional id, as a client library would drive it.
struct TransactionalClient {
    CoreFixture& broker;
    bool bumps = false; ///< as clients that know transaction.version 2
    std::string id = "tx";
    std::int64_t producerId = -1;
    std::int16_t epoch = -1;
    std::map<TopicPartition, std::int32_t> sequences = {};

    Asked<wire::InitProducerIdResponse> askInit(std::int32_t timeoutMs = 60'000, bool again = false) {
        wire::InitProducerIdRequest request;
        request.transactionalId = id;
        request.transactionTimeoutMs = timeoutMs;
        if (again) request.producerId = producerId, request.producerEpoch = epoch;
        return broker.get(initProducerId, request, 5);
    }
    std::int16_t init(std::int32_t timeoutMs = 60'000, bool again = false) {
        const auto asked = askInit(timeoutMs, again);
        if (asked->errorCode == wire::error::kNone) goOnAs(asked->producerId, asked->producerEpoch);
        return asked->errorCode;
    }
    void goOnAs(std::int64_t newId, std::int16_t newEpoch) {
        if (newId != producerId || newEpoch != epoch) sequences.clear();
        producerId = newId;
        epoch = newEpoch;
    }
    /// The last one that is given to a producer, as if it had had all before; the broker dies on the way.
    void goToLastEpoch() {
        Transaction kept = *broker.core().context().transactions->find(id);
        kept.epoch = epoch = 32766;
        {
            auto journal = storage::Journal::open(posixFileSystem(),
                                                  broker.directory.filePath("transactions.journal").toStdString(), "",
                                                  silentLog(), [](std::span<const std::uint8_t>) { return ok(); });
            QVERIFY((*journal)->append(encodedTransaction(kept)));
        }
        broker.die();
    }
    std::int16_t add(const std::string& topic = "t", std::int32_t partition = 0, wire::Version version = 3) {
        wire::AddPartitionsToTxnRequest request;
        request.transactionalId = id;
        request.producerId = producerId;
        request.producerEpoch = epoch;
        request.topics.push_back({topic, {partition}});
        return broker.get(addPartitionsToTxn, request, version)->results.at(0).partitions.at(0).errorCode;
    }
    wire::ProduceRequest batch(const std::string& value, int count = 1, const std::string& topic = "t",
                               std::int32_t partition = 0) {
        auto options = sequence(sequences[{topic, partition}], epoch, producerId);
        options.flags = wire::kTransactionalBit;
        auto request = requestOf(topic, {{partition, batchOf(count, value, options)}}, -1);
        request.transactionalId = id;
        return request;
    }
    wire::Version produceVersion() const { return bumps ? 12 : 11; }
    /// Its records are "value 0", "value 1", …
    Sent send(const std::string& value, int count = 1, const std::string& topic = "t", std::int32_t partition = 0) {
        const auto asked = broker.get(produce, batch(value, count, topic, partition), produceVersion());
        const auto& answer = onlyPartition(*asked);
        if (answer.errorCode == wire::error::kNone) sequences[{topic, partition}] += count;
        return {answer.errorCode, answer.baseOffset};
    }
    wire::EndTxnRequest ending(bool commit) const {
        wire::EndTxnRequest request;
        request.transactionalId = id;
        request.producerId = producerId;
        request.producerEpoch = epoch;
        request.committed = commit;
        return request;
    }
    wire::Version endVersion() const { return bumps ? 5 : 4; }
    std::int16_t end(bool commit) {
        const auto asked = broker.get(endTxn, ending(commit), endVersion());
        if (asked->errorCode == wire::error::kNone && bumps) goOnAs(asked->producerId, asked->producerEpoch);
        return asked->errorCode;
    }
    std::int16_t addGroup(const std::string& group = "g") {
        wire::AddOffsetsToTxnRequest request;
        request.transactionalId = id;
        request.producerId = producerId;
        request.producerEpoch = epoch;
        request.groupId = group;
        return broker.get(addOffsetsToTxn, request, 4)->errorCode;
    }
    std::int16_t commitOffset(std::int64_t offset, const std::string& group = "g", std::int32_t generation = -1,
                              const std::string& member = "") {
        wire::TxnOffsetCommitRequest request;
        request.transactionalId = id;
        request.groupId = group;
        request.producerId = producerId;
        request.producerEpoch = epoch;
        request.generationId = generation;
        request.memberId = member;
        request.topics.push_back({"t", {{0, offset, 0, "note"}}});
        return broker.get(txnOffsetCommit, request, bumps ? 5 : 4)->topics.at(0).partitions.at(0).errorCode;
    }
};

/// What a fetch from the beginning gives a consumer that drops what was aborted, as client libraries do.
struct Seen {
    QStringList values;
    std::int64_t stable = -1; ///< last stable offset
    std::size_t aborted = 0;  ///< transactions of which it was told
};

inline wire::FetchRequest fetchOf(std::int64_t from, bool committed, const std::string& topic = "t",
                                  std::int32_t partition = 0) {
    wire::FetchRequest request;
    request.maxBytes = 1 << 24;
    request.isolationLevel = committed ? 1 : 0;
    auto& asked = request.topics.emplace_back();
    asked.topic = topic;
    auto& place = asked.partitions.emplace_back();
    place.partition = partition;
    place.fetchOffset = from;
    place.partitionMaxBytes = 1 << 24;
    return request;
}

inline Seen seenIn(const wire::FetchResponse& response) {
    const auto& partition = response.responses.at(0).partitions.at(0);
    Seen seen;
    seen.stable = partition.lastStableOffset;
    const auto told = partition.abortedTransactions.value_or(decltype(partition.abortedTransactions)::value_type{});
    seen.aborted = told.size();
    std::map<std::int64_t, bool> dropping;
    auto next = told.begin(); // by first offset
    for (const Bytes& piece : partition.records.pieces) {
        for (std::size_t at = 0; at < piece.size();) {
            auto reader = *wire::RecordReader::open(piece.slice(at));
            const auto header = reader.header();
            for (; next != told.end() && next->firstOffset <= header.lastOffset(); ++next)
                dropping[next->producerId] = true;
            if (header.control())
                dropping[header.producerId] = false;
            else if (!dropping[header.producerId] || !header.transactional())
                for (auto record = *reader.next(); record; record = *reader.next())
                    seen.values << QString::fromStdString(std::string(record->value->text()));
            at += header.sizeBytes;
        }
    }
    return seen;
}

inline Seen seen(CoreFixture& broker, bool committed = true, std::int64_t from = 0) {
    return seenIn(*broker.get(fetch, fetchOf(from, committed), 11));
}

/// Kafka's error number with `requireStable`, else of what is committed now.
inline std::pair<std::int16_t, std::int64_t> offsetOf(CoreFixture& broker, bool requireStable,
                                                      const std::string& group = "g") {
    wire::OffsetFetchRequest request;
    request.groups.push_back({group, std::nullopt, -1, {{{"t", {0}}}}});
    request.requireStable = requireStable;
    const auto asked = broker.get(offsetFetch, request, 8);
    const auto& answer = asked->groups.at(0).topics.at(0).partitions.at(0);
    return {answer.errorCode, answer.committedOffset};
}

} // namespace millrace::broker
