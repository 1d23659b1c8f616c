#include "wire/messages/produce.h"
#include "base/sentences.h"
#include "broker/partitions/record_check.h"
#include "broker/requests/api_row.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"
#include "wire/record_batch.h"

#include <fmt/core.h>

#include <map>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

using PartitionResponse = wire::ProduceResponse::Response::PartitionResponse;
using Checked = std::variant<wire::BatchHeader, PartitionResponse>;
constexpr wire::Version kKnowsZstd = 7;
constexpr wire::Version kKnowsAbortable = 11;
constexpr wire::Version kJoins = 12; ///< partitions join a transaction with the first batch (KIP-890)
constexpr wire::Version kByTopicId = 13;
constexpr std::int16_t kAllReplicas = -1;

/// One request, and those of its partitions that could not join its transaction, each with Kafka's error number.
struct Asked {
    const wire::ProduceRequest& request;
    const Call& call;
    std::map<TopicPartition, std::int16_t> notJoined{};
};

PartitionResponse refused(std::int16_t error, std::string message) {
    PartitionResponse response;
    response.errorCode = error;
    response.errorMessage = std::move(message);
    response.baseOffset = -1;
    return response;
}

PartitionResponse notInTransaction(std::int16_t error, const wire::BatchHeader& header, const Asked& asked) {
    // Who was fenced may still learn how to go on, and who is too early try again, in words of its version.
    if (error == kProducerFenced) error = kInvalidProducerEpoch;
    if (error == kInvalidTxnState && asked.call.version >= kKnowsAbortable) error = kTransactionAbortable;
    if (error == kCoordinatorNotAvailable || error == kCoordinatorLoadInProgress) error = kNotEnoughReplicas;
    return refused(error, fmt::format("producer {} epoch {} has no transaction under {:?} with this partition",
                                      header.producerId, header.producerEpoch, *asked.request.transactionalId));
}

PartitionResponse tooLarge(std::size_t bytes, const TopicSettings& settings) {
    return refused(kMessageTooLarge,
                   fmt::format("batch of {} bytes; max.message.bytes is {}", bytes, settings.maxMessageBytes));
}

Checked readHeader(const Bytes& batch) {
    auto header = wire::readBatchHeader(batch.span());
    if (header) return *header;
    return refused(header.error().code == ErrorCode::unsupported ? kUnsupportedForMessageFormat : kCorruptMessage,
                   header.error().message);
}

/// Everything that can be said without the log: in Kafka's order, since clients act on the first error.
std::optional<PartitionResponse> checkBatch(const wire::BatchHeader& header, const Bytes& batch,
                                            const TopicMetadata& topic, wire::Version version) {
    if (header.sizeBytes != batch.size())
        return refused(kInvalidRecord, "one record batch for each partition is allowed");
    if (header.codec() > wire::Codec::zstd) return refused(kUnsupportedCompressionType, "unknown compression codec");
    if (header.codec() == wire::Codec::zstd && version < kKnowsZstd)
        return refused(kUnsupportedCompressionType, "zstd needs Produce version 7 or later");
    if (header.baseOffset != 0) return refused(kInvalidRecord, "the base offset of a produced batch must be 0");
    if (batch.size() > topic.settings.maxMessageBytes) return tooLarge(batch.size(), topic.settings);
    if (!wire::crcMatches(batch.span())) return refused(kCorruptMessage, "the CRC does not fit the batch");
    if (header.recordCount <= 0 || header.recordCount - 1 != header.lastOffsetDelta)
        return refused(kInvalidRecord, "the record count does not fit the offsets");
    if (header.control()) return refused(kInvalidRecord, "clients may not write control batches");
    if (header.transactional() && header.producerId < 0)
        return refused(kInvalidRecord, "a batch of a transaction without a producer id");
    if (header.producerId >= 0 && header.baseSequence < 0)
        return refused(kInvalidRecord, "a producer id without a sequence");
    if (header.logAppendTime() && !topic.settings.logAppendTime)
        return refused(kInvalidTimestamp, "LogAppendTime is for the broker to set");
    if (batch.size() > topic.settings.log.segmentBytes)
        return refused(kRecordListTooLarge, "batch larger than segment.bytes");
    return std::nullopt;
}

PartitionResponse accepted(const Partition& partition, std::int64_t baseOffset, std::int64_t appendTime) {
    PartitionResponse response;
    response.baseOffset = baseOffset;
    response.logAppendTimeMs = appendTime;
    response.logStartOffset = partition.log().logStart();
    return response;
}

