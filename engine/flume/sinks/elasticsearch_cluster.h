#pragma once

#include "flume/sinks/elasticsearch_bulk.h"
#include "flume/support/http_exchange.h"

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

/// The hosts of one cluster, of which any may be asked: one that does not answer gives way to the next. Runner thread,
/// except interrupt().
class SearchCluster {
public:
    SearchCluster(std::vector<HttpPlace> hosts, const ComponentServices& services);

    void start();
    void stop();
    void interrupt();
    bool pause(std::chrono::milliseconds time) { return hosts_.front()->exchange.pause(time); }

    /// What the servers are; asked once.
    Result<SearchServer> server();
    /// An answer of the first host that gives one and is not told by 503 to be out of order itself. Errors: nobody
    /// does.
    Result<net::HttpAnswer> call(const std::string& method, const std::string& target, const std::string& body);
    /// The host that answered last.
    std::string name() const { return hosts_[current_]->place.url.address.toString(); }

private:
    struct Host {
        Host(HttpPlace to, const ComponentServices& services)
            : place(std::move(to)), exchange(services, {.transport = place.transport}) {}
        const HttpPlace place;
        HttpExchange exchange;
    };
    std::vector<std::unique_ptr<Host>> hosts_;
    std::size_t current_ = 0;
    std::optional<SearchServer> server_;
};

} // namespace millrace::flume
