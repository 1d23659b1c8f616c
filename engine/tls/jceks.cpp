#include "tls/jceks.h"

#include "tls/fields.h"
#include "tls/java_stream.h"
#include "tls/openssl.h"
#include "tls/store_digest.h"

#include <openssl/asn1.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace millrace::tls {

namespace {

enum Tag : std::uint32_t { privateKey = 1, certificate, secretKey };
constexpr std::uint32_t kMostIterations = 5'000'000; // as Java
using View = Fields::View;

Error damaged(const std::string& file) {
    return damagedStore(file, "JCEKS");
}

std::string lowerCase(View text) {
    std::string lower(text.begin(), text.end());
    for (char& letter : lower)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return lower;
}

void skipCertificate(Fields& fields, std::uint32_t version) {
    if (version == 2) (void)fields.text();
    (void)fields.block();
}

void skipPrivateKey(Fields& fields, std::uint32_t version) {
    (void)fields.block();
    for (std::uint32_t count = fields.number(4); count > 0 && !fields.failed(); --count)
        skipCertificate(fields, version);
}

/// PBEParameterSpec: SEQUENCE { salt OCTET STRING, iterations INTEGER }.
struct PbeParameters {
    std::array<std::uint8_t, 8> salt{};
    std::uint32_t iterations = 0;

    static std::optional<PbeParameters> decode(View der) {
        const std::uint8_t* at = der.data();
        const Owned<STACK_OF(ASN1_TYPE), freeAll> sequence(
            d2i_ASN1_SEQUENCE_ANY(nullptr, &at, static_cast<long>(der.size())));
        if (!sequence || sk_ASN1_TYPE_num(sequence.get()) != 2) return std::nullopt;
        const ASN1_TYPE* salt = sk_ASN1_TYPE_value(sequence.get(), 0);
        const ASN1_TYPE* iterations = sk_ASN1_TYPE_value(sequence.get(), 1);
        PbeParameters read;
        std::int64_t count = 0;
        const bool good = salt->type == V_ASN1_OCTET_STRING && iterations->type == V_ASN1_INTEGER &&
                          ASN1_STRING_length(salt->value.octet_string) == 8 &&
                          ASN1_INTEGER_get_int64(&count, iterations->value.integer) == 1 && count > 0 &&
                          count <= kMostIterations;
        if (!good) return std::nullopt;
        std::copy_n(ASN1_STRING_get0_data(salt->value.octet_string), read.salt.size(), read.salt.begin());
        read.iterations = static_cast<std::uint32_t>(count);
        return read;
    }
    static void freeAll(STACK_OF(ASN1_TYPE) * sequence) { sk_ASN1_TYPE_pop_free(sequence, ASN1_TYPE_free); }
};

/// Key (24 bytes) and first block (8) of PBEWithMD5AndTripleDES: each half of the salt is hashed with the password
/// again and again. Equal halves are told apart by a swap that Java has wrong, and that has to be wrong here too.
std::array<std::uint8_t, 32> derived(PbeParameters parameters, const std::string& password) {
    auto& salt = parameters.salt;
    if (std::equal(salt.begin(), salt.begin() + 4, salt.begin() + 4))
        for (std::size_t i = 0; i < 2; ++i) {
            const std::uint8_t kept = salt[i];
            salt[i] = salt[3 - i];
            salt[2] = kept;
        }
    std::array<std::uint8_t, 32> result{};
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    for (std::size_t half = 0; half < 2; ++half) {
        std::array<std::uint8_t, 16> hash{};
        View hashed = View(salt).subspan(half * 4, 4);
        for (std::uint32_t i = 0; i < parameters.iterations; ++i, hashed = hash) {
            EVP_DigestInit_ex(context.get(), EVP_md5(), nullptr);
            EVP_DigestUpdate(context.get(), hashed.data(), hashed.size());
            EVP_DigestUpdate(context.get(), password.data(), password.size());
            EVP_DigestFinal_ex(context.get(), hash.data(), nullptr);
        }
        std::ranges::copy(hash, result.begin() + static_cast<std::ptrdiff_t>(half * hash.size()));
    }
    return result;
}

/// Empty when the password does not fit.
std::vector<std::uint8_t> unsealed(View sealed, const PbeParameters& parameters, const std::string& password) {
    const auto secret = derived(parameters, password);
    const Owned<EVP_CIPHER_CTX, EVP_CIPHER_CTX_free> cipher(EVP_CIPHER_CTX_new());
    std::vector<std::uint8_t> plain(sealed.size() + EVP_MAX_BLOCK_LENGTH);
    int body = 0, end = 0;
    const bool fits =
        EVP_DecryptInit_ex(cipher.get(), EVP_des_ede3_cbc(), nullptr, secret.data(), secret.data() + 24) == 1 &&
        EVP_DecryptUpdate(cipher.get(), plain.data(), &body, sealed.data(), static_cast<int>(sealed.size())) == 1 &&
        EVP_DecryptFinal_ex(cipher.get(), plain.data() + body, &end) == 1;
    plain.resize(fits ? static_cast<std::size_t>(body + end) : 0);
    return plain;
}

} // namespace

