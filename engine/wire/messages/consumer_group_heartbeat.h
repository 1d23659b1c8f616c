#pragma once

#include "wire/api_spec.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kConsumerGroupHeartbeat{68, 0, 1, 0, "ConsumerGroupHeartbeat"};

struct ConsumerGroupHeartbeatRequest {
    static constexpr const ApiSpec& kApi = kConsumerGroupHeartbeat;
    struct TopicPartitions {
        Uuid topicId;
        std::vector<std::int32_t> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topicId);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const TopicPartitions&) const = default;
    };
    std::string groupId;
    std::string memberId;
    std::int32_t memberEpoch = 0;
    std::optional<std::string> instanceId; ///< here and below null: as it was
    std::optional<std::string> rackId;
    std::int32_t rebalanceTimeoutMs = -1; ///< -1: as it was
    std::optional<std::vector<std::string>> subscribedTopicNames;
    std::optional<std::string> subscribedTopicRegex; ///< v1+
    std::optional<std::string> serverAssignor;
    std::optional<std::vector<TopicPartitions>> topicPartitions; ///< that the member has

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.groupId);
        io.field(self.memberId);
        io.field(self.memberEpoch);
        io.field(self.instanceId);
        io.field(self.rackId);
        io.field(self.rebalanceTimeoutMs);
        io.field(self.subscribedTopicNames);
        if (v >= 1) io.field(self.subscribedTopicRegex);
        io.field(self.serverAssignor);
        io.field(self.topicPartitions);
        io.tags();
    }
    bool operator==(const ConsumerGroupHeartbeatRequest&) const = default;
};

struct ConsumerGroupHeartbeatResponse {
    static constexpr const ApiSpec& kApi = kConsumerGroupHeartbeat;
    struct TopicPartitions {
        Uuid topicId;
        std::vector<std::int32_t> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topicId);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const TopicPartitions&) const = default;
    };
    struct Assignment {
        std::vector<TopicPartitions> topicPartitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topicPartitions);
            io.tags();
        }
        bool operator==(const Assignment&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    std::optional<std::string> memberId;
    std::int32_t memberEpoch = 0;
    std::int32_t heartbeatIntervalMs = 0;
    std::optional<Assignment> assignment; ///< null: as it was

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.errorMessage);
        io.field(self.memberId);
        io.field(self.memberEpoch);
        io.field(self.heartbeatIntervalMs);
        io.nullable(self.assignment);
        io.tags();
    }
    bool operator==(const ConsumerGroupHeartbeatResponse&) const = default;
};

} // namespace millrace::wire
