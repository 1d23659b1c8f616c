#include "rpc/avro_server.h"

#include "base/assertion.h"
#include "rpc/avro_frames.h"
#include "rpc/avro_reply_queue.h"

#include <fmt/core.h>
#include <set>

namespace millrace::rpc {

AvroReply::AvroReply(std::shared_ptr<AvroReplyQueue> queue, std::uint64_t ticket, AvroBacklog::Share share)
    : queue_(std::move(queue)), ticket_(ticket), share_(std::move(share)) {}

AvroReply& AvroReply::operator=(AvroReply&& other) noexcept {
    std::swap(queue_, other.queue_);
    std::swap(ticket_, other.ticket_);
    std::swap(share_, other.share_);
    return *this;
}

AvroReply::~AvroReply() {
    if (queue_) answer(AvroStatus::failed);
}

void AvroReply::answer(AvroStatus status) {
    MILLRACE_ASSERT(queue_, "call {} was answered twice", ticket_);
    std::exchange(queue_, nullptr)->answer(ticket_, status);
    share_.release();
}

namespace {

/// A peer that reads no answers is not read either.
constexpr std::size_t kUnsentLimit = 256 * 1024;
/// Hashes cost little, but a hostile peer can send new ones for ever.
constexpr std::size_t kKnownClientsLimit = 1000;
constexpr std::size_t kProtocolTextLimit = 64 * 1024;

/// What the connections of one listener share; one loop.
struct Shared {
    AvroServerOptions options;
    AvroReceiverFactory factory;
    std::shared_ptr<AvroBacklog> backlog;
    std::set<AvroHash> knownClients{avro::protocolHash(), avro::flumeHash()};
};

class AvroServerConnection final : public net::StreamHandler, AvroBacklog::Waiter {
public:
    explicit AvroServerConnection(std::shared_ptr<Shared> shared)
        : shared_(std::move(shared)), receiver_(shared_->factory()), assembler_(shared_->options.messageBytes) {}

    void opened(const std::shared_ptr<net::Connection>& connection) override {
        connection_ = connection;
        replies_ = std::make_shared<AvroReplyQueue>(connection, [this] { resumeIfRoom(); });
        receiver_->connectionOpened(connection->peer());
        if (shared_->options.admits && !shared_->options.admits(connection->peer())) connection->close();
    }
    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        const std::size_t size = data.size();
        MILLRACE_TRY(handleAll(data));
        return size - data.size();
    }
    void peerFinished() override {
        peerFinished_ = true;
        resumeIfRoom();
    }
    void drained() override { resumeIfRoom(); }
    void closed(const Error*) override {
        shared_->backlog->forget(*this);
        replies_->closed();
        receiver_->connectionClosed();
        connection_.reset();
    }

private:
    void roomAgain() override { resumeIfRoom(); }

    bool full() {
        return replies_->unanswered() >= shared_->options.callsInFlight || connection_->queuedBytes() > kUnsentLimit ||
               !shared_->backlog->hasRoom(*this);
    }

    /// Handles whole messages until `data` is used up or enough calls wait for their answer.
    Status handleAll(std::span<const std::uint8_t>& data) {
        while (!data.empty() && !pausedWhenFull())
            MILLRACE_TRY(handleNext(data));
        return ok();
    }

    bool pausedWhenFull() {
        if (!full()) return false;
        connection_->pauseReading();
        paused_ = true;
        return true;
    }

    void resumeIfRoom() {
        if (peerFinished_) {
            if (replies_->unanswered() == 0) connection_->closeAfterSending();
            return;
        }
        if (!paused_ || full()) return;
        paused_ = false;
        connection_->resumeReading();
    }

    Status handleNext(std::span<const std::uint8_t>& data) {
        auto message = assembler_.next(data);
        if (!message) return message.error();
        return *message ? handle(**message) : ok();
    }

