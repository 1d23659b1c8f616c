#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kListOffsets{2, 0, 11, 6, "ListOffsets"};

struct ListOffsetsRequest {
    static constexpr const ApiSpec& kApi = kListOffsets;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int32_t currentLeaderEpoch = -1; ///< v4+
            std::int64_t timestamp = 0;
            std::int32_t maxNumOffsets = 1; ///< v0

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.partitionIndex);
                if (v >= 4) io.field(self.currentLeaderEpoch);
                io.field(self.timestamp);
                if (v == 0) io.field(self.maxNumOffsets);
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
    std::int32_t replicaId = 0;
    std::int8_t isolationLevel = 0; ///< v2+
    std::vector<Topic> topics;
    std::int32_t timeoutMs = 0; ///< v10+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.replicaId);
        if (v >= 2) io.field(self.isolationLevel);
        io.field(self.topics);
        if (v >= 10) io.field(self.timeoutMs);
        io.tags();
    }
    bool operator==(const ListOffsetsRequest&) const = default;
};

struct ListOffsetsResponse {
    static constexpr const ApiSpec& kApi = kListOffsets;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int16_t errorCode = 0;
            std::vector<std::int64_t> oldStyleOffsets; ///< v0
            std::int64_t timestamp = -1;               ///< v1+
            std::int64_t offset = -1;                  ///< v1+
            std::int32_t leaderEpoch = -1;             ///< v4+

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.partitionIndex);
                io.field(self.errorCode);
                if (v == 0) io.field(self.oldStyleOffsets);
                if (v >= 1) {
                    io.field(self.timestamp);
                    io.field(self.offset);
                }
                if (v >= 4) io.field(self.leaderEpoch);
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
    std::int32_t throttleTimeMs = 0; ///< v2+
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 2) io.field(self.throttleTimeMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const ListOffsetsResponse&) const = default;
};

} // namespace millrace::wire
