#pragma once

#include "flume/sources/jms/amqp_consumer.h"
#include "flume/sources/jms/amqp_engine.h"
#include "net/connector.h"

#include <deque>
#include <map>
#include <mutex>

namespace millrace::flume {

/// What a consumer has on its loop. take(), failure(), isClosed(), forget() and post() from any thread, the rest on the
/// loop.
class AmqpConsumer::Link : public std::enable_shared_from_this<AmqpConsumer::Link> {
public:
    Link(net::EventLoop& loop, AmqpConsumerOptions options, std::function<void()> changed);

    std::vector<AmqpDelivery> take(std::size_t most);
    std::optional<Error> failure() const;
    bool isClosed() const;
    void forget(); ///< `changed` is of no use any more
    void post(std::function<void(Link&)> fn);

    void connect();
    void accept(const std::vector<std::uint64_t>& ids);
    void finish() { finishing_ = true; }
    void close();
    void hangUp();

private:
    class Peer;
    void open(pn_connection_t* connection);
    void describeSource(pn_link_t* link);
    void handle(pn_event_t* event);
    void receive(pn_delivery_t* delivery);
    void deliver(pn_delivery_t* delivery);
    void fail(Error error);
    void failBy(pn_condition_t* condition, std::string_view sentence, std::vector<std::string> what);
    Error closedByPeer() const;
    void ended(const Error* reason);
    void tell();

    net::EventLoop& loop_;
    const AmqpConsumerOptions options_;
    std::shared_ptr<net::Outgoing> outgoing_;
    std::shared_ptr<net::Connection> connection_;
    std::unique_ptr<AmqpEngine> engine_;
    pn_link_t* link_ = nullptr;
    std::string partial_; ///< of the message that is coming in
    std::map<std::uint64_t, pn_delivery_t*> unsettled_;
    std::uint64_t lastId_ = 0;
    bool finishing_ = false;

    mutable std::mutex mutex_; ///< guards what follows
    std::function<void()> changed_;
    std::deque<AmqpDelivery> arrived_;
    std::optional<Error> failure_;
    bool closed_ = false;
};

} // namespace millrace::flume
