#include "storage/batch_scanner.h"

#include "base/crc32c.h"

#include <algorithm>
#include <fmt/core.h>

namespace millrace::storage {

namespace {
constexpr std::size_t kWindowBytes = 1024 * 1024;
constexpr std::size_t kHeaderWalkBytes = 16 * 1024;
} // namespace

BatchScanner::BatchScanner(const File& file, std::uint64_t from, std::uint64_t end, Check check)
    : file_(file),
      position_(from),
      end_(end),
      check_(check),
      buffer_(std::min<std::uint64_t>(check == Check::headers ? kHeaderWalkBytes : kWindowBytes,
                                      end > from ? end - from : 0)) {}

/// What lies at `from` in the buffer, read anew when that is less than `atLeast`; shorter only at the end.
Result<std::span<const std::uint8_t>> BatchScanner::window(std::uint64_t from, std::size_t atLeast) {
    const std::uint64_t left = end_ - from;
    const bool inside = from >= bufferAt_ && from - bufferAt_ <= bufferSize_;
    const std::size_t there = inside ? bufferSize_ - static_cast<std::size_t>(from - bufferAt_) : 0;
    if (there < std::min<std::uint64_t>(atLeast, left)) {
        const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer_.size(), left));
        auto got = file_.readAt(from, std::span(buffer_).first(wanted));
        if (!got) return got.error();
        bufferAt_ = from;
        bufferSize_ = *got;
    }
    return std::span<const std::uint8_t>(buffer_).subspan(static_cast<std::size_t>(from - bufferAt_),
                                                          bufferSize_ - static_cast<std::size_t>(from - bufferAt_));
}

Result<std::uint32_t> BatchScanner::crcOf(const Found& found) {
    std::uint32_t crc = 0;
    const std::uint64_t end = found.position + found.header.sizeBytes;
    for (std::uint64_t at = found.position + wire::kAttributesAt; at < end;) {
        auto piece = window(at, 1);
        if (!piece) return piece.error();
        if (piece->empty()) return Error{ErrorCode::closed, "the file became shorter while it was read"};
        const auto part = piece->first(static_cast<std::size_t>(std::min<std::uint64_t>(piece->size(), end - at)));
        crc = crc32c(part, crc);
        at += part.size();
    }
    return crc;
}

Result<std::optional<BatchScanner::Found>> BatchScanner::next() {
    if (position_ >= end_) return std::optional<Found>();
    auto start = window(position_, wire::kBatchHeaderBytes);
    if (!start) return start.error();
    auto header = wire::peekBatchHeader(*start);
    if (!header) return header.error();
    const Found found{*header, position_};
    if (header->sizeBytes > end_ - position_)
        return Error{ErrorCode::closed,
                     fmt::format("a record batch of {} bytes, {} there", header->sizeBytes, end_ - position_)};
    if (header->lastOffsetDelta < 0) return Error{ErrorCode::corrupt, "a record batch that ends before it begins"};
    if (check_ == Check::headersAndCrc) {
        auto crc = crcOf(found);
        if (!crc) return crc.error();
        if (*crc != header->crc) return Error{ErrorCode::corrupt, "the CRC does not fit the batch"};
    }
    position_ += header->sizeBytes;
    return std::optional(found);
}

} // namespace millrace::storage
