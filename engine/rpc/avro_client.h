#pragma once

#include "rpc/avro_event.h"
#include "rpc/call_socket.h"
#include "rpc/call_status.h"

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
    explicit AvroBatch(const ClientOptions&) : AvroBatch() {}
    void add(EventHeaderList headers, std::string_view body);
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

/// A blocking client of AvroSourceProtocol with one call under way, as Flume's avro sink uses it. One thread. After an
/// error the connection is unusable: drop the object and connect again.
class AvroClient {
public:
    using Batch = AvroBatch;
    using Options = ClientOptions;
    static constexpr const char* kPeer = "avro source";

    /// Connects and shakes hands. `interrupt` ends every wait from another thread; null = one of its own.
    static Result<std::unique_ptr<AvroClient>> connect(const ClientOptions& options,
                                                       std::shared_ptr<net::Interrupt> interrupt = nullptr);
    ~AvroClient();

    /// Waits for the answer, at most the request timeout. An answer other than OK is a value, not an error.
    Result<CallStatus> appendBatch(AvroBatch& batch);
    Result<CallStatus> append(EventHeaderList headers, std::string_view body);
    Status ping();
    /// Whether the other side is still there, after a silence: asks it.
    bool stillThere() { return static_cast<bool>(ping()); }

private:
    struct Link;
    explicit AvroClient(std::unique_ptr<Link> link);
    std::unique_ptr<Link> link_;
};

} // namespace millrace::rpc
