#include "broker/partitions/record_check.h"

#include "base/big_endian.h"
#include "base/crc32c.h"
#include "broker/partitions/record_walker.h"
#include "wire/error_code.h"
#include "wire/record_reader.h"

#include <algorithm>
#include <fmt/core.h>

namespace millrace::broker {

using namespace wire::error;

namespace {

using Image = std::vector<std::uint8_t>;

/// What one walk over all records has shown.
struct Seen {
    std::int64_t maxTimestamp = -1;
    bool offsetsCount = true; ///< they are 0, 1, 2 …
    std::size_t withoutKey = 0, wrongTime = 0;
    std::vector<BatchFault::Record> faults;
};

std::int64_t sum(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}

void look(const WalkedRecord& record, std::int32_t index, const wire::BatchHeader& header, const RecordRules& rules,
          Seen& seen) {
    const std::int64_t timestamp = sum(header.baseTimestamp, record.timestampDelta);
    seen.maxTimestamp = std::max(seen.maxTimestamp, timestamp);
    seen.offsetsCount = seen.offsetsCount && record.offsetDelta == index;
    const bool keyMissing = rules.keysNeeded && !record.hasKey;
    const bool wrongTime =
        !rules.appendTime && timestamp >= 0 && (timestamp < rules.earliest || timestamp > rules.latest);
    if (!keyMissing && !wrongTime) [[likely]]
        return;
    ++(keyMissing ? seen.withoutKey : seen.wrongTime);
    if (seen.faults.size() >= kMostFaults) return;
    seen.faults.push_back({index, keyMissing
                                      ? std::string("a compacted topic needs a key in every record")
                                      : fmt::format("timestamp {} is outside of {} to {}, which the topic allows",
                                                    timestamp, rules.earliest, rules.latest)});
}

std::optional<BatchFault> walkAll(std::span<const std::uint8_t> block, const wire::BatchHeader& header,
                                  const RecordRules& rules, Seen& seen) {
    RecordWalker walker(block);
    for (std::int32_t index = 0; index < header.recordCount; ++index) {
        WalkedRecord record;
        if (const auto fault = walker.next(record); fault != RecordWalker::Fault::none)
            return BatchFault{fault == RecordWalker::Fault::length ? kUnknownServerError : kInvalidRecord,
                              fmt::format("record {} of {}: {}", index, header.recordCount, toString(fault)),
                              {}};
        look(record, index, header, rules, seen);
    }
    if (walker.left() == 0) return std::nullopt;
    return BatchFault{
        kInvalidRecord, fmt::format("{} bytes behind the last of {} records", walker.left(), header.recordCount), {}};
}

std::optional<BatchFault> singleFaults(Seen& seen) {
    if (seen.faults.empty()) return std::nullopt;
    if (seen.wrongTime > 0)
        return BatchFault{kInvalidTimestamp,
                          fmt::format("{} record(s) with a timestamp too far from the broker's time", seen.wrongTime),
                          std::move(seen.faults)};
    return BatchFault{kInvalidRecord, fmt::format("{} record(s) without a key in a compacted topic", seen.withoutKey),
                      std::move(seen.faults)};
}

/// The records once more, with offsets that count from 0: readers compute a record's offset from its delta.
Image renumbered(const wire::BatchHeader& header, std::span<const std::uint8_t> block) {
    Image records;
    records.reserve(block.size());
    RecordWalker walker(block);
    for (std::int32_t index = 0; index < header.recordCount; ++index) {
        WalkedRecord record;
        (void)walker.next(record); // walked before, without a fault
        appendWithOffset(records, record, index);
    }
    return records;
}

/// The batch around other records, or around the same in another compression; its CRC is still to be set.
Result<Image> packed(const Bytes& batch, const wire::BatchHeader& header, std::span<const std::uint8_t> records,
                     const Compression& compression) {
    auto block = wire::compress(compression.codec, records, compression.level);
    if (!block) return block.error();
    Image image(batch.data(), batch.data() + wire::kBatchHeaderBytes);
    image.insert(image.end(), block->begin(), block->end());
    storeBigEndian(image.data() + wire::kBatchLengthAt,
                         static_cast<std::int32_t>(image.size() - wire::kLeaderEpochAt));
    const int others = header.attributes & ~wire::kCodecBits;
    storeBigEndian(image.data() + wire::kAttributesAt,
                         static_cast<std::int16_t>(others | static_cast<int>(compression.codec)));
    return image;
}

void stamp(Image& image, const RecordRules& rules, std::int64_t maxTimestamp) {
    if (rules.appendTime) return wire::stampLogAppendTime(image, *rules.appendTime);
    storeBigEndian(image.data() + wire::kMaxTimestampAt, maxTimestamp);
    storeBigEndian(image.data() + wire::kCrcAt,
                         crc32c(std::span<const std::uint8_t>(image).subspan(wire::kAttributesAt)));
}

/// The batch with what the broker has to say in it; empty when that is nothing.
Result<Image> rewritten(const Bytes& batch, const wire::BatchHeader& header, std::span<const std::uint8_t> block,
                        const RecordRules& rules, const Seen& seen) {
    const bool otherCodec = rules.storeAs && rules.storeAs->codec != header.codec();
    if (seen.offsetsCount && !otherCodec && !rules.appendTime && seen.maxTimestamp == header.maxTimestamp)
        return Image();
    Result<Image> image = Image(batch.data(), batch.data() + batch.size());
    const Compression compression = rules.storeAs.value_or(Compression{header.codec()});
    if (!seen.offsetsCount)
        image = packed(batch, header, renumbered(header, block), compression);
    else if (otherCodec)
        image = packed(batch, header, block, compression);
    if (image) stamp(*image, rules, seen.maxTimestamp);
    return image;
}

BatchFault notOpened(const Error& error) {
    // Of a batch that is too large a producer makes smaller ones.
    return {error.code == ErrorCode::outOfRange ? kMessageTooLarge : kUnknownServerError, error.message, {}};
}

} // namespace

std::variant<SoundBatch, BatchFault> checkRecords(const Bytes& batch, const wire::BatchHeader& header,
                                                  const RecordRules& rules) {
    const Bytes closed = batch.slice(wire::kBatchHeaderBytes);
    const auto block = wire::decompress(
        header.codec(), closed,
        std::max(wire::RecordReader::kMaxBlockBytes, header.codec() == wire::Codec::none ? closed.size() : 0));
    if (!block) return notOpened(block.error());
    Seen seen;
    if (auto fault = walkAll(block->span(), header, rules, seen)) return std::move(*fault);
    if (auto fault = singleFaults(seen)) return std::move(*fault);
    auto image = rewritten(batch, header, block->span(), rules, seen);
    if (!image) return notOpened(image.error());
    if (image->empty()) return SoundBatch{batch, header};
    const auto stamped = wire::readBatchHeader(*image);
    if (!stamped) return notOpened(stamped.error());
    return SoundBatch{Bytes(std::move(*image)), *stamped};
}

} // namespace millrace::broker
