#pragma once

#include "rpc/thrift_protocol.h"

#include <cstdint>
#include <string_view>
#include <vector>

namespace millrace::rpc {

/// Appends Thrift's encodings to a buffer of the caller.
class ThriftWriter {
public:
    ThriftWriter(std::vector<std::uint8_t>& out, ThriftProtocol protocol) : out_(out), protocol_(protocol) {}

    void writeMessage(const ThriftMessage& message);
    /// `before`: the id of the field written last in this struct, 0 for none; below `id`, by at most 15.
    void writeField(ThriftType type, std::int16_t id, std::int16_t before = 0);
    void writeStop() { writeByte(0); }
    void writeList(ThriftType item, std::size_t count);
    void writeMap(ThriftType key, ThriftType value, std::size_t count);
    void writeInt32(std::int32_t value);
    void writeInt64(std::int64_t value);
    void writeBinary(std::string_view bytes);

private:
    bool compact() const { return protocol_ == ThriftProtocol::compact; }
    void writeByte(unsigned byte) { out_.push_back(static_cast<std::uint8_t>(byte)); }
    void writeFixed(std::uint64_t value, int size);
    void writeVarint(std::uint64_t value);
    void writeSize(std::size_t size);

    std::vector<std::uint8_t>& out_;
    ThriftProtocol protocol_;
};

} // namespace millrace::rpc
