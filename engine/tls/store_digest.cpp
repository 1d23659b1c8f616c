#include "tls/store_digest.h"

#include "tls/openssl.h"

#include <algorithm>

namespace millrace::tls {

namespace {
constexpr std::string_view kDigestSalt = "Mighty Aphrodite";
}

std::vector<std::uint8_t> wide(std::string_view password) {
    std::vector<std::uint8_t> bytes;
    for (const char letter : password) {
        bytes.push_back(0);
        bytes.push_back(static_cast<std::uint8_t>(letter));
    }
    return bytes;
}

StoreDigest digestOf(std::initializer_list<std::span<const std::uint8_t>> parts) {
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    EVP_DigestInit_ex(context.get(), EVP_sha1(), nullptr);
    for (const auto part : parts)
        EVP_DigestUpdate(context.get(), part.data(), part.size());
    StoreDigest digest{};
    EVP_DigestFinal_ex(context.get(), digest.data(), nullptr);
    return digest;
}

Status checkStoreDigest(const StoreFile& file) {
    if (file.password.empty()) return ok();
    const std::span<const std::uint8_t> all(file.bytes);
    const std::span salt(reinterpret_cast<const std::uint8_t*>(kDigestSalt.data()), kDigestSalt.size());
    const StoreDigest expected = digestOf({wide(file.password), salt, all.first(all.size() - SHA_DIGEST_LENGTH)});
    if (!std::ranges::equal(expected, all.last(SHA_DIGEST_LENGTH))) return wrongPassword(file.name, "key store");
    return ok();
}

Error wrongPassword(const std::string& file, std::string_view which) {
    return {ErrorCode::denied, file + ": the " + std::string(which) + " password is wrong", false};
}

Error damagedStore(const std::string& file, std::string_view kind) {
    return {ErrorCode::corrupt, file + ": the " + std::string(kind) + " key store is damaged or cut off", false};
}

} // namespace millrace::tls
