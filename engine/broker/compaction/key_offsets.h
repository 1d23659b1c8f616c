#pragma once

#include "broker/compaction/key_hash.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace millrace::broker {

/// The last offset of each key, 24 bytes a key however long it is. The memory is taken at once and never grows.
class KeyOffsets {
public:
    struct Limits {
        std::uint64_t bytes = 0; ///< log.cleaner.dedupe.buffer.size
        double load = 0.9;       ///< log.cleaner.io.buffer.load.factor
    };
    /// For at most `keys` keys, or as many as the limits allow, but for one at least.
    KeyOffsets(const Limits& limits, std::uint64_t keys, const KeySecret& secret);

    /// In place of the offset before. False, and nothing noted, when the key is new and there is no room.
    bool put(std::span<const std::uint8_t> key, std::int64_t offset);
    /// Nothing when the key was never put.
    std::optional<std::int64_t> find(std::span<const std::uint8_t> key) const;
    std::size_t size() const { return size_; }
    std::size_t capacity() const { return capacity_; }

private:
    struct Slot {
        KeyHash key;
        std::int64_t offset = -1; ///< -1: free
    };
    std::size_t slotOf(const KeyHash& key) const;

    KeySecret secret_;
    std::size_t capacity_;
    std::size_t size_ = 0;
    std::vector<Slot> slots_; ///< one more than capacity_ at least, so that a search ends
};

} // namespace millrace::broker
