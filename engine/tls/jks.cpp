#include "tls/key_store.h"

#include <openssl/crypto.h>
#include <openssl/pkcs12.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>

namespace millrace::tls {
namespace {

constexpr std::uint32_t kPrivateKey = 1;
constexpr std::uint32_t kTrustedCertificate = 2;
constexpr std::uint32_t kMostCertificates = 64; // in one chain
constexpr std::string_view kDigestSalt = "Mighty Aphrodite";
using Digest = std::array<std::uint8_t, SHA_DIGEST_LENGTH>;
using View = std::span<const std::uint8_t>;

/// Big-endian fields; once one is missing, all that follow are empty.
class Fields {
public:
    explicit Fields(View bytes) : bytes_(bytes) {}
    bool failed() const { return failed_; }
    View take(std::size_t count) {
        failed_ = failed_ || count > bytes_.size();
        if (failed_) return {};
        const View taken = bytes_.first(count);
        bytes_ = bytes_.subspan(count);
        return taken;
    }
    std::uint32_t number(std::size_t width) {
        std::uint32_t value = 0;
        for (const std::uint8_t byte : take(width))
            value = value << 8 | byte;
        return value;
    }
    View text() { return take(number(2)); }
    View block() { return take(number(4)); }

private:
    View bytes_;
    bool failed_ = false;
};

/// As Java hashes passwords: two bytes a character.
std::vector<std::uint8_t> wide(std::string_view password) {
    std::vector<std::uint8_t> bytes;
    for (const char letter : password) {
        bytes.push_back(0);
        bytes.push_back(static_cast<std::uint8_t>(letter));
    }
    return bytes;
}

Digest digestOf(std::initializer_list<View> parts) {
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    EVP_DigestInit_ex(context.get(), EVP_sha1(), nullptr);
    for (const View part : parts)
        EVP_DigestUpdate(context.get(), part.data(), part.size());
    Digest digest{};
    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
    return digest;
}

Error damaged(const StoreFile& file) {
    return {ErrorCode::corrupt, file.name + ": the JKS key store is damaged or cut off", false};
}

Error wrongPassword(const StoreFile& file, std::string_view which) {
    return {ErrorCode::denied, file.name + ": the " + std::string(which) + " password is wrong", false};
}

/// The PKCS #8 bytes behind salt and keystream; empty when the password does not fit.
std::vector<std::uint8_t> revealed(View hidden, View password) {
    if (hidden.size() < 2 * SHA_DIGEST_LENGTH) return {};
    const View digest = hidden.last(SHA_DIGEST_LENGTH);
    Digest block{};
    std::ranges::copy(hidden.first(SHA_DIGEST_LENGTH), block.begin());
    hidden = hidden.subspan(SHA_DIGEST_LENGTH, hidden.size() - 2 * SHA_DIGEST_LENGTH);
    std::vector<std::uint8_t> plain(hidden.begin(), hidden.end());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i % block.size() == 0) block = digestOf({password, block});
        plain[i] ^= block[i % block.size()];
    }
    const Digest found = digestOf({password, plain});
    return CRYPTO_memcmp(found.data(), digest.data(), found.size()) == 0 ? plain : std::vector<std::uint8_t>();
}

Result<PrivateKey> readKey(const StoreFile& file, View der) {
    const std::uint8_t* at = der.data();
    const Owned<X509_SIG, X509_SIG_free> sealed(d2i_X509_SIG(nullptr, &at, static_cast<long>(der.size())));
    if (!sealed) return damaged(file);
    const ASN1_OCTET_STRING* hidden = nullptr;
    X509_SIG_get0(sealed.get(), nullptr, &hidden);
    const auto plain = revealed({ASN1_STRING_get0_data(hidden), static_cast<std::size_t>(ASN1_STRING_length(hidden))},
                                wide(file.keyPassword.value_or(file.password)));
    if (plain.empty()) return wrongPassword(file, "key");
    const std::uint8_t* start = plain.data();
    PrivateKey key(d2i_AutoPrivateKey(nullptr, &start, static_cast<long>(plain.size())));
    if (!key) return opensslError(ErrorCode::corrupt, file.name + ": its private key");
    return key;
}

Result<Certificate> readCertificate(const StoreFile& file, Fields& fields, std::uint32_t version) {
    if (version == 2) (void)fields.text(); // its kind, always X.509
    const View der = fields.block();
    if (fields.failed()) return damaged(file);
    const std::uint8_t* at = der.data();
    Certificate certificate(d2i_X509(nullptr, &at, static_cast<long>(der.size())));
    if (!certificate) return opensslError(ErrorCode::corrupt, file.name + ": a certificate in it");
    return certificate;
}

Status readKeyEntry(const StoreFile& file, Fields& fields, std::uint32_t version, KeyStore& store) {
    const View sealed = fields.block();
    const std::uint32_t count = fields.number(4);
    if (fields.failed() || count > kMostCertificates) return damaged(file);
    std::vector<Certificate> chain;
    for (std::uint32_t i = 0; i < count; ++i) {
        auto certificate = readCertificate(file, fields, version);
        if (!certificate) return std::move(certificate).error();
        chain.push_back(std::move(*certificate));
    }
    if (store.key) return ok();
    auto key = readKey(file, sealed);
    if (!key) return std::move(key).error();
    store.key = std::move(*key);
    store.chain = std::move(chain);
    return ok();
}

Status readEntry(const StoreFile& file, Fields& fields, std::uint32_t version, KeyStore& store) {
    const std::uint32_t tag = fields.number(4);
    (void)fields.text();  // its alias
    (void)fields.take(8); // when it was made
    if (tag == kPrivateKey) return readKeyEntry(file, fields, version, store);
    if (tag != kTrustedCertificate) return damaged(file);
    auto certificate = readCertificate(file, fields, version);
    if (!certificate) return std::move(certificate).error();
    store.trusted.push_back(std::move(*certificate));
    return ok();
}

Status checkDigest(const StoreFile& file) {
    if (file.password.empty()) return ok();
    const View all(file.bytes);
    const View salt(reinterpret_cast<const std::uint8_t*>(kDigestSalt.data()), kDigestSalt.size());
    const Digest expected = digestOf({wide(file.password), salt, all.first(all.size() - SHA_DIGEST_LENGTH)});
    if (!std::ranges::equal(expected, all.last(SHA_DIGEST_LENGTH))) return wrongPassword(file, "key store");
    return ok();
}

} // namespace

Result<KeyStore> readJks(const StoreFile& file) {
    if (file.bytes.size() < 12 + SHA_DIGEST_LENGTH) return damaged(file);
    Fields fields(View(file.bytes).first(file.bytes.size() - SHA_DIGEST_LENGTH));
    (void)fields.number(4); // what it is was looked at already
    const std::uint32_t version = fields.number(4);
    const std::uint32_t count = fields.number(4);
    if (version != 1 && version != 2) return damaged(file);
    MILLRACE_TRY(checkDigest(file));
    KeyStore store;
    for (std::uint32_t i = 0; i < count; ++i) // each entry takes bytes, so a false count ends at the end of the file
        MILLRACE_TRY(readEntry(file, fields, version, store));
    return store;
}

} // namespace millrace::tls
