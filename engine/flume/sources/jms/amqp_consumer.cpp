#include "flume/sources/jms/amqp_consumer.h"

#include "flume/sources/jms/amqp_link.h"

namespace millrace::flume {

std::unique_ptr<AmqpConsumer> AmqpConsumer::connect(net::EventLoop& loop, AmqpConsumerOptions options,
                                                    std::function<void()> changed) {
    auto link = std::make_shared<Link>(loop, std::move(options), std::move(changed));
    loop.post([link] { link->connect(); });
    return std::unique_ptr<AmqpConsumer>(new AmqpConsumer(std::move(link)));
}

AmqpConsumer::~AmqpConsumer() {
    link_->forget();
    link_->post([](Link& link) { link.hangUp(); });
}

std::vector<AmqpDelivery> AmqpConsumer::take(std::size_t most) {
    return link_->take(most);
}

void AmqpConsumer::accept(const std::vector<AmqpDelivery>& deliveries) {
    std::vector<std::uint64_t> ids;
    for (const AmqpDelivery& delivery : deliveries)
        ids.push_back(delivery.id);
    link_->post([ids = std::move(ids)](Link& link) { link.accept(ids); });
}

std::optional<Error> AmqpConsumer::failure() const {
    return link_->failure();
}

void AmqpConsumer::finish() {
    link_->post([](Link& link) { link.finish(); });
}

void AmqpConsumer::close() {
    link_->post([](Link& link) { link.close(); });
}

bool AmqpConsumer::closed() const {
    return link_->isClosed();
}

} // namespace millrace::flume
