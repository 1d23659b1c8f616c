#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kCreateAcls{30, 1, 3, 2, "CreateAcls"};

struct CreateAclsRequest {
    static constexpr const ApiSpec& kApi = kCreateAcls;
    struct Creation {
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::int8_t resourcePatternType = 3;
        std::string principal;
        std::string host;
        std::int8_t operation = 0;
        std::int8_t permissionType = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.resourceType);
            io.field(self.resourceName);
            io.field(self.resourcePatternType);
            io.field(self.principal);
            io.field(self.host);
            io.field(self.operation);
            io.field(self.permissionType);
            io.tags();
        }
        bool operator==(const Creation&) const = default;
    };
    std::vector<Creation> creations;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.creations);
        io.tags();
    }
    bool operator==(const CreateAclsRequest&) const = default;
};

struct CreateAclsResponse {
    static constexpr const ApiSpec& kApi = kCreateAcls;
    struct Result {
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.errorCode);
            io.field(self.errorMessage);
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
    bool operator==(const CreateAclsResponse&) const = default;
};

} // namespace millrace::wire
