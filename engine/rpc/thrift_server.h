#pragma once

#include "rpc/call_server.h"
#include "rpc/thrift_service.h"

#include <memory>

namespace millrace::rpc {

struct ThriftServerOptions {
    ThriftService service;
    ThriftProtocol protocol = ThriftProtocol::compact;
    bool framed = true; ///< Thrift's framed transport; else messages follow each other with nothing between
};

/// A service of Thrift whose calls hand over events. A peer that speaks another protocol or transport is cut off, and
/// the log says what it spoke. Errors as net::listenStream().
Result<std::unique_ptr<net::Listener>> listenThrift(net::EventLoop& loop, const net::Address& address,
                                                    const ThriftServerOptions& thrift, const CallServerOptions& options,
                                                    CallReceiverFactory factory);

} // namespace millrace::rpc
