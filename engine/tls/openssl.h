#pragma once

#include "base/result.h"

#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

/// OpenSSL's objects as owned values, for this folder only.
namespace millrace::tls {

template <auto Free>
struct FreeWith {
    template <typename T>
    void operator()(T* object) const {
        Free(object);
    }
};
template <typename T, auto Free>
using Owned = std::unique_ptr<T, FreeWith<Free>>;

using Certificate = Owned<X509, X509_free>;
using PrivateKey = Owned<EVP_PKEY, EVP_PKEY_free>;

/// What OpenSSL has to say about the last call on this thread; forgets it. `nothing` when it is silent.
std::string lastReason(std::string_view nothing);

/// "<what>: <OpenSSL's reason>".
Error opensslError(ErrorCode code, const std::string& what);

} // namespace millrace::tls
