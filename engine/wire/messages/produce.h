#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"
#include "wire/tagged.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kProduce{0, 0, 13, 9, "Produce"};

struct ProduceRequest {
    static constexpr const ApiSpec& kApi = kProduce;
    struct TopicData {
        struct PartitionData {
            std::int32_t index = 0;
            std::optional<Bytes> records;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.index);
                io.field(self.records);
                io.tags();
            }
            bool operator==(const PartitionData&) const = default;
        };
        std::string name; ///< up to v12
        std::vector<PartitionData> partitionData;
        Uuid topicId; ///< v13+

        static void fields(auto& io, auto& self, Version v) {
            if (v <= 12) io.field(self.name);
            if (v >= 13) io.field(self.topicId);
            io.field(self.partitionData);
            io.tags();
        }
        bool operator==(const TopicData&) const = default;
    };
    std::optional<std::string> transactionalId; ///< v3+
    std::int16_t acks = 0;
    std::int32_t timeoutMs = 0;
    std::vector<TopicData> topicData;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 3) io.field(self.transactionalId);
        io.field(self.acks);
        io.field(self.timeoutMs);
        io.field(self.topicData);
        io.tags();
    }
    bool operator==(const ProduceRequest&) const = default;
};

struct ProduceResponse {
    static constexpr const ApiSpec& kApi = kProduce;
    struct Response {
        struct PartitionResponse {
            struct RecordError {
                std::int32_t batchIndex = 0;
                std::optional<std::string> batchIndexErrorMessage;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.batchIndex);
                    io.field(self.batchIndexErrorMessage);
                    io.tags();
                }
                bool operator==(const RecordError&) const = default;
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
            std::int32_t index = 0;
            std::int16_t errorCode = 0;
            std::int64_t baseOffset = 0;
            std::int64_t logAppendTimeMs = -1;       ///< v2+
            std::int64_t logStartOffset = -1;        ///< v5+
            std::vector<RecordError> recordErrors;   ///< v8+
            std::optional<std::string> errorMessage; ///< v8+
            CurrentLeader currentLeader;             ///< tagged

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.index);
                io.field(self.errorCode);
                io.field(self.baseOffset);
                if (v >= 2) io.field(self.logAppendTimeMs);
                if (v >= 5) io.field(self.logStartOffset);
                if (v >= 8) {
                    io.field(self.recordErrors);
                    io.field(self.errorMessage);
                }
                io.tags(tag(0, self.currentLeader));
            }
            bool operator==(const PartitionResponse&) const = default;
        };
        std::string name; ///< up to v12
        std::vector<PartitionResponse> partitionResponses;
        Uuid topicId; ///< v13+

        static void fields(auto& io, auto& self, Version v) {
            if (v <= 12) io.field(self.name);
            if (v >= 13) io.field(self.topicId);
            io.field(self.partitionResponses);
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
    std::vector<Response> responses;
    std::int32_t throttleTimeMs = 0;         ///< v1+
    std::vector<NodeEndpoint> nodeEndpoints; ///< tagged

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.responses);
        if (v >= 1) io.field(self.throttleTimeMs);
        io.tags(tag(0, self.nodeEndpoints));
    }
    bool operator==(const ProduceResponse&) const = default;
};

} // namespace millrace::wire
