#include "wire/record_reader.h"

#include <algorithm>

namespace millrace::wire {

namespace {

constexpr const char* kMisfit = "a record whose length does not fit its content";

/// Length by zig-zag varint, -1 for null.
std::optional<Bytes> nullableBytes(Reader& reader) {
    const std::int64_t length = reader.zigzag();
    if (length < -1) reader.fail("a negative length in a record");
    if (length < 0) return std::nullopt;
    return reader.take(static_cast<std::size_t>(length));
}

/// Whatever a batch claims: what does not fit into 64 bits wraps, as in Java.
std::int64_t sum(std::int64_t base, std::int64_t delta) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(base) + static_cast<std::uint64_t>(delta));
}

} // namespace

RecordReader::RecordReader(const BatchHeader& header, Bytes block)
    : header_(header), blockBytes_(block.size()), reader_(std::move(block), 0, false) {}

Result<RecordReader> RecordReader::open(const Bytes& batch, std::size_t limitBytes) {
    auto header = readBatchHeader(batch.span());
    if (!header) return header.error();
    const Bytes closed = batch.slice(kBatchHeaderBytes, header->sizeBytes - kBatchHeaderBytes);
    // What is not compressed is in memory already, however large.
    auto block = decompress(header->codec(), closed, std::max(limitBytes, closed.size()));
    if (!block) return block.error();
    return RecordReader(*header, std::move(*block));
}

Result<std::optional<RecordReader::Start>> RecordReader::start() {
    if (read_ >= header_.recordCount) {
        MILLRACE_TRY(reader_.finish());
        return std::optional<Start>();
    }
    const std::int64_t length = reader_.zigzag();
    if (length < 0 || length > static_cast<std::int64_t>(reader_.left()))
        reader_.fail("a record longer than its batch");
    MILLRACE_TRY(reader_.status());
    Start start;
    start.end = reader_.position() + static_cast<std::size_t>(length);
    std::int8_t attributes = 0;
    reader_.field(attributes);
    const std::int64_t timestampDelta = reader_.zigzag();
    start.place.timestamp = header_.logAppendTime() ? header_.maxTimestamp : sum(header_.baseTimestamp, timestampDelta);
    start.place.offset = sum(header_.baseOffset, reader_.zigzag());
    if (reader_.position() > start.end) reader_.fail(kMisfit);
    MILLRACE_TRY(reader_.status());
    ++read_;
    return std::optional(start);
}

Result<std::optional<RecordPlace>> RecordReader::nextPlace() {
    auto start = this->start();
    if (!start) return start.error();
    if (!*start) return std::optional<RecordPlace>();
    reader_.take((*start)->end - reader_.position());
    return std::optional((*start)->place);
}

Result<std::optional<Record>> RecordReader::next() {
    auto start = this->start();
    if (!start) return start.error();
    if (!*start) return std::optional<Record>();
    Record record;
    record.offset = (*start)->place.offset;
    record.timestamp = (*start)->place.timestamp;
    record.key = nullableBytes(reader_);
    record.value = nullableBytes(reader_);
    record.headers = headers();
    if (reader_.position() != (*start)->end) reader_.fail(kMisfit);
    MILLRACE_TRY(reader_.status());
    return std::optional(std::move(record));
}

std::vector<RecordHeader> RecordReader::headers() {
    std::vector<RecordHeader> list;
    const std::int64_t count = reader_.zigzag();
    // Two lengths are the least that a header can be.
    if (count < 0 || count > static_cast<std::int64_t>(reader_.left() / 2)) {
        reader_.fail("a header count that does not fit the record");
        return list;
    }
    // Two bytes of the block become one RecordHeader, forty times as large.
    headerBytes_ += static_cast<std::size_t>(count) * sizeof(RecordHeader);
    if (headerBytes_ > Reader::kMaxDecodedBytes) {
        reader_.fail("more record headers than a batch may hold");
        return list;
    }
    list.reserve(static_cast<std::size_t>(count));
    for (std::int64_t i = 0; i < count && reader_.status(); ++i) {
        auto key = nullableBytes(reader_);
        if (!key)
            reader_.fail("a record header without a key");
        else
            list.push_back({std::string(key->text()), nullableBytes(reader_)});
    }
    return list;
}

} // namespace millrace::wire
