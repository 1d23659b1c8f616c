#pragma once

#include "base/bytes.h"
#include "base/log.h"
#include "base/result.h"
#include "net/event_loop.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace millrace::net {

struct Address {
    std::string host; ///< name or literal, empty = 127.0.0.1; "::1" is written "[::1]" only in toString()
    std::uint16_t port = 0;
    std::string toString() const;
    bool operator==(const Address&) const = default;
};
/// "host:port", "[::1]:port", ":port"; the message of the error says which part is wrong.
Result<Address> parseAddress(const std::string& text);

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
    virtual const Address& local() const = 0;
    virtual EventLoop& loop() = 0;
};

/// What a connection's owner does with it; called on the connection's loop. Destroyed after closed().
class StreamHandler {
public:
    virtual ~StreamHandler() = default;
    virtual void opened(const std::shared_ptr<Connection>& connection) = 0;
    /// `data` is all that was received and not consumed. Returns how many bytes were consumed; the rest comes again
    /// with more behind it, up to Limits::streamBufferBytes, at which the connection is closed with a clear reason. An
    /// error closes the connection and is logged with the peer.
    virtual Result<std::size_t> received(std::span<const std::uint8_t> data) = 0;
    /// The peer ended its direction (half close). Default: the connection is closed after sending. A handler that still
    /// has answers to give overrides this and closes by itself later.
    virtual void peerFinished() { closesAfterPeer_ = true; }
    /// All that was queued is with the kernel.
    virtual void drained() {}
    /// Called once, always; `reason` is null after a clean end by either side.
    virtual void closed(const Error* reason) = 0;

    /// Whether peerFinished() was left to its default; for net/ only.
    bool closesAfterPeer() const { return closesAfterPeer_; }

private:
    bool closesAfterPeer_ = false;
};

/// As StreamHandler for a protocol of int32 length + bytes (Kafka): the frame is received straight into memory of its
/// own size, after its length was checked, and may be kept without a copy.
class FrameHandler {
public:
    virtual ~FrameHandler() = default;
    virtual void opened(const std::shared_ptr<Connection>& connection) = 0;
    virtual Status received(Bytes frame) = 0;
    virtual void drained() {}
    virtual void closed(const Error* reason) = 0;
};

struct Limits {
    std::size_t connections = 10'000;           ///< more are accepted and closed at once, counted, logged once a minute
    std::size_t frameBytes = 100 * 1024 * 1024; ///< Kafka's socket.request.max.bytes; a longer frame closes
    /// Of all connections together, in frames that have begun and not ended: above it the one that has stood still
    /// for longest is closed. At least `frameBytes`.
    std::size_t unfinishedBytes = 256 * 1024 * 1024;
    /// Of all connections together, in answers that the peers do not take: above it the one that has taken nothing for
    /// longest is closed.
    std::size_t unreadBytes = 1024 * 1024 * 1024;
    std::size_t streamBufferBytes = 1024 * 1024;
    std::chrono::milliseconds idle{0}; ///< a connection silent for longer is closed; 0 = never
    /// Where refused connections and peers that break the protocol are told, few lines a minute; null = stderrLog().
    Log* log = nullptr;
    std::string node; ///< the `node` of those lines
};

/// Where a listener listens. Port 0 picks a free one: see address().
class Listener {
public:
    virtual ~Listener() = default; ///< stops accepting and closes its connections; waits until their closed() has run
    virtual Address address() const = 0;
    virtual std::size_t connectionCount() const = 0; ///< from any thread
};

using StreamHandlerFactory = std::function<std::unique_ptr<StreamHandler>()>;
using FrameHandlerFactory = std::function<std::unique_ptr<FrameHandler>()>;

/// Binds and starts to accept on `loop`. Errors: addressInUse ("127.0.0.1:9092 is taken by another program"), denied,
/// invalidArgument (unknown host). Not from the loop's own thread. `loop` outlives the listener.
Result<std::unique_ptr<Listener>> listenStream(EventLoop& loop, const Address& address, const Limits& limits,
                                               StreamHandlerFactory factory);
Result<std::unique_ptr<Listener>> listenFrames(EventLoop& loop, const Address& address, const Limits& limits,
                                               FrameHandlerFactory factory);

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

/// `interrupt` may be shared by several sockets, one after the other; null = one of its own.
Result<std::unique_ptr<ClientSocket>> connectTo(const Address& address, std::chrono::milliseconds timeout,
                                                std::shared_ptr<Interrupt> interrupt = nullptr);

/// Nobody listens there at this moment, and we may.
bool canBind(const Address& address);

/// A port of loopback that was free a moment ago, for tests and for the offer of another port.
Result<std::uint16_t> freePort(const std::string& host = "127.0.0.1");

} // namespace millrace::net
