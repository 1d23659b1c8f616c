#pragma once

#include "base/thread_clock.h"
#include "net/client_socket.h"
#include "rpc/avro_event.h"
#include "rpc/avro_protocol.h"

#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace millrace::rpc {

/// The events of one appendBatch, encoded as they are added: nothing of them is kept but their bytes. Reuse the object,
/// its memory stays.
class AvroBatch {
public:
    AvroBatch();
    void add(AvroHeaderList headers, std::string_view body);
    /// Another event with the headers of the last one, without encoding them again. Precondition: !empty().
    void addWithSameHeaders(std::string_view body);
    std::size_t events() const { return events_; }
    bool empty() const { return events_ == 0; }
    std::size_t bytes() const;
    void clear();

private:
    friend class AvroClient;
    std::vector<std::uint8_t> bytes_; ///< room for what stands before the events, then the events
    std::size_t headersAt_ = 0;       ///< where the headers of the last event lie
    std::size_t headersSize_ = 0;
    std::size_t events_ = 0;
};

struct AvroClientOptions {
    net::Address address;
    std::chrono::milliseconds connectTimeout{20'000}; ///< connect-timeout, the handshake included
    std::chrono::milliseconds requestTimeout{20'000}; ///< request-timeout
    net::TransportFactory transport;                  ///< what carries the bytes; empty = the socket itself
    ThreadClock* clock = &systemThreadClock();        ///< by which the rest of a timeout is reckoned
};

/// A blocking client of AvroSourceProtocol with one call under way, as Flume's avro sink uses it. One thread. After an
/// error the connection is unusable: drop the object and connect again.
class AvroClient {
public:
    /// Connects and shakes hands. `interrupt` ends every wait from another thread; null = one of its own.
    static Result<std::unique_ptr<AvroClient>> connect(const AvroClientOptions& options,
                                                       std::shared_ptr<net::Interrupt> interrupt = nullptr);
    ~AvroClient();

    /// Waits for the answer, at most the request timeout. An answer other than OK is a value, not an error.
    Result<AvroStatus> appendBatch(AvroBatch& batch);
    Result<AvroStatus> append(AvroHeaderList headers, std::string_view body);
    Status ping();

private:
    struct Link;
    explicit AvroClient(std::unique_ptr<Link> link);
    std::unique_ptr<Link> link_;
};

} // namespace millrace::rpc
