#pragma once

#include "rpc/call_receiver.h"
#include "rpc/thrift_reader.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace millrace::rpc {

/// One method of a service that hands over events.
struct ThriftMethod {
    std::string_view name;
    CallKind kind = CallKind::batch;
    /// Reads the struct of arguments, its events into the sink; how many there were.
    std::size_t (*read)(ThriftReader& arguments, EventSink& sink) = nullptr;
    /// The number in the result's field 0; null: the method returns nothing.
    std::int32_t (*result)(CallStatus status) = nullptr;
    bool oneway = false; ///< the caller waits for no answer
};
using ThriftService = std::span<const ThriftMethod>;

/// ThriftSourceProtocol of Apache Flume (flume.thrift): append, appendBatch.
ThriftService flumeThriftService();
/// Scribe's Log (scribe.thrift); the category becomes a header of that name.
ThriftService scribeThriftService();
/// ThriftFlumeEventServer, of agents of Flume 0.9 (flume.thrift of Flume OG): append, close. What an event has beside
/// its body becomes headers as in org.apache.flume.source.thriftLegacy.ThriftLegacySource.
ThriftService oldFlumeThriftService();

} // namespace millrace::rpc
