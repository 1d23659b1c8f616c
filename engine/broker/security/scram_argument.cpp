#include "broker/security/scram_argument.h"

#include "base/base64.h"
#include "java/java_number.h"

#include <fmt/core.h>

#include <algorithm>
#include <map>

namespace millrace::broker {

namespace {

constexpr std::string_view kKeys[] = {"name", "password", "iterations", "salt", "saltedpassword"};
using Values = std::map<std::string_view, std::string>;

Error refused(std::string_view why) {
    return {ErrorCode::invalidArgument,
            fmt::format("{}; SCRAM-SHA-256=[name=alice,password=secret] is needed, or SCRAM-SHA-512", why)};
}

/// Takes a value with the comma behind it off the front; nothing when a quote is not closed or something follows it.
std::optional<std::string> takeValue(std::string_view& rest) {
    std::string value;
    if (!rest.starts_with('"')) {
        value = rest.substr(0, rest.find(','));
        rest.remove_prefix(value.size());
    } else {
        std::size_t at = 1;
        for (; at < rest.size() && rest[at] != '"'; ++at) {
            if (rest[at] == '\\' && at + 1 < rest.size()) ++at;
            value += rest[at];
        }
        if (at >= rest.size()) return std::nullopt;
        rest.remove_prefix(at + 1);
    }
    if (!rest.empty() && rest.front() != ',') return std::nullopt;
    rest.remove_prefix(rest.empty() ? 0 : 1);
    return value;
}

Result<Values> valuesOf(std::string_view rest) {
    Values values;
    while (!rest.empty()) {
        const std::size_t equals = rest.find('=');
        const auto* key = equals == std::string_view::npos
                              ? std::end(kKeys)
                              : std::find(std::begin(kKeys), std::end(kKeys), rest.substr(0, equals));
        if (key == std::end(kKeys))
            return refused("between the brackets stands something else than name, password, iterations, salt and "
                           "saltedpassword");
        rest.remove_prefix(equals + 1);
        auto value = takeValue(rest);
        if (!value) return refused(fmt::format("the quotes of {} are not closed before a comma", *key));
        if (value->empty()) return refused(fmt::format("{} is empty", *key));
        if (!values.emplace(*key, std::move(*value)).second) return refused(fmt::format("{} stands twice", *key));
    }
    return values;
}

Result<std::vector<std::uint8_t>> bytesOf(const Values& values, std::string_view key) {
    const auto bytes = fromBase64(values.at(key));
    if (!bytes || bytes->empty()) return refused(fmt::format("{} is not in Base64", key));
    return std::vector<std::uint8_t>(bytes->begin(), bytes->end());
}

Result<ScramCredential> credentialOf(ScramMechanism mechanism, const Values& values) {
    const tls::Hash hash = hashOf(mechanism);
    const bool isSalted = values.contains("saltedpassword");
    if (isSalted == values.contains("password")) return refused("either password or saltedpassword has to be there");
    if (isSalted && !values.contains("salt")) return refused("saltedpassword needs the salt it was made with");
    auto iterations = std::optional(ScramCredential::kFewestIterations);
    if (values.contains("iterations")) iterations = java::parseJavaInt(values.at("iterations"));
    if (!iterations) return refused("iterations is no number");
    if (auto few = checkScramIterations(*iterations); !few) return few.error();
    auto salt = values.contains("salt") ? bytesOf(values, "salt") : scramSalt(tls::secretBytes(32));
    if (!salt) return salt.error();
    auto salted =
        isSalted ? bytesOf(values, "saltedpassword") : tls::stretched(hash, values.at("password"), *salt, *iterations);
    if (!salted) return salted.error();
    if (salted->size() != tls::sizeOf(hash))
        return refused(fmt::format("saltedpassword has {} bytes and not {}", salted->size(), tls::sizeOf(hash)));
    return ScramCredential::ofSaltedPassword(mechanism, std::move(*salt), *iterations, *salted);
}

} // namespace

Result<NewScramUser> parseScramUser(std::string_view text) {
    const std::size_t equals = text.find('=');
    const auto mechanism = equals == std::string_view::npos ? std::nullopt : scramMechanism(text.substr(0, equals));
    if (!mechanism) return refused("the mechanism is missing");
    std::string_view rest = text.substr(equals + 1);
    if (!rest.starts_with('[') || !rest.ends_with(']')) return refused("the brackets are missing");
    auto values = valuesOf(rest.substr(1, rest.size() - 2));
    if (!values) return values.error();
    if (!values->contains("name")) return refused("the name is missing");
    auto credential = credentialOf(*mechanism, *values);
    if (!credential) return credential.error();
    return NewScramUser{values->at("name"), *mechanism, std::move(*credential)};
}

} // namespace millrace::broker
