#include "tls/allowed.h"

#include <fmt/format.h>

#include <algorithm>

namespace millrace::tls {
namespace {

using Names = std::vector<std::string>;

struct Protocol {
    const char* name; ///< Java's
    std::uint64_t off;
};
constexpr Protocol kProtocols[] = {{"TLSv1.2", SSL_OP_NO_TLSv1_2}, {"TLSv1.3", SSL_OP_NO_TLSv1_3}};

bool has(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

bool isLeft(const Names& included, const Names& excluded, std::string_view name) {
    return (included.empty() || has(included, name)) && !has(excluded, name);
}

Error nothingLeft(const char* what, const Names& included, const Names& excluded) {
    return {ErrorCode::invalidArgument,
            fmt::format("TLS: no {} is left: included are \"{}\", excluded \"{}\"; TLSv1.2 and TLSv1.3 with the cipher "
                        "suites of OpenSSL are there",
                        what, fmt::join(included, " "), fmt::join(excluded, " ")),
            false};
}

Status applyProtocols(const Allowed& allowed, SSL_CTX& context) {
    SSL_CTX_set_min_proto_version(&context, TLS1_2_VERSION);
    std::size_t left = 0;
    for (const Protocol& protocol : kProtocols)
        if (isLeft(allowed.includedProtocols, allowed.excludedProtocols, protocol.name))
            ++left;
        else
            SSL_CTX_set_options(&context, protocol.off);
    if (left == 0) return nothingLeft("protocol version", allowed.includedProtocols, allowed.excludedProtocols);
    return ok();
}

Status applyCiphers(const Allowed& allowed, SSL_CTX& context) {
    if (allowed.includedCiphers.empty() && allowed.excludedCiphers.empty()) return ok();
    Names older, newer; // TLS 1.3 has a list of its own
    const STACK_OF(SSL_CIPHER)* offered = SSL_CTX_get_ciphers(&context);
    for (int i = 0; i < sk_SSL_CIPHER_num(offered); ++i) {
        const SSL_CIPHER* cipher = sk_SSL_CIPHER_value(offered, i);
        if (!isLeft(allowed.includedCiphers, allowed.excludedCiphers, SSL_CIPHER_standard_name(cipher))) continue;
        const bool isNew = std::string_view(SSL_CIPHER_get_version(cipher)) == "TLSv1.3";
        (isNew ? newer : older).emplace_back(SSL_CIPHER_get_name(cipher));
    }
    if (older.empty() && newer.empty())
        return nothingLeft("cipher suite", allowed.includedCiphers, allowed.excludedCiphers);
    SSL_CTX_set_ciphersuites(&context, fmt::format("{}", fmt::join(newer, ":")).c_str());
    if (newer.empty()) SSL_CTX_set_options(&context, SSL_OP_NO_TLSv1_3);
    if (older.empty())
        SSL_CTX_set_options(&context, SSL_OP_NO_TLSv1_2);
    else
        SSL_CTX_set_cipher_list(&context, fmt::format("{}", fmt::join(older, ":")).c_str());
    return ok();
}

} // namespace

Status apply(const Allowed& allowed, SSL_CTX& context) {
    MILLRACE_TRY(applyProtocols(allowed, context));
    return applyCiphers(allowed, context);
}

} // namespace millrace::tls
