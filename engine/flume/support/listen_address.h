#pragma once

#include "net/address.h"

namespace millrace::flume {

/// Where a source listens: without a host on all addresses of this computer, as java.net.InetSocketAddress(port), on
/// both IPv6 and IPv4 where there are both.
net::Address listenAddress(const net::Address& configured);

} // namespace millrace::flume
