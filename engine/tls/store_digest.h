#pragma once

#include "base/result.h"
#include "tls/store_file.h"

#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What the key stores of Java have in common, for this folder only.
namespace millrace::tls {

using StoreDigest = std::array<std::uint8_t, SHA_DIGEST_LENGTH>;

/// As Java hashes passwords: two bytes a character.
std::vector<std::uint8_t> wide(std::string_view password);
/// SHA-1 of them one behind the other.
StoreDigest digestOf(std::initializer_list<std::span<const std::uint8_t>> parts);
/// Whether the last bytes of the file are the digest that its password makes; an empty password is not looked at.
Status checkStoreDigest(const StoreFile& file);
Error wrongPassword(const std::string& file, std::string_view which);
Error damagedStore(const std::string& file, std::string_view kind);

} // namespace millrace::tls
