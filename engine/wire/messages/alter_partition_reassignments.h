#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kAlterPartitionReassignments{45, 0, 1, 0, "AlterPartitionReassignments"};

struct AlterPartitionReassignmentsRequest {
    static constexpr const ApiSpec& kApi = kAlterPartitionReassignments;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::optional<std::vector<std::int32_t>> replicas;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.replicas);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::string name;
        std::vector<Partition> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t timeoutMs = 60000;
    bool allowReplicationFactorChange = true; ///< v1+
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.timeoutMs);
        if (v >= 1) io.field(self.allowReplicationFactorChange);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const AlterPartitionReassignmentsRequest&) const = default;
};

struct AlterPartitionReassignmentsResponse {
    static constexpr const ApiSpec& kApi = kAlterPartitionReassignments;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int16_t errorCode = 0;
            std::optional<std::string> errorMessage;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.errorCode);
                io.field(self.errorMessage);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::string name;
        std::vector<Partition> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    bool allowReplicationFactorChange = true; ///< v1+
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    std::vector<Topic> responses;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.throttleTimeMs);
        if (v >= 1) io.field(self.allowReplicationFactorChange);
        io.field(self.errorCode);
        io.field(self.errorMessage);
        io.field(self.responses);
        io.tags();
    }
    bool operator==(const AlterPartitionReassignmentsResponse&) const = default;
};

} // namespace millrace::wire
