#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kListGroups{16, 0, 5, 3, "ListGroups"};

struct ListGroupsRequest {
    static constexpr const ApiSpec& kApi = kListGroups;
    std::vector<std::string> statesFilter; ///< v4+
    std::vector<std::string> typesFilter;  ///< v5+

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 4) io.field(self.statesFilter);
        if (v >= 5) io.field(self.typesFilter);
        io.tags();
    }
    bool operator==(const ListGroupsRequest&) const = default;
};

struct ListGroupsResponse {
    static constexpr const ApiSpec& kApi = kListGroups;
    struct Group {
        std::string groupId;
        std::string protocolType;
        std::string groupState; ///< v4+
        std::string groupType;  ///< v5+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.groupId);
            io.field(self.protocolType);
            if (v >= 4) io.field(self.groupState);
            if (v >= 5) io.field(self.groupType);
            io.tags();
        }
        bool operator==(const Group&) const = default;
    };
    std::int32_t throttleTimeMs = 0; ///< v1+
    std::int16_t errorCode = 0;
    std::vector<Group> groups;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.groups);
        io.tags();
    }
    bool operator==(const ListGroupsResponse&) const = default;
};

} // namespace millrace::wire
