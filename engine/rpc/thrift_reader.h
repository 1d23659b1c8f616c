#pragma once

#include "base/result.h"
#include "rpc/thrift_protocol.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace millrace::rpc {

/// Reads Thrift's encodings from memory that the caller keeps. After the first error every read gives an empty value
/// and every struct and container ends; ask status() at the end. Nothing is allocated by what a length claims, and
/// counts are bounded by what is left.
class ThriftReader {
public:
    ThriftReader(std::span<const std::uint8_t> data, ThriftProtocol protocol)
        : begin_(data.data()), at_(begin_), end_(begin_ + data.size()), protocol_(protocol) {}

    ThriftMessage readMessage();
    /// The next field of a struct goes into `field`, which begins empty; false at the struct's end.
    bool nextField(ThriftField& field);
    /// A count beyond what the rest can hold, at `leastItemBytes` each, is an error.
    ThriftList readList(std::size_t leastItemBytes = 1);
    ThriftMap readMap(std::size_t leastEntryBytes = 2);
    std::int32_t readInt32();
    std::int64_t readInt64();
    std::string_view readBinary();
    /// Reads over a map from text to text (or bytes) of at most `most` entries and returns its encoding, for
    /// thriftTextMap().
    std::string_view readTextMap(std::size_t most);
    /// Reads over the value of a field.
    void skip(const ThriftField& field);

    std::size_t used() const { return static_cast<std::size_t>(at_ - begin_); }
    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
    std::string_view rest() const { return {reinterpret_cast<const char*>(at_), left()}; }
    ThriftProtocol protocol() const { return protocol_; }
    bool failed() const { return reason_ != nullptr; }
    /// It failed because there are too few bytes: with more behind them it might be whole.
    bool endedEarly() const { return endedEarly_; }
    Status status() const {
        return failed() ? Status(Error{ErrorCode::protocol, std::string("Thrift: ") + reason_}) : ok();
    }
    void fail(const char* reason);

private:
    bool compact() const { return protocol_ == ThriftProtocol::compact; }
    std::string_view take(std::size_t size);
    std::uint8_t readByte();
    std::int16_t readInt16();
    std::uint64_t readVarint();
    std::int64_t readZigzag();
    std::uint64_t readFixed(std::size_t size);
    std::size_t readSize();
    std::size_t counted(std::size_t count, std::size_t leastBytes);
    ThriftType readType();
    ThriftType compactType(unsigned code);
    void skipValue(ThriftType type, int depth);
    void skipStruct(int depth);
    void skipItems(ThriftType type, std::size_t count, int depth);

    const std::uint8_t* begin_;
    const std::uint8_t* at_;
    const std::uint8_t* end_;
    ThriftProtocol protocol_;
    bool endedEarly_ = false;
    const char* reason_ = nullptr;
};

} // namespace millrace::rpc
