#pragma once

#include "tls/openssl.h"
#include "tls/store_file.h"

#include <vector>

namespace millrace::tls {

/// What stands in a key store or trust store.
struct KeyStore {
    PrivateKey key;                   ///< null in a store without a key
    std::vector<Certificate> chain;   ///< of the key, its own certificate first
    std::vector<Certificate> trusted; ///< certificates that stand alone
};

/// Reads JKS, PKCS #12 and PEM; the bytes tell which it is, as Java's own reader of "JKS" takes PKCS #12 too. The first
/// key counts. A wrong password, a damaged file and a format that is none of these are told apart.
Result<KeyStore> readKeyStore(const StoreFile& file);

/// Java's own format (sun.security.provider.JavaKeyStore, versions 1 and 2): big-endian, keys hidden by a SHA-1
/// keystream of the password, all of it followed by a digest that knows the password. With an empty password
/// certificates are read without the digest being looked at.
Result<KeyStore> readJks(const StoreFile& file);

} // namespace millrace::tls