Result<SealedKeys> readJceks(const StoreFile& file) {
    if (file.bytes.size() < 12 + SHA_DIGEST_LENGTH) return damaged(file.name);
    Fields fields(View(file.bytes).first(file.bytes.size() - SHA_DIGEST_LENGTH));
    const std::uint32_t magic = fields.number(4), version = fields.number(4), count = fields.number(4);
    if (magic != 0xcececece)
        return Error{ErrorCode::invalidArgument,
                     file.name + ": this is no JCEKS key store; keytool -genseckey -storetype JCEKS makes one", false};
    if (version != 1 && version != 2) return damaged(file.name);
    MILLRACE_TRY(checkStoreDigest(file));
    SealedKeys all{file.name, {}};
    for (std::uint32_t i = 0; i < count && !fields.failed(); ++i) {
        const std::uint32_t tag = fields.number(4);
        const std::string alias = lowerCase(fields.text());
        (void)fields.take(8); // when it was made
        if (tag == Tag::privateKey) {
            skipPrivateKey(fields, version);
        } else if (tag == Tag::certificate) {
            skipCertificate(fields, version);
        } else {
            const auto object = tag == Tag::secretKey ? readJavaObject(fields.rest()) : std::nullopt;
            if (!object) return damaged(file.name);
            const View sealed = fields.take(object->size);
            all.keys[alias].assign(sealed.begin(), sealed.end());
        }
    }
    if (fields.failed()) return damaged(file.name);
    return all;
}

Result<std::vector<std::uint8_t>> SealedKeys::open(const std::string& alias, const std::string& password) const {
    const auto found = keys.find(lowerCase(View(reinterpret_cast<const std::uint8_t*>(alias.data()), alias.size())));
    if (found == keys.end())
        return Error{ErrorCode::notFound, fmt::format("{}: there is no secret key \"{}\" in it", name, alias), false};
    auto sealed = readJavaObject(found->second);
    if (!sealed || sealed->texts["paramsAlg"] != "PBEWithMD5AndTripleDES") return damaged(name);
    const auto parameters = PbeParameters::decode(sealed->arrays["encodedParams"]);
    if (!parameters) return damaged(name);
    const auto plain = unsealed(sealed->arrays["encryptedContent"], *parameters, password);
    auto key = readJavaObject(plain);
    if (!key && isJavaStream(plain))
        return Error{ErrorCode::unsupported, fmt::format("{}: \"{}\" is no key of AES", name, alias), false};
    if (!key) return wrongPassword(name, "key");
    // javax.crypto.spec.SecretKeySpec has it as "key", java.security.KeyRep as "encoded".
    std::vector<std::uint8_t> bytes = key->arrays["key"];
    if (bytes.empty()) bytes = key->arrays["encoded"];
    if (bytes.empty()) return damaged(name);
    return bytes;
}

} // namespace millrace::tls
