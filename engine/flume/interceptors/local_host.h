#pragma once

#include <string>

namespace millrace::flume {

/// This computer: the address that its own name resolves to, as Java's InetAddress.getLocalHost() sees it, and the
/// canonical form of that name, where Java looks the address up backwards and may find "localhost". Empty when the
/// lookup fails. Both may wait for a name server.
std::string localAddress();
std::string localName();

} // namespace millrace::flume
