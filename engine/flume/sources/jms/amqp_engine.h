#pragma once

#include "base/clock.h"
#include "net/connection.h"

#include <proton/connection_driver.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <span>

namespace millrace::flume {

/// One connection of AMQP 1.0: Qpid Proton's engine, which does no input or output of its own, over a connection of
/// ours. Either end. Made anywhere, then used on the connection's loop only.
class AmqpEngine {
public:
    using OnEvent = std::function<void(pn_event_t* event)>;

    /// `onEvent` gets each event of the engine, within run().
    explicit AmqpEngine(OnEvent onEvent);
    ~AmqpEngine();
    AmqpEngine(const AmqpEngine&) = delete;
    AmqpEngine& operator=(const AmqpEngine&) = delete;

    pn_connection_t* connection() const { return driver_.connection; }
    pn_transport_t* transport() const { return driver_.transport; }

    void attach(std::shared_ptr<net::Connection> connection);
    /// Bytes of the peer; run() afterwards.
    void receive(std::span<const std::uint8_t> data);
    /// Deals with what has happened and sends what is to be sent. Closes the connection when the engine is done.
    void run();
    /// The connection is gone. Nothing is called any more.
    void detach();

private:
    void scheduleTick();

    pn_connection_driver_t driver_{};
    OnEvent onEvent_;
    std::shared_ptr<net::Connection> connection_;
    Clock::TimerId timer_ = 0;
    std::shared_ptr<AmqpEngine*> self_; ///< for the timer, which may come late
};

} // namespace millrace::flume
