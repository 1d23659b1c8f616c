#pragma once

#include "wire/api_spec.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDeleteTopics{20, 1, 6, 4, "DeleteTopics"};

struct DeleteTopicsRequest {
    static constexpr const ApiSpec& kApi = kDeleteTopics;
    struct Topic {
        std::optional<std::string> name;
        Uuid topicId;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.topicId);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::vector<Topic> topics;           ///< v6+
    std::vector<std::string> topicNames; ///< up to v5
    std::int32_t timeoutMs = 0;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 6) io.field(self.topics);
        if (v <= 5) io.field(self.topicNames);
        io.field(self.timeoutMs);
        io.tags();
    }
    bool operator==(const DeleteTopicsRequest&) const = default;
};

struct DeleteTopicsResponse {
    static constexpr const ApiSpec& kApi = kDeleteTopics;
    struct Response {
        std::optional<std::string> name;
        Uuid topicId; ///< v6+
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage; ///< v5+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.name);
            if (v >= 6) io.field(self.topicId);
            io.field(self.errorCode);
            if (v >= 5) io.field(self.errorMessage);
            io.tags();
        }
        bool operator==(const Response&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<Response> responses;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.responses);
        io.tags();
    }
    bool operator==(const DeleteTopicsResponse&) const = default;
};

} // namespace millrace::wire
