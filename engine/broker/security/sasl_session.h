#pragma once

#include "broker/common/connection_state.h"
#include "broker/security/sasl_exchange.h"
#include "broker/security/scram_users.h"
#include "broker/settings/listener_settings.h"
#include "net/minute_log.h"

#include <memory>
#include <string>
#include <string_view>

namespace millrace::broker {

/// What the sessions of one listener share; outlives them.
struct SaslListener {
    const ListenerSettings& settings;
    const ScramUsers& users;
    net::MinuteLog failures;
};

/// How far one connection is with telling who it is, from the mechanism it chooses to the proof; and again, where
/// sessions end after a time. Loop thread only.
class SaslSession {
public:
    explicit SaslSession(SaslListener& listener) : listener_(listener) {}

    const SaslSettings& settings() const { return listener_.settings.sasl; }
    /// Whether it may choose a mechanism now.
    bool mayBegin() const;
    /// False, and nothing more is taken: there is no such mechanism. `raw`: its tokens come as frames of their own.
    bool begin(std::string_view mechanism, bool raw);
    bool takesTokens() const { return exchange_ != nullptr; }
    bool takesRawTokens() const { return exchange_ != nullptr && raw_; }
    /// Precondition: takesTokens(). Who has proven to be another than before has failed. What fails is told in the log,
    /// as that of `host`.
    SaslStep step(std::string_view token, const std::string& host);
    /// Writes down who it has proven to be, and till when that counts. Precondition: the last step has proven it.
    void admit(ConnectionState& connection, MonotonicTime now) const;
    /// What a client is told whose proof has failed: nothing that helps to guess.
    std::string failureMessage() const;

private:
    std::unique_ptr<SaslExchange> exchangeOf(std::string_view mechanism) const;
    void judge(SaslStep& step);
    void tellFailure(const SaslStep& step, const std::string& host);

    SaslListener& listener_;
    std::string mechanism_;
    std::unique_ptr<SaslExchange> exchange_; ///< under way
    std::string principal_;                  ///< "User:alice", once it is proven
    bool raw_ = false;
    bool failed_ = false;
};

} // namespace millrace::broker
