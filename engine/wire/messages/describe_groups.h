#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeGroups{15, 0, 6, 5, "DescribeGroups"};

struct DescribeGroupsRequest {
    static constexpr const ApiSpec& kApi = kDescribeGroups;
    std::vector<std::string> groups;
    bool includeAuthorizedOperations = false; ///< v3+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.groups);
        if (v >= 3) io.field(self.includeAuthorizedOperations);
        io.tags();
    }
    bool operator==(const DescribeGroupsRequest&) const = default;
};

struct DescribeGroupsResponse {
    static constexpr const ApiSpec& kApi = kDescribeGroups;
    struct Group {
        struct Member {
            std::string memberId;
            std::optional<std::string> groupInstanceId; ///< v4+
            std::string clientId;
            std::string clientHost;
            Bytes memberMetadata;
            Bytes memberAssignment;

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.memberId);
                if (v >= 4) io.field(self.groupInstanceId);
                io.field(self.clientId);
                io.field(self.clientHost);
                io.field(self.memberMetadata);
                io.field(self.memberAssignment);
                io.tags();
            }
            bool operator==(const Member&) const = default;
        };
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage; ///< v6+
        std::string groupId;
        std::string groupState;
        std::string protocolType;
        std::string protocolData;
        std::vector<Member> members;
        std::int32_t authorizedOperations = kNotAsked; ///< v3+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.errorCode);
            if (v >= 6) io.field(self.errorMessage);
            io.field(self.groupId);
            io.field(self.groupState);
            io.field(self.protocolType);
            io.field(self.protocolData);
            io.field(self.members);
            if (v >= 3) io.field(self.authorizedOperations);
            io.tags();
        }
        bool operator==(const Group&) const = default;
    };
    std::int32_t throttleTimeMs = 0; ///< v1+
    std::vector<Group> groups;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.throttleTimeMs);
        io.field(self.groups);
        io.tags();
    }
    bool operator==(const DescribeGroupsResponse&) const = default;
};

} // namespace millrace::wire
