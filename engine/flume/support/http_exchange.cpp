#include "flume/support/http_exchange.h"

#include "net/event_loop.h"
#include "tls/tls_options.h"

#include <utility>

namespace millrace::flume {

Result<HttpPlace> httpPlace(const std::string& url) {
    auto parsed = net::parseHttpUrl(url);
    if (!parsed) return std::move(parsed).error();
    HttpPlace place{std::move(*parsed), {}};
    if (!place.url.secure) return place;
    tls::ClientOptions options;
    options.host = place.url.address.host;
    auto transport = tls::clientTransport(options);
    if (!transport) return std::move(transport).error();
    place.transport = std::move(*transport);
    return place;
}

HttpExchange::HttpExchange(const ComponentServices& services, net::HttpClientOptions options)
    : services_(services), options_(std::move(options)), clock_(*services.clock) {}

void HttpExchange::start() {
    const std::lock_guard lock(mutex_);
    interrupted_ = false;
}

void HttpExchange::stop() {
    client_.reset();
}

Result<net::HttpAnswer> HttpExchange::send(net::HttpCall call) {
    if (!client_) client_.emplace(services_.loop(), options_);
    std::unique_lock lock(mutex_);
    if (interrupted_) return Error{ErrorCode::cancelled, "stopped before the call", true};
    answer_.reset();
    const std::uint64_t number = ++calls_;
    client_->send(std::move(call),
                  [this, number](Result<net::HttpAnswer> answer) { answered(number, std::move(answer)); });
    while (!answer_ && !interrupted_)
        clock_.wait(lock, changed_);
    if (answer_) return *std::exchange(answer_, {});
    return Error{ErrorCode::cancelled, "stopped while waiting for an answer", true};
}

void HttpExchange::answered(std::uint64_t call, Result<net::HttpAnswer> answer) {
    const std::lock_guard lock(mutex_);
    if (call != calls_) return; // nobody waits for it any more
    answer_ = std::move(answer);
    clock_.notifyAll(changed_);
}

bool HttpExchange::pause(std::chrono::milliseconds time) {
    std::unique_lock lock(mutex_);
    const MonotonicTime end = clock_.now() + time;
    while (!interrupted_ && clock_.now() < end)
        clock_.wait(lock, changed_, end);
    return !interrupted_;
}

void HttpExchange::interrupt() {
    const std::lock_guard lock(mutex_);
    interrupted_ = true;
    clock_.notifyAll(changed_);
}

} // namespace millrace::flume
