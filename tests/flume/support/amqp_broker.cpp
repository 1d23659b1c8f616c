#include "flume/support/amqp_broker.h"

#include "base/big_endian.h"

#include <proton/codec.h>
#include <proton/condition.h>
#include <proton/connection.h>
#include <proton/delivery.h>
#include <proton/event.h>
#include <proton/link.h>
#include <proton/sasl.h>
#include <proton/session.h>
#include <proton/terminus.h>
#include <proton/transport.h>

#include <algorithm>

namespace millrace::flume::test {
namespace {

std::string symbolIn(pn_data_t* data) {
    pn_data_rewind(data);
    if (!pn_data_next(data) || pn_data_type(data) != PN_SYMBOL) return {};
    const pn_bytes_t bytes = pn_data_get_symbol(data);
    return {bytes.start, bytes.size};
}

/// Of the filter map's one entry, described by the number that brokers know it by.
std::string selectorIn(pn_data_t* filter) {
    pn_data_rewind(filter);
    if (!pn_data_next(filter) || !pn_data_enter(filter)) return {};
    if (!pn_data_next(filter) || !pn_data_next(filter) || !pn_data_is_described(filter) || !pn_data_enter(filter))
        return {};
    if (!pn_data_next(filter) || pn_data_get_ulong(filter) != 0x0000468C00000004 || !pn_data_next(filter)) return {};
    const pn_bytes_t bytes = pn_data_get_string(filter);
    return {bytes.start, bytes.size};
}

std::string encoded(pn_message_t* message) {
    std::string bytes(1 << 20, '\0');
    std::size_t size = bytes.size();
    bytes.resize(pn_message_encode(message, bytes.data(), &size) == 0 ? size : 0);
    return bytes;
}

const std::string kSaslHeader("AMQP\x03\x01\x00\x00", 8);

std::string saslFrame(const std::string& body) {
    std::string frame("\0\0\0\0\2\1\0\0", 8);
    storeBigEndian(reinterpret_cast<std::uint8_t*>(frame.data()),
                   static_cast<std::uint32_t>(frame.size() + body.size()));
    return frame + body;
}

} // namespace

class AmqpBroker::Peer final : public net::StreamHandler {
public:
    explicit Peer(AmqpBroker& broker) : broker_(broker), engine_([this](pn_event_t* event) { handle(event); }) {
        pn_transport_set_server(engine_.transport());
        if (broker_.user.empty()) pn_sasl_allowed_mechs(pn_sasl(engine_.transport()), "ANONYMOUS");
    }
    void opened(const std::shared_ptr<net::Connection>& connection) override {
        connection_ = connection;
        broker_.peers_.push_back(this);
        known_ = broker_.user.empty();
        if (known_) return engine_.attach(connection);
        send(kSaslHeader + saslFrame(std::string("\x00\x53\x40\xc0\x08\x01\xa3\x05PLAIN", 13)));
    }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        if (!known_) return authenticate({reinterpret_cast<const char*>(data.data()), data.size()});
        engine_.receive(data);
        return data.size();
    }
    void closed(const Error*) override {
        engine_.detach();
        broker_.peers_.erase(std::find(broker_.peers_.begin(), broker_.peers_.end(), this));
        const std::lock_guard lock(broker_.mutex_);
        for (auto it = sent_.rbegin(); it != sent_.rend(); ++it)
            broker_.waiting_.push_front(it->second);
        broker_.held_ -= sent_.size();
    }
    void sendWaiting() {
        if (!link_) return;
        {
            const std::lock_guard lock(broker_.mutex_);
            while (pn_link_credit(link_) > 0 && !broker_.waiting_.empty())
                sendOne();
        }
        engine_.run();
    }
    void hangUp(const std::string& condition) {
        pn_condition_set_name(pn_connection_condition(engine_.connection()), condition.c_str());
        pn_connection_close(engine_.connection());
        engine_.run();
    }

private:
    void send(const std::string& bytes) {
        connection_->send(Bytes(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
    }
    /// Proton's engine knows no password as a server: its part of the dialogue is said here.
    std::size_t authenticate(std::string_view data) {
        if (data.size() < kSaslHeader.size() + 4) return 0;
        const std::size_t size =
            kSaslHeader.size() +
            loadBigEndian<std::uint32_t>(reinterpret_cast<const std::uint8_t*>(data.data()) + kSaslHeader.size());
        if (data.size() < size) return 0;
        const std::string proof = '\0' + broker_.user + '\0' + broker_.password;
        known_ = data.substr(0, size).find(proof) != std::string_view::npos;
        send(saslFrame(std::string("\x00\x53\x44\xc0\x03\x01\x50", 7) + (known_ ? '\0' : '\1')));
        if (known_)
            engine_.attach(connection_);
        else
            connection_->closeAfterSending();
        return size;
    }

    void sendOne() {
        const std::string tag = std::to_string(++tags_);
        pn_delivery_t* delivery = pn_delivery(link_, pn_dtag(tag.data(), tag.size()));
        const std::string message = broker_.waiting_.front();
        broker_.waiting_.pop_front();
        pn_link_send(link_, message.data(), message.size());
        pn_link_advance(link_);
        sent_.emplace(delivery, message);
        ++broker_.held_;
    }

    void handle(pn_event_t* event) {
        switch (pn_event_type(event)) {
        case PN_CONNECTION_REMOTE_OPEN:
            note("container", pn_connection_remote_container(pn_event_connection(event)));
            return pn_connection_open(pn_event_connection(event));
        case PN_SESSION_REMOTE_OPEN:
            return pn_session_open(pn_event_session(event));
        case PN_LINK_REMOTE_OPEN:
            return attach(pn_event_link(event));
        case PN_LINK_FLOW:
            return engineRuns(event);
        case PN_DELIVERY:
            return settle(pn_event_delivery(event));
        case PN_CONNECTION_REMOTE_CLOSE:
            return pn_connection_close(pn_event_connection(event));
        default:
            return;
        }
    }
    /// Sends within the engine's turn, which writes it afterwards.
    void engineRuns(pn_event_t* event) {
        link_ = pn_event_link(event);
        const std::lock_guard lock(broker_.mutex_);
        while (pn_link_credit(link_) > 0 && !broker_.waiting_.empty())
            sendOne();
    }
    void attach(pn_link_t* link) {
        pn_terminus_t* source = pn_link_remote_source(link);
        note("address", pn_terminus_get_address(source));
        note("link", pn_link_name(link));
        note("capability", symbolIn(pn_terminus_capabilities(source)).c_str());
        note("selector", selectorIn(pn_terminus_filter(source)).c_str());
        note("durable", pn_terminus_get_durability(source) == PN_DELIVERIES ? "yes" : "no");
        pn_terminus_copy(pn_link_source(link), source);
        pn_link_open(link);
        if (broker_.refusesSource.empty()) return;
        pn_condition_set_name(pn_link_condition(link), broker_.refusesSource.c_str());
        pn_condition_set_description(pn_link_condition(link), "there is none");
        pn_link_close(link);
    }
    void settle(pn_delivery_t* delivery) {
        if (!pn_delivery_updated(delivery) || pn_delivery_remote_state(delivery) == 0) return;
        const std::lock_guard lock(broker_.mutex_);
        if (pn_delivery_remote_state(delivery) == PN_ACCEPTED) ++broker_.accepted_;
        broker_.held_ -= sent_.erase(delivery);
        pn_delivery_settle(delivery);
    }
    void note(const std::string& what, const char* value) {
        const std::lock_guard lock(broker_.mutex_);
        broker_.asked_[what] = value ? value : "";
    }

    AmqpBroker& broker_;
    AmqpEngine engine_;
    bool known_ = false; ///< who the peer is, or nobody asks
    std::shared_ptr<net::Connection> connection_;
    pn_link_t* link_ = nullptr;
    int tags_ = 0;
    std::map<pn_delivery_t*, std::string> sent_;
};

AmqpBroker::AmqpBroker() : loop_("amqp test") {
    auto listener = net::listenStream(loop_, {"127.0.0.1", 0}, {}, [this] { return std::make_unique<Peer>(*this); });
    if (listener) listener_ = std::move(*listener);
}

AmqpBroker::~AmqpBroker() {
    listener_.reset();
}

void AmqpBroker::add(std::string message) {
    {
        const std::lock_guard lock(mutex_);
        waiting_.push_back(std::move(message));
    }
    loop_.post([this] { sendWaiting(); });
}

void AmqpBroker::sendWaiting() {
    for (Peer* peer : std::vector(peers_))
        peer->sendWaiting();
}

void AmqpBroker::addMessage(const std::function<void(pn_message_t*)>& fill) {
    pn_message_t* message = pn_message();
    fill(message);
    add(encoded(message));
    pn_message_free(message);
}

void AmqpBroker::addBytes(const std::string& body) {
    addMessage([&](pn_message_t* message) {
        pn_message_set_inferred(message, true);
        pn_data_put_binary(pn_message_body(message), pn_bytes(body.size(), body.data()));
    });
}

void AmqpBroker::addText(const std::string& text) {
    addMessage([&](pn_message_t* message) {
        pn_data_put_string(pn_message_body(message), pn_bytes(text.size(), text.data()));
    });
}

void AmqpBroker::hangUp(const std::string& condition) {
    loop_.post([this, condition] {
        for (Peer* peer : std::vector(peers_))
            peer->hangUp(condition);
    });
}

std::size_t AmqpBroker::waiting() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size();
}

std::size_t AmqpBroker::held() const {
    const std::lock_guard lock(mutex_);
    return held_;
}

std::size_t AmqpBroker::accepted() const {
    const std::lock_guard lock(mutex_);
    return accepted_;
}

std::string AmqpBroker::asked(const std::string& what) const {
    const std::lock_guard lock(mutex_);
    const auto found = asked_.find(what);
    return found == asked_.end() ? "" : found->second;
}

} // namespace millrace::flume::test
