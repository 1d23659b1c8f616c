#pragma once

#include "net/connection_handler.h"
#include "net/limits.h"

#include <cstddef>
#include <functional>
#include <memory>

namespace millrace::net {

/// Where a listener listens. Port 0 picks a free one: see address().
class Listener {
public:
    virtual ~Listener() = default; ///< stops accepting and closes its connections; waits until their closed() has run
    virtual Address address() const = 0;
    /// Ends accepting and reading: to each handler it is as if its peer had ended its direction. What is owed is still
    /// answered, and then that connection closes; connectionCount() tells how many are left. Returns when all have been
    /// told. Not from the loop's own thread.
    virtual void finish() = 0;
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

} // namespace millrace::net
