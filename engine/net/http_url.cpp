#include "net/http_client.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::net {

namespace {

Error badUrl(std::string_view url, const std::string& why) {
    return {ErrorCode::invalidArgument, fmt::format("\"{}\" is no URL of HTTP: {}", url, why)};
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool startsWithScheme(std::string_view url, std::string_view scheme) {
    return url.size() >= scheme.size() && std::equal(scheme.begin(), scheme.end(), url.begin(),
                                                     [](char wanted, char given) { return wanted == lower(given); });
}

} // namespace

Result<HttpUrl> parseHttpUrl(std::string_view url) {
    constexpr std::string_view kPlain = "http://", kSecure = "https://";
    HttpUrl parsed;
    parsed.secure = startsWithScheme(url, kSecure);
    if (!parsed.secure && !startsWithScheme(url, kPlain)) return badUrl(url, "it begins with http:// or https://");
    const std::string_view rest = url.substr(parsed.secure ? kSecure.size() : kPlain.size());
    // A blank or a line's end would write a request of its own.
    if (std::any_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 127; }))
        return badUrl(url, "blanks and control characters are written as %20 and the like");
    const auto end = std::min(rest.find_first_of("/?#"), rest.size());
    std::string host(rest.substr(0, end));
    if (host.find('@') != std::string::npos) return badUrl(url, "a user and password do not belong into it");
    if (const auto colon = host.rfind(':'); colon == std::string::npos || host.ends_with(']'))
        host += parsed.secure ? ":443" : ":80";
    auto address = parseAddress(host);
    if (!address) return badUrl(url, address.error().message);
    if (address->host.empty()) return badUrl(url, "the host is missing");
    parsed.address = std::move(*address);
    const std::string_view target = rest.substr(end, std::min(rest.find('#'), rest.size()) - end);
    if (!target.empty()) parsed.target = (target.front() == '?' ? "/" : "") + std::string(target);
    return parsed;
}

} // namespace millrace::net
