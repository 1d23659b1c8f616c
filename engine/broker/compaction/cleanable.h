#pragma once

#include "broker/settings/topic_settings.h"
#include "storage/partition_log.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>

namespace millrace::broker {

/// The part of a log that compaction has not seen yet and may see now.
struct Cleanable {
    std::int64_t from = 0;
    std::int64_t end = 0; ///< behind it, where a segment begins
    std::uint64_t cleanBytes = 0;
    std::uint64_t dirtyBytes = 0;
    bool overdue = false; ///< max.compaction.lag.ms demands it, however little it is

    /// Above min.cleanable.dirty.ratio it is worth the work.
    double ratio() const {
        return static_cast<double>(dirtyBytes) /
               static_cast<double>(std::max<std::uint64_t>(cleanBytes + dirtyBytes, 1));
    }
};

/// What is known of a log.
struct LogState {
    std::int64_t compactedTo = 0; ///< as far as the last pass came
    std::int64_t logStart = 0;
    std::int64_t stableOffset = 0; ///< no transaction is open before it
};

/// From the end of the last pass up to the segment under way, the first open transaction, or the first segment that is
/// younger than min.compaction.lag.ms; nothing when that is no segment. As Kafka's LogCleanerManager.
std::optional<Cleanable> cleanablePart(std::span<const storage::SegmentSummary> segments, const LogState& state,
                                       const CompactionSettings& settings, EpochMs now);

/// Segments that are written anew together since they fit into one: from the first that begins at or behind `from`, up
/// to one that begins at or behind `end` at the latest.
struct SegmentGroup {
    std::int64_t from = 0;
    std::int64_t end = 0; ///< where the next segment begins
    int segments = 0;
};
std::optional<SegmentGroup> nextGroup(std::span<const storage::SegmentSummary> segments, std::int64_t from,
                                      std::int64_t end, std::uint64_t segmentBytes);

} // namespace millrace::broker
