#include "rpc/thrift_reader.h"

#include <array>

namespace millrace::rpc {
namespace {

constexpr std::uint32_t kBinaryVersion = 0x80010000;
constexpr std::uint8_t kCompactId = 0x82;
constexpr std::uint8_t kCompactVersion = 1;
/// Flume's structs are three deep; what nests deeper is there to fill the stack.
constexpr int kDeepest = 32;
/// Of a method. What is longer is no call but something else, of which a stream without frames would wait for the rest.
constexpr std::size_t kLongestName = 1000;

} // namespace

void ThriftReader::fail(const char* reason) {
    if (!reason_) reason_ = reason;
    at_ = end_;
}

std::string_view ThriftReader::take(std::size_t size) {
    if (size > left()) {
        if (!failed()) endedEarly_ = true;
        fail("the message ends within a value");
        return {};
    }
    const std::string_view taken(reinterpret_cast<const char*>(at_), size);
    at_ += size;
    return taken;
}

std::uint8_t ThriftReader::readByte() {
    const std::string_view byte = take(1);
    return byte.empty() ? 0 : static_cast<std::uint8_t>(byte[0]);
}

std::uint64_t ThriftReader::readFixed(std::size_t size) {
    std::uint64_t value = 0;
    for (const char byte : take(size))
        value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

std::uint64_t ThriftReader::readVarint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint8_t byte = readByte();
        value |= std::uint64_t{byte & 0x7fu} << shift;
        if ((byte & 0x80) == 0) return value;
    }
    fail("a number of more than ten bytes");
    return 0;
}

std::int64_t ThriftReader::readZigzag() {
    const std::uint64_t value = readVarint();
    return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
}

std::int16_t ThriftReader::readInt16() {
    return static_cast<std::int16_t>(compact() ? static_cast<std::uint64_t>(readZigzag()) : readFixed(2));
}

std::int32_t ThriftReader::readInt32() {
    return static_cast<std::int32_t>(compact() ? static_cast<std::uint64_t>(readZigzag()) : readFixed(4));
}

std::int64_t ThriftReader::readInt64() {
    return compact() ? readZigzag() : static_cast<std::int64_t>(readFixed(8));
}

/// Of bytes or elements that follow.
std::size_t ThriftReader::readSize() {
    const std::uint64_t size = compact() ? readVarint() : readFixed(4);
    if (size <= INT32_MAX) return static_cast<std::size_t>(size);
    fail("a size below zero or above 2 GB");
    return 0;
}

std::size_t ThriftReader::counted(std::size_t count, std::size_t leastBytes) {
    if (count <= left() / leastBytes) return count;
    if (!failed()) endedEarly_ = true;
    fail("a list of more items than its message can hold");
    return 0;
}

std::string_view ThriftReader::readBinary() {
    return take(readSize());
}

ThriftType ThriftReader::compactType(unsigned code) {
    using enum ThriftType;
    static constexpr std::array kTypes{stop, boolean, boolean, byte, int16, int32,    int64,
                                       real, binary,  list,    set,  map,   structure};
    if (code < kTypes.size()) return kTypes[code];
    fail("a type that does not exist");
    return stop;
}

ThriftType ThriftReader::readType() {
    const std::uint8_t code = readByte();
    if (compact()) return compactType(code & 0x0f);
    const bool exists = code <= 15 && code != 1 && code != 5 && code != 7 && code != 9;
    if (exists) return static_cast<ThriftType>(code);
    fail("a type that does not exist");
    return ThriftType::stop;
}

ThriftMessage ThriftReader::readMessage() {
    ThriftMessage message;
    if (compact()) {
        if (readByte() != kCompactId && !failed()) fail("not the compact protocol");
        const std::uint8_t front = readByte();
        if (!failed() && (front & 0x1f) != kCompactVersion) fail("a version of the compact protocol that is not known");
        message.type = static_cast<ThriftMessageType>(front >> 5);
        message.sequence = static_cast<std::int32_t>(readVarint());
        message.name = readBinary();
        return message;
    }
    const auto front = static_cast<std::uint32_t>(readFixed(4));
    if ((front & 0x80000000) != 0) {
        if ((front & 0xffff0000) != kBinaryVersion) fail("not the binary protocol");
        message.type = static_cast<ThriftMessageType>(front & 0xff);
        message.name = readBinary();
    } else { // from before versions: the name's length first, the type behind it
        if (front > kLongestName) fail("not the binary protocol");
        message.name = take(front);
        message.type = static_cast<ThriftMessageType>(readByte());
    }
    message.sequence = static_cast<std::int32_t>(readFixed(4));
    return message;
}

