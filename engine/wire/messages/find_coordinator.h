#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kFindCoordinator{10, 0, 6, 3, "FindCoordinator"};

struct FindCoordinatorRequest {
    static constexpr const ApiSpec& kApi = kFindCoordinator;
    std::string key;                          ///< up to v3
    std::int8_t keyType = 0;                  ///< v1+
    std::vector<std::string> coordinatorKeys; ///< v4+

    static void fields(auto& io, auto& self, Version v) {
        if (v <= 3) io.field(self.key);
        if (v >= 1) io.field(self.keyType);
        if (v >= 4) io.field(self.coordinatorKeys);
        io.tags();
    }
    bool operator==(const FindCoordinatorRequest&) const = default;
};

struct FindCoordinatorResponse {
    static constexpr const ApiSpec& kApi = kFindCoordinator;
    struct Coordinator {
        std::string key;
        std::int32_t nodeId = 0;
        std::string host;
        std::int32_t port = 0;
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.key);
            io.field(self.nodeId);
            io.field(self.host);
            io.field(self.port);
            io.field(self.errorCode);
            io.field(self.errorMessage);
            io.tags();
        }
        bool operator==(const Coordinator&) const = default;
    };
    std::int32_t throttleTimeMs = 0;         ///< v1+
    std::int16_t errorCode = 0;              ///< up to v3
    std::optional<std::string> errorMessage; ///< v1 to v3
    std::int32_t nodeId = 0;                 ///< up to v3
    std::string host;                        ///< up to v3
    std::int32_t port = 0;                   ///< up to v3
    std::vector<Coordinator> coordinators;   ///< v4+

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.throttleTimeMs);
        if (v <= 3) io.field(self.errorCode);
        if (v >= 1 && v <= 3) io.field(self.errorMessage);
        if (v <= 3) {
            io.field(self.nodeId);
            io.field(self.host);
            io.field(self.port);
        }
        if (v >= 4) io.field(self.coordinators);
        io.tags();
    }
    bool operator==(const FindCoordinatorResponse&) const = default;
};

} // namespace millrace::wire
