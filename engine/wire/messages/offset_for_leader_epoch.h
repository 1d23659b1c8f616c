#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kOffsetForLeaderEpoch{23, 2, 4, 4, "OffsetForLeaderEpoch"};

struct OffsetForLeaderEpochRequest {
    static constexpr const ApiSpec& kApi = kOffsetForLeaderEpoch;
    struct Topic {
        struct Partition {
            std::int32_t partition = 0;
            std::int32_t currentLeaderEpoch = -1;
            std::int32_t leaderEpoch = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partition);
                io.field(self.currentLeaderEpoch);
                io.field(self.leaderEpoch);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::string topic;
        std::vector<Partition> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topic);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t replicaId = -2; ///< v3+
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 3) io.field(self.replicaId);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const OffsetForLeaderEpochRequest&) const = default;
};

struct OffsetForLeaderEpochResponse {
    static constexpr const ApiSpec& kApi = kOffsetForLeaderEpoch;
    struct Topic {
        struct Partition {
            std::int16_t errorCode = 0;
            std::int32_t partition = 0;
            std::int32_t leaderEpoch = -1;
            std::int64_t endOffset = -1;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.errorCode);
                io.field(self.partition);
                io.field(self.leaderEpoch);
                io.field(self.endOffset);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::string topic;
        std::vector<Partition> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topic);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const OffsetForLeaderEpochResponse&) const = default;
};

} // namespace millrace::wire
