#pragma once

#include "rpc/support/call_place.h"
#include "rpc/thrift_server.h"

#include <fmt/core.h>

#include <string>

namespace millrace::rpc::testing {

class ThriftPlace : protected CallPlace {
protected:
    net::Address listen(const ThriftServerOptions& thrift, const CallServerOptions& options = {}) {
        return CallPlace::listen(options, [&](net::EventLoop& loop, const net::Address& address,
                                              const CallServerOptions& server, CallReceiverFactory factory) {
            return listenThrift(loop, address, thrift, server, std::move(factory));
        });
    }
    net::Address listenCompact(const CallServerOptions& options = {}) {
        return listen({flumeThriftService(), ThriftProtocol::compact}, options);
    }
    net::Address listenBinary() { return listen({flumeThriftService(), ThriftProtocol::binary}); }
};

/// A frame round `hex`.
inline std::string framed(const std::string& hex) {
    return fmt::format("{:08x}{}", hex.size() / 2, hex);
}

} // namespace millrace::rpc::testing
