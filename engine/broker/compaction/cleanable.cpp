#include "broker/compaction/cleanable.h"

namespace millrace::broker {

namespace {

/// A mark beyond the closed segments is of a log that has lost its end since.
std::int64_t startOf(std::span<const storage::SegmentSummary> segments, const LogState& state) {
    if (state.compactedTo > segments.back().baseOffset) return state.logStart;
    return std::max(state.compactedTo, state.logStart);
}

bool isOlderThan(EpochMs time, std::int64_t lag, EpochMs now) {
    return now > lag && time < now - lag;
}

} // namespace

std::optional<Cleanable> cleanablePart(std::span<const storage::SegmentSummary> segments, const LogState& state,
                                       const CompactionSettings& settings, EpochMs now) {
    if (segments.empty()) return std::nullopt;
    Cleanable part;
    part.from = part.end = startOf(segments, state);
    for (std::size_t i = 0; i + 1 < segments.size(); ++i) {
        const auto& segment = segments[i];
        const std::int64_t next = segments[i + 1].baseOffset;
        if (next <= part.from) {
            part.cleanBytes += segment.sizeBytes;
            continue;
        }
        const bool young = settings.minLagMs > 0 && !isOlderThan(segment.newest, settings.minLagMs, now);
        if (young || next > state.stableOffset) break;
        part.dirtyBytes += segment.sizeBytes;
        part.overdue = part.overdue || isOlderThan(segment.oldest, settings.maxLagMs, now);
        part.end = next;
    }
    return part.end > part.from ? std::optional(part) : std::nullopt;
}

std::optional<SegmentGroup> nextGroup(std::span<const storage::SegmentSummary> segments, std::int64_t from,
                                      std::int64_t end, std::uint64_t segmentBytes) {
    std::optional<SegmentGroup> group;
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i + 1 < segments.size() && segments[i].baseOffset < end; ++i) {
        if (segments[i].baseOffset < from) continue;
        bytes += segments[i].sizeBytes;
        if (group && bytes > segmentBytes) break;
        if (!group) group = SegmentGroup{segments[i].baseOffset, 0, 0};
        group->end = segments[i + 1].baseOffset;
        ++group->segments;
    }
    return group;
}

} // namespace millrace::broker
