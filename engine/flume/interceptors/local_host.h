#pragma once

#include <string>

namespace millrace::flume {

/// This computer as Java's InetAddress.getLocalHost() sees it: the address that its own name resolves to, and the
/// canonical form of that name. Empty when the lookup fails. Both may wait for a name server.
std::string localAddress();
std::string localName();

} // namespace millrace::flume
