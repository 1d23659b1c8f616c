#pragma once

#include "net/peer_budget.h"
#include "net/connection_handler.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace millrace::net {

/// Where the next bytes from the kernel go: first into memory of the message under way (may be empty), then into the
/// loop's scratch buffer.
struct ReceiveSpace {
    std::span<std::uint8_t> own;
    std::span<std::uint8_t> scratch;
    std::size_t size() const { return own.size() + scratch.size(); }
};

/// What a connection does with received bytes: cuts them and hands them to its handler, which it owns. Called on the
/// connection's loop only, never one call inside another.
class Receiver {
public:
    virtual ~Receiver() = default;
    /// `flowing` tells whether the handler may be called: false once it has paused or closed the connection. `refuse`
    /// closes the connection for a reason that is logged with the peer; not to be called after closed().
    virtual void opened(const std::shared_ptr<Connection>& connection, const bool& flowing,
                        std::function<void(const Error&)> refuse) = 0;
    virtual ReceiveSpace space(std::span<std::uint8_t> scratch) = 0;
    /// `bytes` > 0 lie in what space() returned last.
    virtual Status received(const ReceiveSpace& space, std::size_t bytes) = 0;
    /// Reading goes on after a pause: bytes held back are handed over now.
    virtual Status resumed() = 0;
    /// The peer ended its direction. Returns whether the connection closes once all is sent.
    virtual Result<bool> peerFinished() = 0;
    virtual void drained() = 0;
    virtual void closed(const Error* reason) = 0;
};

std::unique_ptr<Receiver> makeStreamReceiver(std::unique_ptr<StreamHandler> handler, std::size_t bufferLimit);
/// `budget` is shared by the receivers of one listener and kept alive by them.
std::unique_ptr<Receiver> makeFrameReceiver(std::unique_ptr<FrameHandler> handler, std::size_t frameLimit,
                                            std::shared_ptr<PeerBudget> budget);

} // namespace millrace::net
