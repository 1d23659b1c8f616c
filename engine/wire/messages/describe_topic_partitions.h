#pragma once

#include "wire/api_spec.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeTopicPartitions{75, 0, 0, 0, "DescribeTopicPartitions"};

struct DescribeTopicPartitionsRequest {
    static constexpr const ApiSpec& kApi = kDescribeTopicPartitions;
    struct Topic {
        std::string name;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    /// Where an answer that was too long goes on.
    struct Cursor {
        std::string topicName;
        std::int32_t partitionIndex = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topicName);
            io.field(self.partitionIndex);
            io.tags();
        }
        bool operator==(const Cursor&) const = default;
    };
    std::vector<Topic> topics;
    std::int32_t responsePartitionLimit = 2000;
    std::optional<Cursor> cursor;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.topics);
        io.field(self.responsePartitionLimit);
        io.nullable(self.cursor);
        io.tags();
    }
    bool operator==(const DescribeTopicPartitionsRequest&) const = default;
};

struct DescribeTopicPartitionsResponse {
    static constexpr const ApiSpec& kApi = kDescribeTopicPartitions;
    struct Topic {
        struct Partition {
            std::int16_t errorCode = 0;
            std::int32_t partitionIndex = 0;
            std::int32_t leaderId = 0;
            std::int32_t leaderEpoch = -1;
            std::vector<std::int32_t> replicaNodes;
            std::vector<std::int32_t> isrNodes;
            std::optional<std::vector<std::int32_t>> eligibleLeaderReplicas;
            std::optional<std::vector<std::int32_t>> lastKnownElr;
            std::vector<std::int32_t> offlineReplicas;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.errorCode);
                io.field(self.partitionIndex);
                io.field(self.leaderId);
                io.field(self.leaderEpoch);
                io.field(self.replicaNodes);
                io.field(self.isrNodes);
                io.field(self.eligibleLeaderReplicas);
                io.field(self.lastKnownElr);
                io.field(self.offlineReplicas);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::int16_t errorCode = 0;
        std::optional<std::string> name;
        Uuid topicId;
        bool isInternal = false;
        std::vector<Partition> partitions;
        std::int32_t topicAuthorizedOperations = kNotAsked;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.errorCode);
            io.field(self.name);
            io.field(self.topicId);
            io.field(self.isInternal);
            io.field(self.partitions);
            io.field(self.topicAuthorizedOperations);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    using Cursor = DescribeTopicPartitionsRequest::Cursor;
    std::int32_t throttleTimeMs = 0;
    std::vector<Topic> topics;
    std::optional<Cursor> nextCursor;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.topics);
        io.nullable(self.nextCursor);
        io.tags();
    }
    bool operator==(const DescribeTopicPartitionsResponse&) const = default;
};

} // namespace millrace::wire
