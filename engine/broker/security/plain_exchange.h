#pragma once

#include "broker/security/sasl_exchange.h"

#include <map>

namespace millrace::broker {

/// SASL/PLAIN (RFC 4616): one token, `authzid NUL user NUL password`. Whether the user is unknown or the password
/// wrong can be told neither from the answer nor from its time.
class PlainExchange final : public SaslExchange {
public:
    /// `passwords`: by user; outlives it.
    explicit PlainExchange(const std::map<std::string, std::string>& passwords) : passwords_(passwords) {}
    SaslStep step(std::string_view token) override;
    const std::string& user() const override { return user_; }

private:
    const std::map<std::string, std::string>& passwords_;
    std::string user_;
};

} // namespace millrace::broker
