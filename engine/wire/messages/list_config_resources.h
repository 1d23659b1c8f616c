#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kListConfigResources{74, 0, 1, 0, "ListConfigResources"};

struct ListConfigResourcesRequest {
    static constexpr const ApiSpec& kApi = kListConfigResources;
    std::vector<std::int8_t> resourceTypes; ///< v1+

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.resourceTypes);
        io.tags();
    }
    bool operator==(const ListConfigResourcesRequest&) const = default;
};

struct ListConfigResourcesResponse {
    static constexpr const ApiSpec& kApi = kListConfigResources;
    struct Resource {
        std::string resourceName;
        std::int8_t resourceType = 16; ///< v1+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.resourceName);
            if (v >= 1) io.field(self.resourceType);
            io.tags();
        }
        bool operator==(const Resource&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::vector<Resource> configResources;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.configResources);
        io.tags();
    }
    bool operator==(const ListConfigResourcesResponse&) const = default;
};

} // namespace millrace::wire
