#pragma once

#include "base/result.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <sys/uio.h>

namespace millrace::net {

/// How far one call of a transport came.
struct Progress {
    enum class State {
        done,       ///< read and write: `bytes` > 0 were moved
        wantsRead,  ///< nothing was moved: call again once the socket can be read
        wantsWrite, ///< nothing was moved: call again once the socket can be written
        ended,      ///< read only: the peer has ended its direction
    };
    State state = State::done;
    std::size_t bytes = 0;
};

/// What carries the bytes of one connection over its non-blocking socket: the socket itself, or something between, as
/// TLS is. It never waits; any call may want the other direction than its own, and is then repeated as soon as the
/// socket allows, a write with the same bytes at its front. One thread at a time; the socket belongs to the connection,
/// is open as long as the transport lives, and is not touched by anybody else. An error ends the connection.
class Transport {
public:
    virtual ~Transport() = default;
    /// What both sides have to agree on before the first byte. Repeated until done, before any other call.
    virtual Result<Progress> handshake() = 0;
    /// Precondition of both: there is room, there is something to send.
    virtual Result<Progress> read(std::span<const iovec> into) = 0;
    virtual Result<Progress> write(std::span<const iovec> pieces) = 0;
    /// Tells the peer that nothing more will come; reading goes on.
    virtual Result<Progress> endSending() = 0;
    /// The next read() gives bytes without asking the socket, which will not say that it can be read.
    virtual bool holdsBytes() const = 0;
    /// Who the peer has proven to be, known after the handshake; empty = nobody in particular.
    virtual std::string peerIdentity() const = 0;
};

/// Makes the transport of a connected socket. Called on the thread that serves the connection. An empty function stands
/// for makePlainTransport.
using TransportFactory = std::function<std::unique_ptr<Transport>(int socket)>;

/// The bytes as they are.
std::unique_ptr<Transport> makePlainTransport(int socket);

/// By `factory`, or plain without one.
std::unique_ptr<Transport> makeTransport(const TransportFactory& factory, int socket);

} // namespace millrace::net
