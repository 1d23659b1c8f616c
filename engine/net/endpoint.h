#pragma once

#include "net/listener.h"
#include "net/unique_fd.h"

#include <sys/socket.h>
#include <vector>

namespace millrace::net {

/// An address as the kernel takes it.
struct Endpoint {
    sockaddr_storage storage{};
    socklen_t length = 0;
    const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
    int family() const { return storage.ss_family; }
};

Address toAddress(const Endpoint& endpoint);
/// The two ends of a connected or bound socket; an empty Address when the kernel does not tell.
Address localAddress(int fd);
Address peerAddress(int fd);

enum class ResolveFor {
    connecting,
    listening,
    sending, ///< a datagram: the host is a literal, so nothing waits
};
/// Every endpoint of a host, in the order to be tried. An empty host is 127.0.0.1. May wait for a name server: not on a
/// loop. Errors: invalidArgument "unknown host".
Result<std::vector<Endpoint>> resolve(const Address& address, ResolveFor use);

/// Which of a host's endpoints a listener takes: the first of IPv4 if there is one, as java.net.InetAddress.getByName()
/// does, whatever the order of /etc/hosts. Precondition: not empty.
const Endpoint& endpointToListenOn(const std::vector<Endpoint>& endpoints);

/// A bound, non-blocking socket of the type (SOCK_STREAM, SOCK_DGRAM). Errors as listenStream().
Result<UniqueFd> openBoundSocket(const Address& address, int type);
/// The same for streams, listening.
Result<UniqueFd> openListeningSocket(const Address& address);

/// What every connection gets: no delay of small writes, and a peer that vanished without a word is found in the end.
void setConnectionOptions(int fd);

} // namespace millrace::net
