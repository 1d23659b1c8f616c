#pragma once

#include "base/result.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string_view>

namespace millrace::flume {

// What a file channel keeps on the disk. Numbers are big-endian; this is not Apache Flume's format.
//
// In dataDirs, spread over them in turn, is one log, in files that are numbered without a gap:
//
//   events-<number>.log      a header, then frames one behind the other; <number> in 20 digits
//   <name>.damaged-<place>   what could not be read at that place, set aside
//
// in checkpointDir:
//
//   channel.checkpoint       what was in the channel at one place of the log, see checkpoint.h
//
// and in each of them:
//
//   in_use.lock, in_use.by   locked as long as a channel uses the directory, and whose channel that is
//
// The log says everything. Each event has a number, its sequence, one higher than that of the event before. A frame
// brings the events of one put, or tells the sequences that sinks have taken for good; frames of one transaction are
// bound together, and none of them counts without the last. Rollbacks leave no trace. What is in the channel is what
// the frames have brought and not taken, in the order of the sequences; the checkpoint only shortens the reading.
//
// A file is begun when the one before is on stable storage, and says where that one ends: what lies behind, a write
// that failed, never became true. Files go from the oldest on, when nothing in them and before them is in the channel
// and a checkpoint on stable storage no longer looks into them.
//
// Checksums are CRC-32C and begin with that of the channel's id, which is random: a frame that somebody sends as the
// body of an event is none, nor is one of another channel.

inline constexpr std::string_view kCheckpointName = "channel.checkpoint";
inline constexpr std::string_view kLockName = "in_use.lock";
inline constexpr std::string_view kOwnerName = "in_use.by";

/// With what an event file begins whose content is encrypted (encrypted_files.h).
inline constexpr std::array<std::uint8_t, 8> kEncryptedMagic{'m', 'i', 'l', 'l', 'e', 'n', 'c', 1};
bool isEncrypted(std::span<const std::uint8_t> beginning);

using ChannelId = std::array<std::uint8_t, 16>;
/// What the checksums of this channel's frames begin with.
std::uint32_t checksumSeed(const ChannelId& id);

/// Events by their sequence, from `first` to before `end`.
struct SequenceRange {
    std::uint64_t first = 0;
    std::uint64_t end = 0;
    bool operator==(const SequenceRange&) const = default;
};

/// The first bytes of a log file: magic and version (8), channel (16), number (8), where the file before ends (8), the
/// sequence of the first event (8), zeros (12), checksum of all before it (4).
struct LogFileHeader {
    static constexpr std::size_t kBytes = 64;
    ChannelId channel{};
    std::uint64_t number = 0;
    std::uint64_t endOfPrevious = 0; ///< 0 when there was none
    std::uint64_t firstSequence = 0;

    std::array<std::uint8_t, kBytes> encoded() const;
    /// `corrupt` for what is none, `unsupported` for one of a later version, `denied` for an encrypted one.
    static Result<LogFileHeader> decode(std::span<const std::uint8_t> bytes);
};

enum class FrameKind : std::uint8_t {
    put = 1,
    taken = 2,
};

/// The first bytes of a frame: magic (4), length of the frame (4), checksum of what follows up to the bodies (4), kind
/// (1), flags (1: the transaction goes on in the next frame), zero (2), sequence (8), count (4), header sets (4), bytes
/// of the bodies (4), their checksum (4). Behind them come the tables, then the bodies one behind the other.
///
/// Tables of a put: each header set as count (4) and so many pairs of length (4) and text; when there are several sets,
/// for each event the number of its set (4); for each event the length of its body (4). Of a taken frame: for each
/// range its first sequence and the one behind its last (8 each).
struct FrameHeader {
    static constexpr std::size_t kBytes = 40;
    static constexpr std::size_t kChecksummedFrom = 12;
    static constexpr std::uint32_t kMaxBytes = 0x7fffffff;
    static constexpr std::uint32_t kMaxRanges = 32768; ///< in one taken frame
    static constexpr std::array<std::uint8_t, 4> kMagic{0x4d, 0x6c, 0xf2, 0x9e};

    std::uint32_t length = 0;
    std::uint32_t checksum = 0;
    FrameKind kind = FrameKind::put;
    bool goesOn = false;
    std::uint64_t sequence = 0; ///< put: of its first event; taken: that the next put will have
    std::uint32_t count = 0;    ///< put: events, at least one; taken: ranges, at least one
    std::uint32_t sets = 0;
    std::uint32_t bodyBytes = 0;
    std::uint32_t bodyChecksum = 0;

    std::uint32_t tableBytes() const { return length - static_cast<std::uint32_t>(kBytes) - bodyBytes; }
    void encode(std::uint8_t* at) const;
    /// Nothing for what cannot be a frame that ends within `left` bytes; its checksums are not looked at. Precondition:
    /// kBytes can be read.
    static std::optional<FrameHeader> decode(const std::uint8_t* at, std::uint64_t left);
};

std::filesystem::path logFileName(std::uint64_t number);
/// The number in the name of a log file; nothing for any other name.
std::optional<std::uint64_t> logFileNumber(const std::filesystem::path& path);
/// Whether Apache Flume's file channel keeps a file of this name.
bool isApacheFlumes(std::string_view name);

} // namespace millrace::flume
