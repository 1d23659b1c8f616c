#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeConfigs{32, 0, 4, 4, "DescribeConfigs"};

struct DescribeConfigsRequest {
    static constexpr const ApiSpec& kApi = kDescribeConfigs;
    struct Resource {
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::optional<std::vector<std::string>> configurationKeys;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.resourceType);
            io.field(self.resourceName);
            io.field(self.configurationKeys);
            io.tags();
        }
        bool operator==(const Resource&) const = default;
    };
    std::vector<Resource> resources;
    bool includeSynonyms = false;      ///< v1+
    bool includeDocumentation = false; ///< v3+

    static void fields(auto& io, auto& self, Version v) {
        io.field(self.resources);
        if (v >= 1) io.field(self.includeSynonyms);
        if (v >= 3) io.field(self.includeDocumentation);
        io.tags();
    }
    bool operator==(const DescribeConfigsRequest&) const = default;
};

struct DescribeConfigsResponse {
    static constexpr const ApiSpec& kApi = kDescribeConfigs;
    struct Result {
        struct Config {
            struct Synonym {
                std::string name;
                std::optional<std::string> value;
                std::int8_t source = 0;

                static void fields(auto& io, auto& self, Version) {
                    io.field(self.name);
                    io.field(self.value);
                    io.field(self.source);
                    io.tags();
                }
                bool operator==(const Synonym&) const = default;
            };
            std::string name;
            std::optional<std::string> value;
            bool readOnly = false;
            bool isDefault = false;        ///< v0
            std::int8_t configSource = -1; ///< v1+
            bool isSensitive = false;
            std::vector<Synonym> synonyms;            ///< v1+
            std::int8_t configType = 0;               ///< v3+
            std::optional<std::string> documentation; ///< v3+

            static void fields(auto& io, auto& self, Version v) {
                io.field(self.name);
                io.field(self.value);
                io.field(self.readOnly);
                if (v == 0) io.field(self.isDefault);
                if (v >= 1) io.field(self.configSource);
                io.field(self.isSensitive);
                if (v >= 1) io.field(self.synonyms);
                if (v >= 3) {
                    io.field(self.configType);
                    io.field(self.documentation);
                }
                io.tags();
            }
            bool operator==(const Config&) const = default;
        };
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;
        std::int8_t resourceType = 0;
        std::string resourceName;
        std::vector<Config> configs;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.errorCode);
            io.field(self.errorMessage);
            io.field(self.resourceType);
            io.field(self.resourceName);
            io.field(self.configs);
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
    bool operator==(const DescribeConfigsResponse&) const = default;
};

} // namespace millrace::wire
