#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kListPartitionReassignments{46, 0, 0, 0, "ListPartitionReassignments"};

struct ListPartitionReassignmentsRequest {
    static constexpr const ApiSpec& kApi = kListPartitionReassignments;
    struct Topic {
        std::string name;
        std::vector<std::int32_t> partitionIndexes;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.partitionIndexes);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t timeoutMs = 60000;
    std::optional<std::vector<Topic>> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.timeoutMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const ListPartitionReassignmentsRequest&) const = default;
};

struct ListPartitionReassignmentsResponse {
    static constexpr const ApiSpec& kApi = kListPartitionReassignments;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::vector<std::int32_t> replicas;
            std::vector<std::int32_t> addingReplicas;
            std::vector<std::int32_t> removingReplicas;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.replicas);
                io.field(self.addingReplicas);
                io.field(self.removingReplicas);
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
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.errorMessage);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const ListPartitionReassignmentsResponse&) const = default;
};

} // namespace millrace::wire