PartitionResponse refused(BatchFault fault) {
    PartitionResponse response = refused(fault.error, std::move(fault.message));
    response.recordErrors.reserve(fault.records.size());
    for (auto& record : fault.records)
        response.recordErrors.push_back({record.index, std::move(record.why)});
    return response;
}

RecordRules rulesOf(const TopicSettings& settings, EpochMs now) {
    RecordRules rules;
    rules.storeAs = settings.storeAs;
    rules.keysNeeded = settings.compacted;
    if (settings.logAppendTime) rules.appendTime = now;
    rules.earliest = now - settings.timestampBeforeMaxMs;
    if (settings.timestampAfterMaxMs < rules.latest - now) rules.latest = now + settings.timestampAfterMaxMs;
    return rules;
}

/// What the producer's earlier batches say to this one; nothing when it is to be appended.
std::optional<PartitionResponse> answerOfSequence(Partition& partition, const wire::BatchHeader& header,
                                                  wire::Version version) {
    if (header.producerId < 0) return std::nullopt;
    const bool mustBegin = header.transactional() && version >= kJoins;
    const auto verdict = partition.producers().check(header, mustBegin ? ProducerStates::Unknown::mustBegin
                                                                       : ProducerStates::Unknown::mayGoOn);
    if (const auto* duplicate = std::get_if<ProducerStates::Duplicate>(&verdict))
        return accepted(partition, duplicate->baseOffset, duplicate->timestamp);
    if (const auto* error = std::get_if<std::int16_t>(&verdict))
        return refused(*error, fmt::format("producer {} epoch {} sequence {}", header.producerId, header.producerEpoch,
                                           header.baseSequence));
    return std::nullopt;
}

/// Why the batch is not one of the transaction that is open; nothing when it is, or when it is of none.
std::optional<PartitionResponse> checkTransaction(Partition& partition, const wire::BatchHeader& header,
                                                  const Asked& asked, const Context& context) {
    if (!header.transactional()) return std::nullopt;
    const TopicPartition where(partition.topic(), partition.index());
    // Once it was let in, it is in until its end, which closes the transaction here.
    if (partition.producers().isOpen(header.producerId, header.producerEpoch)) return std::nullopt;
    const std::int16_t error =
        context.transactions->whyNotIn(*asked.request.transactionalId, header.producerId, header.producerEpoch, where);
    if (error == kNone) return std::nullopt;
    const auto refusal = asked.notJoined.find(where);
    return notInTransaction(refusal == asked.notJoined.end() ? error : refusal->second, header, asked);
}

PartitionResponse appendTo(Partition& partition, const TopicMetadata& topic, const SoundBatch& sound,
                           const Asked& asked, Context& context) {
    const auto& [batch, header] = sound;
    if (batch.size() > topic.settings.maxMessageBytes) return tooLarge(batch.size(), topic.settings);
    if (partition.offline()) return refused(kStorageError, "the partition is offline, see the broker's log");
    if (auto answer = answerOfSequence(partition, header, asked.call.version)) return *answer;
    if (auto refusal = checkTransaction(partition, header, asked, context)) return *refusal;
    auto appended = partition.append(batch, header);
    if (!appended) {
        // Clients try again many times a second for as long as a disk is full: told once.
        if (!std::exchange(partition.failureTold, true))
            context.log.error("", "topic {} partition {}: {}", topic.name, partition.index(), appended.error().message);
        return refused(kStorageError, appended.error().message);
    }
    if (std::exchange(partition.failureTold, false))
        context.log.info("", "topic {} partition {} takes records again", topic.name, partition.index());
    context.counters.recordsIn.addFromOwner(header.recordCount);
    context.counters.bytesIn.addFromOwner(static_cast<std::int64_t>(batch.size()));
    if (partition.snapshotDue()) {
        context.lanes.slow.post([own = partition.sharedLog(), snapshot = partition.takeSnapshot(), log = &context.log] {
            if (auto status = Partition::writeSnapshot(*own, snapshot); !status && !own->failed())
                log->warning("", "{}", status.error().message);
        });
    }
    return accepted(partition, appended->baseOffset, topic.settings.logAppendTime ? header.maxTimestamp : -1);
}

PartitionResponse notLed(std::int16_t error, std::int32_t index, const std::string& topic) {
    const char* why = error == kUnknownTopicOrPartition ? "there is no" : "another broker leads";
    return refused(error, fmt::format("{} partition {} of topic {}", why, index, topic));
}

