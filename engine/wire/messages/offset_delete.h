#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kOffsetDelete{47, 0, 0, kNeverFlexible, "OffsetDelete"};

struct OffsetDeleteRequest {
    static constexpr const ApiSpec& kApi = kOffsetDelete;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
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
    std::string groupId;
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.groupId);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const OffsetDeleteRequest&) const = default;
};

struct OffsetDeleteResponse {
    static constexpr const ApiSpec& kApi = kOffsetDelete;
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
    std::int16_t errorCode = 0;
    std::int32_t throttleTimeMs = 0;
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.errorCode);
        io.field(self.throttleTimeMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const OffsetDeleteResponse&) const = default;
};

} // namespace millrace::wire
