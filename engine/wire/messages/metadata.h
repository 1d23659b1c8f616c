#pragma once

#include "wire/api_spec.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kMetadata{3, 0, 13, 9, "Metadata"};

struct MetadataRequest {
    static constexpr const ApiSpec& kApi = kMetadata;
    struct Topic {
        Uuid topicId; ///< v10+
        std::optional<std::string> name;

        static void fields(auto& io, auto& self, Version v) {
            if (v >= 10) io.field(self.topicId);
            io.field(self.name);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::optional<std::vector<Topic>> topics;
    bool allowAutoTopicCreation = true;              ///< v4+
    bool includeClusterAuthorizedOperations = false; ///< v8 to v10
    bool includeTopicAuthorizedOperations = false;   ///< v8+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.topics);
        if (v >= 4) io.field(self.allowAutoTopicCreation);
        if (v >= 8 && v <= 10) io.field(self.includeClusterAuthorizedOperations);
        if (v >= 8) io.field(self.includeTopicAuthorizedOperations);
        io.tags();
    }
    bool operator==(const MetadataRequest&) const = default;
};

struct MetadataResponse {
    static constexpr const ApiSpec& kApi = kMetadata;
    struct Broker {
        std::int32_t nodeId = 0;
        std::string host;
        std::int32_t port = 0;
        std::optional<std::string> rack; ///< v1+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.nodeId);
            io.field(self.host);
            io.field(self.port);
            if (v >= 1) io.field(self.rack);
            io.tags();
        }
        bool operator==(const Broker&) const = default;
    };
    struct Topic {
        struct Partition {
            std::int16_t errorCode = 0;
            std::int32_t partitionIndex = 0;
            std::int32_t leaderId = 0;
            std::int32_t leaderEpoch = -1; ///< v7+
            std::vector<std::int32_t> replicaNodes;
            std::vector<std::int32_t> isrNodes;
            std::vector<std::int32_t> offlineReplicas; ///< v5+

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.errorCode);
                io.field(self.partitionIndex);
                io.field(self.leaderId);
                if (v >= 7) io.field(self.leaderEpoch);
                io.field(self.replicaNodes);
                io.field(self.isrNodes);
                if (v >= 5) io.field(self.offlineReplicas);
                io.tags();
            }
            bool operator==(const Partition&) const = default;
        };
        std::int16_t errorCode = 0;
        std::optional<std::string> name;
        Uuid topicId;            ///< v10+
        bool isInternal = false; ///< v1+
        std::vector<Partition> partitions;
        std::int32_t topicAuthorizedOperations = kNotAsked; ///< v8+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.errorCode);
            io.field(self.name);
            if (v >= 10) io.field(self.topicId);
            if (v >= 1) io.field(self.isInternal);
            io.field(self.partitions);
            if (v >= 8) io.field(self.topicAuthorizedOperations);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t throttleTimeMs = 0; ///< v3+
    std::vector<Broker> brokers;
    std::optional<std::string> clusterId; ///< v2+
    std::int32_t controllerId = -1;       ///< v1+
    std::vector<Topic> topics;
    std::int32_t clusterAuthorizedOperations = kNotAsked; ///< v8 to v10
    std::int16_t errorCode = 0;                           ///< v13+

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 3) io.field(self.throttleTimeMs);
        io.field(self.brokers);
        if (v >= 2) io.field(self.clusterId);
        if (v >= 1) io.field(self.controllerId);
        io.field(self.topics);
        if (v >= 8 && v <= 10) io.field(self.clusterAuthorizedOperations);
        if (v >= 13) io.field(self.errorCode);
        io.tags();
    }
    bool operator==(const MetadataResponse&) const = default;
};

} // namespace millrace::wire
