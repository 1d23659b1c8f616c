#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDeleteRecords{21, 0, 2, 2, "DeleteRecords"};

struct DeleteRecordsRequest {
    static constexpr const ApiSpec& kApi = kDeleteRecords;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int64_t offset = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.offset);
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
    std::vector<Topic> topics;
    std::int32_t timeoutMs = 0;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.topics);
        io.field(self.timeoutMs);
        io.tags();
    }
    bool operator==(const DeleteRecordsRequest&) const = default;
};

struct DeleteRecordsResponse {
    static constexpr const ApiSpec& kApi = kDeleteRecords;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int64_t lowWatermark = 0;
            std::int16_t errorCode = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.lowWatermark);
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
    bool operator==(const DeleteRecordsResponse&) const = default;
};

} // namespace millrace::wire
