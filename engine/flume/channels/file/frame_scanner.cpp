#include "flume/channels/file/frame_scanner.h"

#include "base/crc32c.h"
#include "flume/channels/file/event_frame.h"

#include <algorithm>

namespace millrace::flume {

namespace {

/// Larger than any taken frame, whose tables are read as a whole.
constexpr std::size_t kWindowBytes = 1024 * 1024;
static_assert(kWindowBytes > FrameHeader::kBytes + FrameHeader::kMaxRanges * 16);

Error wrong(const char* what) {
    return {ErrorCode::corrupt, what, false};
}

} // namespace

FrameScanner::FrameScanner(const File& file, std::uint64_t from, std::uint64_t end, std::uint32_t seed)
    : file_(file), position_(from), end_(end), seed_(seed) {}

Result<std::span<const std::uint8_t>> FrameScanner::window(std::uint64_t from, std::size_t atLeast) {
    if (from < bufferAt_ || from + atLeast > bufferAt_ + bufferSize_) {
        buffer_.resize(static_cast<std::size_t>(std::min<std::uint64_t>(kWindowBytes, end_ - from)));
        bufferSize_ = 0;
        auto got = file_.readAt(from, buffer_);
        if (!got) return got.error();
        bufferAt_ = from;
        bufferSize_ = *got;
    }
    const std::size_t skip = static_cast<std::size_t>(from - bufferAt_);
    if (bufferSize_ - skip < atLeast) return wrong("the file ends within a frame");
    return std::span<const std::uint8_t>(buffer_).subspan(skip, bufferSize_ - skip);
}

Result<std::uint32_t> FrameScanner::checksum(std::uint64_t from, std::uint64_t end) {
    std::uint32_t sum = seed_;
    while (from < end) {
        auto bytes = window(from, 1);
        if (!bytes) return bytes.error();
        const auto part = bytes->first(static_cast<std::size_t>(std::min<std::uint64_t>(bytes->size(), end - from)));
        sum = crc32c(part, sum);
        from += part.size();
    }
    return sum;
}

Result<std::optional<FrameScanner::Found>> FrameScanner::next() {
    if (position_ >= end_) return std::optional<Found>();
    if (end_ - position_ < FrameHeader::kBytes) return wrong("the file ends within a frame");
    const auto start = window(position_, FrameHeader::kBytes);
    if (!start) return start.error();
    const auto header = FrameHeader::decode(start->data(), end_ - position_);
    if (!header) return wrong("what stands here is no frame");
    const std::uint64_t tables = position_ + FrameHeader::kBytes, bodies = tables + header->tableBytes();
    const auto sum = checksum(position_ + FrameHeader::kChecksummedFrom, bodies);
    if (!sum) return sum.error();
    if (*sum != header->checksum) return wrong("the checksum of a frame is wrong");
    Found found{*header, position_, {}};
    if (header->kind == FrameKind::taken) {
        const auto bytes = window(tables, header->tableBytes());
        if (!bytes) return bytes.error();
        auto taken = decodeTaken(bytes->first(header->tableBytes()));
        if (!taken) return taken.error();
        found.taken = std::move(*taken);
    } else {
        const auto bodySum = checksum(bodies, position_ + header->length);
        if (!bodySum) return bodySum.error();
        if (*bodySum != header->bodyChecksum) return wrong("the checksum of a frame's bodies is wrong");
    }
    position_ += header->length;
    return std::optional(std::move(found));
}

Result<std::optional<std::uint64_t>> FrameScanner::findIn(std::uint64_t from, std::size_t size) {
    const std::vector<std::uint8_t> bytes(buffer_.begin() + static_cast<std::ptrdiff_t>(from - bufferAt_),
                                          buffer_.begin() + static_cast<std::ptrdiff_t>(from - bufferAt_ + size));
    for (std::size_t at = 0; at + FrameHeader::kBytes <= size; ++at) {
        if (!FrameHeader::decode(bytes.data() + at, end_ - from - at)) continue;
        FrameScanner probe(file_, from + at, end_, seed_);
        auto found = probe.next();
        if (found && *found) return std::optional(from + at);
        if (!found && found.error().code != ErrorCode::corrupt) return found.error();
    }
    return std::optional<std::uint64_t>();
}

Result<std::optional<std::uint64_t>> FrameScanner::find(std::uint64_t from) {
    while (from < end_ && end_ - from >= FrameHeader::kBytes) {
        const auto bytes = window(from, FrameHeader::kBytes);
        if (!bytes && bytes.error().code == ErrorCode::corrupt) break;
        if (!bytes) return bytes.error();
        const std::size_t size = bytes->size();
        auto found = findIn(from, size);
        if (!found || *found) return found;
        from += size - (FrameHeader::kBytes - 1); // a header may lie across two windows
    }
    return std::optional<std::uint64_t>();
}

} // namespace millrace::flume
