#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace millrace {

/// Fixed-width numbers at a place in memory, in the byte order of the wire. The caller has checked the bounds.
template <typename T>
T loadBigEndian(const std::uint8_t* at) {
    static_assert(std::is_integral_v<T>);
    std::make_unsigned_t<T> value = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i)
        value = static_cast<std::make_unsigned_t<T>>(std::uint64_t{value} << 8 | at[i]);
    return static_cast<T>(value);
}

template <typename T>
void storeBigEndian(std::uint8_t* at, T value) {
    static_assert(std::is_integral_v<T>);
    const auto bits = static_cast<std::uint64_t>(value);
    for (std::size_t i = 0; i < sizeof(T); ++i)
        at[i] = static_cast<std::uint8_t>(bits >> (8 * (sizeof(T) - 1 - i)));
}

} // namespace millrace
