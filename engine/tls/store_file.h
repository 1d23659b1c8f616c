#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace millrace::tls {

/// A key store or trust store as it was read. Passwords are as the file's owner wrote them.
struct StoreFile {
    std::string name; ///< for errors
    std::vector<std::uint8_t> bytes;
    std::string password;
    std::optional<std::string> keyPassword{}; ///< of the key in it; nothing = the same
};

} // namespace millrace::tls
