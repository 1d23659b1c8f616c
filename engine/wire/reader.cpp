#include "wire/reader.h"

#include <fmt/core.h>

namespace millrace::wire {

void Reader::fail(const char* what) {
    if (error_) return;
    error_ = Error{ErrorCode::protocol, fmt::format("{} at byte {} of {}", what, at_, frame_.size())};
}

Status Reader::finish() {
    if (!error_ && at_ != frame_.size()) fail("bytes left over");
    return status();
}

std::uint64_t Reader::bigEndian(std::size_t bytes) {
    if (left() < bytes) {
        fail("the message ends inside a number");
        return 0;
    }
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i)
        value = value << 8 | frame_.data()[at_ + i];
    at_ += bytes;
    return value;
}

std::uint32_t Reader::unsignedVarint() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
        const auto byte = bigEndian(1);
        value |= (byte & 127) << shift;
        if (byte < 128) {
            if (value > UINT32_MAX) break;
            return static_cast<std::uint32_t>(value);
        }
    }
    fail("a varint of more than 32 bits");
    return 0;
}

std::int64_t Reader::zigzag() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 70; shift += 7) {
        const auto byte = bigEndian(1);
        value |= (byte & 127) << shift;
        if (byte < 128) return static_cast<std::int64_t>(value >> 1 ^ (0 - (value & 1)));
    }
    fail("a varint of more than 64 bits");
    return 0;
}

std::int64_t Reader::length(std::size_t classicBytes) {
    if (flexible_) return static_cast<std::int64_t>(unsignedVarint()) - 1;
    const auto value = bigEndian(classicBytes);
    return classicBytes == 2 ? static_cast<std::int16_t>(value) : static_cast<std::int32_t>(value);
}

std::int64_t Reader::countOfElements(std::size_t elementBytes) {
    const std::int64_t count = length(4);
    if (count < -1) fail("a negative count");
    // The smallest element of any message is one byte long.
    if (count > static_cast<std::int64_t>(left())) fail("more elements announced than bytes left");
    if (error_ || count <= 0) return error_ ? 0 : count;
    const auto elements = static_cast<std::size_t>(count);
    decodedBytes_ += elements * elementBytes;
    if (decodedBytes_ > kMaxDecodedBytes || elements > elementsLeft_) fail("more elements than a message may hold");
    if (error_) return 0;
    elementsLeft_ -= elements;
    return count;
}

Bytes Reader::take(std::size_t length) {
    if (length > left()) {
        fail("the message ends inside a field");
        return {};
    }
    at_ += length;
    return frame_.slice(at_ - length, length);
}

std::string Reader::text(std::int64_t length) {
    // Kafka refuses longer ones too, so that any string can be answered in a version with classic lengths.
    if (length > 0x7fff) fail("a string of more than 32767 bytes");
    if (error_ || length <= 0) return {};
    return std::string(take(static_cast<std::size_t>(length)).text());
}

void Reader::field(bool& value) {
    value = bigEndian(1) != 0;
}

void Reader::field(Uuid& value) {
    const Bytes bytes = take(value.bytes.size());
    if (!error_) std::memcpy(value.bytes.data(), bytes.data(), bytes.size());
}

void Reader::field(std::string& value) {
    const std::int64_t size = length(2);
    if (size < 0) fail("a null string where none is allowed");
    value = text(size);
}

void Reader::field(std::optional<std::string>& value) {
    const std::int64_t size = length(2);
    if (size < -1) fail("a negative length");
    value.reset();
    if (size >= 0) value = text(size);
}

void Reader::classicString(std::optional<std::string>& value) {
    const auto size = static_cast<std::int16_t>(bigEndian(2));
    if (size < -1) fail("a negative length");
    value.reset();
    if (size >= 0) value = text(size);
}

void Reader::field(Bytes& value) {
    const std::int64_t size = length(4);
    if (size < 0) fail("null bytes where none are allowed");
    if (size >= 0) value = take(static_cast<std::size_t>(size));
}

void Reader::field(std::optional<Bytes>& value) {
    const std::int64_t size = length(4);
    if (size < -1) fail("a negative length");
    value.reset();
    if (size >= 0) value = take(static_cast<std::size_t>(size));
}

void Reader::field(Records& value) {
    std::optional<Bytes> bytes;
    field(bytes);
    value.pieces.clear();
    if (bytes && !bytes->empty()) value.pieces.push_back(*bytes);
}

} // namespace millrace::wire
