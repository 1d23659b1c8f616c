#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kElectLeaders{43, 0, 2, 2, "ElectLeaders"};

struct ElectLeadersRequest {
    static constexpr const ApiSpec& kApi = kElectLeaders;
    struct Topic {
        std::string topic;
        std::vector<std::int32_t> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topic);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int8_t electionType = 0; ///< v1+
    std::optional<std::vector<Topic>> topicPartitions;
    std::int32_t timeoutMs = 60000;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 1) io.field(self.electionType);
        io.field(self.topicPartitions);
        io.field(self.timeoutMs);
        io.tags();
    }
    bool operator==(const ElectLeadersRequest&) const = default;
};

struct ElectLeadersResponse {
    static constexpr const ApiSpec& kApi = kElectLeaders;
    struct Topic {
        struct Partition {
            std::int32_t partitionId = 0;
            std::int16_t errorCode = 0;
            std::optional<std::string> errorMessage;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionId);
                io.field(self.errorCode);
                io.field(self.errorMessage);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::string topic;
        std::vector<Partition> partitionResult;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topic);
            io.field(self.partitionResult);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0; ///< v1+
    std::vector<Topic> replicaElectionResults;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.throttleTimeMs);
        if (v >= 1) io.field(self.errorCode);
        io.field(self.replicaElectionResults);
        io.tags();
    }
    bool operator==(const ElectLeadersResponse&) const = default;
};

} // namespace millrace::wire
