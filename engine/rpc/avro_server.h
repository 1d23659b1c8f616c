#pragma once

#include "net/listener.h"
#include "rpc/avro_backlog.h"
#include "rpc/avro_event.h"
#include "rpc/avro_protocol.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace millrace::rpc {

class AvroReplyQueue;

/// The right to answer one call, once. From any thread; answers leave in the order of the calls, whatever the order
/// they are given in. Destroyed unanswered it answers FAILED, so no call of a peer waits for ever; after the connection
/// is gone an answer is dropped.
class AvroReply {
public:
    AvroReply(std::shared_ptr<AvroReplyQueue> queue, std::uint64_t ticket, AvroBacklog::Share share);
    AvroReply(AvroReply&&) noexcept = default;
    AvroReply& operator=(AvroReply&& other) noexcept;
    ~AvroReply();
    void answer(AvroStatus status);

private:
    std::shared_ptr<AvroReplyQueue> queue_;
    std::uint64_t ticket_ = 0;
    AvroBacklog::Share share_; ///< of the call, until it is answered
};

/// What a source makes of the calls of one connection. Called on the listener's loop: must not wait.
class AvroReceiver {
public:
    virtual ~AvroReceiver() = default;
    /// A call begins: its events go into the sink returned, which holds until completed() or abandoned().
    virtual AvroEventSink& begin(const net::Address& peer) = 0;
    /// Roughly how many bytes of memory the events of the call under way take up until its answer. Asked before
    /// completed().
    virtual std::size_t weight() const = 0;
    /// The call is whole and had at least one event: hand the events on, and answer when their fate is known.
    virtual void completed(AvroReply reply) = 0;
    /// The call was broken or cut off: forget its events. The connection closes.
    virtual void abandoned() = 0;
    virtual void connectionOpened(const net::Address& peer) { (void)peer; }
    virtual void connectionClosed() {}
};
using AvroReceiverFactory = std::function<std::unique_ptr<AvroReceiver>()>;

struct AvroServerOptions {
    std::size_t messageBytes = 100 * 1024 * 1024; ///< a longer message closes the connection
    std::size_t callsInFlight = 16;               ///< unanswered calls at which a connection is not read any more
    /// What the unanswered calls of all connections together may take up (AvroReceiver::weight()); from there on none
    /// is read until half of it is answered.
    std::size_t bytesInFlight = 64 * 1024 * 1024;
    net::Limits limits; ///< connections, idle, log
    /// Whether a peer may connect at all; null = everyone. On the loop: must not wait.
    std::function<bool(const net::Address& peer)> admits;
};

/// Flume's avro source on the wire: `append` and `appendBatch` of AvroSourceProtocol. Errors as net::listenStream().
Result<std::unique_ptr<net::Listener>> listenAvro(net::EventLoop& loop, const net::Address& address,
                                                  const AvroServerOptions& options, AvroReceiverFactory factory);

} // namespace millrace::rpc
