#include "wire/batch_builder.h"

#include "base/assertion.h"
#include "base/big_endian.h"
#include "base/crc32c.h"
#include "wire/record_batch.h"
#include "wire/writer.h"

#include <algorithm>

namespace millrace::wire {

namespace {

void putBytes(Writer& writer, const std::optional<Bytes>& bytes) {
    writer.zigzag(bytes ? static_cast<std::int64_t>(bytes->size()) : -1);
    if (bytes) writer.raw(bytes->span());
}

void putRecord(Writer& writer, const Record& record, std::int64_t timestampDelta, std::int64_t offsetDelta) {
    Writer body(0, false);
    body.field(std::int8_t{0});
    body.zigzag(timestampDelta);
    body.zigzag(offsetDelta);
    putBytes(body, record.key);
    putBytes(body, record.value);
    body.zigzag(static_cast<std::int64_t>(record.headers.size()));
    for (const RecordHeader& header : record.headers) {
        putBytes(body, Bytes::copyOf(header.key));
        putBytes(body, header.value);
    }
    writer.zigzag(static_cast<std::int64_t>(body.size()));
    writer.raw(body.takeBuffer());
}

} // namespace

Result<Bytes> buildBatch(std::span<const Record> records, const BatchOptions& options) {
    MILLRACE_ASSERT(!records.empty(), "a batch of no records");
    const std::int64_t baseTimestamp = records.front().timestamp;
    std::int64_t maxTimestamp = baseTimestamp, delta = 0;
    Writer body(0, false);
    for (const Record& record : records) {
        maxTimestamp = std::max(maxTimestamp, record.timestamp);
        putRecord(body, record, record.timestamp - baseTimestamp, delta++);
    }
    auto block = compress(options.codec, body.takeBuffer());
    if (!block) return block.error();

    Writer batch(0, false);
    batch.field(options.baseOffset);
    batch.field(static_cast<std::int32_t>(kBatchHeaderBytes - kLeaderEpochAt + block->size()));
    batch.field(std::int32_t{-1});
    batch.field(std::int8_t{2});
    batch.field(std::uint32_t{0});
    batch.field(static_cast<std::int16_t>(static_cast<int>(options.codec) | options.flags));
    batch.field(static_cast<std::int32_t>(records.size() - 1));
    batch.field(baseTimestamp);
    batch.field(maxTimestamp);
    batch.field(options.producerId);
    batch.field(options.producerEpoch);
    batch.field(options.baseSequence);
    batch.field(static_cast<std::int32_t>(records.size()));
    batch.raw(*block);
    auto bytes = batch.takeBuffer();
    storeBigEndian(bytes.data() + kCrcAt, crc32c(std::span(bytes).subspan(kAttributesAt)));
    return Bytes(std::move(bytes));
}

} // namespace millrace::wire
