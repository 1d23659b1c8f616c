#include "base/crc32c.h"

#include <array>
#include <cstddef>
#include <cstring>
#if defined(__x86_64__)
#include <nmmintrin.h>
#endif

namespace millrace {

namespace {

constexpr std::uint32_t kPolynomial = 0x82f63b78; // Castagnoli, bit-reversed

using Table = std::array<std::uint32_t, 256>;

constexpr Table makeTable() {
    Table table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
        std::uint32_t crc = i;
        for (int bit = 0; bit < 8; ++bit)
            crc = crc >> 1 ^ (crc & 1 ? kPolynomial : 0);
        table[i] = crc;
    }
    return table;
}
constexpr Table kTable = makeTable();

#if defined(__x86_64__)
// The instruction takes three cycles but one can start each cycle, so three stripes run side by side; a stripe's sum is
// carried over the bytes of the next one with a table of "what so many zero bytes do".
constexpr std::size_t kStripe = 1024;

using Shift = std::array<std::array<std::uint32_t, 256>, 4>;

constexpr Shift makeShift() {
    Shift shift{};
    for (std::uint32_t bit = 0; bit < 32; ++bit) {
        std::uint32_t crc = 1u << bit;
        for (std::size_t i = 0; i < kStripe; ++i)
            crc = crc >> 8 ^ kTable[crc & 255];
        shift[bit / 8][1u << (bit % 8)] = crc;
    }
    // The rest by linearity: a byte is the sum of its bits.
    for (auto& row : shift)
        for (std::uint32_t value = 1; value < 256; ++value)
            if (const std::uint32_t rest = value & (value - 1)) row[value] = row[rest] ^ row[value ^ rest];
    return shift;
}

std::uint32_t overZeros(const Shift& shift, std::uint32_t crc) {
    return shift[0][crc & 255] ^ shift[1][crc >> 8 & 255] ^ shift[2][crc >> 16 & 255] ^ shift[3][crc >> 24];
}

std::uint64_t wordAt(const std::uint8_t* at) {
    std::uint64_t word;
    std::memcpy(&word, at, sizeof word);
    return word;
}

__attribute__((target("sse4.2"))) std::uint32_t byInstruction(const std::uint8_t* at, std::size_t size,
                                                              std::uint32_t crc) {
    static const Shift shift = makeShift();
    std::uint64_t sum = crc;
    for (; size >= 3 * kStripe; size -= 3 * kStripe, at += 3 * kStripe) {
        std::uint64_t second = 0, third = 0;
        for (std::size_t i = 0; i < kStripe; i += 8) {
            sum = _mm_crc32_u64(sum, wordAt(at + i));
            second = _mm_crc32_u64(second, wordAt(at + kStripe + i));
            third = _mm_crc32_u64(third, wordAt(at + 2 * kStripe + i));
        }
        sum = overZeros(shift, static_cast<std::uint32_t>(sum)) ^ second;
        sum = overZeros(shift, static_cast<std::uint32_t>(sum)) ^ third;
    }
    for (; size >= 8; size -= 8, at += 8)
        sum = _mm_crc32_u64(sum, wordAt(at));
    auto rest = static_cast<std::uint32_t>(sum);
    for (; size > 0; --size)
        rest = _mm_crc32_u8(rest, *at++);
    return rest;
}
#endif

} // namespace

std::uint32_t crc32cByTable(std::span<const std::uint8_t> data, std::uint32_t before) {
    std::uint32_t crc = ~before;
    for (const std::uint8_t byte : data)
        crc = crc >> 8 ^ kTable[(crc ^ byte) & 255];
    return ~crc;
}

std::uint32_t crc32c(std::span<const std::uint8_t> data, std::uint32_t before) {
#if defined(__x86_64__)
    static const bool hardware = __builtin_cpu_supports("sse4.2");
    if (hardware) return ~byInstruction(data.data(), data.size(), ~before);
#endif
    return crc32cByTable(data, before);
}

} // namespace millrace
