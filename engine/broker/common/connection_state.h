#pragma once

#include "base/clock.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace millrace::broker {

class SaslSession;

/// Which allowance a request is counted against.
enum class Quota { produce, fetch, request };

/// What is known of a client for as long as its connection lives. Loop thread only.
struct ConnectionState {
    std::string clientHost; ///< as "127.0.0.1"
    /// What the client is told to connect to: the advertised address, or where it has reached this broker.
    std::string brokerHost;
    std::int32_t brokerPort = 0;
    bool toldOldFormat = false; ///< the log has said that it sends records which are not taken
    std::string principal = "User:ANONYMOUS";
    std::set<std::string> toldDenied{}; ///< what the log has said that it may not do
    /// How far the client is with telling who it is. While that is awaited only those requests are served whose rows
    /// say so.
    enum class Authentication { notNeeded, awaited } authentication = Authentication::notNeeded;
    std::shared_ptr<SaslSession> sasl{};       ///< null: who comes by this listener is not asked
    std::optional<MonotonicTime> provenTill{}; ///< then it has to tell again who it is; nothing: never
    bool closing = false; ///< no further request is taken, and once all is answered the connection is closed
};

} // namespace millrace::broker
