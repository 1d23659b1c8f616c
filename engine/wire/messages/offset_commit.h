#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kOffsetCommit{8, 0, 9, 8, "OffsetCommit"};

struct OffsetCommitRequest {
    static constexpr const ApiSpec& kApi = kOffsetCommit;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int64_t committedOffset = 0;
            std::int32_t committedLeaderEpoch = -1; ///< v6+
            std::optional<std::string> committedMetadata;
            std::int64_t commitTimestamp = -1; ///< v1

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.partitionIndex);
                io.field(self.committedOffset);
                if (v >= 6) io.field(self.committedLeaderEpoch);
                if (v == 1) io.field(self.commitTimestamp);
                io.field(self.committedMetadata);
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
    std::string groupId;
    std::int32_t generationIdOrMemberEpoch = -1; ///< v1+
    std::string memberId;                        ///< v1+
    std::optional<std::string> groupInstanceId;  ///< v7+
    std::int64_t retentionTimeMs = -1;           ///< v2 to v4
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.groupId);
        if (v >= 1) {
            io.field(self.generationIdOrMemberEpoch);
            io.field(self.memberId);
        }
        if (v >= 7) io.field(self.groupInstanceId);
        if (v >= 2 && v <= 4) io.field(self.retentionTimeMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const OffsetCommitRequest&) const = default;
};

struct OffsetCommitResponse {
    static constexpr const ApiSpec& kApi = kOffsetCommit;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int16_t errorCode = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.errorCode);
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
    std::int32_t throttleTimeMs = 0; ///< v3+
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 3) io.field(self.throttleTimeMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const OffsetCommitResponse&) const = default;
};

} // namespace millrace::wire
