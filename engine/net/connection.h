#pragma once

#include "base/bytes.h"
#include "net/address.h"
#include "net/event_loop.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace millrace::net {

/// One TCP connection. Every member is called on the connection's loop only. The net folder owns it; a handler keeps
/// the shared_ptr as long as it wants to answer, and a closed connection ignores what is sent.
class Connection {
public:
    virtual ~Connection() = default;
    /// Queues pieces to be written in order with as few system calls as possible; no byte is copied. Pieces sent within
    /// one turn of the loop leave in one writev.
    virtual void send(std::vector<Bytes> pieces) = 0;
    void send(Bytes piece) { send(std::vector<Bytes>{std::move(piece)}); }
    /// Bytes queued and not yet taken by the kernel: a handler that sees it grow stops reading.
    virtual std::size_t queuedBytes() const = 0;
    /// While paused the kernel's window fills and the peer waits; nothing is lost. Both may be called at any time.
    virtual void pauseReading() = 0;
    virtual void resumeReading() = 0;
    /// Writes what is queued, then closes.
    virtual void closeAfterSending() = 0;
    /// Closes at once; Handler::closed follows.
    virtual void close() = 0;
    virtual const Address& peer() const = 0;
    /// Who the peer has proven to be to the transport; empty = nobody in particular.
    virtual const std::string& peerIdentity() const = 0;
    virtual const Address& local() const = 0;
    virtual EventLoop& loop() = 0;
};

} // namespace millrace::net