    Status handle(const AvroMessage& message) {
        AvroReader reader(message.body);
        std::vector<std::uint8_t> handshake;
        if (!known_) {
            MILLRACE_TRY(shakeHands(reader, handshake));
            if (!known_) {
                replies_->sendHandshakeOnly(message.serial, std::move(handshake));
                return ok();
            }
        }
        (void)reader.readMap(); // metadata of the call
        const std::string_view method = reader.readBytes();
        MILLRACE_TRY(reader.status());
        if (method.empty())
            replies_->sendHandshakeOnly(message.serial, std::move(handshake)); // a ping
        else if (method == avro::kAppend || method == avro::kAppendBatch)
            return call(reader, method == avro::kAppendBatch, message.serial, std::move(handshake));
        else
            replies_->sendError(message.serial, std::move(handshake),
                                "No such remote message: " + std::string(method.substr(0, 100)));
        return ok();
    }

    Status shakeHands(AvroReader& reader, std::vector<std::uint8_t>& answer) {
        const auto request = AvroHandshakeRequest::read(reader);
        MILLRACE_TRY(reader.status());
        if (request.clientProtocol && request.clientProtocol->size() > kProtocolTextLimit)
            return Error{ErrorCode::protocol, fmt::format("an Avro protocol text of {} bytes, the limit is {}",
                                                          request.clientProtocol->size(), kProtocolTextLimit)};
        // Every build of Flume means the same protocol, so whoever shows a text is known from then on.
        known_ = request.clientProtocol.has_value() || shared_->knownClients.contains(request.clientHash);
        if (known_ && shared_->knownClients.size() < kKnownClientsLimit)
            shared_->knownClients.insert(request.clientHash);
        const bool knowsUs = request.serverHash == avro::protocolHash() || request.serverHash == avro::flumeHash();
        AvroHandshakeResponse response;
        response.match = !known_ ? AvroMatch::none : knowsUs ? AvroMatch::both : AvroMatch::client;
        if (response.match != AvroMatch::both) {
            response.serverProtocol = std::string(avro::protocolText());
            response.serverHash = avro::protocolHash();
        }
        response.write(answer);
        return ok();
    }

    Status call(AvroReader& reader, bool batch, std::int32_t serial, std::vector<std::uint8_t> handshake) {
        AvroEventSink& sink = receiver_->begin(connection_->peer());
        std::size_t events = 1;
        if (batch)
            events = readAvroEvents(reader, sink);
        else
            readAvroEvent(reader, sink);
        if (Status status = reader.status(); !status || events == 0) {
            receiver_->abandoned();
            if (status) reply(serial, std::move(handshake), 0).answer(AvroStatus::ok);
            return status;
        }
        receiver_->completed(reply(serial, std::move(handshake), receiver_->weight()));
        return ok();
    }

    AvroReply reply(std::int32_t serial, std::vector<std::uint8_t> handshake, std::size_t weight) {
        return {replies_, replies_->open(serial, std::move(handshake)), {shared_->backlog, weight}};
    }

    std::shared_ptr<Shared> shared_;
    std::unique_ptr<AvroReceiver> receiver_;
    AvroMessageAssembler assembler_;
    std::shared_ptr<net::Connection> connection_;
    std::shared_ptr<AvroReplyQueue> replies_;
    bool known_ = false; ///< the handshake is done
    bool paused_ = false;
    bool peerFinished_ = false;
};

} // namespace

Result<std::unique_ptr<net::Listener>> listenAvro(net::EventLoop& loop, const net::Address& address,
                                                  const AvroServerOptions& options, AvroReceiverFactory factory) {
    auto shared = std::make_shared<Shared>();
    shared->options = options;
    shared->factory = std::move(factory);
    shared->backlog = std::make_shared<AvroBacklog>(options.bytesInFlight, loop);
    return net::listenStream(loop, address, options.limits,
                             [shared] { return std::make_unique<AvroServerConnection>(shared); });
}

} // namespace millrace::rpc
