#pragma once

#include "net/transport.h"

namespace millrace::rpc {

/// A connection with `compression-type = deflate`: one zlib stream (RFC 1950) a direction round everything, right above
/// the socket, so that TLS goes inside of it, as Flume has it since 1.10. `level` 1 to 9, zlib's; Flume's default is 6.
/// Every write can be read by the peer at once.
net::TransportFactory deflateTransport(int level = 6);

} // namespace millrace::rpc
