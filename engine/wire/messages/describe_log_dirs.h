#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeLogDirs{35, 1, 4, 2, "DescribeLogDirs"};

struct DescribeLogDirsRequest {
    static constexpr const ApiSpec& kApi = kDescribeLogDirs;
    struct Topic {
        std::string topic;
        std::vector<std::int32_t> partitions;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.topic);
            io.field(self.partitions);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::optional<std::vector<Topic>> topics;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const DescribeLogDirsRequest&) const = default;
};

struct DescribeLogDirsResponse {
    static constexpr const ApiSpec& kApi = kDescribeLogDirs;
    struct Result {
        struct Topic {
            struct Partition {
                std::int32_t partitionIndex = 0;
                std::int64_t partitionSize = 0;
                std::int64_t offsetLag = 0;
                bool isFutureKey = false;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.partitionIndex);
                    io.field(self.partitionSize);
                    io.field(self.offsetLag);
                    io.field(self.isFutureKey);
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
        std::string logDir;
        std::vector<Topic> topics;
        std::int64_t totalBytes = -1;  ///< v4+
        std::int64_t usableBytes = -1; ///< v4+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.errorCode);
            io.field(self.logDir);
            io.field(self.topics);
            if (v >= 4) {
                io.field(self.totalBytes);
                io.field(self.usableBytes);
            }
            io.tags();
        }
        bool operator==(const Result&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0; ///< v3+
    std::vector<Result> results;

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.throttleTimeMs);
        if (v >= 3) io.field(self.errorCode);
        io.field(self.results);
        io.tags();
    }
    bool operator==(const DescribeLogDirsResponse&) const = default;
};

} // namespace millrace::wire
