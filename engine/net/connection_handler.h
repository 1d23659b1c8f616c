#pragma once

#include "base/result.h"
#include "net/connection.h"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

namespace millrace::net {

/// What a connection's owner does with it; called on the connection's loop, first of all opened(), as soon as bytes can
/// be carried. Destroyed after closed(), or uncalled when it never came to that.
class StreamHandler {
public:
    virtual ~StreamHandler() = default;
    virtual void opened(const std::shared_ptr<Connection>& connection) = 0;
    /// `data` is all that was received and not consumed. Returns how many bytes were consumed; the rest comes again
    /// with more behind it, up to Limits::streamBufferBytes, at which the connection is closed with a clear reason. An
    /// error closes the connection and is logged with the peer.
    virtual Result<std::size_t> received(std::span<const std::uint8_t> data) = 0;
    /// The peer ended its direction (half close), or it is as if: Listener::finish(). Default: the connection is closed
    /// after sending. A handler that still has answers to give overrides this and closes by itself later.
    virtual void peerFinished() { closesAfterPeer_ = true; }
    /// All that was queued is with the kernel.
    virtual void drained() {}
    /// Called once after opened(), always; `reason` is null after a clean end by either side.
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
    /// The longest frame that may begin now, where that is less than Limits::frameBytes.
    virtual std::size_t frameLimit() const { return std::numeric_limits<std::size_t>::max(); }
    virtual void drained() {}
    virtual void closed(const Error* reason) = 0;
};

} // namespace millrace::net
