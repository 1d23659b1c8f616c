#pragma once

#include "net/address.h"
#include "rpc/call_backlog.h"
#include "rpc/call_status.h"
#include "rpc/event_sink.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace millrace::rpc {

class ReplyQueue;

/// The right to answer one call, once. From any thread; answers leave in the order of the calls, whatever the order
/// they are given in. Destroyed unanswered it answers FAILED, so no call of a peer waits for ever; after the connection
/// is gone an answer is dropped.
class Reply {
public:
    Reply(std::shared_ptr<ReplyQueue> queue, std::uint64_t ticket, CallBacklog::Share share);
    Reply(Reply&&) noexcept = default;
    Reply& operator=(Reply&& other) noexcept;
    ~Reply();
    void answer(CallStatus status);

private:
    std::shared_ptr<ReplyQueue> queue_;
    std::uint64_t ticket_ = 0;
    CallBacklog::Share share_; ///< of the call, until it is answered
};

/// Whether a call hands over one event or a list of them.
enum class CallKind { single, batch };

/// What a source makes of the calls of one connection. Called on the listener's loop: must not wait.
class CallReceiver {
public:
    virtual ~CallReceiver() = default;
    /// A call begins: its events go into the sink returned, which holds until completed() or abandoned().
    virtual EventSink& begin(CallKind kind) = 0;
    /// Roughly how many bytes of memory the events of the call under way take up until its answer. Asked before
    /// completed().
    virtual std::size_t weight() const = 0;
    /// The call is whole and had at least one event: hand the events on, and answer when their fate is known.
    virtual void completed(Reply reply) = 0;
    /// The call was broken or cut off, or had no event: forget what came of it.
    virtual void abandoned() = 0;
    virtual void connectionOpened(const net::Address& peer) { (void)peer; }
    virtual void connectionClosed() {}
};
using CallReceiverFactory = std::function<std::unique_ptr<CallReceiver>()>;

} // namespace millrace::rpc
