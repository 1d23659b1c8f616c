#pragma once

#include "net/transport.h"
#include "tls/openssl.h"

#include <optional>

namespace millrace::tls {

/// What OpenSSL's records are carried by.
struct Below {
    std::unique_ptr<net::Transport> transport;
    std::optional<Error> failed; ///< OpenSSL has no words for it
};

/// OpenSSL's way to `below`, which outlives it. Owned by the SSL it is given to.
BIO* makeTransportBio(Below& below);

} // namespace millrace::tls
