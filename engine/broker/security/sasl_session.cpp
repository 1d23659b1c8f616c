#include "broker/security/sasl_session.h"

#include "base/base64.h"
#include "base/sentences.h"
#include "broker/security/plain_exchange.h"
#include "broker/security/scram_exchange.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::broker {

namespace {

constexpr std::size_t kNonceBytes = 18; // 24 characters

std::string freshNonce() {
    const auto bytes = tls::secretBytes(kNonceBytes);
    return toBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

} // namespace

bool SaslSession::mayBegin() const {
    const bool again = !principal_.empty() && settings().sessionLifetime.count() > 0;
    return !failed_ && !exchange_ && (principal_.empty() || again);
}

bool SaslSession::begin(std::string_view mechanism, bool raw) {
    mechanism_ = mechanism;
    raw_ = raw;
    if (std::ranges::count(settings().mechanisms, mechanism_) > 0) exchange_ = exchangeOf(mechanism);
    failed_ = exchange_ == nullptr;
    return !failed_;
}

std::unique_ptr<SaslExchange> SaslSession::exchangeOf(std::string_view mechanism) const {
    if (mechanism == "PLAIN") return std::make_unique<PlainExchange>(settings().plainUsers);
    const auto scram = scramMechanism(mechanism);
    if (!scram) return nullptr;
    return std::make_unique<ScramExchange>(
        *scram,
        [&users = listener_.users, mechanism = *scram](const std::string& user) {
            ScramExchange::Found found;
            found.credential = users.toProve(user, mechanism, found.known);
            return found;
        },
        freshNonce());
}

SaslStep SaslSession::step(std::string_view token, const std::string& host) {
    SaslStep step = exchange_->step(token);
    if (step.state == SaslStep::State::goesOn) return step;
    judge(step);
    if (step.state == SaslStep::State::failed) tellFailure(step, host);
    exchange_.reset();
    return step;
}

void SaslSession::judge(SaslStep& step) {
    const std::string now = "User:" + exchange_->user();
    if (step.state == SaslStep::State::proven && !principal_.empty() && principal_ != now)
        step = {SaslStep::State::failed, {}, "it was another user before"};
    failed_ = step.state == SaslStep::State::failed;
    if (!failed_) principal_ = now;
}

void SaslSession::tellFailure(const SaslStep& step, const std::string& host) {
    listener_.failures.warn(fmt::format("a client from {} at listener {} has not proven by {} that it is {:?}: {}",
                                        host, listener_.settings.name, mechanism_, shortened(exchange_->user()),
                                        step.why));
}

void SaslSession::admit(ConnectionState& connection, MonotonicTime now) const {
    connection.principal = principal_;
    connection.authentication = ConnectionState::Authentication::notNeeded;
    if (settings().sessionLifetime.count() > 0) connection.provenTill = now + settings().sessionLifetime;
}

std::string SaslSession::failureMessage() const {
    if (mechanism_ == "PLAIN") return "Authentication failed: Invalid username or password";
    return "Authentication failed during authentication due to invalid credentials with SASL mechanism " + mechanism_;
}

} // namespace millrace::broker
