#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace millrace::rpc {

/// Appends Avro's binary encoding to a buffer of the caller.
class AvroWriter {
public:
    explicit AvroWriter(std::vector<std::uint8_t>& out) : out_(out) {}

    void writeLong(std::int64_t value) {
        auto rest = (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
        for (; rest >= 0x80; rest >>= 7)
            out_.push_back(static_cast<std::uint8_t>(rest | 0x80));
        out_.push_back(static_cast<std::uint8_t>(rest));
    }
    void writeBytes(std::string_view bytes) {
        writeLong(static_cast<std::int64_t>(bytes.size()));
        writeRaw(bytes);
    }
    void writeRaw(std::string_view bytes) { out_.insert(out_.end(), bytes.begin(), bytes.end()); }
    void writeByte(std::uint8_t byte) { out_.push_back(byte); }

private:
    std::vector<std::uint8_t>& out_;
};

} // namespace millrace::rpc
