#pragma once

#include "wire/api_spec.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kConsumerGroupDescribe{69, 0, 1, 0, "ConsumerGroupDescribe"};

struct ConsumerGroupDescribeRequest {
    static constexpr const ApiSpec& kApi = kConsumerGroupDescribe;
    std::vector<std::string> groupIds;
    bool includeAuthorizedOperations = false;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.groupIds);
        io.field(self.includeAuthorizedOperations);
        io.tags();
    }
    bool operator==(const ConsumerGroupDescribeRequest&) const = default;
};

struct ConsumerGroupDescribeResponse {
    static constexpr const ApiSpec& kApi = kConsumerGroupDescribe;
    struct TopicPartitions {
        Uuid topicId;
        std::string topicName;
        std::vector<std::int32_t> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topicId);
            io.field(self.topicName);
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
    struct Group {
        struct Member {
            std::string memberId;
            std::optional<std::string> instanceId;
            std::optional<std::string> rackId;
            std::int32_t memberEpoch = 0;
            std::string clientId;
            std::string clientHost;
            std::vector<std::string> subscribedTopicNames;
            std::optional<std::string> subscribedTopicRegex;
            Assignment assignment;
            Assignment targetAssignment;
            std::int8_t memberType = -1; ///< v1+; 0: classic protocol, 1: consumer protocol

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.memberId);
                io.field(self.instanceId);
                io.field(self.rackId);
                io.field(self.memberEpoch);
                io.field(self.clientId);
                io.field(self.clientHost);
                io.field(self.subscribedTopicNames);
                io.field(self.subscribedTopicRegex);
                io.field(self.assignment);
                io.field(self.targetAssignment);
                if (v >= 1) io.field(self.memberType);
                io.tags();
            }
            bool operator==(const Member&) const = default;
        };
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;
        std::string groupId;
        std::string groupState;
        std::int32_t groupEpoch = 0;
        std::int32_t assignmentEpoch = 0;
        std::string assignorName;
        std::vector<Member> members;
        std::int32_t authorizedOperations = kNotAsked;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.errorCode);
            io.field(self.errorMessage);
            io.field(self.groupId);
            io.field(self.groupState);
            io.field(self.groupEpoch);
            io.field(self.assignmentEpoch);
            io.field(self.assignorName);
            io.field(self.members);
            io.field(self.authorizedOperations);
            io.tags();
        }
        bool operator==(const Group&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<Group> groups;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.groups);
        io.tags();
    }
    bool operator==(const ConsumerGroupDescribeResponse&) const = default;
};

} // namespace millrace::wire
