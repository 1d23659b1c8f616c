#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kTxnOffsetCommit{28, 0, 5, 3, "TxnOffsetCommit"};

struct TxnOffsetCommitRequest {
    static constexpr const ApiSpec& kApi = kTxnOffsetCommit;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int64_t committedOffset = 0;
            std::int32_t committedLeaderEpoch = -1; ///< v2+
            std::optional<std::string> committedMetadata;

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.partitionIndex);
                io.field(self.committedOffset);
                if (v >= 2) io.field(self.committedLeaderEpoch);
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
    std::string transactionalId;
    std::string groupId;
    std::int64_t producerId = 0;
    std::int16_t producerEpoch = 0;
    std::int32_t generationId = -1;             ///< v3+
    std::string memberId;                       ///< v3+
    std::optional<std::string> groupInstanceId; ///< v3+
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.transactionalId);
        io.field(self.groupId);
        io.field(self.producerId);
        io.field(self.producerEpoch);
        if (v >= 3) {
            io.field(self.generationId);
            io.field(self.memberId);
            io.field(self.groupInstanceId);
        }
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const TxnOffsetCommitRequest&) const = default;
};

struct TxnOffsetCommitResponse {
    static constexpr const ApiSpec& kApi = kTxnOffsetCommit;
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
    std::int32_t throttleTimeMs = 0;
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const TxnOffsetCommitResponse&) const = default;
};

} // namespace millrace::wire
