#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>

namespace millrace::wire {

inline constexpr ApiSpec kHeartbeat{12, 0, 4, 4, "Heartbeat"};

struct HeartbeatRequest {
    static constexpr const ApiSpec& kApi = kHeartbeat;
    std::string groupId;
    std::int32_t generationId = 0;
    std::string memberId;
    std::optional<std::string> groupInstanceId; ///< v3+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.groupId);
        io.field(self.generationId);
        io.field(self.memberId);
        if (v >= 3) io.field(self.groupInstanceId);
        io.tags();
    }
    bool operator==(const HeartbeatRequest&) const = default;
};

struct HeartbeatResponse {
    static constexpr const ApiSpec& kApi = kHeartbeat;
    std::int32_t throttleTimeMs = 0; ///< v1+
    std::int16_t errorCode = 0;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.tags();
    }
    bool operator==(const HeartbeatResponse&) const = default;
};

} // namespace millrace::wire
