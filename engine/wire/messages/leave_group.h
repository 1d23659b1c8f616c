#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kLeaveGroup{13, 0, 5, 4, "LeaveGroup"};

struct LeaveGroupRequest {
    static constexpr const ApiSpec& kApi = kLeaveGroup;
    struct Member {
        std::string memberId;
        std::optional<std::string> groupInstanceId;
        std::optional<std::string> reason; ///< v5+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.memberId);
            io.field(self.groupInstanceId);
            if (v >= 5) io.field(self.reason);
            io.tags();
        }
        bool operator==(const Member&) const = default;
    };
    std::string groupId;
    std::string memberId;        ///< up to v2
    std::vector<Member> members; ///< v3+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.groupId);
        if (v <= 2) io.field(self.memberId);
        if (v >= 3) io.field(self.members);
        io.tags();
    }
    bool operator==(const LeaveGroupRequest&) const = default;
};

struct LeaveGroupResponse {
    static constexpr const ApiSpec& kApi = kLeaveGroup;
    struct Member {
        std::string memberId;
        std::optional<std::string> groupInstanceId;
        std::int16_t errorCode = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.memberId);
            io.field(self.groupInstanceId);
            io.field(self.errorCode);
            io.tags();
        }
        bool operator==(const Member&) const = default;
    };
    std::int32_t throttleTimeMs = 0; ///< v1+
    std::int16_t errorCode = 0;
    std::vector<Member> members; ///< v3+

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        if (v >= 3) io.field(self.members);
        io.tags();
    }
    bool operator==(const LeaveGroupResponse&) const = default;
};

} // namespace millrace::wire
