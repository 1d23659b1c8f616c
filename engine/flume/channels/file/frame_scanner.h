#pragma once

#include "base/file_system.h"
#include "flume/channels/file/log_format.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::flume {

/// Walks the frames of a log file from front to back in large reads and looks at their checksums. Memory is bounded,
/// whatever lengths the file claims. Waits for the disk.
class FrameScanner {
public:
    FrameScanner(const File& file, std::uint64_t from, std::uint64_t end, std::uint32_t seed);

    struct Found {
        FrameHeader header;
        std::uint64_t position = 0;
        std::vector<SequenceRange> taken; ///< of a taken frame
    };
    /// The next frame; nothing at a clean end. `corrupt` says what is wrong at position(); other errors come from the
    /// disk and say nothing about the file.
    Result<std::optional<Found>> next();
    /// Behind the last good frame.
    std::uint64_t position() const { return position_; }
    /// Goes on at another place.
    void moveTo(std::uint64_t position) { position_ = position; }
    /// Where a whole frame begins, at or behind `from`. Nothing when there is none: then what is broken before is the
    /// torn tail of a crash, behind which there is nothing, and not damage.
    Result<std::optional<std::uint64_t>> find(std::uint64_t from);

private:
    Result<std::span<const std::uint8_t>> window(std::uint64_t from, std::size_t atLeast);
    Result<std::uint32_t> checksum(std::uint64_t from, std::uint64_t end);
    Result<std::optional<std::uint64_t>> findIn(std::uint64_t from, std::size_t size);

    const File& file_;
    std::uint64_t position_;
    std::uint64_t end_;
    std::uint32_t seed_;
    std::vector<std::uint8_t> buffer_;
    std::uint64_t bufferAt_ = 0;
    std::size_t bufferSize_ = 0;
};

} // namespace millrace::flume
