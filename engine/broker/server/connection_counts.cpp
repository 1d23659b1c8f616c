#include "broker/server/connection_counts.h"

#include <fmt/core.h>

namespace millrace::broker {

namespace {

Error full(std::string_view what, std::size_t most, std::string_view setting) {
    return {ErrorCode::full, fmt::format("{} already has {} connections, as many as {} allows: new ones are refused",
                                         what, most, setting)};
}

void countDown(std::map<std::string, std::size_t>& counts, const std::string& key) {
    const auto it = counts.find(key);
    if (--it->second == 0) counts.erase(it);
}

} // namespace

struct ConnectionCounts::Ticket {
    std::shared_ptr<ConnectionCounts> counts;
    std::string host, listener;
    ~Ticket() {
        --counts->all_;
        countDown(counts->ofHost_, host);
        countDown(counts->ofListener_, listener);
    }
};

std::size_t ConnectionCounts::mostOf(const std::string& host) const {
    const auto own = settings_.maxConnectionsOfHosts.find(host);
    return own == settings_.maxConnectionsOfHosts.end() ? settings_.maxConnectionsPerHost : own->second;
}

Result<std::shared_ptr<void>> ConnectionCounts::admit(const ListenerSettings& listener, const net::Address& peer) {
    const auto countOf = [](const auto& counts, const std::string& key) {
        const auto it = counts.find(key);
        return it == counts.end() ? 0 : it->second;
    };
    if (all_ >= settings_.maxConnections) return full("the broker", all_, "max.connections");
    if (countOf(ofListener_, listener.name) >= listener.maxConnections)
        return full("listener " + listener.name, listener.maxConnections,
                    listenerPrefix(listener.name) + "max.connections");
    if (const std::size_t most = mostOf(peer.host); countOf(ofHost_, peer.host) >= most)
        return full(peer.host, most, "max.connections.per.ip");
    ++all_;
    ++ofHost_[peer.host];
    ++ofListener_[listener.name];
    return std::shared_ptr<void>(new Ticket{shared_from_this(), peer.host, listener.name},
                                 [](void* ticket) { delete static_cast<Ticket*>(ticket); });
}

} // namespace millrace::broker
