#pragma once

#include "net/transport.h"
#include "tls/openssl.h"

#include <memory>
#include <string>

namespace millrace::tls {

using Context = Owned<SSL_CTX, SSL_CTX_free>;

enum class Side { server, client };

/// TLS over `below`; a client demands that the certificate is for `host` unless it is empty.
std::unique_ptr<net::Transport> makeTlsTransport(SSL_CTX& context, Side side, const std::string& host,
                                                 std::unique_ptr<net::Transport> below);

} // namespace millrace::tls
