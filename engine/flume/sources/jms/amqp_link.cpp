#include "flume/sources/jms/amqp_link.h"

#include "base/sentences.h"
#include "flume/sentences.h"

#include <proton/connection.h>
#include <proton/delivery.h>
#include <proton/event.h>
#include <proton/link.h>
#include <proton/sasl.h>
#include <proton/session.h>
#include <proton/terminus.h>
#include <proton/transport.h>

#include <fmt/core.h>

#include <utility>

namespace millrace::flume {
namespace {

/// A longer message ends the connection.
constexpr std::size_t kLongestMessage = 64 * 1024 * 1024;
/// A longer message comes in several frames, so that memory follows what has come.
constexpr std::uint32_t kLargestFrame = 64 * 1024;
/// A broker that sends nothing for so long, not even the empty frames it is asked for, has gone.
constexpr pn_millis_t kIdleTimeout = 60'000;
/// apache.org:selector-filter:string, of the filters that brokers of JMS know.
constexpr std::uint64_t kSelectorFilter = 0x0000468C00000004;

pn_bytes_t bytesOf(const std::string& text) {
    return pn_bytes(text.size(), text.data());
}

} // namespace

/// The connection's handler, which may outlive the consumer.
class AmqpConsumer::Link::Peer final : public net::StreamHandler {
public:
    explicit Peer(std::shared_ptr<Link> link) : link_(std::move(link)) {}
    void opened(const std::shared_ptr<net::Connection>& connection) override {
        link_->connection_ = connection;
        link_->engine_->attach(connection);
    }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        link_->engine_->receive(data);
        return data.size();
    }
    void closed(const Error* reason) override { link_->ended(reason); }

private:
    const std::shared_ptr<Link> link_;
};

AmqpConsumer::Link::Link(net::EventLoop& loop, AmqpConsumerOptions options, std::function<void()> changed)
    : loop_(loop), options_(std::move(options)), changed_(std::move(changed)) {}

std::vector<AmqpDelivery> AmqpConsumer::Link::take(std::size_t most) {
    const std::lock_guard lock(mutex_);
    std::vector<AmqpDelivery> taken;
    for (; taken.size() < most && !arrived_.empty(); arrived_.pop_front())
        taken.push_back(std::move(arrived_.front()));
    return taken;
}

std::optional<Error> AmqpConsumer::Link::failure() const {
    const std::lock_guard lock(mutex_);
    return failure_;
}

bool AmqpConsumer::Link::isClosed() const {
    const std::lock_guard lock(mutex_);
    return closed_;
}

void AmqpConsumer::Link::forget() {
    const std::lock_guard lock(mutex_);
    changed_ = nullptr;
}

void AmqpConsumer::Link::post(std::function<void(Link&)> fn) {
    loop_.post([self = shared_from_this(), fn = std::move(fn)] { fn(*self); });
}

void AmqpConsumer::Link::tell() {
    const std::lock_guard lock(mutex_);
    if (changed_) changed_();
}

void AmqpConsumer::Link::connect() {
    engine_ = std::make_unique<AmqpEngine>([this](pn_event_t* event) { handle(event); });
    net::ConnectOptions options;
    options.transport = options_.transport;
    outgoing_ = net::connectStream(loop_, options_.address, options, std::make_unique<Peer>(shared_from_this()),
                                   [self = shared_from_this()](const Error& error) { self->ended(&error); });
}

/// Everything that is asked of the broker goes out at once, and what it refuses it says.
void AmqpConsumer::Link::open(pn_connection_t* connection) {
    pn_transport_set_max_frame(engine_->transport(), kLargestFrame);
    pn_transport_set_idle_timeout(engine_->transport(), kIdleTimeout);
    pn_sasl_t* sasl = pn_sasl(engine_->transport());
    pn_sasl_allowed_mechs(sasl, options_.user.empty() ? "ANONYMOUS" : "PLAIN");
    // What encrypts, if anything, is below the engine, which does not know of it.
    pn_sasl_set_allow_insecure_mechs(sasl, true);
    if (!options_.user.empty()) {
        pn_connection_set_user(connection, options_.user.c_str());
        pn_connection_set_password(connection, options_.password.c_str());
    }
    pn_connection_set_container(connection, options_.container.c_str());
    pn_connection_set_hostname(connection, options_.address.host.c_str());
    pn_connection_open(connection);
    pn_session_t* session = pn_session(connection);
    pn_session_open(session);
    link_ = pn_receiver(session, options_.subscription.empty() ? "millrace" : options_.subscription.c_str());
    describeSource(link_);
    pn_link_set_max_message_size(link_, kLongestMessage);
    pn_link_open(link_);
    pn_link_flow(link_, options_.ahead);
}

