#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace millrace::wire {

/// A topic id. All zero means "none" on the wire.
struct Uuid {
    std::array<std::uint8_t, 16> bytes{};

    bool isNone() const { return *this == Uuid{}; }
    /// Kafka's own text form: URL-safe base64 without padding, 22 characters.
    std::string text() const;
    auto operator<=>(const Uuid&) const = default;
};

} // namespace millrace::wire
