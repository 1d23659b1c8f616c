#pragma once

#include "base/result.h"
#include "net/address.h"
#include "net/transport.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

namespace millrace::net {

/// A blocking client connection for runner threads (Avro sink, traffic): name lookup, connect and each call wait at
/// most their timeout. One thread at a time.
class ClientSocket {
public:
    virtual ~ClientSocket() = default;
    virtual Status sendAll(std::span<const std::uint8_t> data, std::chrono::milliseconds timeout) = 0;
    /// Reads exactly `into.size()` bytes, or error timeout / closed.
    virtual Status receiveExactly(std::span<std::uint8_t> into, std::chrono::milliseconds timeout) = 0;
    /// Reads at least one byte; 0 = the peer ended.
    virtual Result<std::size_t> receiveSome(std::span<std::uint8_t> into, std::chrono::milliseconds timeout) = 0;
    /// From any thread: makes a waiting call, and every later call that would wait, return `cancelled`.
    virtual void interrupt() = 0;
};

/// Ends waits of ClientSocket calls, the connecting included, from any thread; stays raised until cleared.
class Interrupt {
public:
    virtual ~Interrupt() = default;
    virtual void raise() = 0;
    virtual void clear() = 0;
    virtual int descriptor() const = 0; ///< readable while raised
};
std::shared_ptr<Interrupt> makeInterrupt();

/// The timeout covers looking up the name, connecting and the handshake of the transport (empty = the socket itself).
/// `interrupt` may be shared by several sockets, one after the other; null = one of its own.
Result<std::unique_ptr<ClientSocket>> connectTo(const Address& address, std::chrono::milliseconds timeout,
                                                std::shared_ptr<Interrupt> interrupt = nullptr,
                                                const TransportFactory& transport = {});

} // namespace millrace::net
