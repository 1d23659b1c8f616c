#include "rpc/thrift_writer.h"

namespace millrace::rpc {
namespace {

unsigned compactCode(ThriftType type) {
    switch (type) {
    case ThriftType::stop:
        return 0;
    case ThriftType::boolean:
        return 2;
    case ThriftType::byte:
        return 3;
    case ThriftType::int16:
        return 4;
    case ThriftType::int32:
        return 5;
    case ThriftType::int64:
        return 6;
    case ThriftType::real:
        return 7;
    case ThriftType::binary:
        return 8;
    case ThriftType::list:
        return 9;
    case ThriftType::set:
        return 10;
    case ThriftType::map:
        return 11;
    case ThriftType::structure:
        return 12;
    }
    return 0;
}

std::uint64_t zigzag(std::int64_t value) {
    return (static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63);
}

} // namespace

void ThriftWriter::writeFixed(std::uint64_t value, int size) {
    for (int shift = 8 * (size - 1); shift >= 0; shift -= 8)
        writeByte(static_cast<unsigned>(value >> shift & 0xff));
}

void ThriftWriter::writeVarint(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7)
        writeByte(static_cast<unsigned>(value & 0x7f) | 0x80);
    writeByte(static_cast<unsigned>(value));
}

void ThriftWriter::writeSize(std::size_t size) {
    compact() ? writeVarint(size) : writeFixed(size, 4);
}

void ThriftWriter::writeMessage(const ThriftMessage& message) {
    const auto type = static_cast<unsigned>(message.type);
    const auto sequence = static_cast<std::uint32_t>(message.sequence);
    if (compact()) {
        writeByte(0x82);
        writeByte(1 | type << 5);
        writeVarint(sequence);
        writeBinary(message.name);
    } else {
        writeFixed(0x80010000 | type, 4);
        writeBinary(message.name);
        writeFixed(sequence, 4);
    }
}

void ThriftWriter::writeField(ThriftType type, std::int16_t id, std::int16_t before) {
    if (compact() && id > before) {
        writeByte(static_cast<unsigned>(id - before) << 4 | compactCode(type));
    } else if (compact()) { // the field 0 of a result
        writeByte(compactCode(type));
        writeVarint(zigzag(id));
    } else {
        writeByte(static_cast<unsigned>(type));
        writeFixed(static_cast<std::uint16_t>(id), 2);
    }
}

void ThriftWriter::writeList(ThriftType item, std::size_t count) {
    if (!compact()) {
        writeByte(static_cast<unsigned>(item));
        writeSize(count);
    } else if (count < 15) {
        writeByte(static_cast<unsigned>(count) << 4 | compactCode(item));
    } else {
        writeByte(0xf0 | compactCode(item));
        writeSize(count);
    }
}

void ThriftWriter::writeMap(ThriftType key, ThriftType value, std::size_t count) {
    if (!compact()) {
        writeByte(static_cast<unsigned>(key));
        writeByte(static_cast<unsigned>(value));
        writeSize(count);
    } else {
        writeSize(count);
        if (count > 0) writeByte(compactCode(key) << 4 | compactCode(value));
    }
}

void ThriftWriter::writeInt32(std::int32_t value) {
    compact() ? writeVarint(zigzag(value)) : writeFixed(static_cast<std::uint32_t>(value), 4);
}

void ThriftWriter::writeInt64(std::int64_t value) {
    compact() ? writeVarint(zigzag(value)) : writeFixed(static_cast<std::uint64_t>(value), 8);
}

void ThriftWriter::writeBinary(std::string_view bytes) {
    writeSize(bytes.size());
    const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes.data());
    out_.insert(out_.end(), begin, begin + bytes.size());
}

} // namespace millrace::rpc
