#include "net/name_lookup.h"

#include <arpa/inet.h>
#include <future>
#include <sys/eventfd.h>
#include <thread>

namespace millrace::net {

struct NameLookup::State {
    UniqueFd done{::eventfd(0, EFD_CLOEXEC)};
    std::promise<Result<std::vector<Endpoint>>> promise;
    std::future<Result<std::vector<Endpoint>>> found = promise.get_future();

    void run(const Address& address) {
        promise.set_value(resolve(address, ResolveFor::connecting));
        ::eventfd_write(done.get(), 1);
    }
};

static bool isLiteral(const std::string& host) {
    in6_addr ignored;
    return host.empty() || ::inet_pton(AF_INET, host.c_str(), &ignored) == 1 ||
           ::inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

NameLookup::NameLookup(const Address& address) : state_(std::make_shared<State>()) {
    if (isLiteral(address.host))
        state_->run(address);
    else
        std::thread([state = state_, address] { state->run(address); }).detach();
}

int NameLookup::descriptor() const {
    return state_->done.get();
}
Result<std::vector<Endpoint>> NameLookup::take() {
    return state_->found.get();
}

} // namespace millrace::net
