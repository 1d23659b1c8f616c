#pragma once

#include "rpc/call_socket.h"
#include "rpc/call_status.h"
#include "rpc/event_sink.h"
#include "rpc/thrift_protocol.h"

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace millrace::rpc {

struct ThriftClientOptions : ClientOptions {
    ThriftProtocol protocol = ThriftProtocol::compact;
};

/// The events of one appendBatch, encoded as they are added: nothing of them is kept but their bytes. Reuse the object,
/// its memory stays.
class ThriftBatch {
public:
    explicit ThriftBatch(const ThriftClientOptions& options);
    void add(EventHeaderList headers, std::string_view body);
    /// Another event with the headers of the last one, without encoding them again. Precondition: !empty().
    void addWithSameHeaders(std::string_view body);
    std::size_t events() const { return events_; }
    bool empty() const { return events_ == 0; }
    std::size_t bytes() const;
    void clear();

private:
    friend class ThriftClient;
    void addBody(std::string_view body);

    ThriftProtocol protocol_;
    std::vector<std::uint8_t> bytes_; ///< room for what stands before the events, then the events
    std::size_t headersAt_ = 0;       ///< where the headers of the last event lie
    std::size_t headersSize_ = 0;
    std::size_t events_ = 0;
};

/// A blocking client of ThriftSourceProtocol over the framed transport, with one call under way, as Flume's thrift sink
/// uses it. One thread. After an error the connection is unusable: drop the object and connect again.
class ThriftClient {
public:
    using Batch = ThriftBatch;
    using Options = ThriftClientOptions;
    static constexpr const char* kPeer = "thrift source";

    /// `interrupt` ends every wait from another thread; null = one of its own.
    static Result<std::unique_ptr<ThriftClient>> connect(const ThriftClientOptions& options,
                                                         std::shared_ptr<net::Interrupt> interrupt = nullptr);
    /// Waits for the answer, at most the request timeout. An answer other than OK is a value, not an error.
    Result<CallStatus> appendBatch(ThriftBatch& batch);
    /// Whether the other side is still there, after a silence: the protocol has nothing to ask it by.
    bool stillThere() { return socket_.peerIsThere(); }

private:
    ThriftClient(CallSocket socket, ThriftProtocol protocol) : socket_(std::move(socket)), protocol_(protocol) {}
    Result<CallStatus> receiveStatus(MonotonicTime deadline);
    Result<CallStatus> readStatus(std::span<const std::uint8_t> reply) const;

    CallSocket socket_;
    const ThriftProtocol protocol_;
    std::int32_t sequence_ = 0;
};

} // namespace millrace::rpc
