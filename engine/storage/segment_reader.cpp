#include "storage/segment_reader.h"

#include "storage/batch_scanner.h"
#include "storage/segment_cut.h"
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

using Found = Result<std::optional<TimestampOffset>>;

/// Shows `look` the batches from the one that holds `offset` on, until it finds something.
template <typename Look>
Found walk(const Segment& segment, std::int64_t offset, Look look) {
    auto from = segment.positionBefore(offset);
    if (!from) return from.error();
    auto file = segment.openForReading();
    if (!file) return file.error();
    BatchScanner scanner(**file, *from, segment.bytes(), BatchScanner::Check::headers);
    for (;;) {
        auto batch = scanner.next();
        if (!batch) return damaged(segment, scanner.position(), batch.error());
        if (!*batch) return std::optional<TimestampOffset>();
        if ((*batch)->header.lastOffset() < offset) continue;
        Found found = look(**file, **batch);
        if (!found) return damaged(segment, (*batch)->position, found.error());
        if (*found) return found;
    }
}

/// Opens a batch and shows `visit` where its records stand, for as long as it wants more.
template <typename Visit>
Status openBatch(const File& file, const BatchScanner::Found& batch, Visit visit) {
    auto bytes = readBytes(file, batch.position, batch.header.sizeBytes);
    if (!bytes) return bytes.error();
    auto reader = wire::RecordReader::open(*bytes);
    if (!reader) return reader.error();
    for (;;) {
        const auto place = reader->nextPlace();
        if (!place) return place.error();
        if (!*place || !visit(**place)) return ok();
    }
}

/// Of the records at or behind `fromOffset`; -1 when none has a timestamp.
Result<std::int64_t> largestTimestamp(const Segment& segment, std::int64_t fromOffset) {
    std::int64_t largest = -1;
    const auto walked = walk(segment, fromOffset, [&](const File& file, const BatchScanner::Found& batch) -> Found {
        if (batch.header.baseOffset >= fromOffset)
            largest = std::max(largest, newestIn(batch.header));
        else
            MILLRACE_TRY(openBatch(file, batch, [&](const wire::RecordPlace& place) {
                if (place.offset >= fromOffset) largest = std::max(largest, place.timestamp);
                return true;
            }));
        return std::optional<TimestampOffset>();
    });
    if (!walked) return walked.error();
    return largest;
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
    const std::int64_t from = std::max(*near, std::min(fromOffset, segment.nextOffset()));
    return walk(segment, from, [&](const File& file, const BatchScanner::Found& batch) -> Found {
        std::optional<TimestampOffset> found;
        if (batch.header.maxTimestamp < timestamp) return found;
        MILLRACE_TRY(openBatch(file, batch, [&](const wire::RecordPlace& place) {
            if (place.timestamp >= timestamp && place.offset >= fromOffset) found = {place.timestamp, place.offset};
            return !found;
        }));
        return found;
    });
}

Result<std::optional<TimestampOffset>> findLatest(const Segment& segment, std::int64_t newest,
                                                  std::int64_t fromOffset) {
    auto found = findTimestamp(segment, newest, fromOffset);
    if (!found || *found || fromOffset <= segment.baseOffset()) return found;
    // The newest record lies before `fromOffset`: what is behind it has never been compared.
    auto largest = largestTimestamp(segment, fromOffset);
    if (!largest) return largest.error();
    if (*largest < 0) return std::optional<TimestampOffset>();
    return findTimestamp(segment, *largest, fromOffset);
}

} // namespace millrace::storage
