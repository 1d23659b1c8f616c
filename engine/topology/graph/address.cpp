#include "topology/graph/address.h"

#include "topology/text/escapes.h"
#include "topology/graph/keys.h"

#include <algorithm>
#include <charconv>

namespace millrace::topology {

std::string alikeHost(std::string_view host) {
    std::string h(trimmed(host));
    if (h.size() > 1 && h.front() == '[' && h.back() == ']') h = h.substr(1, h.size() - 2);
    std::transform(h.begin(), h.end(), h.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (h.empty() || h == "0.0.0.0" || h == "::" || h == "*" || h == "0:0:0:0:0:0:0:0") return "*";
    const bool numeric = h.find_first_not_of("0123456789.") == std::string::npos;
    if ((numeric && h.starts_with("127.")) || h == "::1" || h == "0:0:0:0:0:0:0:1" || h == "localhost.localdomain" ||
        h == "ip6-localhost" || h == "localhost.") {
        return "localhost";
    }
    return h;
}

bool isWildcard(std::string_view alikeHost) {
    return alikeHost == "*";
}

std::optional<int> parsePort(std::string_view text) {
    text = trimmed(text);
    int port = -1;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || port < 0 || port > 65535) return std::nullopt;
    return port;
}

std::optional<HostPort> parseHostPort(std::string_view text) {
    text = trimmed(text);
    if (const std::size_t scheme = text.find("://"); scheme != std::string_view::npos) text.remove_prefix(scheme + 3);
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = parsePort(text.substr(colon + 1));
    if (!port) return std::nullopt;
    std::string host(text.substr(0, colon));
    if (host.size() > 1 && host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
    return HostPort{std::move(host), *port};
}

std::set<std::string> alikeServers(std::string_view list) {
    std::set<std::string> out;
    for (const std::string& part : splitOn(list, ',')) {
        if (part.empty()) continue;
        const auto server = parseHostPort(part);
        if (!server) {
            out.insert(part);
            continue;
        }
        const std::string host = alikeHost(server->host);
        out.insert((isWildcard(host) ? std::string("localhost") : host) + ":" + std::to_string(server->port));
    }
    return out;
}

} // namespace millrace::topology
