#pragma once

#include "base/log.h"
#include "net/address.h"
#include "net/transport.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace millrace::net {

struct Limits {
    std::size_t connections = 10'000; ///< more are accepted and closed at once, counted, logged once a minute
    /// Asked for each further one, on the loop: a ticket that is dropped when the connection is gone, or why it is
    /// closed at once. Empty: all may come.
    std::function<Result<std::shared_ptr<void>>(const Address& peer)> admission;
    std::size_t frameBytes = 100 * 1024 * 1024; ///< Kafka's socket.request.max.bytes; a longer frame closes
    /// Of all connections together, in frames that have begun and not ended: above it the one that has stood still
    /// for longest is closed. At least `frameBytes`.
    std::size_t unfinishedBytes = 256 * 1024 * 1024;
    /// Of all connections together, in answers that the peers do not take: above it the one that has taken nothing for
    /// longest is closed.
    std::size_t unreadBytes = 1024 * 1024 * 1024;
    std::size_t streamBufferBytes = 1024 * 1024;
    std::chrono::milliseconds idle{0}; ///< a connection silent for longer is closed; 0 = never
    TransportFactory transport;        ///< what carries the connections' bytes; empty = the sockets themselves
    std::chrono::milliseconds handshake{10'000}; ///< a connection not ready to carry bytes by then is closed
    /// Where refused connections and peers that break the protocol are told, few lines a minute; null = stderrLog().
    Log* log = nullptr;
    std::string node; ///< the `node` of those lines
};

} // namespace millrace::net