bool ThriftReader::nextField(ThriftField& field) {
    if (!compact()) {
        field.type = readType();
        if (field.type != ThriftType::stop) field.id = static_cast<std::int16_t>(readFixed(2));
    } else {
        const std::uint8_t front = readByte();
        field.type = compactType(front & 0x0f);
        if (field.type != ThriftType::stop)
            field.id = front >> 4 != 0 ? static_cast<std::int16_t>(field.id + (front >> 4)) : readInt16();
    }
    return !failed() && field.type != ThriftType::stop;
}

ThriftList ThriftReader::readList(std::size_t leastItemBytes) {
    ThriftList list;
    if (!compact()) {
        list.item = readType();
        list.count = readSize();
    } else {
        const std::uint8_t front = readByte();
        list.item = compactType(front & 0x0f);
        list.count = front >> 4 == 15 ? readSize() : front >> 4;
    }
    list.count = counted(list.count, leastItemBytes);
    return list;
}

ThriftMap ThriftReader::readMap(std::size_t leastEntryBytes) {
    ThriftMap map;
    if (!compact()) {
        map.key = readType();
        map.value = readType();
        map.count = readSize();
    } else if ((map.count = readSize()) > 0) {
        const std::uint8_t types = readByte();
        map.key = compactType(types >> 4);
        map.value = compactType(types & 0x0f);
    }
    map.count = counted(map.count, leastEntryBytes);
    return map;
}

std::string_view ThriftReader::readTextMap(std::size_t most) {
    const std::uint8_t* begin = at_;
    const ThriftMap map = readMap();
    if (map.count > 0 && (map.key != ThriftType::binary || map.value != ThriftType::binary))
        fail("a map of something else than text");
    if (map.count > most) fail("a map of more entries than are taken");
    for (std::size_t i = 0; i < map.count && !failed(); ++i) {
        (void)readBinary();
        (void)readBinary();
    }
    return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(at_ - begin)};
}

void ThriftReader::skip(const ThriftField& field) {
    // The compact protocol has a field's truth value in its type.
    if (field.type != ThriftType::boolean || !compact()) skipValue(field.type, 0);
}

void ThriftReader::skipStruct(int depth) {
    for (ThriftField field; nextField(field);)
        if (field.type != ThriftType::boolean || !compact()) skipValue(field.type, depth);
}

void ThriftReader::skipItems(ThriftType type, std::size_t count, int depth) {
    for (; count > 0 && !failed(); --count)
        skipValue(type, depth);
}

void ThriftReader::skipValue(ThriftType type, int depth) {
    if (depth > kDeepest) return fail("values that are nested too deeply");
    switch (type) {
    case ThriftType::boolean:
    case ThriftType::byte:
        (void)readByte();
        break;
    case ThriftType::real:
        (void)take(8);
        break;
    case ThriftType::int16:
        (void)readInt16();
        break;
    case ThriftType::int32:
        (void)readInt32();
        break;
    case ThriftType::int64:
        (void)readInt64();
        break;
    case ThriftType::binary:
        (void)readBinary();
        break;
    case ThriftType::structure:
        skipStruct(depth + 1);
        break;
    case ThriftType::set:
    case ThriftType::list: {
        const ThriftList list = readList();
        skipItems(list.item, list.count, depth + 1);
        break;
    }
    case ThriftType::map: {
        const ThriftMap map = readMap();
        for (std::size_t i = 0; i < map.count && !failed(); ++i) {
            skipValue(map.key, depth + 1);
            skipValue(map.value, depth + 1);
        }
        break;
    }
    case ThriftType::stop:
        fail("a value of no type");
    }
}

} // namespace millrace::rpc
