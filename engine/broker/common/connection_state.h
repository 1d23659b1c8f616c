#pragma once

#include <cstdint>
#include <set>
#include <string>

namespace millrace::broker {

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
};

} // namespace millrace::broker
