#include "rpc/call_server.h"

#include <algorithm>

namespace millrace::rpc {
namespace {

/// A peer that reads no answers is not read either.
constexpr std::size_t kUnsentLimit = 256 * 1024;
/// A minute, of connections that were closed.
constexpr int kLinesPerMinute = 5;

} // namespace

CallConnection::CallConnection(std::shared_ptr<CallService> service)
    : service_(std::move(service)),
      receiver_(service_->factory()),
      unfinished_(*service_->unfinished, [this](const Error& reason) { giveUp(reason); }) {}

void CallConnection::opened(const std::shared_ptr<net::Connection>& connection) {
    connection_ = connection;
    replies_ = std::make_shared<ReplyQueue>(connection, [this] { resumeIfRoom(); });
    receiver_->connectionOpened(connection->peer());
    if (options().admits && !options().admits(connection->peer())) connection->close();
}

/// Handles whole messages until `data` is used up or enough calls wait for their answer.
Result<std::size_t> CallConnection::received(std::span<const std::uint8_t> data) {
    const std::size_t size = data.size();
    while (!data.empty() && !pausedWhenFull()) {
        const std::size_t before = data.size();
        MILLRACE_TRY(handleNext(data));
        if (data.size() == before) break;
    }
    account();
    return size - data.size();
}

void CallConnection::account() {
    unfinished_.release(); // it goes on
    if (unfinishedBytes() > 0) unfinished_.set(unfinishedBytes());
}

void CallConnection::giveUp(const Error& reason) {
    service_->givenUp->warn("connection from " + connection_->peer().toString() + " closed: " + reason.message);
    connection_->close();
}

void CallConnection::peerFinished() {
    peerFinished_ = true;
    resumeIfRoom();
}

void CallConnection::closed(const Error*) {
    unfinished_.release();
    service_->backlog->forget(*this);
    replies_->closed();
    receiver_->connectionClosed();
    connection_.reset();
}

Status CallConnection::finishCall(const Status& status, std::size_t events, ReplyQueue::Encoder encoder) {
    if (!status || events == 0) {
        receiver_->abandoned();
        if (status) replies_->send(encoder(CallStatus::ok));
        return status;
    }
    CallBacklog::Share share(service_->backlog, receiver_->weight());
    receiver_->completed(Reply(replies_, replies_->open(std::move(encoder)), std::move(share)));
    return ok();
}

bool CallConnection::full() {
    return replies_->unanswered() >= options().callsInFlight || connection_->queuedBytes() > kUnsentLimit ||
           !service_->backlog->hasRoom(*this);
}

bool CallConnection::pausedWhenFull() {
    if (!full()) return false;
    connection_->pauseReading();
    paused_ = true;
    return true;
}

void CallConnection::resumeIfRoom() {
    if (peerFinished_) {
        if (replies_->unanswered() == 0) connection_->closeAfterSending();
        return;
    }
    if (!paused_ || full()) return;
    paused_ = false;
    connection_->resumeReading();
}

Result<std::unique_ptr<net::Listener>> listenCalls(net::EventLoop& loop, const net::Address& address,
                                                   std::shared_ptr<CallService> service, CallServerOptions options,
                                                   CallReceiverFactory factory, net::StreamHandlerFactory connect) {
    service->options = std::move(options);
    service->factory = std::move(factory);
    service->backlog = std::make_shared<CallBacklog>(service->options.bytesInFlight, loop);
    const net::Limits& limits = service->options.limits;
    service->unfinished.emplace("unfinished messages", std::max(limits.unfinishedBytes, service->options.messageBytes));
    service->givenUp.emplace(limits.log, limits.node, kLinesPerMinute);
    return net::listenStream(loop, address, limits, std::move(connect));
}

} // namespace millrace::rpc
