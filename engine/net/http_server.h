#pragma once

#include "net/address.h"

#include <functional>
#include <memory>
#include <string>

namespace millrace::net {

class EventLoop;

struct HttpRequest {
    std::string method; ///< "GET"
    std::string path;   ///< without the query
    std::string query;  ///< without the question mark
    std::string body;
};
struct HttpResponse {
    int status = 200;
    std::string contentType = "text/plain;charset=utf-8";
    std::string body;
};
/// Runs on the server's loop: must not wait.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

/// A small HTTP/1.1 server with bounded requests (64 KiB of header, 1 MiB of body), as for Flume's /metrics.
class HttpServer {
public:
    virtual ~HttpServer() = default;
    virtual Address address() const = 0;
};
Result<std::unique_ptr<HttpServer>> serveHttp(EventLoop& loop, const Address& address, HttpHandler handler);

} // namespace millrace::net
