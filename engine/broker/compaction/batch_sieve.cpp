#include "broker/compaction/batch_sieve.h"

#include "base/big_endian.h"
#include "base/crc32c.h"
#include "wire/record_reader.h"

#include <algorithm>
#include <fmt/core.h>
#include <vector>

namespace millrace::broker {

namespace {

using Image = std::vector<std::uint8_t>;

constexpr std::int16_t kDeleteHorizonBit = 64; ///< of the attributes
constexpr std::size_t kBaseTimestampAt = 27, kRecordCountAt = 57;

// Whatever a batch claims: what does not fit into 64 bits wraps, as in Java.
std::int64_t sum(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) + static_cast<std::uint64_t>(b));
}
std::int64_t difference(std::int64_t a, std::int64_t b) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(a) - static_cast<std::uint64_t>(b));
}

Error damagedAt(const wire::BatchHeader& header, std::string_view why) {
    return {ErrorCode::corrupt, fmt::format("the batch at offset {}: {}", header.baseOffset, why)};
}

Result<Bytes> opened(const Bytes& batch, const wire::BatchHeader& header) {
    const Bytes closed = batch.slice(wire::kBatchHeaderBytes);
    auto block = wire::decompress(header.codec(), closed, std::max(wire::RecordReader::kMaxBlockBytes, closed.size()));
    if (!block) return damagedAt(header, block.error().message);
    return block;
}

Status walk(const Bytes& block, const wire::BatchHeader& header,
            const std::function<bool(const WalkedRecord&, std::int64_t)>& visit) {
    RecordWalker walker(block.span());
    for (std::int32_t i = 0; i < header.recordCount; ++i) {
        WalkedRecord record;
        if (const auto fault = walker.next(record); fault != RecordWalker::Fault::none)
            return damagedAt(header, fmt::format("record {}: {}", i, toString(fault)));
        if (!visit(record, header.baseOffset + record.offsetDelta)) return ok();
    }
    return ok();
}

/// What is left of a batch, as records and in numbers.
struct Rest {
    std::vector<bool> kept;
    std::int32_t records = 0;
    bool deletes = false; ///< one of them tells that its key is deleted
};

Result<Rest> restOf(const Bytes& block, const wire::BatchHeader& header, const SieveRules& rules) {
    Rest rest;
    MILLRACE_TRY(walk(block, header, [&](const WalkedRecord& record, std::int64_t offset) {
        rest.kept.push_back(rules.keeps(record, offset));
        if (!rest.kept.back()) return true;
        ++rest.records;
        rest.deletes = rest.deletes || !record.hasValue;
        return true;
    }));
    return rest;
}

void closeImage(Image& image) {
    storeBigEndian(image.data() + wire::kBatchLengthAt, static_cast<std::int32_t>(image.size() - wire::kLeaderEpochAt));
    storeBigEndian(image.data() + wire::kCrcAt,
                   crc32c(std::span<const std::uint8_t>(image).subspan(wire::kAttributesAt)));
}

Image headerOf(const Bytes& batch) {
    return Image(batch.data(), batch.data() + wire::kBatchHeaderBytes);
}

/// The kept records behind a header that says so; `horizon`: its new one.
Result<Bytes> rebuilt(const Bytes& batch, const Bytes& block, const wire::BatchHeader& header, const Rest& rest,
                      std::optional<EpochMs> horizon) {
    const std::int64_t base = horizon.value_or(header.baseTimestamp);
    Image records;
    std::int64_t newest = -1;
    std::size_t index = 0;
    MILLRACE_TRY(walk(block, header, [&](const WalkedRecord& record, std::int64_t) {
        if (!rest.kept[index++]) return true;
        const std::int64_t timestamp = sum(header.baseTimestamp, record.timestampDelta);
        newest = std::max(newest, timestamp);
        appendWithTimestamp(records, record, difference(timestamp, base));
        return true;
    }));
    auto closed = wire::compress(header.codec(), records);
    if (!closed) return damagedAt(header, closed.error().message);
    Image image = headerOf(batch);
    image.insert(image.end(), closed->begin(), closed->end());
    if (horizon)
        storeBigEndian(image.data() + wire::kAttributesAt,
                       static_cast<std::int16_t>(header.attributes | kDeleteHorizonBit));
    storeBigEndian(image.data() + kBaseTimestampAt, base);
    storeBigEndian(image.data() + kRecordCountAt, rest.records);
    if (!header.logAppendTime()) storeBigEndian(image.data() + wire::kMaxTimestampAt, newest);
    closeImage(image);
    return Bytes(std::move(image));
}

} // namespace

std::optional<EpochMs> deleteHorizonOf(const wire::BatchHeader& header) {
    return header.attributes & kDeleteHorizonBit ? std::optional(header.baseTimestamp) : std::nullopt;
}

Status eachRecord(const Bytes& batch, const wire::BatchHeader& header,
                  const std::function<bool(const WalkedRecord&, std::int64_t offset)>& visit) {
    auto block = opened(batch, header);
    return block ? walk(*block, header, visit) : block.error();
}

Result<SiftedBatch> siftBatch(const Bytes& batch, const wire::BatchHeader& header, const SieveRules& rules) {
    auto block = opened(batch, header);
    if (!block) return block.error();
    const auto rest = restOf(*block, header, rules);
    if (!rest) return rest.error();
    if (rest->records == 0) return SiftedBatch{emptied(batch), 0, batch.size() > wire::kBatchHeaderBytes};
    std::optional<EpochMs> horizon;
    if (!deleteHorizonOf(header) && (rules.stampAlways || rest->deletes)) horizon = rules.horizon;
    if (!horizon && rest->records == header.recordCount) return SiftedBatch{batch, rest->records, false};
    auto fewer = rebuilt(batch, *block, header, *rest, horizon);
    if (!fewer) return fewer.error();
    return SiftedBatch{std::move(*fewer), rest->records, true};
}

Bytes emptied(const Bytes& batch) {
    Image image = headerOf(batch);
    const auto attributes = loadBigEndian<std::int16_t>(image.data() + wire::kAttributesAt);
    storeBigEndian(image.data() + wire::kAttributesAt, static_cast<std::int16_t>(attributes & ~wire::kCodecBits));
    storeBigEndian(image.data() + kRecordCountAt, std::int32_t{0});
    closeImage(image);
    return Bytes(std::move(image));
}

} // namespace millrace::broker
