#pragma once

#include "rpc/avro_greeter.h"
#include "rpc/event_sink.h"

#include <string>
#include <string_view>
#include <vector>

namespace millrace::rpc {

/// FlumeOGEventAvroServer, by which agents of Flume 0.9 hand over events: a call is the body of an HTTP POST, handshake
/// and `append(AvroFlumeOGEvent)`, cut into buffers of `int32 length, bytes` with an empty one at the end. One thread.
class OldFlumeAvro {
public:
    OldFlumeAvro();

    /// What a request was, and how it is answered.
    struct Call {
        bool hasEvent = false; ///< it went into the sink; answer when its fate is known
        std::string ok;        ///< the body of the answer, also when there was none
        std::string refused;   ///< when the event is not taken: the agent sends it again
    };
    /// An error for what is no such call; the sink may have got the event.
    Result<Call> read(std::string_view body, EventSink& sink);

private:
    Result<Call> readMessage(std::span<const std::uint8_t> message, EventSink& sink);
    AvroGreeter greeter_;
};

namespace avro {
std::string_view oldFlumeText();
AvroHash oldFlumeHash();
} // namespace avro

} // namespace millrace::rpc
