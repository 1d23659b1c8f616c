#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace millrace::rpc {

/// Reads Avro's binary encoding (Avro 1.11 specification, "Binary Encoding") from memory that the caller keeps. After
/// the first error every read gives an empty value; ask ok() at the end. Nothing is allocated by what a length claims.
class AvroReader {
public:
    explicit AvroReader(std::span<const std::uint8_t> data) : at_(data.data()), end_(data.data() + data.size()) {}

    std::int64_t readLong() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64; shift += 7) {
            if (at_ == end_) return fail("the message ends within a number");
            const std::uint8_t byte = *at_++;
            value |= std::uint64_t{byte & 0x7fu} << shift;
            if ((byte & 0x80) == 0)
                return static_cast<std::int64_t>(value >> 1) ^ -static_cast<std::int64_t>(value & 1);
        }
        return fail("a number of more than ten bytes");
    }
    std::string_view readBytes() {
        const std::int64_t size = readLong();
        if (size < 0 || static_cast<std::uint64_t>(size) > left()) {
            fail("a text or body that is longer than its message");
            return {};
        }
        return take(static_cast<std::size_t>(size));
    }
    std::string_view readFixed(std::size_t size) {
        if (size > left()) {
            fail("the message ends within a hash");
            return {};
        }
        return take(size);
    }
    bool readBool() { return readFixed(1) == std::string_view("\1", 1); }

    /// The number of items in the next block of an array or a map, 0 at its end. A count beyond what the rest of the
    /// message can hold, at `leastItemBytes` each, is an error.
    std::size_t readBlock(std::size_t leastItemBytes) {
        std::int64_t count = readLong();
        if (count < 0) {
            // A negative count is followed by the block's size in bytes.
            (void)readLong();
            count = count == INT64_MIN ? INT64_MAX : -count;
        }
        if (static_cast<std::uint64_t>(count) <= left() / leastItemBytes) return static_cast<std::size_t>(count);
        fail("a list of more items than its message can hold");
        return 0;
    }
    /// Reads over a map of at most `most` entries and returns its encoding.
    std::string_view readMap(std::size_t most = SIZE_MAX) {
        const std::uint8_t* begin = at_;
        while (std::size_t count = readBlock(kLeastMapEntryBytes)) {
            if (count > most) fail("a map of more entries than are taken");
            most -= count;
            for (; count > 0 && !failed(); --count) {
                (void)readBytes();
                (void)readBytes();
            }
        }
        return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(at_ - begin)};
    }
    static constexpr std::size_t kLeastMapEntryBytes = 2;

    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }
    bool failed() const { return reason_ != nullptr; }
    Status status() const {
        return failed() ? Status(Error{ErrorCode::protocol, std::string("Avro: ") + reason_}) : ok();
    }
    std::int64_t fail(const char* reason) {
        if (!reason_) reason_ = reason;
        at_ = end_;
        return 0;
    }

private:
    std::string_view take(std::size_t size) {
        const std::string_view taken(reinterpret_cast<const char*>(at_), size);
        at_ += size;
        return taken;
    }

    const std::uint8_t* at_;
    const std::uint8_t* end_;
    const char* reason_ = nullptr;
};

} // namespace millrace::rpc
