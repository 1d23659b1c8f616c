#pragma once

#include "base/thread_clock.h"
#include "net/client_socket.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <memory>
#include <span>

namespace millrace::rpc {

struct ClientOptions {
    net::Address address;
    std::chrono::milliseconds connectTimeout{20'000}; ///< connect-timeout, the handshake included
    std::chrono::milliseconds requestTimeout{20'000}; ///< request-timeout
    net::TransportFactory transport;                  ///< what carries the bytes; empty = the socket itself
    ThreadClock* clock = &systemThreadClock();        ///< by which the rest of a timeout is reckoned
};

/// The blocking connection under a client with one call under way. One thread.
class CallSocket {
public:
    /// `interrupt` ends every wait from another thread; null = one of its own.
    static Result<CallSocket> connect(const ClientOptions& options, std::shared_ptr<net::Interrupt> interrupt);

    const ClientOptions& options() const { return options_; }
    Status send(std::span<const std::uint8_t> bytes, std::chrono::milliseconds timeout) {
        return socket_->sendAll(bytes, timeout);
    }
    /// What has come and is not used, of which a decoder takes off the front.
    std::span<const std::uint8_t>& unread() { return unread_; }
    /// Waits for more, when all is used.
    Status receive(MonotonicTime deadline);
    /// Whether the peer still holds the connection, as far as can be told without asking it. What has come from it
    /// unasked is against the protocol.
    bool peerIsThere();

private:
    CallSocket(ClientOptions options, std::unique_ptr<net::ClientSocket> socket);

    static constexpr std::size_t kReceiveBytes = 4096;
    ClientOptions options_;
    std::unique_ptr<net::ClientSocket> socket_;
    std::unique_ptr<std::array<std::uint8_t, kReceiveBytes>> received_; ///< stays in place when this is moved
    std::span<const std::uint8_t> unread_;
};

} // namespace millrace::rpc