void AmqpConsumer::Link::describeSource(pn_link_t* link) {
    pn_terminus_t* source = pn_link_source(link);
    pn_terminus_set_address(source, options_.source.c_str());
    const std::string kind = options_.topic ? "topic" : "queue";
    pn_data_put_symbol(pn_terminus_capabilities(source), bytesOf(kind));
    if (!options_.subscription.empty()) {
        pn_terminus_set_durability(source, PN_DELIVERIES);
        pn_terminus_set_expiry_policy(source, PN_EXPIRE_NEVER);
    }
    if (options_.selector.empty()) return;
    const std::string name = "jms-selector";
    pn_data_t* filter = pn_terminus_filter(source);
    pn_data_put_map(filter);
    pn_data_enter(filter);
    pn_data_put_symbol(filter, bytesOf(name));
    pn_data_put_described(filter);
    pn_data_enter(filter);
    pn_data_put_ulong(filter, kSelectorFilter);
    pn_data_put_string(filter, bytesOf(options_.selector));
    pn_data_exit(filter);
    pn_data_exit(filter);
}

void AmqpConsumer::Link::handle(pn_event_t* event) {
    switch (pn_event_type(event)) {
    case PN_CONNECTION_INIT:
        return open(pn_event_connection(event));
    case PN_DELIVERY:
        return receive(pn_event_delivery(event));
    case PN_CONNECTION_REMOTE_CLOSE:
        return failBy(pn_connection_remote_condition(pn_event_connection(event)), "amqp-closed-connection", {});
    case PN_SESSION_REMOTE_CLOSE:
        return failBy(pn_session_remote_condition(pn_event_session(event)), "amqp-closed-session", {});
    case PN_LINK_REMOTE_CLOSE:
    case PN_LINK_REMOTE_DETACH:
        return failBy(pn_link_remote_condition(pn_event_link(event)), "amqp-closed-source", {options_.source});
    case PN_TRANSPORT_ERROR:
        return failBy(pn_transport_condition(engine_->transport()), "amqp-closed-connection", {});
    default:
        return;
    }
}

void AmqpConsumer::Link::receive(pn_delivery_t* delivery) {
    if (!pn_delivery_readable(delivery)) return;
    const std::size_t begin = partial_.size(), pending = pn_delivery_pending(delivery);
    if (begin + pending > kLongestMessage)
        return fail(flume::failure(ErrorCode::outOfRange, "amqp-long-message",
                                   {options_.address.toString(), std::to_string(kLongestMessage)}));
    partial_.resize(begin + pending);
    const auto got = pn_link_recv(link_, partial_.data() + begin, pending);
    partial_.resize(begin + (got > 0 ? static_cast<std::size_t>(got) : 0));
    if (pn_delivery_aborted(delivery)) {
        partial_.clear();
        pn_delivery_settle(delivery);
        if (!finishing_) pn_link_flow(link_, 1);
    } else if (!pn_delivery_partial(delivery)) {
        deliver(delivery);
    }
}

void AmqpConsumer::Link::deliver(pn_delivery_t* delivery) {
    pn_link_advance(link_);
    unsettled_.emplace(++lastId_, delivery);
    {
        const std::lock_guard lock(mutex_);
        arrived_.push_back({lastId_, std::exchange(partial_, {})});
    }
    tell();
}

void AmqpConsumer::Link::accept(const std::vector<std::uint64_t>& ids) {
    int settled = 0;
    for (const std::uint64_t id : ids) {
        const auto found = unsettled_.find(id);
        if (found == unsettled_.end()) continue; // of a connection that is gone
        pn_delivery_update(found->second, PN_ACCEPTED);
        pn_delivery_settle(found->second);
        unsettled_.erase(found);
        ++settled;
    }
    if (settled == 0) return;
    if (!finishing_) pn_link_flow(link_, settled);
    engine_->run();
}

/// The sentence's arguments: the broker, `what`, and what the broker said.
void AmqpConsumer::Link::failBy(pn_condition_t* condition, std::string_view sentence, std::vector<std::string> what) {
    if (condition == nullptr || !pn_condition_is_set(condition)) return fail(closedByPeer());
    const char* description = pn_condition_get_description(condition);
    what.insert(what.begin(), options_.address.toString());
    what.push_back(fmt::format("{}{}{}", pn_condition_get_name(condition), description ? ": " : "",
                               description ? description : ""));
    fail(flume::failure(ErrorCode::closed, sentence, std::move(what)));
}

Error AmqpConsumer::Link::closedByPeer() const {
    return sentenceError(systemSentences(), ErrorCode::closed, "peer-closed", {options_.address.toString()}, true);
}

void AmqpConsumer::Link::fail(Error error) {
    {
        const std::lock_guard lock(mutex_);
        if (!failure_ && !finishing_) failure_ = std::move(error);
    }
    hangUp();
}

void AmqpConsumer::Link::close() {
    if (!connection_) return hangUp();
    pn_connection_close(engine_->connection());
    engine_->run();
    if (connection_) connection_->closeAfterSending();
}

void AmqpConsumer::Link::hangUp() {
    if (connection_) return connection_->close();
    if (outgoing_) return outgoing_->cancel();
    ended(nullptr);
}

void AmqpConsumer::Link::ended(const Error* reason) {
    if (engine_) engine_->detach();
    connection_.reset();
    outgoing_.reset();
    unsettled_.clear();
    {
        const std::lock_guard lock(mutex_);
        if (!failure_ && !finishing_) failure_ = reason ? *reason : closedByPeer();
        closed_ = true;
    }
    tell();
}

} // namespace millrace::flume
