#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace millrace::rpc {

/// How Thrift writes values (thrift-binary-protocol.md, thrift-compact-protocol.md of Apache Thrift 0.16).
enum class ThriftProtocol { compact, binary };

/// The types of fields and elements; the numbers are the binary protocol's.
enum class ThriftType : std::uint8_t {
    stop = 0, ///< the end of a struct
    boolean = 2,
    byte = 3,
    real = 4,
    int16 = 6,
    int32 = 8,
    int64 = 10,
    binary = 11, ///< text too
    structure = 12,
    map = 13,
    set = 14,
    list = 15,
};

enum class ThriftMessageType : std::uint8_t { call = 1, reply = 2, exception = 3, oneway = 4 };

/// What a message begins with; a struct follows: the arguments, or the result.
struct ThriftMessage {
    ThriftMessageType type = ThriftMessageType::call;
    std::string_view name;     ///< of the method
    std::int32_t sequence = 0; ///< repeated in the answer
};

struct ThriftField {
    ThriftType type = ThriftType::stop;
    std::int16_t id = 0;
};

struct ThriftList {
    ThriftType item = ThriftType::stop;
    std::size_t count = 0;
};

struct ThriftMap {
    ThriftType key = ThriftType::stop;
    ThriftType value = ThriftType::stop;
    std::size_t count = 0;
};

} // namespace millrace::rpc
