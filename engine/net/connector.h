#pragma once

#include "net/connection_handler.h"
#include "net/transport.h"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace millrace::net {

struct ConnectOptions {
    std::chrono::milliseconds timeout{20'000}; ///< of looking up the name and connecting, then of the handshake
    TransportFactory transport;                ///< what carries the bytes; empty = the socket itself
    std::size_t streamBufferBytes = 1024 * 1024;
};

/// A connection to be, and from opened() on the connection. On its loop only.
class Outgoing {
public:
    virtual ~Outgoing() = default;
    /// Ends it at once; `failed` or Handler::closed is told `cancelled`, unless it had ended before.
    virtual void cancel() = 0;
};

/// Connects without waiting, to the first of the host's addresses that answers. From the loop's thread; everything
/// happens on it and later than this call. Either the handler is opened, or `failed` is called once: invalidArgument
/// (unknown host), timeout, io, what the transport says. It goes on though nobody keeps what is returned.
std::shared_ptr<Outgoing> connectStream(EventLoop& loop, const Address& address, const ConnectOptions& options,
                                        std::unique_ptr<StreamHandler> handler,
                                        std::function<void(const Error&)> failed);

} // namespace millrace::net
