#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeAcls{29, 1, 3, 2, "DescribeAcls"};

struct DescribeAclsRequest {
    static constexpr const ApiSpec& kApi = kDescribeAcls;
    std::int8_t resourceTypeFilter = 0;
    std::optional<std::string> resourceNameFilter;
    std::int8_t patternTypeFilter = 3;
    std::optional<std::string> principalFilter;
    std::optional<std::string> hostFilter;
    std::int8_t operation = 0;
    std::int8_t permissionType = 0;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.resourceTypeFilter);
        io.field(self.resourceNameFilter);
        io.field(self.patternTypeFilter);
        io.field(self.principalFilter);
        io.field(self.hostFilter);
        io.field(self.operation);
        io.field(self.permissionType);
        io.tags();
    }
    bool operator==(const DescribeAclsRequest&) const = default;
};

struct DescribeAclsResponse {
    static constexpr const ApiSpec& kApi = kDescribeAcls;
    struct Resource {
        struct Acl {
            std::string principal;
            std::string host;
            std::int8_t operation = 0;
            std::int8_t permissionType = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.principal);
                io.field(self.host);
                io.field(self.operation);
                io.field(self.permissionType);
                io.tags();
            }
            bool operator==(const Acl&) const = default;
        };
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::int8_t patternType = 3;
        std::vector<Acl> acls;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.resourceType);
            io.field(self.resourceName);
            io.field(self.patternType);
            io.field(self.acls);
            io.tags();
        }
        bool operator==(const Resource&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    std::vector<Resource> resources;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.errorMessage);
        io.field(self.resources);
        io.tags();
    }
    bool operator==(const DescribeAclsResponse&) const = default;
};

} // namespace millrace::wire
