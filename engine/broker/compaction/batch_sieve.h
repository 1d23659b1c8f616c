#pragma once

#include "base/bytes.h"
#include "base/clock.h"
#include "base/result.h"
#include "broker/partitions/record_walker.h"
#include "wire/record_batch.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace millrace::broker {

/// Until when the deleted keys in a batch, or its marker, are told to readers: since KIP-534 it stands in the place of
/// the base timestamp, and an attribute says so. Nothing as long as compaction has not seen that they could go.
std::optional<EpochMs> deleteHorizonOf(const wire::BatchHeader& header);

/// Calls `visit` for each record of a batch until it returns false. `corrupt` names the batch. Precondition: the header
/// fits the batch, and the CRC too.
Status eachRecord(const Bytes& batch, const wire::BatchHeader& header,
                  const std::function<bool(const WalkedRecord&, std::int64_t offset)>& visit);

struct SiftedBatch {
    Bytes batch; ///< the one that went in when nothing has changed; emptied() when no record is left
    std::int32_t records = 0;
    bool changed = false;
};

struct SieveRules {
    std::function<bool(const WalkedRecord&, std::int64_t offset)> keeps;
    EpochMs horizon = 0;      ///< that the batch gets when it has none and tells of a deleted key
    bool stampAlways = false; ///< not only then
};

/// The batch with fewer records: offsets, sequence, producer and leader epoch stay, in the codec that it had. As
/// eachRecord().
Result<SiftedBatch> siftBatch(const Bytes& batch, const wire::BatchHeader& header, const SieveRules& rules);

/// The header alone: it still tells readers how far the log goes, and the broker what its producer has sent.
Bytes emptied(const Bytes& batch);

} // namespace millrace::broker
