#pragma once

#include "wire/api_spec.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::wire {

inline constexpr ApiSpec kDescribeUserScramCredentials{50, 0, 0, 0, "DescribeUserScramCredentials"};

struct DescribeUserScramCredentialsRequest {
    static constexpr const ApiSpec& kApi = kDescribeUserScramCredentials;
    struct User {
        std::string name;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.name);
            io.tags();
        }
        bool operator==(const User&) const = default;
    };
    std::optional<std::vector<User>> users; ///< null or empty: all

    static void fields(auto& io, auto& self, Version) {
        io.field(self.users);
        io.tags();
    }
    bool operator==(const DescribeUserScramCredentialsRequest&) const = default;
};

struct DescribeUserScramCredentialsResponse {
    static constexpr const ApiSpec& kApi = kDescribeUserScramCredentials;
    struct Result {
        struct CredentialInfo {
            std::int8_t mechanism = 0;
            std::int32_t iterations = 0;

            static void fields(auto& io, auto& self, Version) {
                io.field(self.mechanism);
                io.field(self.iterations);
                io.tags();
            }
            bool operator==(const CredentialInfo&) const = default;
        };
        std::string user;
        std::int16_t errorCode = 0;
        std::optional<std::string> errorMessage;
        std::vector<CredentialInfo> credentialInfos;

        static void fields(auto& io, auto& self, Version) {
            io.field(self.user);
            io.field(self.errorCode);
            io.field(self.errorMessage);
            io.field(self.credentialInfos);
            io.tags();
        }
        bool operator==(const Result&) const = default;
    };
    std::int32_t throttleTimeMs = 0;
    std::int16_t errorCode = 0;
    std::optional<std::string> errorMessage;
    std::vector<Result> results;

    static void fields(auto& io, auto& self, Version) {
        io.field(self.throttleTimeMs);
        io.field(self.errorCode);
        io.field(self.errorMessage);
        io.field(self.results);
        io.tags();
    }
    bool operator==(const DescribeUserScramCredentialsResponse&) const = default;
};

} // namespace millrace::wire
