#pragma once

#include "net/address.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace millrace::net {

class EventLoop;

struct Datagram {
    Address from;
    std::span<const std::uint8_t> data; ///< valid while the handler runs
    bool cut = false;                   ///< it was longer than UdpOptions::datagramBytes
};

struct UdpOptions {
    std::size_t datagramBytes = 65'535; ///< what of each is taken, at least 1
    std::size_t batch = 32;             ///< so many are taken at once; their memory is held all the time
    int kernelBufferBytes = 0;          ///< what the kernel may hold of those not yet taken; 0 = its default
};

/// What came together, in its order; never empty. On the loop.
using DatagramHandler = std::function<void(std::span<const Datagram>)>;

/// A bound UDP socket.
class UdpSocket {
public:
    virtual ~UdpSocket() = default; ///< the handler is not called any more once this returns. Any thread
    virtual Address address() const = 0;
    /// While paused the kernel's buffer fills; what does not fit is lost, as UDP has it. Any thread.
    virtual void pauseReading() = 0;
    virtual void resumeReading() = 0;
    /// Never waits: `full` (retriable) when the kernel takes no more now. `to` is a literal address of the socket's
    /// family. Any thread.
    virtual Status send(const Address& to, std::span<const std::uint8_t> data) = 0;
};

/// Binds and begins to receive on `loop`, which outlives the socket. Port 0 picks a free one. Errors: as
/// listenStream(). Not from the loop's own thread.
Result<std::unique_ptr<UdpSocket>> bindUdp(EventLoop& loop, const Address& address, const UdpOptions& options,
                                           DatagramHandler handler);

} // namespace millrace::net
