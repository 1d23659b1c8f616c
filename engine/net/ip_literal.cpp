#include "net/ip_literal.h"

#include "net/endpoint.h"

#include <arpa/inet.h>
#include <netinet/in.h>

namespace millrace::net {

std::string usualForm(std::string_view host) {
    std::string text(host);
    if (host.find(':') == std::string_view::npos || host.find('\0') != std::string_view::npos) return text;
    Endpoint endpoint;
    auto& v6 = reinterpret_cast<sockaddr_in6&>(endpoint.storage);
    v6.sin6_family = AF_INET6;
    return ::inet_pton(AF_INET6, text.c_str(), &v6.sin6_addr) == 1 ? toAddress(endpoint).host : text;
}

} // namespace millrace::net
