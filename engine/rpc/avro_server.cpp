#include "rpc/avro_server.h"

#include "rpc/avro_event.h"
#include "rpc/avro_frames.h"
#include "rpc/avro_protocol.h"
#include "rpc/avro_reply.h"

#include <fmt/core.h>
#include <set>

namespace millrace::rpc {
namespace {

/// Hashes cost little, but a hostile peer can send new ones for ever.
constexpr std::size_t kKnownClientsLimit = 1000;
constexpr std::size_t kProtocolTextLimit = 64 * 1024;

struct AvroService final : CallService {
    std::set<AvroHash> knownClients{avro::protocolHash(), avro::flumeHash()};
};

class AvroServerConnection final : public CallConnection {
public:
    explicit AvroServerConnection(std::shared_ptr<AvroService> service)
        : CallConnection(service), service_(std::move(service)), assembler_(options().messageBytes) {}

private:
    Status handleNext(std::span<const std::uint8_t>& data) override {
        auto message = assembler_.next(data);
        if (!message) return message.error();
        return *message ? handle(**message) : ok();
    }

    Status handle(const AvroMessage& message) {
        AvroReader reader(message.body);
        AvroReply reply{message.serial, {}};
        if (!known_) {
            MILLRACE_TRY(shakeHands(reader, reply.handshake));
            if (!known_) {
                sendAtOnce(reply.handshakeAlone());
                return ok();
            }
        }
        (void)reader.readMap(); // metadata of the call
        const std::string_view method = reader.readBytes();
        MILLRACE_TRY(reader.status());
        if (method.empty())
            sendAtOnce(reply.handshakeAlone()); // a ping
        else if (method == avro::kAppend || method == avro::kAppendBatch)
            return call(reader, method == avro::kAppendBatch ? CallKind::batch : CallKind::single, std::move(reply));
        else
            sendAtOnce(reply.error("No such remote message: " + std::string(method.substr(0, 100))));
        return ok();
    }

    Status shakeHands(AvroReader& reader, std::vector<std::uint8_t>& answer) {
        const auto request = AvroHandshakeRequest::read(reader);
        MILLRACE_TRY(reader.status());
        if (request.clientProtocol && request.clientProtocol->size() > kProtocolTextLimit)
            return Error{ErrorCode::protocol, fmt::format("an Avro protocol text of {} bytes, the limit is {}",
                                                          request.clientProtocol->size(), kProtocolTextLimit)};
        // Every build of Flume means the same protocol, so whoever shows a text is known from then on.
        known_ = request.clientProtocol.has_value() || service_->knownClients.contains(request.clientHash);
        if (known_ && service_->knownClients.size() < kKnownClientsLimit)
            service_->knownClients.insert(request.clientHash);
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

    Status call(AvroReader& reader, CallKind kind, AvroReply reply) {
        EventSink& sink = receiver().begin(kind);
        std::size_t events = 1;
        if (kind == CallKind::batch)
            events = readAvroEvents(reader, sink);
        else
            readAvroEvent(reader, sink);
        return finishCall(reader.status(), events,
                          [reply = std::move(reply)](CallStatus status) { return reply.status(status); });
    }

    const std::shared_ptr<AvroService> service_;
    AvroMessageAssembler assembler_;
    bool known_ = false; ///< the handshake is done
};

} // namespace

Result<std::unique_ptr<net::Listener>> listenAvro(net::EventLoop& loop, const net::Address& address,
                                                  const CallServerOptions& options, CallReceiverFactory factory) {
    auto service = std::make_shared<AvroService>();
    return listenCalls(loop, address, service, options, std::move(factory),
                       [service] { return std::make_unique<AvroServerConnection>(service); });
}

} // namespace millrace::rpc
