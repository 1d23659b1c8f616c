#include "tls/password_hash.h"

#include "base/assertion.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

namespace millrace::tls {

namespace {

const EVP_MD* digestOf(Hash hash) {
    return hash == Hash::sha256 ? EVP_sha256() : EVP_sha512();
}

} // namespace

std::vector<std::uint8_t> hashOf(Hash hash, ByteView bytes) {
    std::vector<std::uint8_t> digest(sizeOf(hash));
    const int done = EVP_Digest(bytes.data(), bytes.size(), digest.data(), nullptr, digestOf(hash), nullptr);
    MILLRACE_ASSERT(done == 1, "OpenSSL has no {} bit hash", 8 * sizeOf(hash));
    return digest;
}

std::vector<std::uint8_t> hmac(Hash hash, ByteView key, ByteView text) {
    static constexpr std::uint8_t kNothing = 0; // OpenSSL takes no null for an empty key
    std::vector<std::uint8_t> digest(sizeOf(hash));
    const void* begin = key.empty() ? &kNothing : key.data();
    const auto* done =
        HMAC(digestOf(hash), begin, static_cast<int>(key.size()), text.data(), text.size(), digest.data(), nullptr);
    MILLRACE_ASSERT(done != nullptr, "OpenSSL has no {} bit hash", 8 * sizeOf(hash));
    return digest;
}

std::vector<std::uint8_t> stretched(Hash hash, std::string_view password, ByteView salt, int iterations) {
    std::vector<std::uint8_t> key(sizeOf(hash));
    const int done = PKCS5_PBKDF2_HMAC(password.data(), static_cast<int>(password.size()), salt.data(),
                                       static_cast<int>(salt.size()), iterations, digestOf(hash),
                                       static_cast<int>(key.size()), key.data());
    MILLRACE_ASSERT(done == 1, "a password cannot be stretched {} times", iterations);
    return key;
}

bool areSame(ByteView one, ByteView other) {
    return one.size() == other.size() && (one.empty() || CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0);
}

std::vector<std::uint8_t> secretBytes(std::size_t count) {
    std::vector<std::uint8_t> bytes(count);
    MILLRACE_ASSERT(RAND_bytes(bytes.data(), static_cast<int>(count)) == 1, "the system gives no random bytes");
    return bytes;
}

} // namespace millrace::tls
