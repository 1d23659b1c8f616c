#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kSyncGroup{14, 0, 5, 4, "SyncGroup"};

struct SyncGroupRequest {
    static constexpr const ApiSpec& kApi = kSyncGroup;
    struct Assignment {
        std::string memberId;
        Bytes assignment;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.memberId);
            io.field(self.assignment);
            io.tags();
        }
        bool operator==(const Assignment&) const = default;
    };
    std::string groupId;
    std::int32_t generationId = 0;
    std::string memberId;
    std::optional<std::string> groupInstanceId; ///< v3+
    std::optional<std::string> protocolType;    ///< v5+
    std::optional<std::string> protocolName;    ///< v5+
    std::vector<Assignment> assignments;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.groupId);
        io.field(self.generationId);
        io.field(self.memberId);
        if (v >= 3) io.field(self.groupInstanceId);
        if (v >= 5) {
            io.field(self.protocolType);
            io.field(self.protocolName);
        }
        io.field(self.assignments);
        io.tags();
    }
    bool operator==(const SyncGroupRequest&) const = default;
};

struct SyncGroupResponse {
    static constexpr const ApiSpec& kApi = kSyncGroup;
    std::int32_t throttleTimeMs = 0; ///< v1+
    std::int16_t errorCode = 0;
    std::optional<std::string> protocolType; ///< v5+
    std::optional<std::string> protocolName; ///< v5+
    Bytes assignment;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        if (v >= 5) {
            io.field(self.protocolType);
            io.field(self.protocolName);
        }
        io.field(self.assignment);
        io.tags();
    }
    bool operator==(const SyncGroupResponse&) const = default;
};

} // namespace millrace::wire
