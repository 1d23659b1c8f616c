#include "tls/key_store.h"

#include "tls/fields.h"
#include "tls/store_digest.h"

#include <openssl/crypto.h>
#include <openssl/pkcs12.h>

#include <algorithm>

namespace millrace::tls {
namespace {

constexpr std::uint32_t kPrivateKey = 1;
constexpr std::uint32_t kTrustedCertificate = 2;
constexpr std::uint32_t kMostCertificates = 64; // in one chain
using View = Fields::View;

Error damaged(const StoreFile& file) {
    return damagedStore(file.name, "JKS");
}

/// The PKCS #8 bytes behind salt and keystream; empty when the password does not fit.
std::vector<std::uint8_t> revealed(View hidden, View password) {
    if (hidden.size() < 2 * SHA_DIGEST_LENGTH) return {};
    const View digest = hidden.last(SHA_DIGEST_LENGTH);
    StoreDigest block{};
    std::ranges::copy(hidden.first(SHA_DIGEST_LENGTH), block.begin());
    hidden = hidden.subspan(SHA_DIGEST_LENGTH, hidden.size() - 2 * SHA_DIGEST_LENGTH);
    std::vector<std::uint8_t> plain(hidden.begin(), hidden.end());
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (i % block.size() == 0) block = digestOf({password, block});
        plain[i] ^= block[i % block.size()];
    }
    const StoreDigest found = digestOf({password, plain});
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
    if (plain.empty()) return wrongPassword(file.name, "key");
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

} // namespace

Result<KeyStore> readJks(const StoreFile& file) {
    if (file.bytes.size() < 12 + SHA_DIGEST_LENGTH) return damaged(file);
    Fields fields(View(file.bytes).first(file.bytes.size() - SHA_DIGEST_LENGTH));
    (void)fields.number(4); // what it is was looked at already
    const std::uint32_t version = fields.number(4);
    const std::uint32_t count = fields.number(4);
    if (version != 1 && version != 2) return damaged(file);
    MILLRACE_TRY(checkStoreDigest(file));
    KeyStore store;
    for (std::uint32_t i = 0; i < count; ++i) // each entry takes bytes, so a false count ends at the end of the file
        MILLRACE_TRY(readEntry(file, fields, version, store));
    return store;
}

} // namespace millrace::tls
