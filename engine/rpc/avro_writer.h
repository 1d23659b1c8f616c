#pragma once

#include <cstdint>
#include <string_view>

namespace millrace::rpc {

/// Appends Avro's binary encoding to a buffer of the caller: a vector of bytes or a string.
template <typename Buffer>
class AvroWriter {
public:
    explicit AvroWriter(Buffer& out) : out_(out) {}

    void writeLong(std::int64_t value) {
        auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
        for (; rest >= 0x80; rest >>= 7)
            writeByte(static_cast<std::uint8_t>(rest | 0x80));
        writeByte(static_cast<std::uint8_t>(rest));
    }
    void writeBytes(std::string_view bytes) {
        writeLong(static_cast<std::int64_t>(bytes.size()));
        writeRaw(bytes);
    }
    void writeRaw(std::string_view bytes) {
        // Of the vector's own type: from char it copies one by one.
        const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
        out_.insert(out_.end(), begin, begin + bytes.size());
    }
    void writeByte(std::uint8_t byte) { out_.push_back(static_cast<typename Buffer::value_type>(byte)); }

private:
    Buffer& out_;
};

} // namespace millrace::rpc
