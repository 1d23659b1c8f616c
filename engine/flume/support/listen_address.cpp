#include "flume/support/listen_address.h"

namespace millrace::flume {

net::Address listenAddress(const net::Address& configured) {
    if (!configured.host.empty()) return configured;
    return {net::canBind({"::", 0}) ? "::" : "0.0.0.0", configured.port};
}

} // namespace millrace::flume
