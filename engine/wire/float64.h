#pragma once

#include "wire/api_spec.h"

#include <bit>
#include <cstdint>

namespace millrace::wire {

/// A field that Kafka calls float64.
struct Float64 {
    std::uint64_t bits = 0;

    static Float64 of(double value) { return {std::bit_cast<std::uint64_t>(value)}; }
    double value() const { return std::bit_cast<double>(bits); }

    static void fields(auto& io, auto& self, Version) { io.field(self.bits); }
    bool operator==(const Float64&) const = default;
};

} // namespace millrace::wire
