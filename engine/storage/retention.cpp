#include "storage/retention.h"

namespace millrace::storage {

std::optional<EpochMs> newestIn(const FileSystem& disk, const Segment& segment) {
    if (const EpochMs latest = segment.extent().latest.timestamp; latest >= 0) return latest;
    const auto info = disk.info(segment.logPath());
    return info ? std::optional(info->modifiedMs) : std::nullopt;
}

bool isExpired(FileSystem& disk, const Segment& segment, const LogConfig& config, EpochMs now) {
    if (config.retentionMs < 0) return false;
    const auto newest = newestIn(disk, segment);
    return newest && now - *newest > config.retentionMs;
}

bool isOverAge(const Segment& segment, const LogConfig& config, EpochMs now) {
    const std::int64_t first = segment.extent().firstTimestamp;
    return first >= 0 && now - first >= config.segmentMs;
}

std::size_t countBelow(std::span<const std::shared_ptr<Segment>> segments, std::int64_t logStart) {
    std::size_t count = 0;
    // Not by where it ends: a log with gaps would begin behind the offset that was asked for.
    while (count + 1 < segments.size() && segments[count + 1]->baseOffset() <= logStart)
        ++count;
    return count;
}

std::size_t countToRemove(FileSystem& disk, std::span<const std::shared_ptr<Segment>> segments, const LogConfig& config,
                          std::int64_t logStart, EpochMs now) {
    std::uint64_t total = 0;
    for (const auto& segment : segments)
        total += segment->bytes();
    std::size_t count = countBelow(segments, logStart);
    for (std::size_t i = 0; i < count; ++i)
        total -= segments[i]->bytes();
    for (; count + 1 < segments.size(); ++count) {
        const Segment& segment = *segments[count];
        const bool tooMuch =
            config.retentionBytes >= 0 && total - segment.bytes() >= static_cast<std::uint64_t>(config.retentionBytes);
        if (!tooMuch && !isExpired(disk, segment, config, now)) break;
        total -= segment.bytes();
    }
    return count;
}

} // namespace millrace::storage
