#pragma once

#include "wire/api_spec.h"
#include "wire/tagged.h"
#include "wire/uuid.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kCreateTopics{19, 0, 7, 5, "CreateTopics"};

struct CreateTopicsRequest {
    static constexpr const ApiSpec& kApi = kCreateTopics;
    struct Topic {
        struct Assignment {
            std::int32_t partitionIndex = 0;
            std::vector<std::int32_t> brokerIds;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.partitionIndex);
                io.field(self.brokerIds);
                io.tags();
            }
            bool operator==(const Assignment&) const = default;
        };
        struct Config {
            std::string name;
            std::optional<std::string> value;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.name);
                io.field(self.value);
                io.tags();
            }
            bool operator==(const Config&) const = default;
        };
        std::string name;
        std::int32_t numPartitions = 0;
        std::int16_t replicationFactor = 0;
        std::vector<Assignment> assignments;
        std::vector<Config> configs;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.numPartitions);
            io.field(self.replicationFactor);
            io.field(self.assignments);
            io.field(self.configs);
            io.tags();
        }
        bool operator==(const Topic&) const = default;
    };
    std::vector<Topic> topics;
    std::int32_t timeoutMs = 60000;
    bool validateOnly = false; ///< v1+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.topics);
        io.field(self.timeoutMs);
        if (v >= 1) io.field(self.validateOnly);
        io.tags();
    }
    bool operator==(const CreateTopicsRequest&) const = default;
};

struct CreateTopicsResponse {
    static constexpr const ApiSpec& kApi = kCreateTopics;
    struct Topic {
        struct Config {
            std::string name;
            std::optional<std::string> value;
            bool readOnly = false;
            std::int8_t configSource = -1;
            bool isSensitive = false;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.name);
                io.field(self.value);
                io.field(self.readOnly);
                io.field(self.configSource);
                io.field(self.isSensitive);
                io.tags();
            }
            bool operator==(const Config&) const = default;
        };
        std::string name;
        Uuid topicId; ///< v7+
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;    ///< v1+
        std::int16_t topicConfigErrorCode = 0;      ///< tagged
        std::int32_t numPartitions = -1;            ///< v5+
        std::int16_t replicationFactor = -1;        ///< v5+
        std::optional<std::vector<Config>> configs; ///< v5+

        static void fields(auto& io, auto& self, Version v) {
            io.field(self.name);
            if (v >= 7) io.field(self.topicId);
            io.field(self.errorCode);
            if (v >= 1) io.field(self.errorMessage);
            if (v >= 5) {
                io.field(self.numPartitions);
                io.field(self.replicationFactor);
                io.field(self.configs);
            }
            io.tags(tag(0, self.topicConfigErrorCode));
        }
        bool operator==(const Topic&) const = default;
    };
    std::int32_t throttleTimeMs = 0; ///< v2+
    std::vector<Topic> topics;

    static void fields(auto& io, auto& self, Version v) {
        if (v >= 2) io.field(self.throttleTimeMs);
        io.field(self.topics);
        io.tags();
    }
    bool operator==(const CreateTopicsResponse&) const = default;
};

} // namespace millrace::wire
