#pragma once

#include "base/clock.h"
#include "storage/partition_log.h"
#include "storage/segment.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <span>

namespace millrace::storage {

/// The largest timestamp in a segment. One without timestamps counts by its file's age; nothing when that cannot be
/// told.
std::optional<EpochMs> newestIn(const FileSystem& disk, const Segment& segment);

/// Whether all of a segment is older than retention.ms; timestamps of the future keep it.
bool isExpired(FileSystem& disk, const Segment& segment, const LogConfig& config, EpochMs now);

/// Whether the segment under way is older than segment.ms.
bool isOverAge(const Segment& segment, const LogConfig& config, EpochMs now);

/// How many segments at the front go, by time, by size, or because they lie before the log's start; never the last one.
/// The first that stays keeps all behind it.
std::size_t countToRemove(FileSystem& disk, std::span<const std::shared_ptr<Segment>> segments, const LogConfig& config,
                          std::int64_t logStart, EpochMs now);
std::size_t countBelow(std::span<const std::shared_ptr<Segment>> segments, std::int64_t logStart);

} // namespace millrace::storage
