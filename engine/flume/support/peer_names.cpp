#include "flume/support/peer_names.h"

#include "flume/support/java_address.h"

#include <array>
#include <chrono>
#include <memory>
#include <netdb.h>

namespace millrace::flume {
namespace {

constexpr std::chrono::minutes kHolds{10};
/// Peers come and go; datagrams may claim any sender.
constexpr std::size_t kMostKnown = 10'000;

std::string lookUp(const std::string& literal) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST;
    addrinfo* found = nullptr;
    std::array<char, NI_MAXHOST> name{};
    if (::getaddrinfo(literal.c_str(), nullptr, &hints, &found) != 0) return literal;
    const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
    const int failed =
        ::getnameinfo(found->ai_addr, found->ai_addrlen, name.data(), name.size(), nullptr, 0, NI_NAMEREQD);
    return failed ? javaHostAddress(literal) : name.data();
}

} // namespace

const std::string& PeerNames::nameOf(const std::string& literal) {
    const MonotonicTime now = clock_.now();
    const auto known = known_.find(literal);
    if (known != known_.end() && now < known->second.until) return known->second.name;
    if (known_.size() >= kMostKnown) known_.clear();
    return (known_[literal] = {lookUp(literal), now + kHolds}).name;
}

} // namespace millrace::flume
