#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"
#include "wire/records.h"
#include "wire/tagged.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kFetch{1, 4, 17, 12, "Fetch"};

struct FetchRequest {
    static constexpr const ApiSpec& kApi = kFetch;
    struct ReplicaState {
        std::int32_t replicaId = -1;
        std::int64_t replicaEpoch = -1;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.replicaId);
            io.field(self.replicaEpoch);
            io.tags();
        }
        bool operator==(const ReplicaState&) const = default;
    };
    struct Topic {
        struct Partition {
            std::int32_t partition = 0;
            std::int32_t currentLeaderEpoch = -1; ///< v9+
            std::int64_t fetchOffset = 0;
            std::int32_t lastFetchedEpoch = -1; ///< v12+
            std::int64_t logStartOffset = -1;   ///< v5+
            std::int32_t partitionMaxBytes = 0;
            Uuid replicaDirectoryId; ///< tagged

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.partition);
                if (v >= 9) io.field(self.currentLeaderEpoch);
                io.field(self.fetchOffset);
                if (v >= 12) io.field(self.lastFetchedEpoch);
                if (v >= 5) io.field(self.logStartOffset);
                io.field(self.partitionMaxBytes);
                io.tags(tag(0, self.replicaDirectoryId));
            }
            bool operator==(const Partition&) const = default;
        };
        std::string topic; ///< up to v12
        Uuid topicId;      ///< v13+
        std::vector<Partition> partitions;

        static void fields(auto& io, auto& self, Version v) {
            if (v <= 12) io.field(self.topic);
            if (v >= 13) io.field(self.topicId);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    struct ForgottenTopic {
        std::string topic; ///< up to v12
        Uuid topicId;      ///< v13+
        std::vector<std::int32_t> partitions;

        static void fields(auto& io, auto& self, Version v) {
            if (v <= 12) io.field(self.topic);
            if (v >= 13) io.field(self.topicId);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const ForgottenTopic&) const = default;
    };
    std::optional<std::string> clusterId; ///< tagged
    std::int32_t replicaId = -1;          ///< up to v14
    ReplicaState replicaState;            ///< tagged
    std::int32_t maxWaitMs = 0;
    std::int32_t minBytes = 0;
    std::int32_t maxBytes = 0x7fffffff;
    std::int8_t isolationLevel = 0;
    std::int32_t sessionId = 0;     ///< v7+
    std::int32_t sessionEpoch = -1; ///< v7+
    std::vector<Topic> topics;
    std::vector<ForgottenTopic> forgottenTopicsData; ///< v7+
    std::string rackId;                              ///< v11+

    static void fields(auto& io, auto& self, Version v) {
        if (v <= 14) io.field(self.replicaId);
        io.field(self.maxWaitMs);
        io.field(self.minBytes);
        io.field(self.maxBytes);
        io.field(self.isolationLevel);
        if (v >= 7) {
            io.field(self.sessionId);
            io.field(self.sessionEpoch);
        }
        io.field(self.topics);
        if (v >= 7) io.field(self.forgottenTopicsData);
        if (v >= 11) io.field(self.rackId);
        io.tags(tag(0, self.clusterId), tag(1, self.replicaState));
    }
    bool operator==(const FetchRequest&) const = default;
};

struct FetchResponse {
    static constexpr const ApiSpec& kApi = kFetch;
    struct Response {
        struct Partition {
            struct DivergingEpoch {
                std::int32_t epoch = -1;
                std::int64_t endOffset = -1;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.epoch);
                    io.field(self.endOffset);
                    io.tags();
                }
                bool operator==(const DivergingEpoch&) const = default;
            };
            struct CurrentLeader {
                std::int32_t leaderId = -1;
                std::int32_t leaderEpoch = -1;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.leaderId);
                    io.field(self.leaderEpoch);
                    io.tags();
                }
                bool operator==(const CurrentLeader&) const = default;
            };
            struct SnapshotId {
                std::int64_t endOffset = -1;
                std::int32_t epoch = -1;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.endOffset);
                    io.field(self.epoch);
                    io.tags();
                }
                bool operator==(const SnapshotId&) const = default;
            };
            struct AbortedTransaction {
                std::int64_t producerId = 0;
                std::int64_t firstOffset = 0;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.producerId);
                    io.field(self.firstOffset);
                    io.tags();
                }
                bool operator==(const AbortedTransaction&) const = default;
            };
            std::int32_t partitionIndex = 0;
            std::int16_t errorCode = 0;
            std::int64_t highWatermark = 0;
            std::int64_t lastStableOffset = -1;
            std::int64_t logStartOffset = -1; ///< v5+
            DivergingEpoch divergingEpoch;    ///< tagged
            CurrentLeader currentLeader;      ///< tagged
            SnapshotId snapshotId;            ///< tagged
            std::optional<std::vector<AbortedTransaction>> abortedTransactions;
            std::int32_t preferredReadReplica = -1; ///< v11+
            Records records;

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.partitionIndex);
                io.field(self.errorCode);
                io.field(self.highWatermark);
                io.field(self.lastStableOffset);
                if (v >= 5) io.field(self.logStartOffset);
                io.field(self.abortedTransactions);
                if (v >= 11) io.field(self.preferredReadReplica);
                io.field(self.records);
                io.tags(tag(0, self.divergingEpoch), tag(1, self.currentLeader), tag(2, self.snapshotId));
            }
            bool operator==(const Partition&) const = default;
        };
        std::string topic; ///< up to v12
        Uuid topicId;      ///< v13+
        std::vector<Partition> partitions;

        static void fields(auto& io, auto& self, Version v) {
            if (v <= 12) io.field(self.topic);
            if (v >= 13) io.field(self.topicId);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Response&) const = default;
    };
    struct NodeEndpoint {
        std::int32_t nodeId = 0;
        std::string host;
        std::int32_t port = 0;
        std::optional<std::string> rack;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.nodeId);
            io.field(self.host);
            io.field(self.port);
            io.field(self.rack);
            io.tags();
        }
        bool operator==(const NodeEndpoint&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0; ///< v7+
    std::int32_t sessionId = 0; ///< v7+
    std::vector<Response> responses;
    std::vector<NodeEndpoint> nodeEndpoints; ///< tagged

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.throttleTimeMs);
        if (v >= 7) {
            io.field(self.errorCode);
            io.field(self.sessionId);
        }
        io.field(self.responses);
        io.tags(tag(0, self.nodeEndpoints));
    }
    bool operator==(const FetchResponse&) const = default;
};

} // namespace millrace::wire