/// For acks=all: whether as many replicas have the partition as the topic demands.
std::optional<PartitionResponse> checkInSync(const TopicMetadata& topic, std::int32_t index) {
    const std::size_t inSync = topic.partition(index)->inSync.size();
    const std::int32_t wanted = topic.settings.minInSyncReplicas;
    if (static_cast<std::size_t>(wanted) <= inSync) return std::nullopt;
    return refused(
        kNotEnoughReplicas,
        fmt::format("{} in-sync replicas are asked for by min.insync.replicas; there is {}", wanted, inSync));
}

/// Once for each connection: such a client does not get any further, and its user sees a number only.
void tellOldFormat(const std::string& topic, const Call& call, const Context& context) {
    if (std::exchange(call.connection->toldOldFormat, true)) return;
    context.log.warning("",
                        "client {:?} at {} sends records for topic {} in a format of before Kafka 0.11, which is "
                        "not taken: it needs a newer library, or to be told of a newer Kafka",
                        shortened(call.clientId), call.connection->clientHost, topic);
}

PartitionResponse produceOne(const wire::ProduceRequest::TopicData::PartitionData& data, const TopicMetadata* topic,
                             const std::string& name, const Asked& asked, Context& context) {
    if (isInternalTopic(name)) return refused(kInvalidTopic, "clients may not write to " + name);
    const auto leader = leaderOf(context, topic, data.index);
    if (leader.error != kNone) return notLed(leader.error, data.index, name);
    if (asked.request.acks == kAllReplicas)
        if (auto tooFew = checkInSync(*topic, data.index)) return *tooFew;
    if (!data.records || data.records->empty()) return refused(kInvalidRecord, "no records");
    const Checked checked = readHeader(*data.records);
    if (const auto* response = std::get_if<PartitionResponse>(&checked)) {
        if (response->errorCode == kUnsupportedForMessageFormat) tellOldFormat(name, asked.call, context);
        return *response;
    }
    const auto& header = std::get<wire::BatchHeader>(checked);
    if (auto error = checkBatch(header, *data.records, *topic, asked.call.version)) return *error;
    auto records = checkRecords(*data.records, header, rulesOf(topic->settings, context.clock.epochMs()));
    if (auto* fault = std::get_if<BatchFault>(&records)) return refused(std::move(*fault));
    return appendTo(*leader.replica, *topic, std::get<SoundBatch>(records), asked, context);
}

wire::ProduceResponse refuseAll(const wire::ProduceRequest& request, std::int16_t error, const std::string& message) {
    wire::ProduceResponse response;
    for (const auto& topic : request.topicData) {
        auto& answer = response.responses.emplace_back();
        answer.name = topic.name;
        answer.topicId = topic.topicId;
        for (const auto& partition : topic.partitionData) {
            answer.partitionResponses.push_back(refused(error, message));
            answer.partitionResponses.back().index = partition.index;
        }
    }
    return response;
}

/// `flushed`: what became of each partition that was appended to, in the order of the response.
void refuseUnflushed(wire::ProduceResponse& response, std::span<const Status> flushed) {
    auto outcome = flushed.begin();
    for (auto& topic : response.responses)
        for (auto& partition : topic.partitionResponses) {
            if (partition.errorCode != kNone) continue;
            const Status& own = *outcome++;
            if (own) continue;
            const auto index = partition.index;
            partition = refused(kStorageError, own.error().message);
            partition.index = index;
        }
}

/// The header of a batch that is one of a transaction; nothing for all others, damaged ones too.
std::optional<wire::BatchHeader> transactionalHeader(const std::optional<Bytes>& records) {
    const auto header = records ? wire::readBatchHeader(records->span()) : Error{};
    return header && header->transactional() ? std::optional(*header) : std::nullopt;
}

/// Null when there is none.
ClusterMetadata::TopicPtr topicOf(const wire::ProduceRequest::TopicData& data, const Call& call,
                                  const Context& context) {
    return call.version >= kByTopicId ? context.metadata.find(data.topicId) : context.metadata.find(data.name);
}

/// Why nothing of it is taken; nothing when it may be.
std::optional<PartitionResponse> checkTopic(const TopicMetadata* topic, const std::string& name, const Call& call,
                                            const Context& context) {
    if (!topic && call.version >= kByTopicId) return refused(kUnknownTopicId, "there is no topic with that id");
    const std::int16_t error = topicRefusal(call, context, Access::Operation::write, topic ? topic->name : name);
    return error == kNone ? std::nullopt : std::optional(refused(error, "not allowed to write to the topic"));
}

bool hasTransaction(const wire::ProduceRequest& request) {
    for (const auto& topic : request.topicData)
        for (const auto& partition : topic.partitionData)
            if (transactionalHeader(partition.records)) return true;
    return false;
}

