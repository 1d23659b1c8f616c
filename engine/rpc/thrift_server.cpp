#include "rpc/thrift_server.h"

#include "rpc/thrift_frames.h"
#include "rpc/thrift_message_end.h"
#include "rpc/thrift_reply.h"

#include <algorithm>
#include <string>

namespace millrace::rpc {
namespace {

struct ThriftListener final : CallService {
    ThriftServerOptions thrift;
};

class ThriftConnection final : public CallConnection {
public:
    explicit ThriftConnection(std::shared_ptr<ThriftListener> listener)
        : CallConnection(listener), listener_(std::move(listener)), frames_(options().messageBytes) {}

private:
    const ThriftServerOptions& thrift() const { return listener_->thrift; }

    Status handleNext(std::span<const std::uint8_t>& data) override {
        if (!thrift().framed) return handleUnframed(data);
        auto frame = frames_.next(data);
        if (!frame) return frame.error();
        if (!*frame) return ok();
        ThriftReader reader(**frame, thrift().protocol);
        MILLRACE_TRY(handle(reader));
        frames_.release();
        return ok();
    }
    std::size_t unfinishedBytes() const override { return thrift().framed ? frames_.unfinishedBytes() : unfinished_; }

    /// Where a message ends is known once it is read: it is read over first, so that a receiver never sees half of one.
    Status handleUnframed(std::span<const std::uint8_t>& data) {
        const auto end = end_.find(data);
        if (!end) return end.error();
        unfinished_ = *end ? 0 : data.size();
        if (!*end) return ok();
        ThriftReader reader(data.first(**end), thrift().protocol);
        data = data.subspan(**end);
        return handle(reader);
    }

    Status handle(ThriftReader& reader) {
        const ThriftMessage message = reader.readMessage();
        MILLRACE_TRY(reader.status());
        if (message.type != ThriftMessageType::call && message.type != ThriftMessageType::oneway)
            return Error{ErrorCode::protocol, "Thrift: an answer where a call was due"};
        const auto& methods = thrift().service;
        const auto method = std::find_if(methods.begin(), methods.end(),
                                         [&](const ThriftMethod& known) { return known.name == message.name; });
        if (method != methods.end()) return call(reader, message, *method);
        if (message.type == ThriftMessageType::call) sendAtOnce(ThriftReply(message, thrift()).unknownMethod());
        return ok();
    }

    Status call(ThriftReader& reader, const ThriftMessage& message, const ThriftMethod& method) {
        EventSink& sink = receiver().begin(method.kind);
        const std::size_t events = method.read(reader, sink);
        return finishCall(reader.status(), events,
                          [reply = ThriftReply(message, thrift()), &method](CallStatus status) {
                              return reply.result(method, status);
                          });
    }

    const std::shared_ptr<ThriftListener> listener_;
    ThriftFrames frames_;
    ThriftMessageEnd end_;       ///< without frames
    std::size_t unfinished_ = 0; ///< so many bytes of a message without a frame have come
};

} // namespace

Result<std::unique_ptr<net::Listener>> listenThrift(net::EventLoop& loop, const net::Address& address,
                                                    const ThriftServerOptions& thrift, const CallServerOptions& options,
                                                    CallReceiverFactory factory) {
    auto listener = std::make_shared<ThriftListener>();
    listener->thrift = thrift;
    return listenCalls(loop, address, listener, options, std::move(factory),
                       [listener] { return std::make_unique<ThriftConnection>(listener); });
}

} // namespace millrace::rpc
