#include "broker/security/scram_credential.h"

#include "base/base64.h"
#include "java/java_number.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

namespace {

constexpr std::size_t kSaltBytes = 26;

std::string base64(const std::vector<std::uint8_t>& bytes) {
    return toBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::optional<std::vector<std::uint8_t>> bytesOf(std::string_view text) {
    const auto bytes = fromBase64(text);
    if (!bytes) return std::nullopt;
    return std::vector<std::uint8_t>(bytes->begin(), bytes->end());
}

/// The value behind `key` at the front of `rest`, which begins behind the next comma then.
std::optional<std::string_view> take(std::string_view& rest, std::string_view key) {
    if (!rest.starts_with(key)) return std::nullopt;
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view value = rest.substr(key.size(), comma - key.size());
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    return value;
}

} // namespace

const char* toString(ScramMechanism mechanism) {
    return mechanism == ScramMechanism::sha256 ? "SCRAM-SHA-256" : "SCRAM-SHA-512";
}

std::optional<ScramMechanism> scramMechanism(std::string_view name) {
    for (const ScramMechanism mechanism : kScramMechanisms)
        if (name == toString(mechanism)) return mechanism;
    return std::nullopt;
}

std::optional<ScramMechanism> scramMechanism(std::int8_t number) {
    for (const ScramMechanism mechanism : kScramMechanisms)
        if (number == static_cast<std::int8_t>(mechanism)) return mechanism;
    return std::nullopt;
}

tls::Hash hashOf(ScramMechanism mechanism) {
    return mechanism == ScramMechanism::sha256 ? tls::Hash::sha256 : tls::Hash::sha512;
}

ScramCredential ScramCredential::ofSaltedPassword(ScramMechanism mechanism, std::vector<std::uint8_t> salt,
                                                  std::int32_t iterations, tls::ByteView saltedPassword) {
    const tls::Hash hash = hashOf(mechanism);
    return {std::move(salt), iterations, tls::hashOf(hash, tls::hmac(hash, saltedPassword, tls::viewOf("Client Key"))),
            tls::hmac(hash, saltedPassword, tls::viewOf("Server Key"))};
}

std::string ScramCredential::text() const {
    return fmt::format("salt={},stored_key={},server_key={},iterations={}", base64(salt), base64(storedKey),
                       base64(serverKey), iterations);
}

std::optional<ScramCredential> ScramCredential::fromText(ScramMechanism mechanism, std::string_view text) {
    const auto salt = take(text, "salt="), stored = take(text, "stored_key="), server = take(text, "server_key="),
               iterations = take(text, "iterations=");
    if (!salt || !stored || !server || !iterations || !text.empty()) return std::nullopt;
    auto saltBytes = bytesOf(*salt), storedBytes = bytesOf(*stored), serverBytes = bytesOf(*server);
    const auto count = java::parseJavaInt(*iterations);
    const std::size_t size = tls::sizeOf(hashOf(mechanism));
    if (!saltBytes || !storedBytes || storedBytes->size() != size || !serverBytes || serverBytes->size() != size ||
        !count || !checkScramIterations(*count))
        return std::nullopt;
    return ScramCredential{std::move(*saltBytes), *count, std::move(*storedBytes), std::move(*serverBytes)};
}

Status checkScramIterations(std::int32_t iterations) {
    if (iterations >= ScramCredential::kFewestIterations && iterations <= ScramCredential::kMostIterations) return ok();
    return Error{ErrorCode::invalidArgument,
                 fmt::format("{} iterations: from {} to {} are needed", iterations, ScramCredential::kFewestIterations,
                             ScramCredential::kMostIterations)};
}

std::vector<std::uint8_t> scramSalt(tls::ByteView seed) {
    constexpr std::string_view kLetters = "0123456789abcdefghijklmnopqrstuvwxyz";
    auto salt = tls::hashOf(tls::Hash::sha256, seed);
    salt.resize(kSaltBytes);
    for (std::uint8_t& byte : salt)
        byte = static_cast<std::uint8_t>(kLetters[byte % kLetters.size()]);
    return salt;
}

} // namespace millrace::broker
