#pragma once

#include "net/listener.h"
#include "net/minute_log.h"
#include "net/peer_budget.h"
#include "rpc/call_receiver.h"
#include "rpc/reply_queue.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace millrace::rpc {

struct CallServerOptions {
    std::size_t messageBytes = kLongestMessage; ///< a longer message closes the connection
    std::size_t callsInFlight = 16;             ///< unanswered calls at which a connection is not read any more
    /// What the unanswered calls of all connections together may take up (CallReceiver::weight()); from there on none
    /// is read until half of it is answered.
    std::size_t bytesInFlight = 64 * 1024 * 1024;
    net::Limits limits; ///< connections, unfinishedBytes (at least `messageBytes`), idle, log
    /// Whether a peer may connect at all; null = everyone. On the loop: must not wait.
    std::function<bool(const net::Address& peer)> admits;
};

/// What the connections of one listener share; its loop.
struct CallService {
    virtual ~CallService() = default;
    CallServerOptions options;
    CallReceiverFactory factory;
    std::shared_ptr<CallBacklog> backlog;
    std::optional<net::PeerBudget> unfinished; ///< messages that have begun and not ended
    std::optional<net::MinuteLog> givenUp;     ///< the connections closed for it
};

/// One connection of peers that call and wait for answers, whatever the protocol: reads while calls may be taken, and
/// answers before it closes. A protocol derives from it and reads messages.
class CallConnection : public net::StreamHandler, CallBacklog::Waiter {
public:
    explicit CallConnection(std::shared_ptr<CallService> service);

    void opened(const std::shared_ptr<net::Connection>& connection) final;
    Result<std::size_t> received(std::span<const std::uint8_t> data) final;
    void peerFinished() final;
    void drained() final { resumeIfRoom(); }
    void closed(const Error* reason) final;

protected:
    /// Takes the bytes of the next message off the front of `data` and handles it; takes nothing when it has to see
    /// more of them at once, which then come again in front of more.
    virtual Status handleNext(std::span<const std::uint8_t>& data) = 0;
    /// What the connection holds of a message that has begun and not ended.
    virtual std::size_t unfinishedBytes() const { return 0; }

    const CallServerOptions& options() const { return service_->options; }
    CallReceiver& receiver() { return *receiver_; }
    /// Hands over the call whose `events` have gone to the receiver, or forgets it: when `status` is bad, which is then
    /// returned, and when it had none, which is OK.
    Status finishCall(const Status& status, std::size_t events, ReplyQueue::Encoder encoder);
    void sendAtOnce(ReplyQueue::Frame frame) { replies_->send(std::move(frame)); }

private:
    void roomAgain() override { resumeIfRoom(); }
    void account();
    void giveUp(const Error& reason);
    bool full();
    bool pausedWhenFull();
    void resumeIfRoom();

    const std::shared_ptr<CallService> service_;
    const std::unique_ptr<CallReceiver> receiver_;
    std::shared_ptr<net::Connection> connection_;
    std::shared_ptr<ReplyQueue> replies_;
    net::PeerBudget::Share unfinished_;
    bool paused_ = false;
    bool peerFinished_ = false;
};

/// Listens, with a handler of `connect` for each connection. Errors as net::listenStream().
Result<std::unique_ptr<net::Listener>> listenCalls(net::EventLoop& loop, const net::Address& address,
                                                   std::shared_ptr<CallService> service, CallServerOptions options,
                                                   CallReceiverFactory factory, net::StreamHandlerFactory connect);

} // namespace millrace::rpc
