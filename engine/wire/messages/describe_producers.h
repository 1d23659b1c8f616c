#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeProducers{61, 0, 0, 0, "DescribeProducers"};

struct DescribeProducersRequest {
    static constexpr const ApiSpec& kApi = kDescribeProducers;
    struct Topic {
        std::string name;
        std::vector<std::int32_t> partitionIndexes;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.partitionIndexes);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const DescribeProducersRequest&) const = default;
};

struct DescribeProducersResponse {
    static constexpr const ApiSpec& kApi = kDescribeProducers;
    struct Topic {
        struct Partition {
            struct Producer {
                std::int64_t producerId = 0;
                std::int32_t producerEpoch = 0;
                std::int32_t lastSequence = -1;
                std::int64_t lastTimestamp = -1;
                std::int32_t coordinatorEpoch = 0;
                std::int64_t currentTxnStartOffset = -1;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.producerId);
                    io.field(self.producerEpoch);
                    io.field(self.lastSequence);
                    io.field(self.lastTimestamp);
                    io.field(self.coordinatorEpoch);
                    io.field(self.currentTxnStartOffset);
                    io.tags();
                }
                bool operator==(const Producer&) const = default;
            };
            std::int32_t partitionIndex = 0;
            std::int16_t errorCode = 0;
            std::optional<std::string> errorMessage;
            std::vector<Producer> activeProducers;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.errorCode);
                io.field(self.errorMessage);
                io.field(self.activeProducers);
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
    bool operator==(const DescribeProducersResponse&) const = default;
};

} // namespace millrace::wire
