#pragma once

#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "wire/messages/produce.h"

namespace millrace::broker {

inline wire::ProduceRequest requestOf(const std::string& topic,
                                      std::vector<std::pair<std::int32_t, std::optional<Bytes>>> batches,
                                      std::int16_t acks = 1) {
    wire::ProduceRequest request;
    request.acks = acks;
    request.timeoutMs = 1000;
    auto& data = request.topicData.emplace_back();
    data.name = topic;
    for (auto& [index, batch] : batches)
        data.partitionData.push_back({index, std::move(batch)});
    return request;
}

inline const auto& onlyPartition(const wire::ProduceResponse& response) {
    return response.responses.at(0).partitionResponses.at(0);
}

inline wire::BatchOptions sequence(std::int32_t first, std::int16_t epoch = 0, std::int64_t producer = 7) {
    wire::BatchOptions options;
    options.producerId = producer;
    options.producerEpoch = epoch;
    options.baseSequence = first;
    return options;
}

/// What became of one batch for partition 0 of topic "t".
struct Sent {
    std::int16_t error;
    std::int64_t offset;
};

inline Sent send(CoreFixture& broker, const Bytes& batch, wire::Version version = 9) {
    const auto asked = broker.get(produce, requestOf("t", {{0, batch}}), version);
    const auto& partition = onlyPartition(*asked);
    return {partition.errorCode, partition.baseOffset};
}

} // namespace millrace::broker
