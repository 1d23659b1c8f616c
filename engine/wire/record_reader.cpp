#include "wire/record_reader.h"

namespace millrace::wire {

namespace {

/// Length by zig-zag varint, -1 for null.
std::optional<Bytes> nullableBytes(Reader& reader) {
    const std::int64_t length = reader.zigzag();
    if (length < -1) reader.fail("a negative length in a record");
    if (length < 0) return std::nullopt;
    return reader.take(static_cast<std::size_t>(length));
}

std::vector<RecordHeader> headers(Reader& reader) {
    std::vector<RecordHeader> list;
    const std::int64_t count = reader.zigzag();
    // Two lengths are the least that a header can be.
    if (count < 0 || count > static_cast<std::int64_t>(reader.left() / 2)) {
        reader.fail("a header count that does not fit the record");
        return list;
    }
    for (std::int64_t i = 0; i < count && reader.status(); ++i) {
        auto key = nullableBytes(reader);
        if (!key)
            reader.fail("a record header without a key");
        else
            list.push_back({std::string(key->text()), nullableBytes(reader)});
    }
    return list;
}

} // namespace

RecordReader::RecordReader(const BatchHeader& header, Bytes block)
    : header_(header), reader_(std::move(block), 0, false) {}

Result<RecordReader> RecordReader::open(const Bytes& batch, std::size_t limitBytes) {
    auto header = readBatchHeader(batch.span());
    if (!header) return header.error();
    auto block =
        decompress(header->codec(), batch.slice(kBatchHeaderBytes, header->sizeBytes - kBatchHeaderBytes), limitBytes);
    if (!block) return block.error();
    return RecordReader(*header, std::move(*block));
}

Result<std::optional<Record>> RecordReader::next() {
    if (read_ >= header_.recordCount) {
        MILLRACE_TRY(reader_.finish());
        return std::optional<Record>();
    }
    const std::int64_t length = reader_.zigzag();
    if (length < 0 || length > static_cast<std::int64_t>(reader_.left()))
        reader_.fail("a record longer than its batch");
    MILLRACE_TRY(reader_.status());
    const std::size_t end = reader_.position() + static_cast<std::size_t>(length);
    Record record;
    std::int8_t attributes = 0;
    reader_.field(attributes);
    const std::int64_t timestampDelta = reader_.zigzag();
    record.timestamp = header_.logAppendTime() ? header_.maxTimestamp : header_.baseTimestamp + timestampDelta;
    record.offset = header_.baseOffset + reader_.zigzag();
    record.key = nullableBytes(reader_);
    record.value = nullableBytes(reader_);
    record.headers = headers(reader_);
    if (reader_.position() != end) reader_.fail("a record whose length does not fit its content");
    MILLRACE_TRY(reader_.status());
    ++read_;
    return std::optional(std::move(record));
}

} // namespace millrace::wire
