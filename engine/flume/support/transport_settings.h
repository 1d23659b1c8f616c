#pragma once

#include "flume/component_services.h"
#include "flume/settings.h"
#include "net/transport.h"

namespace millrace::flume {

/// What carries the bytes of a component with the property `ssl`: TLS over `below`, or `below` alone, where empty is
/// the socket itself. Reads `ssl` and the properties beside it, and the key stores that they name. Errors name the
/// property.
Result<net::TransportFactory> readServerTransport(Settings& settings, const ComponentServices& services,
                                                  net::TransportFactory below = {});

/// The same for whoever connects. Host names are not verified, as Flume does not
/// (org.apache.flume.api.NettyAvroRpcClient). Without a trust store the system's certificates are trusted, as Java
/// trusts its own; `trustsAll` trusts whoever answers.
Result<net::TransportFactory> readClientTransport(Settings& settings, const ComponentServices& services, bool trustsAll,
                                                  net::TransportFactory below = {});

} // namespace millrace::flume
