#pragma once

#include "tls/openssl.h"
#include "tls/tls_options.h"

namespace millrace::tls {

/// Leaves in `context` what is allowed. An error when nothing is left.
Status apply(const Allowed& allowed, SSL_CTX& context);

} // namespace millrace::tls
