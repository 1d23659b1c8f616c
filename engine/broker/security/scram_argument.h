#pragma once

#include "broker/security/scram_credential.h"

#include <string>
#include <string_view>

namespace millrace::broker {

/// A user of SCRAM who is to be made before the broker starts, so that somebody can make the others.
struct NewScramUser {
    std::string name;
    ScramMechanism mechanism;
    ScramCredential credential;
};

/// As Kafka's storage tool takes them with --add-scram: `SCRAM-SHA-256=[name=alice,password=secret]`, with iterations=
/// and salt= (Base64) where they are not to be chosen, or saltedpassword= (Base64) in place of the password; values in
/// double quotes may have commas. No part of a password stands in the error.
Result<NewScramUser> parseScramUser(std::string_view text);

} // namespace millrace::broker
