#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kIncrementalAlterConfigs{44, 0, 1, 1, "IncrementalAlterConfigs"};

struct IncrementalAlterConfigsRequest {
    static constexpr const ApiSpec& kApi = kIncrementalAlterConfigs;
    struct Resource {
        struct Config {
            std::string name;
            std::int8_t configOperation = 0;
            std::optional<std::string> value;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.name);
                io.field(self.configOperation);
                io.field(self.value);
                io.tags();
            }
            bool operator==(const Config&) const = default;
        };
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::vector<Config> configs;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.resourceType);
            io.field(self.resourceName);
            io.field(self.configs);
            io.tags();
        }
        bool operator==(const Resource&) const = default;
    };
    std::vector<Resource> resources;
    bool validateOnly = false;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.resources);
        io.field(self.validateOnly);
        io.tags();
    }
    bool operator==(const IncrementalAlterConfigsRequest&) const = default;
};

struct IncrementalAlterConfigsResponse {
    static constexpr const ApiSpec& kApi = kIncrementalAlterConfigs;
    struct Response {
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;
        std::int8_t resourceType = 0;
        std::string resourceName;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.errorCode);
            io.field(self.errorMessage);
            io.field(self.resourceType);
            io.field(self.resourceName);
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
    bool operator==(const IncrementalAlterConfigsResponse&) const = default;
};

} // namespace millrace::wire
