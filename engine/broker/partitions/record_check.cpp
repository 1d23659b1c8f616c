#include "broker/partitions/record_check.h"

#include "broker/partitions/record_walker.h"
#include "wire/big_endian.h"
#include "wire/crc32c.h"
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
Result<Image> renumbered(const Bytes& batch, const wire::BatchHeader& header, std::span<const std::uint8_t> block) {
    Image records;
    records.reserve(block.size());
    RecordWalker walker(block);
    for (std::int32_t index = 0; index < header.recordCount; ++index) {
        WalkedRecord record;
        (void)walker.next(record); // walked before, without a fault
        appendWithOffset(records, record, index);
    }
    auto packed = wire::compress(header.codec(), records);
    if (!packed) return packed.error();
    Image image(batch.data(), batch.data() + wire::kBatchHeaderBytes);
    image.insert(image.end(), packed->begin(), packed->end());
    wire::storeBigEndian(image.data() + wire::kBatchLengthAt,
                         static_cast<std::int32_t>(image.size() - wire::kLeaderEpochAt));
    return image;
}

void stamp(Image& image, const RecordRules& rules, std::int64_t maxTimestamp) {
    if (rules.appendTime) return wire::stampLogAppendTime(image, *rules.appendTime);
    wire::storeBigEndian(image.data() + wire::kMaxTimestampAt, maxTimestamp);
    wire::storeBigEndian(image.data() + wire::kCrcAt,
                         wire::crc32c(std::span<const std::uint8_t>(image).subspan(wire::kAttributesAt)));
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
    if (seen.offsetsCount && !rules.appendTime && seen.maxTimestamp == header.maxTimestamp)
        return SoundBatch{batch, header};
    Image image(batch.data(), batch.data() + batch.size());
    if (!seen.offsetsCount) {
        auto counted = renumbered(batch, header, block->span());
        if (!counted) return notOpened(counted.error());
        image = std::move(*counted);
    }
    stamp(image, rules, seen.maxTimestamp);
    const auto stamped = wire::readBatchHeader(image);
    if (!stamped) return notOpened(stamped.error());
    return SoundBatch{Bytes(std::move(image)), *stamped};
}

} // namespace millrace::broker
