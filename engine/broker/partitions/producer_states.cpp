#include "broker/partitions/producer_states.h"

#include "wire/error_code.h"
#include "wire/reader.h"
#include "wire/writer.h"

#include <algorithm>

namespace millrace::broker {

using namespace wire::error;

namespace {
constexpr std::int16_t kTagged = 1; ///< the first version with tagged fields
}

ProducerStates::Verdict ProducerStates::check(const wire::BatchHeader& header) const {
    const auto it = producers_.find(header.producerId);
    // Nothing known: its data may have been deleted, so any first sequence is right.
    if (it == producers_.end()) return Accepted{};
    const Producer& producer = it->second;
    if (header.producerEpoch < producer.epoch) return kInvalidProducerEpoch;
    if (header.producerEpoch > producer.epoch)
        return header.baseSequence == 0 ? Verdict(Accepted{}) : Verdict(kOutOfOrderSequence);
    for (const Batch& batch : producer.batches)
        if (batch.firstSequence == header.baseSequence && batch.lastSequence == header.lastSequence())
            return Duplicate{batch.baseOffset, batch.timestamp};
    const std::int32_t last = producer.batches.back().lastSequence;
    const std::int32_t next = last == INT32_MAX ? 0 : last + 1;
    return header.baseSequence == next ? Verdict(Accepted{}) : Verdict(kOutOfOrderSequence);
}

void ProducerStates::remember(const wire::BatchHeader& header) {
    Producer& producer = producers_[header.producerId];
    if (producer.batches.empty() || producer.epoch != header.producerEpoch) {
        producer.id = header.producerId;
        producer.epoch = header.producerEpoch;
        producer.batches.clear();
    }
    if (producer.batches.size() == kWindow) producer.batches.erase(producer.batches.begin());
    producer.batches.push_back({header.baseSequence, header.lastSequence(), header.baseOffset, header.maxTimestamp});
}

void ProducerStates::expire(EpochMs before) {
    std::erase_if(producers_, [before](const auto& entry) { return entry.second.batches.back().timestamp < before; });
}

std::vector<std::uint8_t> ProducerStates::serialize(std::int16_t version) const {
    std::vector<Producer> all;
    all.reserve(producers_.size());
    for (const auto& [id, producer] : producers_)
        all.push_back(producer);
    wire::Writer writer(version, version >= kTagged);
    writer.field(all);
    return writer.takeBuffer();
}

bool ProducerStates::restore(std::span<const std::uint8_t> data, std::int16_t version) {
    wire::Reader reader(Bytes::copyOf(data), version, version >= kTagged);
    std::vector<Producer> all;
    reader.field(all);
    if (!reader.finish()) return false;
    producers_.clear();
    for (Producer& producer : all)
        if (!producer.batches.empty()) producers_[producer.id] = std::move(producer);
    return true;
}

} // namespace millrace::broker
