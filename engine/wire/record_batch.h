#pragma once

#include "base/result.h"
#include "wire/compression.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace millrace::wire {

/// The fixed part of a record batch of magic 2; its records follow, as one compressed block if a codec is set. The CRC
/// covers everything from the attributes on, so base offset and leader epoch may be rewritten without touching it.
inline constexpr std::size_t kBatchHeaderBytes = 61;
inline constexpr std::size_t kBatchLengthAt = 8; ///< int32: bytes after this field
inline constexpr std::size_t kLeaderEpochAt = 12;
inline constexpr std::size_t kMagicAt = 16;
inline constexpr std::size_t kCrcAt = 17;
inline constexpr std::size_t kAttributesAt = 21; ///< and the start of what the CRC covers
inline constexpr std::size_t kMaxTimestampAt = 35;
// Of the attributes.
inline constexpr std::int16_t kCodecBits = 7, kTransactionalBit = 16, kControlBit = 32;

struct BatchHeader {
    std::int64_t baseOffset = 0;
    std::uint32_t sizeBytes = 0; ///< of the whole batch, this header included
    std::int32_t leaderEpoch = -1;
    std::uint32_t crc = 0;
    std::int16_t attributes = 0;
    std::int32_t lastOffsetDelta = 0;
    std::int64_t baseTimestamp = -1;
    std::int64_t maxTimestamp = -1;
    std::int64_t producerId = -1;
    std::int16_t producerEpoch = -1;
    std::int32_t baseSequence = -1;
    std::int32_t recordCount = 0;

    std::int64_t lastOffset() const { return baseOffset + lastOffsetDelta; }
    /// Values above zstd are left to decompress() to refuse.
    Codec codec() const { return static_cast<Codec>(attributes & kCodecBits); }
    bool logAppendTime() const { return attributes & 8; }
    bool transactional() const { return attributes & kTransactionalBit; }
    bool control() const { return attributes & kControlBit; }
    /// Sequences wrap from 2147483647 to 0.
    std::int32_t lastSequence() const {
        return static_cast<std::int32_t>((std::int64_t{baseSequence} + lastOffsetDelta) & 0x7fffffff);
    }
};

/// The header of the batch that begins at `data`; what follows the batch is not looked at. Errors: `closed` when `data`
/// ends before the batch does (a torn tail), `unsupported` for magic 0 and 1, `corrupt` for a length or magic that no
/// batch has. The CRC is not checked here.
Result<BatchHeader> readBatchHeader(std::span<const std::uint8_t> data);

/// The same when `data` may end before the batch does: its 61 header bytes are enough (a log that is walked from header
/// to header). Errors: `closed` below that, `unsupported` and `corrupt` as above.
Result<BatchHeader> peekBatchHeader(std::span<const std::uint8_t> data);

/// Whether the CRC of a whole batch fits its bytes. Precondition: readBatchHeader(batch) has accepted it.
bool crcMatches(std::span<const std::uint8_t> batch);

/// Makes a batch one of LogAppendTime with `timestamp`, CRC included, as a topic with that setting demands.
void stampLogAppendTime(std::span<std::uint8_t> batch, std::int64_t timestamp);

} // namespace millrace::wire
