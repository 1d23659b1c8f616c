#pragma once

#include "wire/api_spec.h"
#include "wire/float64.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kAlterClientQuotas{49, 0, 1, 1, "AlterClientQuotas"};

struct AlterClientQuotasRequest {
    static constexpr const ApiSpec& kApi = kAlterClientQuotas;
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
        struct Op {
            std::string key;
            Float64 value;
            bool remove = false;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.key);
                io.field(self.value);
                io.field(self.remove);
                io.tags();
            }
            bool operator==(const Op&) const = default;
        };
        std::vector<Entity> entity;
        std::vector<Op> ops;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.entity);
            io.field(self.ops);
            io.tags();
        }
        bool operator==(const Entry&) const = default;
    };
    std::vector<Entry> entries;
    bool validateOnly = false;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.entries);
        io.field(self.validateOnly);
        io.tags();
    }
    bool operator==(const AlterClientQuotasRequest&) const = default;
};

struct AlterClientQuotasResponse {
    static constexpr const ApiSpec& kApi = kAlterClientQuotas;
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
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;
        std::vector<Entity> entity;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.errorCode);
            io.field(self.errorMessage);
            io.field(self.entity);
            io.tags();
        }
        bool operator==(const Entry&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::vector<Entry> entries;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.entries);
        io.tags();
    }
    bool operator==(const AlterClientQuotasResponse&) const = default;
};

} // namespace millrace::wire
