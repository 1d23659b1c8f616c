#include "broker/security/scram_exchange.h"

#include "base/base64.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

namespace {

using State = SaslStep::State;

SaslStep failed(std::string why) {
    return {State::failed, {}, std::move(why)};
}

/// Takes "x=value" with the comma behind it off the front; nothing when something else stands there.
std::optional<std::string_view> take(std::string_view& rest, char attribute) {
    if (rest.size() < 2 || rest[0] != attribute || rest[1] != '=') return std::nullopt;
    const std::size_t comma = std::min(rest.find(','), rest.size());
    const std::string_view value = rest.substr(2, comma - 2);
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    return value;
}

/// A name as SCRAM writes it: "=2C" is a comma, "=3D" an equals sign.
std::optional<std::string> nameOf(std::string_view text) {
    std::string name;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '=') {
            name += text[at];
            continue;
        }
        const std::string_view code = text.substr(at, 3);
        if (code != "=2C" && code != "=3D") return std::nullopt;
        name += code == "=2C" ? ',' : '=';
        at += 2;
    }
    return name;
}

bool isNonce(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~' && c != ','; });
}

/// Of "a=1,b=2": whether one of them is this.
bool hasExtension(std::string_view extensions, std::string_view wanted) {
    for (std::size_t at = 0; at < extensions.size();) {
        const std::size_t comma = std::min(extensions.find(',', at), extensions.size());
        if (extensions.substr(at, comma - at) == wanted) return true;
        at = comma + 1;
    }
    return false;
}

std::string base64(tls::ByteView bytes) {
    return toBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

} // namespace

SaslStep ScramExchange::first(std::string_view token) {
    std::string_view rest = token;
    if (rest.starts_with("p=")) return failed("it wants to bind to its channel, which is not offered");
    if (!rest.starts_with("n,") && !rest.starts_with("y,")) return failed("the first message has no header");
    rest.remove_prefix(2);
    std::optional<std::string_view> authorizationId;
    if (rest.starts_with(',')) {
        authorizationId.emplace();
        rest.remove_prefix(1);
    } else {
        authorizationId = take(rest, 'a');
    }
    if (!authorizationId) return failed("the first message has no header");
    header_ = token.substr(0, token.size() - rest.size());
    const std::string_view bare = rest;
    const auto name = take(rest, 'n');
    const auto user = name ? nameOf(*name) : std::nullopt;
    const auto nonce = take(rest, 'r');
    if (!user || user->empty() || !nonce || !isNonce(*nonce)) return failed("the first message is malformed");
    user_ = *user;
    if (!authorizationId->empty() && nameOf(*authorizationId) != user)
        return failed("it wants to act for another user");
    if (hasExtension(rest, "tokenauth=true")) return failed("it has a delegation token, which there are none of here");
    found_ = find_(user_);
    nonce_ = std::string(*nonce) + nonce_;
    nonceSent_ = true;
    const std::string answer =
        fmt::format("r={},s={},i={}", nonce_, base64(found_.credential.salt), found_.credential.iterations);
    authenticated_ = fmt::format("{},{}", bare, answer);
    return {State::goesOn, answer, {}};
}

SaslStep ScramExchange::last(std::string_view token) {
    std::string_view rest = token;
    const auto binding = take(rest, 'c'), nonce = take(rest, 'r');
    const std::size_t proofAt = token.rfind(",p=");
    if (!binding || !nonce || proofAt == std::string_view::npos) return failed("the last message is malformed");
    // As Kafka looks at it: librdkafka before 2.6 says its own part once more in front. All of it is in the proof.
    if (fromBase64(*binding) != header_ || !nonce->ends_with(nonce_))
        return failed("the last message belongs to another first");
    const tls::Hash hash = hashOf(mechanism_);
    const auto proof = fromBase64(token.substr(proofAt + 3));
    if (!proof || proof->size() != tls::sizeOf(hash)) return failed("the last message is malformed");
    authenticated_ += fmt::format(",{}", token.substr(0, proofAt));
    auto key = tls::hmac(hash, found_.credential.storedKey, tls::viewOf(authenticated_));
    for (std::size_t i = 0; i < key.size(); ++i)
        key[i] = static_cast<std::uint8_t>(key[i] ^ static_cast<std::uint8_t>((*proof)[i]));
    const bool isIts = tls::areSame(tls::hashOf(hash, key), found_.credential.storedKey);
    const std::string answer = "v=" + base64(tls::hmac(hash, found_.credential.serverKey, tls::viewOf(authenticated_)));
    if (!isIts || !found_.known) return failed("the user is unknown or the password wrong");
    return {State::proven, answer, {}};
}

} // namespace millrace::broker
