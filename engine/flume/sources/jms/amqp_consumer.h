#pragma once

#include "base/result.h"
#include "net/address.h"
#include "net/event_loop.h"
#include "net/transport.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

struct AmqpConsumerOptions {
    net::Address address;
    net::TransportFactory transport; ///< what carries the bytes; empty = the socket itself
    std::string user;                ///< empty: nobody in particular (SASL ANONYMOUS)
    std::string password;
    std::string container; ///< who we are; with `subscription` the broker knows us again by it
    std::string source;    ///< the queue or topic
    bool topic = false;
    std::string selector;     ///< empty: all messages
    std::string subscription; ///< name of a durable subscription; empty: none
    int ahead = 200;          ///< messages that are sent before the ones before are settled
};

/// A message as it came, encoded.
struct AmqpDelivery {
    std::uint64_t id = 0;
    std::string bytes;
};

/// A receiver of one queue or topic over AMQP 1.0. Its connection lives on the loop; what is here may be called from
/// any thread and does not wait. What is not accepted the broker has again when the connection goes.
class AmqpConsumer {
public:
    /// Begins to connect; `changed` runs on the loop, whenever there is something new to ask for. `loop` outlives this.
    static std::unique_ptr<AmqpConsumer> connect(net::EventLoop& loop, AmqpConsumerOptions options,
                                                 std::function<void()> changed);
    ~AmqpConsumer(); ///< hangs up; `changed` does not run any more once it returns

    /// Messages that have come, at most `most`, each once.
    std::vector<AmqpDelivery> take(std::size_t most);
    /// They are safe: the broker may forget them.
    void accept(const std::vector<AmqpDelivery>& deliveries);
    /// Why no more comes; nothing while all is well, and after finish().
    std::optional<Error> failure() const;
    /// Asks for no more messages. Then close() when those that had come are dealt with: it tells the broker, behind
    /// what was accepted.
    void finish();
    void close();
    bool closed() const;

private:
    class Link;
    explicit AmqpConsumer(std::shared_ptr<Link> link) : link_(std::move(link)) {}
    std::shared_ptr<Link> link_;
};

} // namespace millrace::flume
