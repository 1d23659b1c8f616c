#pragma once

#include "base/bytes.h"
#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kAlterUserScramCredentials{51, 0, 0, 0, "AlterUserScramCredentials"};

struct AlterUserScramCredentialsRequest {
    static constexpr const ApiSpec& kApi = kAlterUserScramCredentials;
    struct Deletion {
        std::string name;
        std::int8_t mechanism = 0;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.mechanism);
            io.tags();
        }
        bool operator==(const Deletion&) const = default;
    };
    struct Upsertion {
        std::string name;
        std::int8_t mechanism = 0;
        std::int32_t iterations = 0;
        Bytes salt;
        Bytes saltedPassword;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.field(self.mechanism);
            io.field(self.iterations);
            io.field(self.salt);
            io.field(self.saltedPassword);
            io.tags();
        }
        bool operator==(const Upsertion&) const = default;
    };
    std::vector<Deletion> deletions;
    std::vector<Upsertion> upsertions;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.deletions);
        io.field(self.upsertions);
        io.tags();
    }
    bool operator==(const AlterUserScramCredentialsRequest&) const = default;
};

struct AlterUserScramCredentialsResponse {
    static constexpr const ApiSpec& kApi = kAlterUserScramCredentials;
    struct Result {
        std::string user;
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.user);
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
    bool operator==(const AlterUserScramCredentialsResponse&) const = default;
};

} // namespace millrace::wire
