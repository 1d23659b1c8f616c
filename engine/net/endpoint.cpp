#include "net/endpoint.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <fmt/core.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

namespace millrace::net {

Address toAddress(const Endpoint& endpoint) {
    char text[INET6_ADDRSTRLEN] = "";
    if (endpoint.family() == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(endpoint.storage);
        ::inet_ntop(AF_INET, &v4.sin_addr, text, sizeof text);
        return {text, ntohs(v4.sin_port)};
    }
    if (endpoint.family() == AF_INET6) {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
        // A socket that takes both kinds sees IPv4 inside of IPv6: nobody else calls the address so.
        if (IN6_IS_ADDR_V4MAPPED(&v6.sin6_addr))
            ::inet_ntop(AF_INET, &v6.sin6_addr.s6_addr[12], text, sizeof text);
        else
            ::inet_ntop(AF_INET6, &v6.sin6_addr, text, sizeof text);
        return {text, ntohs(v6.sin6_port)};
    }
    return {};
}

static Address nameOf(int fd, int (*ask)(int, sockaddr*, socklen_t*)) {
    Endpoint endpoint;
    endpoint.length = sizeof endpoint.storage;
    if (ask(fd, reinterpret_cast<sockaddr*>(&endpoint.storage), &endpoint.length) != 0) return {};
    return toAddress(endpoint);
}

Address localAddress(int fd) {
    return nameOf(fd, ::getsockname);
}
Address peerAddress(int fd) {
    return nameOf(fd, ::getpeername);
}

Result<std::vector<Endpoint>> resolve(const Address& address, ResolveFor use) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_NUMERICSERV;
    if (use == ResolveFor::listening) hints.ai_flags |= AI_PASSIVE;
    if (use == ResolveFor::sending) hints.ai_flags |= AI_NUMERICHOST;
    const std::string host = address.host.empty() ? "127.0.0.1" : address.host;
    addrinfo* found = nullptr;
    const int failed = ::getaddrinfo(host.c_str(), std::to_string(address.port).c_str(), &hints, &found);
    if (failed != 0) {
        const bool again = failed == EAI_AGAIN;
        return Error{again ? ErrorCode::io : ErrorCode::invalidArgument,
                     fmt::format("unknown host \"{}\": {}", host, ::gai_strerror(failed)), again};
    }
    std::vector<Endpoint> endpoints;
    for (const addrinfo* at = found; at; at = at->ai_next) {
        Endpoint endpoint;
        std::memcpy(&endpoint.storage, at->ai_addr, at->ai_addrlen);
        endpoint.length = at->ai_addrlen;
        endpoints.push_back(endpoint);
    }
    ::freeaddrinfo(found);
    if (endpoints.empty())
        return Error{ErrorCode::invalidArgument, fmt::format("the host \"{}\" has no address", host)};
    return endpoints;
}

static Error listenError(int errnoValue, const Address& address) {
    const std::string where = address.toString();
    if (errnoValue == EADDRINUSE)
        return {ErrorCode::addressInUse,
                fmt::format("{} is taken by another program; stop it or choose another port", where), true};
    if (errnoValue == EACCES)
        return {ErrorCode::denied,
                fmt::format("listening on {} is not permitted; ports below 1024 need rights", where)};
    if (errnoValue == EADDRNOTAVAIL)
        return {ErrorCode::invalidArgument, fmt::format("{} is no address of this computer", where)};
    return errnoError(errnoValue, "listen on " + where);
}

const Endpoint& endpointToListenOn(const std::vector<Endpoint>& endpoints) {
    const auto v4 = std::find_if(endpoints.begin(), endpoints.end(),
                                 [](const Endpoint& endpoint) { return endpoint.family() == AF_INET; });
    return v4 == endpoints.end() ? endpoints.front() : *v4;
}

Result<UniqueFd> openBoundSocket(const Address& address, int type) {
    auto endpoints = resolve(address, ResolveFor::listening);
    if (!endpoints) return endpoints.error();
    const Endpoint& endpoint = endpointToListenOn(*endpoints);
    UniqueFd fd(::socket(endpoint.family(), type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!fd) return listenError(errno, address);
    // A port whose last connections still fade out may be bound again at once; one in use may not.
    // (Of datagrams two sockets would share it.)
    const int on = type == SOCK_STREAM;
    ::setsockopt(fd.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(fd.get(), endpoint.get(), endpoint.length) != 0) return listenError(errno, address);
    return fd;
}

Result<UniqueFd> openListeningSocket(const Address& address) {
    auto fd = openBoundSocket(address, SOCK_STREAM);
    if (fd && ::listen(fd->get(), SOMAXCONN) != 0) return listenError(errno, address);
    return fd;
}

void setConnectionOptions(int fd) {
    const int on = 1;
    ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(fd, SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on);
}

bool canBind(const Address& address) {
    return openListeningSocket(address).has_value();
}

Result<std::uint16_t> freePort(const std::string& host) {
    auto fd = openListeningSocket({host, 0});
    if (!fd) return fd.error();
    return localAddress(fd->get()).port;
}

} // namespace millrace::net
