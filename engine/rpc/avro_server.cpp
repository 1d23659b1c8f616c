#include "rpc/avro_server.h"

#include "rpc/avro_event.h"
#include "rpc/avro_frames.h"
#include "rpc/avro_greeter.h"
#include "rpc/avro_protocol.h"
#include "rpc/avro_reply.h"

namespace millrace::rpc {
namespace {

struct AvroService final : CallService {
    AvroGreeter greeter{{avro::protocolText(), avro::protocolHash(), avro::flumeHash()}};
};

class AvroServerConnection final : public CallConnection {
public:
    explicit AvroServerConnection(std::shared_ptr<AvroService> service)
        : CallConnection(service), service_(std::move(service)), assembler_(options().messageBytes) {}

private:
    Status handleNext(std::span<const std::uint8_t>& data) override {
        auto message = assembler_.next(data);
        if (!message) return message.error();
        if (!*message) return ok();
        MILLRACE_TRY(handle(**message));
        assembler_.release();
        return ok();
    }
    std::size_t unfinishedBytes() const override { return assembler_.unfinishedBytes(); }

    Status handle(const AvroMessage& message) {
        AvroReader reader(message.body);
        AvroReply reply{message.serial, {}};
        if (!known_) {
            const auto known = service_->greeter.greet(reader, reply.handshake);
            if (!known) return known.error();
            known_ = *known;
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
