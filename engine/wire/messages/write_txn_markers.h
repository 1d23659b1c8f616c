#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kWriteTxnMarkers{27, 1, 1, 1, "WriteTxnMarkers"};

struct WriteTxnMarkersRequest {
    static constexpr const ApiSpec& kApi = kWriteTxnMarkers;
    struct Marker {
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
        std::int64_t producerId = 0;
        std::int16_t producerEpoch = 0;
        bool transactionResult = false; ///< true: committed
        std::vector<Topic> topics;
        std::int32_t coordinatorEpoch = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.producerId);
            io.field(self.producerEpoch);
            io.field(self.transactionResult);
            io.field(self.topics);
            io.field(self.coordinatorEpoch);
            io.tags();
        }
        bool operator==(const Marker&) const = default;
    };
    std::vector<Marker> markers;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.markers);
        io.tags();
    }
    bool operator==(const WriteTxnMarkersRequest&) const = default;
};

struct WriteTxnMarkersResponse {
    static constexpr const ApiSpec& kApi = kWriteTxnMarkers;
    struct Marker {
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
        std::int64_t producerId = 0;
        std::vector<Topic> topics;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.producerId);
            io.field(self.topics);
            io.tags();
        }
        bool operator==(const Marker&) const = default;
    };
    std::vector<Marker> markers;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.markers);
        io.tags();
    }
    bool operator==(const WriteTxnMarkersResponse&) const = default;
};

} // namespace millrace::wire
