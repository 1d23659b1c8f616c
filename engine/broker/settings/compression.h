#pragma once

#include "wire/compression.h"

#include <optional>

namespace millrace::broker {

/// How records are to be compressed.
struct Compression {
    wire::Codec codec = wire::Codec::none;
    std::optional<int> level{}; ///< in the codec's own counting; absent: its default
    bool operator==(const Compression&) const = default;
};

} // namespace millrace::broker
