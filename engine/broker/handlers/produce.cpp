#include "wire/messages/produce.h"
#include "base/sentences.h"
#include "broker/partitions/record_check.h"
#include "broker/requests/api_row.h"
#include "broker/requests/leader_replica.h"
#include "wire/error_code.h"
#include "wire/record_batch.h"

#include <fmt/core.h>

#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {

using PartitionResponse = wire::ProduceResponse::Response::PartitionResponse;
using Checked = std::variant<wire::BatchHeader, PartitionResponse>;
constexpr wire::Version kKnowsZstd = 7;
constexpr std::int16_t kAllReplicas = -1;

PartitionResponse refused(std::int16_t error, std::string message) {
    PartitionResponse response;
    response.errorCode = error;
    response.errorMessage = std::move(message);
    response.baseOffset = -1;
    return response;
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
    if (header.transactional())
        return refused(kTransactionalIdAuthorizationFailed, "transactions are not available in this broker");
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
std::optional<PartitionResponse> answerOfSequence(Partition& partition, const wire::BatchHeader& header) {
    if (header.producerId < 0) return std::nullopt;
    const auto verdict = partition.producers().check(header);
    if (const auto* duplicate = std::get_if<ProducerStates::Duplicate>(&verdict))
        return accepted(partition, duplicate->baseOffset, duplicate->timestamp);
    if (const auto* error = std::get_if<std::int16_t>(&verdict))
        return refused(*error, fmt::format("producer {} epoch {} sequence {}", header.producerId, header.producerEpoch,
                                           header.baseSequence));
    return std::nullopt;
}

PartitionResponse appendTo(Partition& partition, const TopicMetadata& topic, const SoundBatch& sound,
                           Context& context) {
    const auto& [batch, header] = sound;
    if (batch.size() > topic.settings.maxMessageBytes) return tooLarge(batch.size(), topic.settings);
    if (partition.offline()) return refused(kStorageError, "the partition is offline, see the broker's log");
    if (auto answer = answerOfSequence(partition, header)) return *answer;
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
                             const std::string& name, std::int16_t acks, const Call& call, Context& context) {
    if (isInternalTopic(name)) return refused(kInvalidTopic, "clients may not write to " + name);
    const auto leader = leaderOf(context, topic, data.index);
    if (leader.error != kNone) return notLed(leader.error, data.index, name);
    if (acks == kAllReplicas)
        if (auto tooFew = checkInSync(*topic, data.index)) return *tooFew;
    if (!data.records || data.records->empty()) return refused(kInvalidRecord, "no records");
    const Checked checked = readHeader(*data.records);
    if (const auto* response = std::get_if<PartitionResponse>(&checked)) {
        if (response->errorCode == kUnsupportedForMessageFormat) tellOldFormat(name, call, context);
        return *response;
    }
    const auto& header = std::get<wire::BatchHeader>(checked);
    if (auto error = checkBatch(header, *data.records, *topic, call.version)) return *error;
    auto records = checkRecords(*data.records, header, rulesOf(topic->settings, context.clock.epochMs()));
    if (auto* fault = std::get_if<BatchFault>(&records)) return refused(std::move(*fault));
    return appendTo(*leader.replica, *topic, std::get<SoundBatch>(records), context);
}

wire::ProduceResponse refuseAll(const wire::ProduceRequest& request, std::int16_t error, const std::string& message) {
    wire::ProduceResponse response;
    for (const auto& topic : request.topicData) {
        auto& answer = response.responses.emplace_back();
        answer.name = topic.name;
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

} // namespace

Answer<wire::ProduceResponse> produce(const wire::ProduceRequest& request, const Call& call, Context& context) {
    context.counters.produceRequests.addFromOwner(1);
    if (request.acks < -1 || request.acks > 1)
        return refuseAll(request, kInvalidRequiredAcks, "acks must be -1, 0 or 1");
    if (request.transactionalId)
        return refuseAll(request, kTransactionalIdAuthorizationFailed, "transactions are not available in this broker");
    wire::ProduceResponse response;
    GroupCommit::Logs logs;
    bool failed = false;
    for (const auto& data : request.topicData) {
        const auto topic = context.metadata.find(data.name);
        auto& answer = response.responses.emplace_back();
        answer.name = data.name;
        for (const auto& partition : data.partitionData) {
            auto& result = answer.partitionResponses.emplace_back(
                produceOne(partition, topic.get(), data.name, request.acks, call, context));
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

ApiRow produceRow() {
    return rowOf<produce>({Access::Resource::topic, Access::Operation::write}, Quota::produce);
}

} // namespace millrace::broker
