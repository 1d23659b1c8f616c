#include "broker/partitions/record_walker.h"

namespace millrace::broker {

namespace {

using At = const std::uint8_t*;

constexpr int kIntBytes = 5; ///< the most that a number of 32 bits takes
constexpr int kLongBytes = 10;

enum class Number { whole, cut, illegal };

inline Number readNumber(At& at, At end, int most, std::int64_t& value) {
    std::uint64_t bits = 0;
    for (int i = 0; i < most; ++i) {
        if (at == end) return Number::cut;
        const std::uint8_t byte = *at++;
        bits |= std::uint64_t{byte & 0x7fu} << (7 * i);
        if (byte < 0x80) {
            value = static_cast<std::int64_t>(bits >> 1) ^ -static_cast<std::int64_t>(bits & 1);
            return Number::whole;
        }
    }
    return Number::illegal;
}

inline bool readInt(At& at, At end, std::int64_t& value) {
    return readNumber(at, end, kIntBytes, value) == Number::whole;
}

/// A length and so many bytes; `there` tells whether they were, or null.
inline bool passBytes(At& at, At end, bool& there, std::span<const std::uint8_t>& bytes) {
    std::int64_t length = 0;
    if (!readInt(at, end, length) || length > end - at) return false;
    there = length >= 0;
    bytes = {at, static_cast<std::size_t>(there ? length : 0)};
    at += bytes.size();
    return true;
}

inline bool passHeaders(At& at, At end) {
    std::int64_t count = 0;
    if (!readInt(at, end, count) || count < 0 || count > end - at) return false;
    for (std::int64_t i = 0; i < count; ++i) {
        bool key = false, value = false;
        std::span<const std::uint8_t> bytes;
        if (!passBytes(at, end, key, bytes) || !key || !passBytes(at, end, value, bytes)) return false;
    }
    return true;
}

bool readBody(At at, At end, WalkedRecord& record) {
    const At begin = at;
    if (at == end) return false;
    ++at; // attributes, of which none is in use
    if (readNumber(at, end, kLongBytes, record.timestampDelta) != Number::whole) return false;
    record.beforeOffset = {begin, at};
    std::int64_t offsetDelta = 0;
    if (!readInt(at, end, offsetDelta)) return false;
    record.offsetDelta = static_cast<std::int32_t>(offsetDelta);
    record.behindOffset = {at, end};
    if (!passBytes(at, end, record.hasKey, record.key)) return false;
    std::span<const std::uint8_t> value;
    return passBytes(at, end, record.hasValue, value) && passHeaders(at, end) && at == end;
}

void appendNumber(std::vector<std::uint8_t>& block, std::int64_t value) {
    auto bits = static_cast<std::uint64_t>(value) << 1 ^ static_cast<std::uint64_t>(value >> 63);
    for (; bits >= 0x80; bits >>= 7)
        block.push_back(static_cast<std::uint8_t>(bits | 0x80));
    block.push_back(static_cast<std::uint8_t>(bits));
}

} // namespace

RecordWalker::Fault RecordWalker::next(WalkedRecord& record) {
    std::int64_t length = 0;
    switch (readNumber(at_, end_, kIntBytes, length)) {
    case Number::whole:
        break;
    case Number::cut:
        return Fault::ends;
    case Number::illegal:
        return Fault::length;
    }
    if (length > end_ - at_) return Fault::ends;
    if (length < 0 || !readBody(at_, at_ + length, record)) return Fault::content;
    at_ += length;
    return Fault::none;
}

const char* toString(RecordWalker::Fault fault) {
    switch (fault) {
    case RecordWalker::Fault::none:
        return "sound";
    case RecordWalker::Fault::length:
        return "its length is not a number";
    case RecordWalker::Fault::ends:
        return "the batch ends before it";
    case RecordWalker::Fault::content:
        return "its content does not fit its length";
    }
    return "unknown";
}

namespace {

void appendRecord(std::vector<std::uint8_t>& block, std::span<const std::uint8_t> beforeOffset,
                  std::int32_t offsetDelta, std::span<const std::uint8_t> behindOffset) {
    std::vector<std::uint8_t> offset;
    appendNumber(offset, offsetDelta);
    appendNumber(block, static_cast<std::int64_t>(beforeOffset.size() + offset.size() + behindOffset.size()));
    for (const auto part : {beforeOffset, std::span<const std::uint8_t>(offset), behindOffset})
        block.insert(block.end(), part.begin(), part.end());
}

} // namespace

void appendWithOffset(std::vector<std::uint8_t>& block, const WalkedRecord& record, std::int32_t offsetDelta) {
    appendRecord(block, record.beforeOffset, offsetDelta, record.behindOffset);
}

void appendWithTimestamp(std::vector<std::uint8_t>& block, const WalkedRecord& record, std::int64_t timestampDelta) {
    std::vector<std::uint8_t> start{record.beforeOffset.front()}; // the attributes
    appendNumber(start, timestampDelta);
    appendRecord(block, start, record.offsetDelta, record.behindOffset);
}

} // namespace millrace::broker
