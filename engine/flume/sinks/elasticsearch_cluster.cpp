#include "flume/sinks/elasticsearch_cluster.h"

#include "flume/sentences.h"

namespace millrace::flume {

SearchCluster::SearchCluster(std::vector<HttpPlace> hosts, const ComponentServices& services) {
    for (HttpPlace& host : hosts)
        hosts_.push_back(std::make_unique<Host>(std::move(host), services));
}

void SearchCluster::start() {
    for (const auto& host : hosts_)
        host->exchange.start();
}

void SearchCluster::stop() {
    for (const auto& host : hosts_)
        host->exchange.stop();
    server_.reset();
}

void SearchCluster::interrupt() {
    for (const auto& host : hosts_)
        host->exchange.interrupt();
}

Result<net::HttpAnswer> SearchCluster::call(const std::string& method, const std::string& target,
                                            const std::string& body) {
    constexpr int kOutOfOrder = 503;
    Result<net::HttpAnswer> answer = Error{ErrorCode::internal, "nobody was asked"};
    for (std::size_t tried = 0; tried < hosts_.size(); ++tried) {
        Host& host = *hosts_[current_];
        answer = host.exchange.send({.method = method,
                                     .address = host.place.url.address,
                                     .target = target,
                                     .headers = {{"Content-Type", "application/x-ndjson"}},
                                     .body = body});
        if (answer ? answer->status != kOutOfOrder : answer.error().code == ErrorCode::cancelled) return answer;
        if (tried + 1 < hosts_.size()) current_ = (current_ + 1) % hosts_.size();
    }
    return answer;
}

Result<SearchServer> SearchCluster::server() {
    if (server_) return *server_;
    const auto answer = call("GET", "/", {});
    if (!answer) return answer.error();
    if (answer->status != 200)
        return failure(ErrorCode::protocol, "search-answered", {name(), std::to_string(answer->status), answer->body});
    auto server = readSearchServer(answer->body);
    if (!server) return server.error().in(name());
    server_ = *server;
    return server;
}

} // namespace millrace::flume
