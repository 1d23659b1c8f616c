#pragma once

#include "broker/security/sasl_exchange.h"
#include "broker/security/scram_credential.h"

#include <functional>

namespace millrace::broker {

/// SCRAM (RFC 5802, 7677) without channel binding: two tokens of the client's. The client proves that it knows the
/// password, and the broker that it has its hash. Who is unknown goes the same way to the same end.
class ScramExchange final : public SaslExchange {
public:
    /// The credential of a user, made up for one who is unknown: `known` tells which.
    struct Found {
        ScramCredential credential;
        bool known = false;
    };
    using Find = std::function<Found(const std::string& user)>;

    /// `nonce`: the broker's part of it, printable and without commas, never used before.
    ScramExchange(ScramMechanism mechanism, Find find, std::string nonce)
        : mechanism_(mechanism), find_(std::move(find)), nonce_(std::move(nonce)) {}
    SaslStep step(std::string_view token) override { return nonceSent_ ? last(token) : first(token); }
    const std::string& user() const override { return user_; }

private:
    SaslStep first(std::string_view token);
    SaslStep last(std::string_view token);

    ScramMechanism mechanism_;
    Find find_;
    std::string nonce_; ///< ours; from the first step on the client's before it
    bool nonceSent_ = false;
    std::string user_;
    Found found_;
    std::string header_;        ///< GS2's, as the client has sent it
    std::string authenticated_; ///< AuthMessage as far as it goes
};

} // namespace millrace::broker
