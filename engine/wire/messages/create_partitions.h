#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kCreatePartitions{37, 0, 3, 2, "CreatePartitions"};

struct CreatePartitionsRequest {
    static constexpr const ApiSpec& kApi = kCreatePartitions;
    struct Topic {
        struct Assignment {
            std::vector<std::int32_t> brokerIds;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.brokerIds);
                io.tags();
            }
            bool operator==(const Assignment&) const = default;
        };
        std::string name;
        std::int32_t count = 0;
        std::optional<std::vector<Assignment>> assignments;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.count);
            io.field(self.assignments);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::vector<Topic> topics;
    std::int32_t timeoutMs = 0;
    bool validateOnly = false;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.topics);
        io.field(self.timeoutMs);
        io.field(self.validateOnly);
        io.tags();
    }
    bool operator==(const CreatePartitionsRequest&) const = default;
};

struct CreatePartitionsResponse {
    static constexpr const ApiSpec& kApi = kCreatePartitions;
    struct Result {
        std::string name;
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.errorCode);
            io.field(self.errorMessage);
            io.tags();
        }
        bool operator==(const Result&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<Result> results;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.results);
        io.tags();
    }
    bool operator==(const CreatePartitionsResponse&) const = default;
};

} // namespace millrace::wire
