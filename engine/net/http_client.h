#pragma once

#include "net/address.h"
#include "net/transport.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace millrace::net {

class EventLoop;

/// Where a URL of HTTP leads.
struct HttpUrl {
    bool secure = false; ///< https
    Address address;
    std::string target = "/"; ///< path and query, as they go into a request
};
/// "http://host:port/path?query"; without a port 80 or 443. Errors name what is wrong; a user and password are refused.
Result<HttpUrl> parseHttpUrl(std::string_view url);

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpCall {
    std::string method = "GET";
    Address address;
    std::string target = "/";
    HttpHeaders headers; ///< beside Host, Content-Length and Connection
    std::string body;
};
struct HttpAnswer {
    int status = 0;
    HttpHeaders headers; ///< as they came
    std::string body;
    /// The first header of that name, in whatever case; empty when there is none.
    std::string header(std::string_view name) const;
};

struct HttpClientOptions {
    std::chrono::milliseconds timeout{30'000}; ///< of a call from its begin to the whole answer
    std::uint64_t bodyBytes = 16 << 20;        ///< a longer answer is an error
    std::chrono::milliseconds keepFor{10'000}; ///< how long an unused connection stays open
    std::size_t keptConnections = 8;           ///< unused ones, at most
    TransportFactory transport;                ///< what carries the bytes; empty = the sockets themselves
};

/// A client of HTTP/1.1. Calls run side by side, each on a connection that it has for itself; afterwards that waits for
/// the next call to the same address. Redirects are answers like others. Header and body of an answer are bounded
/// before anything is allocated.
class HttpClient {
public:
    /// Once, on the loop. An error is one of the way there and back (unknown host, timeout, closed, protocol,
    /// outOfRange, cancelled); whatever the server answers is no error.
    using Done = std::function<void(Result<HttpAnswer>)>;

    /// `loop` outlives the client.
    HttpClient(EventLoop& loop, HttpClientOptions options);
    /// Calls under way end with `cancelled` before this returns.
    ~HttpClient();
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Any thread, while the loop runs. A call whose connection had been kept, and which the server had given up meanwhile, is sent once
    /// more when its method allows that (GET, HEAD, PUT, DELETE, OPTIONS).
    void send(HttpCall call, Done done);

private:
    class Pool;
    EventLoop& loop_;
    std::shared_ptr<Pool> pool_;
};

} // namespace millrace::net
