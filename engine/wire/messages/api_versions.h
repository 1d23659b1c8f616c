#pragma once

#include "wire/api_spec.h"
#include "wire/tagged.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kApiVersions{18, 0, 4, 3, "ApiVersions"};

struct ApiVersionsRequest {
    static constexpr const ApiSpec& kApi = kApiVersions;
    std::string clientSoftwareName;    ///< v3+
    std::string clientSoftwareVersion; ///< v3+

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 3) {
            io.field(self.clientSoftwareName);
            io.field(self.clientSoftwareVersion);
        }
        io.tags();
    }
    bool operator==(const ApiVersionsRequest&) const = default;
};

struct ApiVersionsResponse {
    static constexpr const ApiSpec& kApi = kApiVersions;
    struct ApiKey {
        std::int16_t apiKey = 0;
        std::int16_t minVersion = 0;
        std::int16_t maxVersion = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.apiKey);
            io.field(self.minVersion);
            io.field(self.maxVersion);
            io.tags();
        }
        bool operator==(const ApiKey&) const = default;
    };
    struct SupportedFeature {
        std::string name;
        std::int16_t minVersion = 0;
        std::int16_t maxVersion = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.minVersion);
            io.field(self.maxVersion);
            io.tags();
        }
        bool operator==(const SupportedFeature&) const = default;
    };
    struct FinalizedFeature {
        std::string name;
        std::int16_t maxVersionLevel = 0;
        std::int16_t minVersionLevel = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.maxVersionLevel);
            io.field(self.minVersionLevel);
            io.tags();
        }
        bool operator==(const FinalizedFeature&) const = default;
    };
    std::int16_t errorCode = 0;
    std::vector<ApiKey> apiKeys;
    std::int32_t throttleTimeMs = 0;                 ///< v1+
    std::vector<SupportedFeature> supportedFeatures; ///< tagged
    std::int64_t finalizedFeaturesEpoch = -1;        ///< tagged
    std::vector<FinalizedFeature> finalizedFeatures; ///< tagged
    bool zkMigrationReady = false;                   ///< tagged

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.errorCode);
        io.field(self.apiKeys);
        if (v >= 1) io.field(self.throttleTimeMs);
        io.tags(tag(0, self.supportedFeatures), tag(1, self.finalizedFeaturesEpoch, -1), tag(2, self.finalizedFeatures),
                tag(3, self.zkMigrationReady));
    }
    bool operator==(const ApiVersionsResponse&) const = default;
};

} // namespace millrace::wire
