#include "flume/support/peer_names.h"

#include "flume/support/java_address.h"

#include <array>
#include <chrono>
#include <memory>
#include <netdb.h>
#include <thread>
#include <utility>

namespace millrace::flume {
namespace {

constexpr std::chrono::minutes kHolds{10};
/// Peers come and go; datagrams may claim any sender.
constexpr std::size_t kMostKnown = 10'000;

} // namespace

std::string lookUpPeerName(const std::string& literal) {
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

void PeerNames::ask(const std::string& literal) {
    asked_ = std::make_shared<Asked>();
    asked_->literal = literal;
    // A name server may take minutes and cannot be called off.
    std::thread([lookUp = lookUp_, asked = asked_] {
        std::string name = lookUp(asked->literal);
        const std::lock_guard lock(asked->mutex);
        asked->name = std::move(name);
        asked->answered.notify_all(); // not by the clock, which may be gone
    }).detach();
}

/// The name is among the known ones then.
bool PeerNames::isAnswered(std::chrono::milliseconds patience) {
    {
        std::unique_lock lock(asked_->mutex);
        const MonotonicTime deadline = clock_.now() + patience;
        while (!asked_->name && clock_.now() < deadline)
            clock_.wait(lock, asked_->answered, deadline);
        if (!asked_->name) return false;
        if (known_.size() >= kMostKnown) known_.clear();
        known_[asked_->literal] = {std::move(*asked_->name), clock_.now() + kHolds};
    }
    asked_.reset();
    return true;
}

const std::string& PeerNames::nameOf(const std::string& literal) {
    if (asked_) (void)isAnswered(std::chrono::milliseconds(0));
    const auto known = known_.find(literal);
    if (known != known_.end() && clock_.now() < known->second.until) return known->second.name;
    if (!asked_) {
        ask(literal);
        if (isAnswered(patience_)) return known_[literal].name;
    }
    return unknown_ = javaHostAddress(literal);
}

} // namespace millrace::flume
