#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDeleteGroups{42, 0, 2, 2, "DeleteGroups"};

struct DeleteGroupsRequest {
    static constexpr const ApiSpec& kApi = kDeleteGroups;
    std::vector<std::string> groupsNames;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.groupsNames);
        io.tags();
    }
    bool operator==(const DeleteGroupsRequest&) const = default;
};

struct DeleteGroupsResponse {
    static constexpr const ApiSpec& kApi = kDeleteGroups;
    struct Result {
        std::string groupId;
        std::int16_t errorCode = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.groupId);
            io.field(self.errorCode);
            io.tags();
        }
        bool operator==(const Result&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<Result> results;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.results);
        io.tags();
    }
    bool operator==(const DeleteGroupsResponse&) const = default;
};

} // namespace millrace::wire
