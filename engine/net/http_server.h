#pragma once

#include "net/address.h"
#include "net/listener.h"
#include "net/transport.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace millrace::net {

class EventLoop;

struct HttpRequest {
    std::string method; ///< "GET"
    std::string path;   ///< without the query
    std::string query;  ///< without the question mark
    std::string contentType; ///< as the client wrote it; empty when it did not
    std::string body;
};
struct HttpResponse {
    int status = 200;
    std::string contentType = "text/plain;charset=utf-8";
    std::string body;
};
/// Answers one request: at once or later, from any thread, once (further calls are ignored), while the server's loop
/// lives. What is answered after the client has gone is dropped; a request whose last copy of this goes without an
/// answer gets 500.
using HttpRespond = std::function<void(HttpResponse)>;
/// Runs on the server's loop: must not wait. The requests of one client come one after the other, the next one when the
/// last is answered.
using HttpHandler = std::function<void(HttpRequest, HttpRespond)>;

struct HttpServerOptions {
    std::uint64_t bodyBytes = 1 << 20; ///< a longer one is answered by 413
    /// Of all clients together, in bodies that have begun and not ended: above it the one that has stood still for
    /// longest is answered by 503. At least `bodyBytes`.
    std::uint64_t unfinishedBytes = 256 << 20;
    TransportFactory transport; ///< what carries the connections' bytes; empty = the sockets themselves
    /// A client silent for longer is cut off; one that waits for its answer is not silent.
    std::chrono::milliseconds idle{60'000};
};

/// A small HTTP/1.1 server with bounded requests (64 KiB of header), as for Flume's /metrics and its HTTP source. On a
/// loopback address it answers only who calls it by a name of loopback: a page of the web that has led its own name
/// there (DNS rebinding) gets 403. After finish() no request reaches the handler any more; those that have are
/// answered, and a connection closes with its answer.
class HttpServer : public Listener {};
Result<std::unique_ptr<HttpServer>> serveHttp(EventLoop& loop, const Address& address, HttpHandler handler,
                                              HttpServerOptions options = {});

} // namespace millrace::net
