#include "tls/key_store.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include <cstring>

namespace millrace::tls {
namespace {

using Bio = Owned<BIO, BIO_free>;

struct FreeStack {
    void operator()(STACK_OF(X509) * stack) const { sk_X509_pop_free(stack, X509_free); }
};

Bio bioOf(const StoreFile& file) {
    return Bio(BIO_new_mem_buf(file.bytes.data(), static_cast<int>(file.bytes.size())));
}

/// PKCS #12 of older Java and OpenSSL hides its contents by RC2 and 3DES, which OpenSSL 3 keeps in a drawer of its own.
void openOldDrawer() {
    static const Owned<OSSL_PROVIDER, OSSL_PROVIDER_unload> drawer(OSSL_PROVIDER_try_load(nullptr, "legacy", 1));
    (void)drawer; // without it newer files are still read
}

Result<KeyStore> readPkcs12(const StoreFile& file) {
    openOldDrawer();
    ERR_clear_error();
    const Bio bio = bioOf(file);
    const Owned<PKCS12, PKCS12_free> sealed(d2i_PKCS12_bio(bio.get(), nullptr));
    if (!sealed) return opensslError(ErrorCode::corrupt, file.name + ": no PKCS #12 key store");
    if (PKCS12_mac_present(sealed.get()) && PKCS12_verify_mac(sealed.get(), file.password.c_str(), -1) != 1) {
        ERR_clear_error();
        return Error{ErrorCode::denied, file.name + ": the key store password is wrong", false};
    }
    EVP_PKEY* key = nullptr;
    X509* own = nullptr;
    STACK_OF(X509)* others = nullptr;
    if (PKCS12_parse(sealed.get(), file.password.c_str(), &key, &own, &others) != 1)
        return opensslError(ErrorCode::corrupt, file.name);
    const std::unique_ptr<STACK_OF(X509), FreeStack> kept(others);
    KeyStore store;
    store.key.reset(key);
    if (own != nullptr) store.chain.emplace_back(own);
    auto& rest = store.key ? store.chain : store.trusted;
    while (others != nullptr && sk_X509_num(others) > 0)
        rest.emplace_back(sk_X509_shift(others));
    return store;
}

int password(char* into, int size, int, void* given) {
    const auto& text = *static_cast<const std::string*>(given);
    if (text.size() > static_cast<std::size_t>(size)) return -1;
    std::memcpy(into, text.data(), text.size());
    return static_cast<int>(text.size());
}

Result<KeyStore> readPem(const StoreFile& file) {
    ERR_clear_error();
    std::string secret = file.keyPassword.value_or(file.password);
    KeyStore store;
    const Bio keys = bioOf(file);
    store.key.reset(PEM_read_bio_PrivateKey(keys.get(), nullptr, &password, &secret));
    const bool hasKey = std::string_view(reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size())
                            .find("PRIVATE KEY-----") != std::string_view::npos;
    if (hasKey && !store.key)
        return opensslError(ErrorCode::denied, file.name + ": its private key cannot be read with this password");
    const Bio certificates = bioOf(file);
    auto& into = store.key ? store.chain : store.trusted;
    while (X509* certificate = PEM_read_bio_X509(certificates.get(), nullptr, nullptr, nullptr))
        into.emplace_back(certificate);
    const unsigned long end = ERR_peek_last_error();
    if (ERR_GET_REASON(end) != PEM_R_NO_START_LINE)
        return opensslError(ErrorCode::corrupt, file.name + ": certificate " + std::to_string(into.size() + 1));
    ERR_clear_error();
    if (!store.key && into.empty())
        return Error{ErrorCode::corrupt, file.name + ": holds neither a key nor a certificate", false};
    return store;
}

bool startsWith(const StoreFile& file, std::initializer_list<std::uint8_t> magic) {
    return file.bytes.size() >= magic.size() && std::equal(magic.begin(), magic.end(), file.bytes.begin());
}

} // namespace

Result<KeyStore> readKeyStore(const StoreFile& file) {
    if (startsWith(file, {0xfe, 0xed, 0xfe, 0xed})) return readJks(file);
    if (startsWith(file, {0x30})) return readPkcs12(file);
    if (startsWith(file, {0xce, 0xce, 0xce, 0xce}))
        return Error{ErrorCode::unsupported,
                     file.name + ": a JCEKS key store is not read here; make a PKCS #12 one of it with keytool "
                                 "-importkeystore -deststoretype PKCS12",
                     false};
    const std::string_view text(reinterpret_cast<const char*>(file.bytes.data()), file.bytes.size());
    if (text.find("-----BEGIN ") != std::string_view::npos) return readPem(file);
    return Error{ErrorCode::corrupt, file.name + ": is no key store in JKS, PKCS #12 or PEM", false};
}

} // namespace millrace::tls
