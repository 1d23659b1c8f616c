#pragma once

#include "flume/sources/jms/amqp_engine.h"
#include "net/event_loop.h"
#include "net/listener.h"

#include <proton/message.h>

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace millrace::flume::test {

/// As much of a broker of AMQP 1.0 as a receiver notices: one list of messages, of which each goes to whoever asks
/// until somebody accepts it. What it does is set before it is connected to; what it saw may be asked from any thread.
class AmqpBroker {
public:
    std::string user, password; ///< of the only one who may come (SASL PLAIN); empty: anybody
    std::string refusesSource;  ///< a condition such as "amqp:not-found"; empty: any source is there

    AmqpBroker();
    ~AmqpBroker();
    std::uint16_t port() const { return listener_->address().port; }

    /// A message that a test has made, encoded.
    void add(std::string encoded);
    /// With a body of AMQP's type binary (data section) or string.
    void addBytes(const std::string& body);
    void addText(const std::string& text);
    /// What a test fills in.
    void addMessage(const std::function<void(pn_message_t*)>& fill);
    /// Ends all connections, with a condition for the peer.
    void hangUp(const std::string& condition);

    std::size_t waiting() const; ///< nobody has them at the moment
    std::size_t held() const;    ///< were sent and are not settled
    std::size_t accepted() const;
    /// What the last receiver asked for: "address", "capability", "selector", "container", "link", "durable".
    std::string asked(const std::string& what) const;
    std::size_t connections() const { return listener_->connectionCount(); }

private:
    class Peer;
    void sendWaiting();

    net::EventLoop loop_;
    std::unique_ptr<net::Listener> listener_;
    std::vector<Peer*> peers_; ///< on the loop
    mutable std::mutex mutex_;
    std::deque<std::string> waiting_;
    std::size_t held_ = 0;
    std::size_t accepted_ = 0;
    std::map<std::string, std::string> asked_;
};

} // namespace millrace::flume::test
