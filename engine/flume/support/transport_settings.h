#pragma once

#include "flume/settings.h"
#include "net/transport.h"

#include <initializer_list>
#include <string_view>

namespace millrace::flume {

/// What carries the bytes of a component with the property `ssl`; empty = the socket itself. `others` are the
/// properties beside it. An error at `ssl` when it asks for TLS, which this version does not have.
inline Result<net::TransportFactory> readTransport(Settings& settings, std::initializer_list<std::string_view> others) {
    for (const auto key : others)
        (void)settings.textIfSet(key);
    if (!settings.flag("ssl")) return net::TransportFactory();
    return Error{ErrorCode::unsupported,
                 settings.who() + ": ssl = true, but TLS does not run in this version; set ssl = false or run this "
                                  "component in Apache Flume",
                 false};
}

} // namespace millrace::flume
