#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kJoinGroup{11, 0, 9, 6, "JoinGroup"};

struct JoinGroupRequest {
    static constexpr const ApiSpec& kApi = kJoinGroup;
    struct Protocol {
        std::string name;
        Bytes metadata;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.metadata);
            io.tags();
        }
        bool operator==(const Protocol&) const = default;
    };
    std::string groupId;
    std::int32_t sessionTimeoutMs = 0;
    std::int32_t rebalanceTimeoutMs = -1; ///< v1+
    std::string memberId;
    std::optional<std::string> groupInstanceId; ///< v5+
    std::string protocolType;
    std::vector<Protocol> protocols;
    std::optional<std::string> reason; ///< v8+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.groupId);
        io.field(self.sessionTimeoutMs);
        if (v >= 1) io.field(self.rebalanceTimeoutMs);
        io.field(self.memberId);
        if (v >= 5) io.field(self.groupInstanceId);
        io.field(self.protocolType);
        io.field(self.protocols);
        if (v >= 8) io.field(self.reason);
        io.tags();
    }
    bool operator==(const JoinGroupRequest&) const = default;
};

struct JoinGroupResponse {
    static constexpr const ApiSpec& kApi = kJoinGroup;
    struct Member {
        std::string memberId;
        std::optional<std::string> groupInstanceId; ///< v5+
        Bytes metadata;

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.memberId);
            if (v >= 5) io.field(self.groupInstanceId);
            io.field(self.metadata);
            io.tags();
        }
        bool operator==(const Member&) const = default;
    };
    std::int32_t throttleTimeMs = 0; ///< v2+
    std::int16_t errorCode = 0;
    std::int32_t generationId = -1;
    std::optional<std::string> protocolType; ///< v7+
    std::optional<std::string> protocolName;
    std::string leader;
    bool skipAssignment = false; ///< v9+
    std::string memberId;
    std::vector<Member> members;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 2) io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.generationId);
        if (v >= 7) io.field(self.protocolType);
        io.field(self.protocolName);
        io.field(self.leader);
        if (v >= 9) io.field(self.skipAssignment);
        io.field(self.memberId);
        io.field(self.members);
        io.tags();
    }
    bool operator==(const JoinGroupResponse&) const = default;
};

} // namespace millrace::wire
