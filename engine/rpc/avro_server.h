#pragma once

#include "rpc/call_server.h"

#include <memory>

namespace millrace::rpc {

/// Flume's avro source on the wire: `append` and `appendBatch` of AvroSourceProtocol. Errors as net::listenStream().
Result<std::unique_ptr<net::Listener>> listenAvro(net::EventLoop& loop, const net::Address& address,
                                                  const CallServerOptions& options, CallReceiverFactory factory);

} // namespace millrace::rpc
