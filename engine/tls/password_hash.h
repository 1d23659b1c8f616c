#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

/// What proofs of passwords are made of (RFC 5802 §2.2). Any thread.
namespace millrace::tls {

enum class Hash { sha256, sha512 };
using ByteView = std::span<const std::uint8_t>;

constexpr std::size_t sizeOf(Hash hash) {
    return hash == Hash::sha256 ? 32 : 64;
}
std::vector<std::uint8_t> hashOf(Hash hash, ByteView bytes);
std::vector<std::uint8_t> hmac(Hash hash, ByteView key, ByteView text);
/// Hi() of RFC 5802, which is PBKDF2 (RFC 8018) of one block. Precondition: iterations > 0.
std::vector<std::uint8_t> stretched(Hash hash, std::string_view password, ByteView salt, int iterations);
/// Takes as long whether they are the same or not; only of different lengths it is told at once.
bool areSame(ByteView one, ByteView other);
/// That nobody can guess.
std::vector<std::uint8_t> secretBytes(std::size_t count);

inline ByteView viewOf(std::string_view text) {
    return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

} // namespace millrace::tls
