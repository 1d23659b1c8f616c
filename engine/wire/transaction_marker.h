#pragma once

#include "base/bytes.h"
#include "base/clock.h"

#include <cstdint>
#include <optional>

namespace millrace::wire {

/// What ends a transaction in one partition: a control batch of one record (KIP-98). Consumers never see it, but it has
/// an offset of its own.
struct TransactionMarker {
    std::int64_t producerId = -1;
    std::int16_t producerEpoch = -1;
    bool committed = false;
    std::int32_t coordinatorEpoch = 0;
    EpochMs timestamp = 0;
    bool operator==(const TransactionMarker&) const = default;
};

/// As a log keeps it, but for its offset and leader epoch.
Bytes markerBatch(const TransactionMarker& marker);
/// What a control batch says; nothing when it ends no transaction. Precondition: `batch` is one whole batch, which
/// readBatchHeader() has accepted.
std::optional<TransactionMarker> readTransactionMarker(const Bytes& batch);

} // namespace millrace::wire
