#pragma once

#include "wire/api_spec.h"
#include "wire/float64.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeClientQuotas{48, 0, 1, 1, "DescribeClientQuotas"};

struct DescribeClientQuotasRequest {
    static constexpr const ApiSpec& kApi = kDescribeClientQuotas;
    struct Component {
        std::string entityType;
        std::int8_t matchType = 0;
        std::optional<std::string> match;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.entityType);
            io.field(self.matchType);
            io.field(self.match);
            io.tags();
        }
        bool operator==(const Component&) const = default;
    };
    std::vector<Component> components;
    bool strict = false;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.components);
        io.field(self.strict);
        io.tags();
    }
    bool operator==(const DescribeClientQuotasRequest&) const = default;
};

struct DescribeClientQuotasResponse {
    static constexpr const ApiSpec& kApi = kDescribeClientQuotas;
    struct Entry {
        struct Entity {
            std::string entityType;
            std::optional<std::string> entityName;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.entityType);
                io.field(self.entityName);
                io.tags();
            }
            bool operator==(const Entity&) const = default;
        };
        struct Value {
            std::string key;
            Float64 value;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.key);
                io.field(self.value);
                io.tags();
            }
            bool operator==(const Value&) const = default;
        };
        std::vector<Entity> entity;
        std::vector<Value> values;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.entity);
            io.field(self.values);
            io.tags();
        }
        bool operator==(const Entry&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    std::optional<std::vector<Entry>> entries;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.errorMessage);
        io.field(self.entries);
        io.tags();
    }
    bool operator==(const DescribeClientQuotasResponse&) const = default;
};

} // namespace millrace::wire
