#include "broker/security/plain_exchange.h"

#include "tls/password_hash.h"

#include <algorithm>

namespace millrace::broker {

namespace {

using State = SaslStep::State;

/// Hashes first, so that not even the length shows in the time.
bool isSamePassword(std::string_view one, std::string_view other) {
    return tls::areSame(tls::hashOf(tls::Hash::sha256, tls::viewOf(one)),
                        tls::hashOf(tls::Hash::sha256, tls::viewOf(other)));
}

} // namespace

SaslStep PlainExchange::step(std::string_view token) {
    if (std::ranges::count(token, '\0') != 2) return {State::failed, {}, "the token does not have three parts"};
    const std::size_t first = token.find('\0'), second = token.find('\0', first + 1);
    const std::string_view authorizationId = token.substr(0, first), password = token.substr(second + 1);
    user_ = token.substr(first + 1, second - first - 1);
    if (user_.empty() || password.empty()) return {State::failed, {}, "the user or the password is empty"};
    const auto known = passwords_.find(user_);
    const bool isIts = isSamePassword(known == passwords_.end() ? std::string_view() : known->second, password);
    if (!isIts || known == passwords_.end()) return {State::failed, {}, "the user is unknown or the password wrong"};
    if (!authorizationId.empty() && authorizationId != user_)
        return {State::failed, {}, "it wants to act for another user"};
    return {State::proven, {}, {}};
}

} // namespace millrace::broker
