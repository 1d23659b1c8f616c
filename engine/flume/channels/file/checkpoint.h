#pragma once

#include "base/file_system.h"
#include "flume/channels/file/log_format.h"

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace millrace::flume {

/// What was in the channel when the log was read, or written, up to one place. What comes behind that place is read at
/// the next start; without a checkpoint, or with one that is damaged, that is the whole log.
///
/// The file: magic and version (8), channel (16), file number, position and sequence of that place (8 each), count of
/// the ranges (8), the ranges, checksum of all before it (4). A range: file number, position and sequence of its frame
/// (8 each), length of the frame, first event, one past the last, bytes of the bodies (4 each).
struct Checkpoint {
    struct Range {
        static constexpr std::size_t kBytes = 40;
        std::uint64_t file = 0;
        std::uint64_t position = 0;
        std::uint64_t sequence = 0;
        std::uint32_t length = 0;
        std::uint32_t first = 0;
        std::uint32_t last = 0;
        std::uint32_t bytes = 0;
    };
    ChannelId channel{};
    std::uint64_t file = 0;
    std::uint64_t position = 0;
    std::uint64_t sequence = 0;
    std::vector<Range> ranges;

    /// The oldest file that it looks into.
    std::uint64_t oldestFile() const;
    std::uint64_t events() const;
    std::vector<std::uint8_t> encoded() const;
    /// `corrupt` for what is none; nothing is allocated that the bytes do not cover.
    static Result<Checkpoint> decode(std::span<const std::uint8_t> bytes);

    /// notFound when there is none. Waits for the disk, as write() does.
    static Result<Checkpoint> read(FileSystem& disk, const std::filesystem::path& directory);
    /// In place of the one before, for good.
    Status write(FileSystem& disk, const std::filesystem::path& directory) const;
};

} // namespace millrace::flume
