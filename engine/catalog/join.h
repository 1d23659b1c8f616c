#pragma once

#include "catalog/property_spec.h"

#include <array>
#include <cstddef>

namespace millrace::catalog {

/// The properties of several lists one after the other, at compile time: what a component shares, then its own.
template <std::size_t... sizes>
constexpr auto join(const std::array<PropertySpec, sizes>&... lists) {
    std::array<PropertySpec, (sizes + ...)> joined{};
    std::size_t next = 0;
    const auto append = [&](const auto& list) {
        for (const PropertySpec& property : list)
            joined[next++] = property;
    };
    (append(lists), ...);
    return joined;
}

} // namespace millrace::catalog
