#include "wire/writer.h"

#include <algorithm>
#include <memory>

namespace millrace::wire {

void Writer::bigEndian(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = bytes; i-- > 0;)
        buffer_.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void Writer::unsignedVarint(std::uint32_t value) {
    for (; value >= 128; value >>= 7)
        buffer_.push_back(static_cast<std::uint8_t>(value | 128));
    buffer_.push_back(static_cast<std::uint8_t>(value));
}

void Writer::zigzag(std::int64_t value) {
    auto bits = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
    for (; bits >= 128; bits >>= 7)
        buffer_.push_back(static_cast<std::uint8_t>(bits | 128));
    buffer_.push_back(static_cast<std::uint8_t>(bits));
}

void Writer::length(std::int64_t value, std::size_t classicBytes) {
    if (flexible_)
        unsignedVarint(static_cast<std::uint32_t>(value + 1));
    else
        bigEndian(static_cast<std::uint64_t>(value), classicBytes);
}

void Writer::field(const std::string& value) {
    const std::size_t size = std::min<std::size_t>(value.size(), 0x7fff);
    length(static_cast<std::int64_t>(size), 2);
    buffer_.insert(buffer_.end(), value.begin(), value.begin() + static_cast<std::ptrdiff_t>(size));
}

void Writer::field(const std::optional<std::string>& value) {
    if (value)
        field(*value);
    else
        length(-1, 2);
}

void Writer::classicString(const std::optional<std::string>& value) {
    const bool flexible = flexible_;
    flexible_ = false;
    field(value);
    flexible_ = flexible;
}

void Writer::field(const Bytes& value) {
    length(static_cast<std::int64_t>(value.size()), 4);
    raw(value.span());
}

void Writer::field(const std::optional<Bytes>& value) {
    if (value)
        field(*value);
    else
        length(-1, 4);
}

void Writer::field(const Records& value) {
    length(static_cast<std::int64_t>(value.size()), 4);
    for (const Bytes& piece : value.pieces) {
        insertedBytes_ += piece.size();
        inserts_.push_back({buffer_.size(), piece});
    }
}

std::vector<Bytes> Writer::finish() {
    if (framed_) {
        const auto frameBytes = static_cast<std::uint32_t>(size() - 4);
        for (std::size_t i = 0; i < 4; ++i)
            buffer_[i] = static_cast<std::uint8_t>(frameBytes >> (24 - 8 * i));
    }
    std::vector<Bytes> pieces;
    pieces.reserve(2 * inserts_.size() + 1);
    const Bytes own(std::move(buffer_));
    std::size_t at = 0;
    for (Insert& insert : inserts_) {
        if (insert.position > at) pieces.push_back(own.slice(at, insert.position - at));
        at = insert.position;
        pieces.push_back(std::move(insert.bytes));
    }
    if (at < own.size()) pieces.push_back(own.slice(at));
    *this = Writer(version_, flexible_);
    return pieces;
}

} // namespace millrace::wire
