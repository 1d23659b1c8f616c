#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace millrace::broker {

using KeySecret = std::array<std::uint8_t, 16>;

struct KeyHash {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    bool operator==(const KeyHash&) const = default;
};

/// SipHash-2-4 with 128 bits (Aumasson and Bernstein, 2012): who does not know `secret` cannot make two keys that are
/// taken for one.
KeyHash hashOfKey(const KeySecret& secret, std::span<const std::uint8_t> key);

} // namespace millrace::broker
