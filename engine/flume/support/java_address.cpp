#include "flume/support/java_address.h"

#include <arpa/inet.h>
#include <fmt/core.h>

namespace millrace::flume {

std::string javaHostAddress(const std::string& literal) {
    in6_addr address;
    if (::inet_pton(AF_INET6, literal.c_str(), &address) != 1) return literal;
    std::string text;
    for (int i = 0; i < 16; i += 2)
        text += fmt::format("{}{:x}", i == 0 ? "" : ":", address.s6_addr[i] << 8 | address.s6_addr[i + 1]);
    return text;
}

std::string javaSocketAddress(const net::Address& address) {
    const std::string host = javaHostAddress(address.host);
    const bool six = host.find(':') != std::string::npos;
    return six ? fmt::format("/[{}]:{}", host, address.port) : fmt::format("/{}:{}", host, address.port);
}

} // namespace millrace::flume
