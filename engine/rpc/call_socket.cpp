#include "rpc/call_socket.h"

#include "base/sentences.h"

#include <algorithm>
#include <utility>

namespace millrace::rpc {

using Milliseconds = std::chrono::milliseconds;

CallSocket::CallSocket(ClientOptions options, std::unique_ptr<net::ClientSocket> socket)
    : options_(std::move(options)),
      socket_(std::move(socket)),
      received_(std::make_unique<std::array<std::uint8_t, kReceiveBytes>>()) {}

Result<CallSocket> CallSocket::connect(const ClientOptions& options, std::shared_ptr<net::Interrupt> interrupt) {
    auto socket = net::connectTo(options.address, options.connectTimeout, std::move(interrupt), options.transport);
    if (!socket) return socket.error();
    return CallSocket(options, std::move(*socket));
}

Status CallSocket::receive(MonotonicTime deadline) {
    const auto left = std::chrono::ceil<Milliseconds>(deadline - options_.clock->now());
    auto got = socket_->receiveSome(*received_, std::max(left, Milliseconds(0)));
    if (!got) return got.error();
    if (*got == 0)
        return sentenceError(systemSentences(), ErrorCode::closed, "peer-closed", {options_.address.toString()}, true);
    unread_ = std::span<const std::uint8_t>(*received_).first(*got);
    return ok();
}

bool CallSocket::peerIsThere() {
    const auto got = socket_->receiveSome(*received_, Milliseconds(0));
    return !got && got.error().code == ErrorCode::timeout;
}

} // namespace millrace::rpc
