#include "wire/record_batch.h"

#include "base/big_endian.h"
#include "base/crc32c.h"

#include <fmt/core.h>

namespace millrace::wire {

static Result<std::uint32_t> sizeOfBatch(std::span<const std::uint8_t> data) {
    if (data.size() <= kMagicAt)
        return Error{ErrorCode::closed, fmt::format("{} bytes are less than the start of a record batch", data.size())};
    const std::uint8_t* at = data.data();
    const auto length = loadBigEndian<std::int32_t>(at + kBatchLengthAt);
    const std::uint8_t magic = at[kMagicAt];
    if (magic < 2)
        return Error{
            ErrorCode::unsupported,
            fmt::format("message format {} is older than Kafka 0.11; record batches of magic 2 are needed", magic)};
    if (magic > 2) return Error{ErrorCode::corrupt, fmt::format("a record batch of unknown magic {}", magic)};
    const std::int64_t size = std::int64_t{length} + static_cast<std::int64_t>(kLeaderEpochAt);
    if (size < static_cast<std::int64_t>(kBatchHeaderBytes))
        return Error{ErrorCode::corrupt, fmt::format("a record batch of length {}, shorter than its header", length)};
    return static_cast<std::uint32_t>(size);
}

static BatchHeader headerAt(const std::uint8_t* at, std::uint32_t size) {
    BatchHeader header;
    header.baseOffset = loadBigEndian<std::int64_t>(at);
    header.sizeBytes = size;
    header.leaderEpoch = loadBigEndian<std::int32_t>(at + kLeaderEpochAt);
    header.crc = loadBigEndian<std::uint32_t>(at + kCrcAt);
    header.attributes = loadBigEndian<std::int16_t>(at + kAttributesAt);
    header.lastOffsetDelta = loadBigEndian<std::int32_t>(at + 23);
    header.baseTimestamp = loadBigEndian<std::int64_t>(at + 27);
    header.maxTimestamp = loadBigEndian<std::int64_t>(at + kMaxTimestampAt);
    header.producerId = loadBigEndian<std::int64_t>(at + 43);
    header.producerEpoch = loadBigEndian<std::int16_t>(at + 51);
    header.baseSequence = loadBigEndian<std::int32_t>(at + 53);
    header.recordCount = loadBigEndian<std::int32_t>(at + 57);
    return header;
}

Result<BatchHeader> readBatchHeader(std::span<const std::uint8_t> data) {
    const auto size = sizeOfBatch(data);
    if (!size) return size.error();
    if (*size > data.size())
        return Error{ErrorCode::closed, fmt::format("a record batch of {} bytes, {} there", *size, data.size())};
    return headerAt(data.data(), *size);
}

Result<BatchHeader> peekBatchHeader(std::span<const std::uint8_t> data) {
    const auto size = sizeOfBatch(data);
    if (!size) return size.error();
    if (data.size() < kBatchHeaderBytes)
        return Error{ErrorCode::closed, fmt::format("{} bytes are less than a record batch header", data.size())};
    return headerAt(data.data(), *size);
}

bool crcMatches(std::span<const std::uint8_t> batch) {
    return crc32c(batch.subspan(kAttributesAt)) == loadBigEndian<std::uint32_t>(batch.data() + kCrcAt);
}

void stampLogAppendTime(std::span<std::uint8_t> batch, std::int64_t timestamp) {
    const auto attributes = loadBigEndian<std::int16_t>(batch.data() + kAttributesAt);
    storeBigEndian(batch.data() + kAttributesAt, static_cast<std::int16_t>(attributes | 8));
    storeBigEndian(batch.data() + kMaxTimestampAt, timestamp);
    storeBigEndian(batch.data() + kCrcAt, crc32c(batch.subspan(kAttributesAt)));
}

} // namespace millrace::wire
