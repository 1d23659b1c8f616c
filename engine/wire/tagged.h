#pragma once

#include <cstdint>
#include <type_traits>
#include <utility>

namespace millrace::wire {

/// An optional field of a flexible version: written only when it differs from its default, found by number when read.
template <typename T>
struct Tagged {
    std::uint32_t number;
    T& value;
    std::remove_const_t<T> unset;
};

template <typename T>
Tagged<T> tag(std::uint32_t number, T& value, std::remove_const_t<T> unset = {}) {
    return {number, value, std::move(unset)};
}

} // namespace millrace::wire
