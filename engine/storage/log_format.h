#pragma once

#include "base/big_endian.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace millrace::storage {

// A partition's directory, as Kafka lays it out:
//
//   <base>.log        record batches of magic 2, one behind the other, byte for byte as on the wire; <base> is the
//                     offset of the first in 20 digits
//   <base>.index      8 bytes an entry: int32 last offset of a batch minus <base>, int32 its position in the .log
//   <base>.timeindex  12 bytes an entry: int64 largest timestamp so far, int32 last offset of that batch minus <base>
//   leader-epoch-checkpoint   which leader wrote from where, see leader_epochs.h
//
// and of our own:
//
//   clean-stop        where the last segment ended when the log was closed; right only while that file has that size
//   log-start-offset  the first readable offset, where DeleteRecords moved it into a segment
//   segments.journal  which segments are about to take the place of others, while they do; see segment_swap.h
//   <name>.cleaned    a file of such a segment, until it takes its place
//
// Index entries are sparse (index.interval.bytes) and strictly rising. The index files of a segment are written when
// its .log is on stable storage, never before: a segment that has them is whole and is trusted at the next start, one
// that has not is scanned. The index of the segment under way lives in memory.

inline constexpr std::string_view kLogSuffix = ".log";
inline constexpr std::string_view kOffsetIndexSuffix = ".index";
inline constexpr std::string_view kTimeIndexSuffix = ".timeindex";
inline constexpr const char* kCleanStopName = "clean-stop";
inline constexpr const char* kLogStartName = "log-start-offset";
inline constexpr const char* kSwapJournalName = "segments.journal";
inline constexpr std::string_view kCleanedSuffix = ".cleaned";

/// Positions are signed 32-bit numbers on disk: a segment never grows beyond.
inline constexpr std::uint64_t kMaxSegmentBytes = 0x7fffffff;

struct OffsetEntry {
    static constexpr std::size_t kBytes = 8;
    std::int32_t relativeOffset = 0;
    std::int32_t position = 0;

    static OffsetEntry decode(const std::uint8_t* at) {
        return {loadBigEndian<std::int32_t>(at), loadBigEndian<std::int32_t>(at + 4)};
    }
    void encode(std::uint8_t* at) const {
        storeBigEndian(at, relativeOffset);
        storeBigEndian(at + 4, position);
    }
};

struct TimeEntry {
    static constexpr std::size_t kBytes = 12;
    std::int64_t timestamp = -1;
    std::int32_t relativeOffset = 0;

    static TimeEntry decode(const std::uint8_t* at) {
        return {loadBigEndian<std::int64_t>(at), loadBigEndian<std::int32_t>(at + 8)};
    }
    void encode(std::uint8_t* at) const {
        storeBigEndian(at, timestamp);
        storeBigEndian(at + 8, relativeOffset);
    }
};

std::filesystem::path segmentFile(const std::filesystem::path& directory, std::int64_t baseOffset,
                                  std::string_view suffix);
/// The base offset in a name of 20 digits and `suffix`; nothing for any other name.
std::optional<std::int64_t> baseOffsetOf(const std::filesystem::path& file, std::string_view suffix);

} // namespace millrace::storage
