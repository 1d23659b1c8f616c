#include "broker/partitions/producer_states.h"

#include "wire/error_code.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <algorithm>
#include <utility>

namespace millrace::broker {

using namespace wire::error;

namespace {
constexpr std::int16_t kTagged = 1;  ///< the first version with tagged fields
constexpr std::int16_t kAborted = 2; ///< the first version that tells what was aborted
} // namespace

EpochMs ProducerStates::Producer::lastTimestamp() const {
    return batches.empty() ? markerTimestamp : std::max(markerTimestamp, batches.back().timestamp);
}

ProducerStates::Verdict ProducerStates::check(const wire::BatchHeader& header, Unknown unknown) const {
    const auto it = producers_.find(header.producerId);
    if (it == producers_.end())
        return unknown == Unknown::mayGoOn || header.baseSequence == 0 ? Verdict(Accepted{})
                                                                       : Verdict(kOutOfOrderSequence);
    const Producer& producer = it->second;
    if (header.producerEpoch < producer.epoch) return kInvalidProducerEpoch;
    if (producer.openSince >= 0 && !header.transactional()) return kInvalidTxnState;
    if (header.producerEpoch > producer.epoch)
        return header.baseSequence == 0 ? Verdict(Accepted{}) : Verdict(kOutOfOrderSequence);
    for (const Batch& batch : producer.batches)
        if (batch.firstSequence == header.baseSequence && batch.lastSequence == header.lastSequence())
            return Duplicate{batch.baseOffset, batch.timestamp};
    const std::int32_t last = producer.lastSequence();
    const std::int32_t next = last == INT32_MAX ? 0 : last + 1;
    return header.baseSequence == next ? Verdict(Accepted{}) : Verdict(kOutOfOrderSequence);
}

void ProducerStates::remember(const wire::BatchHeader& header) {
    Producer& producer = producers_[header.producerId];
    producer.id = header.producerId;
    if (producer.epoch != header.producerEpoch) producer.batches.clear();
    producer.epoch = header.producerEpoch;
    if (producer.batches.size() == kWindow) producer.batches.erase(producer.batches.begin());
    producer.batches.push_back({header.baseSequence, header.lastSequence(), header.baseOffset, header.maxTimestamp});
    if (!header.transactional() || producer.openSince >= 0) return;
    producer.openSince = header.baseOffset;
    open_.emplace(header.baseOffset, header.producerId);
}

bool ProducerStates::isOutdated(const wire::TransactionMarker& marker) const {
    const auto it = producers_.find(marker.producerId);
    return it != producers_.end() && marker.producerEpoch < it->second.epoch;
}

void ProducerStates::end(const wire::TransactionMarker& marker, std::int64_t offset) {
    if (isOutdated(marker)) return;
    Producer& producer = producers_[marker.producerId];
    producer.id = marker.producerId;
    if (producer.epoch != marker.producerEpoch) producer.batches.clear();
    producer.epoch = marker.producerEpoch;
    producer.coordinatorEpoch = marker.coordinatorEpoch;
    producer.markerTimestamp = marker.timestamp;
    const std::int64_t begin = std::exchange(producer.openSince, -1);
    if (begin < 0) return;
    open_.erase(begin);
    if (!marker.committed) aborted_.add({marker.producerId, begin, offset, firstOpen().value_or(offset + 1)});
}

bool ProducerStates::isOpen(std::int64_t producerId, std::int16_t epoch) const {
    const auto it = producers_.find(producerId);
    return it != producers_.end() && it->second.epoch == epoch && it->second.openSince >= 0;
}

std::optional<std::int64_t> ProducerStates::firstOpen() const {
    return open_.empty() ? std::nullopt : std::optional(open_.begin()->first);
}

void ProducerStates::expire(EpochMs before) {
    std::erase_if(producers_, [before](const auto& entry) {
        return entry.second.openSince < 0 && entry.second.lastTimestamp() < before;
    });
}

std::vector<std::uint8_t> ProducerStates::serialize(std::int16_t version) const {
    std::vector<Producer> all;
    all.reserve(producers_.size());
    for (const auto& [id, producer] : producers_)
        all.push_back(producer);
    wire::Writer writer(version, version >= kTagged);
    writer.field(all);
    if (version >= kAborted) writer.field(aborted_.all());
    return writer.takeBuffer();
}

bool ProducerStates::restore(std::span<const std::uint8_t> data, std::int16_t version) {
    wire::Reader reader(Bytes::copyOf(data), version, version >= kTagged);
    std::vector<Producer> all;
    AbortedTransactions aborted;
    reader.field(all);
    if (version >= kAborted) reader.field(aborted.all());
    if (!reader.finish()) return false;
    producers_.clear();
    open_.clear();
    aborted_ = std::move(aborted);
    for (Producer& producer : all) {
        if (producer.openSince >= 0) open_.emplace(producer.openSince, producer.id);
        producers_[producer.id] = std::move(producer);
    }
    return true;
}

} // namespace millrace::broker
