#pragma once

#include "base/result.h"
#include "tls/store_file.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace millrace::tls {

/// The secret keys of a JCEKS store (com.sun.crypto.provider.JceKeyStore), still sealed, by their alias in lower case.
/// Private keys and certificates are passed over.
struct SealedKeys {
    std::string name; ///< of the file, for errors
    std::map<std::string, std::vector<std::uint8_t>> keys;

    /// The bytes of one key. Errors: notFound, denied for a wrong password, corrupt.
    Result<std::vector<std::uint8_t>> open(const std::string& alias, const std::string& password) const;
};

/// Looks at the store's digest, which knows its password. A wrong password and a damaged file are told apart.
Result<SealedKeys> readJceks(const StoreFile& file);

} // namespace millrace::tls
