#pragma once

#include "base/result.h"
#include "storage/partition_log.h"
#include "storage/segment.h"

#include <cstdint>
#include <optional>

namespace millrace::storage {

/// Reads whole batches from the one that holds `offset`, at most `maxBytes` but at least one; empty when the segment
/// has nothing at or behind `offset`. Any thread; waits for the disk. `corrupt` names the file and the place.
Result<ReadResult> readSegment(const Segment& segment, std::int64_t offset, std::size_t maxBytes);

/// The first record at or behind `fromOffset` that is not older than `timestamp`. Opens one batch.
Result<std::optional<TimestampOffset>> findTimestamp(const Segment& segment, std::int64_t timestamp,
                                                     std::int64_t fromOffset);

} // namespace millrace::storage
