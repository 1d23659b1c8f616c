#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kSaslHandshake{17, 0, 1, kNeverFlexible, "SaslHandshake"};

struct SaslHandshakeRequest {
    static constexpr const ApiSpec& kApi = kSaslHandshake;
    std::string mechanism;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.mechanism);
        io.tags();
    }
    bool operator==(const SaslHandshakeRequest&) const = default;
};

struct SaslHandshakeResponse {
    static constexpr const ApiSpec& kApi = kSaslHandshake;
    std::int16_t errorCode = 0;
    std::vector<std::string> mechanisms;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.errorCode);
        io.field(self.mechanisms);
        io.tags();
    }
    bool operator==(const SaslHandshakeResponse&) const = default;
};

} // namespace millrace::wire
