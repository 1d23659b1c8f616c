#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace millrace::bench {

/// Half noise, half words: about what logs compress like, the same in every run.
inline std::vector<std::uint8_t> payload(std::size_t size) {
    std::vector<std::uint8_t> bytes(size);
    std::uint32_t state = 42;
    for (std::size_t i = 0; i < size; ++i) {
        state = state * 1664525u + 1013904223u;
        bytes[i] = static_cast<std::uint8_t>(i % 2 == 0 ? 33 + (state >> 16) % 90
                                                        : static_cast<unsigned char>("GET /index "[i % 11]));
    }
    return bytes;
}

} // namespace millrace::bench
