#pragma once

#include "base/result.h"
#include "tls/password_hash.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace millrace::broker {

/// Kafka's numbers.
enum class ScramMechanism : std::int8_t { sha256 = 1, sha512 = 2 };
inline constexpr ScramMechanism kScramMechanisms[] = {ScramMechanism::sha256, ScramMechanism::sha512};
const char* toString(ScramMechanism mechanism);
std::optional<ScramMechanism> scramMechanism(std::string_view name);
std::optional<ScramMechanism> scramMechanism(std::int8_t number);
tls::Hash hashOf(ScramMechanism mechanism);

/// What is kept of a password (RFC 5802 §3): enough to see that a client knows it, too little to know it.
struct ScramCredential {
    static constexpr std::int32_t kFewestIterations = 4096, kMostIterations = 16'384;

    std::vector<std::uint8_t> salt;
    std::int32_t iterations = kFewestIterations;
    std::vector<std::uint8_t> storedKey;
    std::vector<std::uint8_t> serverKey;

    static ScramCredential ofSaltedPassword(ScramMechanism mechanism, std::vector<std::uint8_t> salt,
                                            std::int32_t iterations, tls::ByteView saltedPassword);
    /// As it stands in a journal, "salt=…,stored_key=…,server_key=…,iterations=…", which is how Kafka writes it too.
    std::string text() const;
    /// Nothing when it is not what text() writes.
    static std::optional<ScramCredential> fromText(ScramMechanism mechanism, std::string_view text);
    bool operator==(const ScramCredential&) const = default;
};
using ScramCredentials = std::map<ScramMechanism, ScramCredential>;

/// Whether Kafka takes so many; the sentence tells what is wrong.
Status checkScramIterations(std::int32_t iterations);
/// One of the salts that Kafka's tools make, out of `seed`: 26 letters and digits.
std::vector<std::uint8_t> scramSalt(tls::ByteView seed);

} // namespace millrace::broker
