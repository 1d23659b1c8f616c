#pragma once

#include "base/file_system.h"
#include "base/result.h"
#include "storage/log_format.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace millrace::storage {

/// Both indexes of one segment in memory, while it is written. One thread; offsets are relative to the segment's base.
class SegmentIndex {
public:
    /// Notes the batch at `position`. An entry is made when `intervalBytes` were written since the last.
    void add(std::int32_t lastOffset, std::uint64_t position, std::uint32_t sizeBytes, std::int64_t maxTimestamp,
             std::uint32_t intervalBytes);
    /// Where the search for the batch that holds `offset` begins: at it or before it.
    std::uint64_t positionBefore(std::int32_t offset) const;
    /// An offset at or before the first batch whose largest timestamp is at least `timestamp`.
    std::int32_t offsetBefore(std::int64_t timestamp) const;

    /// Writes both files, with `mark` behind their names; the time index ends with the largest timestamp. The segment's
    /// .log must be synced before.
    Status save(FileSystem& disk, const std::filesystem::path& directory, std::int64_t baseOffset,
                std::string_view mark = {}) const;
    /// The reverse of save(). `corrupt` when the files cannot be the index of a log of `logBytes` bytes.
    static Result<SegmentIndex> load(FileSystem& disk, const std::filesystem::path& directory, std::int64_t baseOffset,
                                     std::uint64_t logBytes);

    const std::vector<OffsetEntry>& offsets() const { return offsets_; }
    /// The largest timestamp and the last offset of its batch.
    const TimeEntry& latest() const { return latest_; }

private:
    std::vector<OffsetEntry> offsets_;
    std::vector<TimeEntry> times_;
    TimeEntry latest_;
    std::uint64_t bytesSinceEntry_ = 0;
};

/// The same lookups in the files of a sealed segment, without loading them.
Result<std::uint64_t> positionBefore(const File& offsetIndex, std::int32_t offset);
Result<std::int32_t> offsetBefore(const File& timeIndex, std::int64_t timestamp);

} // namespace millrace::storage
