#pragma once

#include "net/udp_socket.h"

namespace millrace::flume {

/// For sources that take datagrams: of any length, and room in the kernel for those of a moment in which the loop has
/// other things to do.
inline net::UdpOptions udpSourceOptions() {
    net::UdpOptions options;
    options.kernelBufferBytes = 1 << 20;
    return options;
}

} // namespace millrace::flume
