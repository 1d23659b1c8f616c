#include "flume/interceptors/local_host.h"

#include <netdb.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace millrace::flume {

namespace {

std::string ownName() {
    std::array<char, 256> name{};
    return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

struct FreeAddresses {
    void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

std::unique_ptr<addrinfo, FreeAddresses> lookUpOwnName() {
    addrinfo hints{};
    hints.ai_flags = AI_CANONNAME;
    hints.ai_socktype = SOCK_STREAM;
    addrinfo* list = nullptr;
    if (getaddrinfo(ownName().c_str(), nullptr, &hints, &list) != 0) return nullptr;
    return std::unique_ptr<addrinfo, FreeAddresses>(list);
}

} // namespace

std::string localAddress() {
    const auto found = lookUpOwnName();
    if (!found) return {};
    // Java prefers IPv4 where both are there.
    const addrinfo* chosen = found.get();
    for (const addrinfo* each = found.get(); each; each = each->ai_next)
        if (each->ai_family == AF_INET) {
            chosen = each;
            break;
        }
    std::array<char, NI_MAXHOST> text{};
    const int failed =
        getnameinfo(chosen->ai_addr, chosen->ai_addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
    return failed ? std::string() : std::string(text.data());
}

std::string localName() {
    const auto found = lookUpOwnName();
    return found && found->ai_canonname ? found->ai_canonname : std::string();
}

} // namespace millrace::flume
