#include "tls/aes_ctr.h"

#include "base/assertion.h"
#include "tls/openssl.h"

#include <openssl/rand.h>

#include <algorithm>

namespace millrace::tls {

namespace {

using Cipher = Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free>;

const EVP_CIPHER* cipherFor(std::size_t keyBytes) {
    switch (keyBytes) {
    case 16:
        return EVP_aes_128_ctr();
    case 24:
        return EVP_aes_192_ctr();
    case 32:
        return EVP_aes_256_ctr();
    default:
        return nullptr;
    }
}

/// The counter so many blocks on: one big-endian number of 128 bits.
AesCtr::Nonce advanced(AesCtr::Nonce counter, std::uint64_t blocks) {
    unsigned carry = 0;
    for (std::size_t i = counter.size(); i-- > 0;) {
        const unsigned sum = counter[i] + static_cast<unsigned>(blocks & 0xff) + carry;
        counter[i] = static_cast<std::uint8_t>(sum);
        carry = sum >> 8;
        blocks >>= 8;
    }
    return counter;
}

void update(EVP_CIPHER_CTX* cipher, const std::uint8_t* from, std::uint8_t* to, std::size_t count) {
    int done = 0;
    const int made = EVP_EncryptUpdate(cipher, to, &done, from, static_cast<int>(count));
    MILLRACE_ASSERT(made == 1 && done == static_cast<int>(count), "a stream cipher gives back what it gets");
}

} // namespace

Result<AesCtr> AesCtr::make(std::vector<std::uint8_t> key, const Nonce& nonce) {
    if (cipherFor(key.size()) != nullptr) return AesCtr(std::move(key), nonce);
    return Error{ErrorCode::invalidArgument,
                 fmt::format("a key of {} bytes is none of AES, which takes 16, 24 or 32", key.size()), false};
}

AesCtr::Nonce AesCtr::freshNonce() {
    Nonce nonce{};
    const int made = RAND_bytes(nonce.data(), static_cast<int>(nonce.size()));
    MILLRACE_ASSERT(made == 1, "OpenSSL seeds itself from the system");
    return nonce;
}

void AesCtr::apply(std::uint64_t position, std::span<std::uint8_t> bytes) const {
    constexpr std::size_t kAtOnce = 1 << 30; // OpenSSL counts in int
    const Nonce counter = advanced(nonce_, position / kBlock);
    const Cipher cipher(EVP_CIPHER_CTX_new());
    const int begun = EVP_EncryptInit_ex(cipher.get(), cipherFor(key_.size()), nullptr, key_.data(), counter.data());
    MILLRACE_ASSERT(begun == 1, "the key was looked at");
    std::array<std::uint8_t, kBlock> skipped{};
    update(cipher.get(), skipped.data(), skipped.data(), static_cast<std::size_t>(position % kBlock));
    while (!bytes.empty()) {
        const std::size_t count = std::min(bytes.size(), kAtOnce);
        update(cipher.get(), bytes.data(), bytes.data(), count);
        bytes = bytes.subspan(count);
    }
}

} // namespace millrace::tls
