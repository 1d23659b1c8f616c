#include "storage/segment_reader.h"

#include "storage/batch_scanner.h"
#include "wire/record_reader.h"

#include <algorithm>
#include <fmt/core.h>

namespace millrace::storage {

namespace {

Error damaged(const Segment& segment, std::uint64_t position, const Error& error) {
    return {ErrorCode::corrupt, fmt::format("{} at byte {}: {}", segment.logPath().string(), position, error.message)};
}

Result<Bytes> readBytes(const File& file, std::uint64_t position, std::size_t size) {
    auto memory = std::make_shared_for_overwrite<std::uint8_t[]>(size);
    auto got = file.readAt(position, {memory.get(), size});
    if (!got) return got.error();
    const std::span<const std::uint8_t> view{memory.get(), *got};
    return Bytes(std::move(memory), view);
}

/// The first batch whose last offset is at or behind `offset`.
Result<std::optional<BatchScanner::Found>> findBatch(const Segment& segment, const File& file, std::int64_t offset) {
    auto from = segment.positionBefore(offset);
    if (!from) return from.error();
    BatchScanner scanner(file, *from, segment.bytes(), BatchScanner::Check::headers);
    for (;;) {
        auto found = scanner.next();
        if (!found) return damaged(segment, scanner.position(), found.error());
        if (!*found || (*found)->header.lastOffset() >= offset) return found;
    }
}

/// How much of `data` is whole batches.
std::size_t wholeBatches(std::span<const std::uint8_t> data) {
    std::size_t end = 0;
    while (const auto header = wire::readBatchHeader(data.subspan(end)))
        end += header->sizeBytes;
    return end;
}

Result<std::optional<TimestampOffset>> findInBatch(const Bytes& batch, std::int64_t timestamp,
                                                   std::int64_t fromOffset) {
    auto reader = wire::RecordReader::open(batch);
    if (!reader) return reader.error();
    for (;;) {
        const auto place = reader->nextPlace();
        if (!place) return place.error();
        if (!*place) return std::optional<TimestampOffset>();
        if ((*place)->timestamp >= timestamp && (*place)->offset >= fromOffset)
            return std::optional(TimestampOffset{(*place)->timestamp, (*place)->offset});
    }
}

} // namespace

Result<ReadResult> readSegment(const Segment& segment, std::int64_t offset, std::size_t maxBytes) {
    const std::uint64_t end = segment.bytes();
    auto file = segment.openForReading();
    if (!file) return file.error();
    auto first = findBatch(segment, **file, offset);
    if (!first) return first.error();
    if (!*first) return ReadResult{};
    const std::uint64_t position = (*first)->position;
    const std::size_t wanted = std::max<std::size_t>(maxBytes, (*first)->header.sizeBytes);
    auto data = readBytes(**file, position, static_cast<std::size_t>(std::min<std::uint64_t>(wanted, end - position)));
    if (!data) return data.error();
    const std::size_t whole = wholeBatches(data->span());
    if (whole == 0) return damaged(segment, position, Error{ErrorCode::corrupt, "the batch changed while it was read"});
    ReadResult result;
    result.pieces.push_back(data->slice(0, whole));
    result.sizeBytes = whole;
    return result;
}

Result<std::optional<TimestampOffset>> findTimestamp(const Segment& segment, std::int64_t timestamp,
                                                     std::int64_t fromOffset) {
    auto near = segment.offsetBefore(timestamp);
    if (!near) return near.error();
    auto from = segment.positionBefore(std::max(*near, std::min(fromOffset, segment.nextOffset())));
    if (!from) return from.error();
    auto file = segment.openForReading();
    if (!file) return file.error();
    BatchScanner scanner(**file, *from, segment.bytes(), BatchScanner::Check::headers);
    for (;;) {
        auto found = scanner.next();
        if (!found) return damaged(segment, scanner.position(), found.error());
        if (!*found) return std::optional<TimestampOffset>();
        const wire::BatchHeader& header = (*found)->header;
        if (header.maxTimestamp < timestamp || header.lastOffset() < fromOffset) continue;
        auto batch = readBytes(**file, (*found)->position, header.sizeBytes);
        if (!batch) return batch.error();
        auto hit = findInBatch(*batch, timestamp, fromOffset);
        if (!hit) return damaged(segment, (*found)->position, hit.error());
        if (*hit) return hit;
    }
}

} // namespace millrace::storage
