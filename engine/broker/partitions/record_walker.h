#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace millrace::broker {

/// One record as it lies in its block, nothing of it copied.
struct WalkedRecord {
    std::int64_t timestampDelta = 0;
    std::int32_t offsetDelta = 0;
    bool hasKey = false, hasValue = false;
    std::span<const std::uint8_t> key;
    std::span<const std::uint8_t> beforeOffset; ///< attributes and timestamp
    std::span<const std::uint8_t> behindOffset; ///< key, value and headers
};

/// Walks the records of an opened block of a batch and finds what a client would stumble over. Nothing is allocated,
/// whatever the records claim to hold; the block has to outlive what was walked.
class RecordWalker {
public:
    enum class Fault {
        none,
        length,  ///< its length is no number
        ends,    ///< the block ends before it
        content, ///< what it holds does not fill its length, or more than that
    };
    explicit RecordWalker(std::span<const std::uint8_t> block) : at_(block.data()), end_(at_ + block.size()) {}

    /// The next record. After a fault the walk is over.
    Fault next(WalkedRecord& record);
    std::size_t left() const { return static_cast<std::size_t>(end_ - at_); }

private:
    const std::uint8_t* at_;
    const std::uint8_t* end_;
};

const char* toString(RecordWalker::Fault fault);

/// Adds the record with another offset to `block`.
void appendWithOffset(std::vector<std::uint8_t>& block, const WalkedRecord& record, std::int32_t offsetDelta);
/// Adds the record with another time to `block`.
void appendWithTimestamp(std::vector<std::uint8_t>& block, const WalkedRecord& record, std::int64_t timestampDelta);

} // namespace millrace::broker
