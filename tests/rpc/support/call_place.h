#pragma once

#include "net/client_socket.h"
#include "rpc/call_server.h"
#include "rpc/support/recording_receiver.h"
#include "rpc/support/wire_captures.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace millrace::rpc::testing {

inline constexpr std::chrono::milliseconds kPatience{60'000};

/// Speaks in captured bytes.
class ByteClient {
public:
    explicit ByteClient(const net::Address& address) {
        auto socket = net::connectTo(address, kPatience);
        if (socket) socket_ = std::move(*socket);
    }
    bool send(const std::vector<std::uint8_t>& bytes) { return static_cast<bool>(socket_->sendAll(bytes, kPatience)); }
    bool send(const std::string& hex) { return send(fromHex(hex)); }
    /// As many bytes as `expected` has, in hex; or the error.
    std::string receiveLike(const std::string& expected) { return receive(expected.size() / 2); }
    std::string receive(std::size_t bytes) {
        std::string data(bytes, '\0');
        const Status status =
            socket_->receiveExactly({reinterpret_cast<std::uint8_t*>(data.data()), data.size()}, kPatience);
        return status ? toHex(data) : status.error().message;
    }
    bool closedByPeer() {
        std::uint8_t byte[1];
        const auto got = socket_->receiveSome(byte, kPatience);
        return !got ? got.error().code == ErrorCode::closed : *got == 0;
    }
    void hangUp() { socket_.reset(); }

private:
    std::unique_ptr<net::ClientSocket> socket_;
};

/// A server on an event loop of its own, and what its receivers get.
class CallPlace {
protected:
    void begin() {
        loop_ = std::make_unique<net::EventLoop>("calls");
        inbox_ = std::make_unique<Inbox>();
    }
    void end() {
        listener_.reset();
        loop_.reset();
    }
    /// `listenWith(loop, address, options, factory)` is listenAvro() or another of its kind.
    template <typename Listen>
    net::Address listen(CallServerOptions options, Listen listenWith) {
        options.limits.log = &silentLog();
        auto listener = listenWith(*loop_, net::Address{"127.0.0.1", 0}, options,
                                   [this] { return std::make_unique<RecordingReceiver>(*inbox_); });
        if (!listener) return {};
        listener_ = std::move(*listener);
        return listener_->address();
    }

    std::unique_ptr<net::EventLoop> loop_;
    std::unique_ptr<Inbox> inbox_;
    std::unique_ptr<net::Listener> listener_;
};

} // namespace millrace::rpc::testing