/// What is to be in the transaction with this request, also what is in it already: a request whose partitions are all
/// in must not overtake one before it that waits for one of its own. A client has one producer, so its first batch
/// speaks for all.
JoinTransaction joining(const wire::ProduceRequest& request, const Call& call, const Context& context) {
    JoinTransaction join;
    for (const auto& data : request.topicData) {
        const auto topic = topicOf(data, call, context);
        if (!topic || topicRefusal(call, context, Access::Operation::write, topic->name) != kNone) continue;
        for (const auto& partition : data.partitionData) {
            const auto header = transactionalHeader(partition.records);
            const auto leader = header ? leaderOf(context, topic.get(), partition.index) : LeaderReplica{};
            if (!leader.replica || isInternalTopic(topic->name)) continue;
            if (join.partitions.empty()) {
                join.producerId = header->producerId;
                join.epoch = header->producerEpoch;
            }
            join.partitions.emplace(topic->name, partition.index);
        }
    }
    return join;
}

Answer<wire::ProduceResponse> appendAll(const Asked& asked, Context& context) {
    const auto& request = asked.request;
    wire::ProduceResponse response;
    GroupCommit::Logs logs;
    bool failed = false;
    for (const auto& data : request.topicData) {
        const auto topic = topicOf(data, asked.call, context);
        const auto whyNot = checkTopic(topic.get(), data.name, asked.call, context);
        const std::string& name = topic ? topic->name : data.name;
        auto& answer = response.responses.emplace_back();
        answer.name = data.name;
        answer.topicId = data.topicId;
        for (const auto& partition : data.partitionData) {
            auto& result = answer.partitionResponses.emplace_back(
                whyNot ? *whyNot : produceOne(partition, topic.get(), name, asked, context));
            result.index = partition.index;
            if (result.errorCode == kNone)
                logs.push_back(context.replicas.find(topic->id, partition.index)->sharedLog());
            else
                failed = true;
        }
    }
    if (failed) context.counters.failedRequests.addFromOwner(1);
    if (request.acks == 0) return Silence{failed};
    if (request.acks == 1 || logs.empty()) return response;

    const Pending<wire::ProduceResponse> pending;
    context.commits.commit(std::move(logs),
                           [pending, response = std::move(response)](std::span<const Status> flushed) mutable {
                               refuseUnflushed(response, flushed);
                               pending.complete(std::move(response));
                           });
    return pending;
}

/// Appends when the partitions have joined the transaction, which is on stable storage before any record of it is.
Answer<wire::ProduceResponse> joinAndAppend(const wire::ProduceRequest& request, const Call& call, JoinTransaction join,
                                            Context& context) {
    const Pending<wire::ProduceResponse> pending;
    const auto partitions = join.partitions;
    context.transactions->ask(*request.transactionalId, std::move(join),
                              [pending, request, call, partitions, &context](const auto& outcome) {
                                  Asked asked{request, call};
                                  for (const TopicPartition& where : partitions)
                                      if (outcome.error != kNone) asked.notJoined[where] = outcome.error;
                                  auto answer = appendAll(asked, context);
                                  if (const auto* later = std::get_if<Pending<wire::ProduceResponse>>(&answer))
                                      later->then([pending](auto response) { pending.complete(std::move(response)); });
                                  else
                                      pending.complete(std::get<wire::ProduceResponse>(std::move(answer)));
                              });
    return pending;
}

} // namespace

Answer<wire::ProduceResponse> produce(const wire::ProduceRequest& request, const Call& call, Context& context) {
    context.counters.produceRequests.addFromOwner(1);
    if (request.acks < -1 || request.acks > 1)
        return refuseAll(request, kInvalidRequiredAcks, "acks must be -1, 0 or 1");
    if (!hasTransaction(request)) return appendAll({request, call}, context);
    // Nobody would hear that a record is not in it.
    if (request.acks == 0) return Silence{true};
    if (!request.transactionalId)
        return refuseAll(request, kTransactionalIdAuthorizationFailed, "a transaction without a transactional id");
    constexpr Access kTransact{Access::Resource::transactionalId, Access::Operation::write};
    if (const std::int16_t error = refusal(call, context, kTransact, *request.transactionalId))
        return refuseAll(request, error, "not allowed to write under that transactional id");
    if (call.version >= kJoins)
        if (auto join = joining(request, call, context); !join.partitions.empty())
            return joinAndAppend(request, call, std::move(join), context);
    return appendAll({request, call}, context);
}

ApiRow produceRow() {
    return rowOf<produce>({Access::Resource::topic, Access::Operation::write}, Quota::produce);
}

} // namespace millrace::broker
