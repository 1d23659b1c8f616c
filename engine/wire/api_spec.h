#pragma once

#include <cstdint>

namespace millrace::wire {

using Version = std::int16_t;

/// For APIs that were never given compact lengths and tagged fields.
inline constexpr Version kNeverFlexible = 0x7fff;
/// "Not asked for" in fields of authorised operations.
inline constexpr std::int32_t kNotAsked = -2147483647 - 1;

/// One row of the protocol: what an API is called and which of its versions are written and read here. The message
/// structs beside it hold one field list each, `fields(io, self, version)`, in the order of the wire, used by Reader
/// and Writer alike. Facts from Apache Kafka's message definitions (3.9 and 4.3).
struct ApiSpec {
    std::int16_t key;
    Version min;
    Version max;
    Version flexibleFrom; ///< first version with compact lengths and tagged fields
    const char* name;

    constexpr bool has(Version v) const { return v >= min && v <= max; }
    constexpr bool flexible(Version v) const { return v >= flexibleFrom; }
};

} // namespace millrace::wire
