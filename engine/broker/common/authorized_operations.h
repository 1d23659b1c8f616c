#pragma once

#include "wire/api_spec.h"

#include <cstdint>

namespace millrace::broker {

/// Bit n stands for Kafka's AclOperation n. Without an authorizer everything that exists for a resource is allowed.
inline constexpr std::int32_t kTopicOperations =
    1 << 3 | 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 10 | 1 << 11;
inline constexpr std::int32_t kGroupOperations = 1 << 3 | 1 << 6 | 1 << 8;
inline constexpr std::int32_t kClusterOperations = 1 << 5 | 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11 | 1 << 12;

inline constexpr std::int32_t operationsIfAsked(bool asked, std::int32_t operations) {
    return asked ? operations : wire::kNotAsked;
}

} // namespace millrace::broker
