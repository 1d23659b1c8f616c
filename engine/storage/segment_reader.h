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

/// The record at or behind `fromOffset` with the largest timestamp, the first of several; nothing when none has one.
/// `newest` is the largest of the whole segment. Opens one batch; where that record lies before `fromOffset`, all
/// headers behind it are read first.
Result<std::optional<TimestampOffset>> findLatest(const Segment& segment, std::int64_t newest, std::int64_t fromOffset);

} // namespace millrace::storage
