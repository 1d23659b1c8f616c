#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kOffsetFetch{9, 0, 9, 6, "OffsetFetch"};

struct OffsetFetchRequest {
    static constexpr const ApiSpec& kApi = kOffsetFetch;
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
    struct Group {
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
        std::string groupId;
        std::optional<std::string> memberId; ///< v9+
        std::int32_t memberEpoch = -1;       ///< v9+
        std::optional<std::vector<Topic>> topics;

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.groupId);
            if (v >= 9) {
                io.field(self.memberId);
                io.field(self.memberEpoch);
            }
            io.field(self.topics);
            io.tags();
        }
        bool operator==(const Group&) const = default;
    };
    std::string groupId;                      ///< up to v7
    std::optional<std::vector<Topic>> topics; ///< up to v7
    std::vector<Group> groups;                ///< v8+
    bool requireStable = false;               ///< v7+

    static void fields(auto& io, auto& self, Version v) {
        if (v <= 7) {
            io.field(self.groupId);
            io.field(self.topics);
        }
        if (v >= 8) io.field(self.groups);
        if (v >= 7) io.field(self.requireStable);
        io.tags();
    }
    bool operator==(const OffsetFetchRequest&) const = default;
};

struct OffsetFetchResponse {
    static constexpr const ApiSpec& kApi = kOffsetFetch;
    struct Topic {
        struct Partition {
            std::int32_t partitionIndex = 0;
            std::int64_t committedOffset = 0;
            std::int32_t committedLeaderEpoch = -1; ///< v5+
            std::optional<std::string> metadata;
            std::int16_t errorCode = 0;

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.partitionIndex);
                io.field(self.committedOffset);
                if (v >= 5) io.field(self.committedLeaderEpoch);
                io.field(self.metadata);
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
    struct Group {
        struct Topic {
            struct Partition {
                std::int32_t partitionIndex = 0;
                std::int64_t committedOffset = 0;
                std::int32_t committedLeaderEpoch = -1;
                std::optional<std::string> metadata;
                std::int16_t errorCode = 0;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.partitionIndex);
                    io.field(self.committedOffset);
                    io.field(self.committedLeaderEpoch);
                    io.field(self.metadata);
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
        std::string groupId;
        std::vector<Topic> topics;
        std::int16_t errorCode = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.groupId);
            io.field(self.topics);
            io.field(self.errorCode);
            io.tags();
        }
        bool operator==(const Group&) const = default;
    };
    std::int32_t throttleTimeMs = 0; ///< v3+
    std::vector<Topic> topics;       ///< up to v7
    std::int16_t errorCode = 0;      ///< v2 to v7
    std::vector<Group> groups;       ///< v8+

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 3) io.field(self.throttleTimeMs);
        if (v <= 7) io.field(self.topics);
        if (v >= 2 && v <= 7) io.field(self.errorCode);
        if (v >= 8) io.field(self.groups);
        io.tags();
    }
    bool operator==(const OffsetFetchResponse&) const = default;
};

} // namespace millrace::wire
