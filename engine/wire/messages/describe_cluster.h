#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeCluster{60, 0, 2, 0, "DescribeCluster"};

struct DescribeClusterRequest {
    static constexpr const ApiSpec& kApi = kDescribeCluster;
    bool includeClusterAuthorizedOperations = false;
    std::int8_t endpointType = 1;      ///< v1+
    bool includeFencedBrokers = false; ///< v2+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.includeClusterAuthorizedOperations);
        if (v >= 1) io.field(self.endpointType);
        if (v >= 2) io.field(self.includeFencedBrokers);
        io.tags();
    }
    bool operator==(const DescribeClusterRequest&) const = default;
};

struct DescribeClusterResponse {
    static constexpr const ApiSpec& kApi = kDescribeCluster;
    struct Broker {
        std::int32_t brokerId = 0;
        std::string host;
        std::int32_t port = 0;
        std::optional<std::string> rack;
        bool isFenced = false; ///< v2+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.brokerId);
            io.field(self.host);
            io.field(self.port);
            io.field(self.rack);
            if (v >= 2) io.field(self.isFenced);
            io.tags();
        }
        bool operator==(const Broker&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    std::int8_t endpointType = 1; ///< v1+
    std::string clusterId;
    std::int32_t controllerId = -1;
    std::vector<Broker> brokers;
    std::int32_t clusterAuthorizedOperations = kNotAsked;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.errorMessage);
        if (v >= 1) io.field(self.endpointType);
        io.field(self.clusterId);
        io.field(self.controllerId);
        io.field(self.brokers);
        io.field(self.clusterAuthorizedOperations);
        io.tags();
    }
    bool operator==(const DescribeClusterResponse&) const = default;
};

} // namespace millrace::wire
