#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>

namespace millrace::wire {

inline constexpr ApiSpec kSaslAuthenticate{36, 0, 2, 2, "SaslAuthenticate"};

struct SaslAuthenticateRequest {
    static constexpr const ApiSpec& kApi = kSaslAuthenticate;
    Bytes authBytes;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.authBytes);
        io.tags();
    }
    bool operator==(const SaslAuthenticateRequest&) const = default;
};

struct SaslAuthenticateResponse {
    static constexpr const ApiSpec& kApi = kSaslAuthenticate;
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    Bytes authBytes;
    std::int64_t sessionLifetimeMs = 0; ///< v1+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.errorCode);
        io.field(self.errorMessage);
        io.field(self.authBytes);
        if (v >= 1) io.field(self.sessionLifetimeMs);
        io.tags();
    }
    bool operator==(const SaslAuthenticateResponse&) const = default;
};

} // namespace millrace::wire
