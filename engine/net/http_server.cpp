#include "net/http_server.h"

#include "net/event_loop.h"
#include "net/listener.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <fmt/core.h>
#include <optional>

namespace millrace::net {

namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t kHeaderLimit = 64 * 1024;
constexpr std::uint64_t kBodyLimit = 1024 * 1024;
/// A client that reads no answers gets no more of them.
constexpr std::size_t kUnsentLimit = 4 * 1024 * 1024;

HttpRequest requestOf(http::request<http::string_body>&& message) {
    HttpRequest request;
    request.method = std::string(message.method_string());
    const std::string target(message.target());
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    request.body = std::move(message.body());
    return request;
}

Bytes answerOf(const HttpResponse& response, bool keepAlive, bool withBody) {
    std::string text =
        fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: {}\r\n\r\n",
                    response.status, std::string(http::obsolete_reason(static_cast<http::status>(response.status))),
                    response.contentType, response.body.size(), keepAlive ? "keep-alive" : "close");
    if (withBody) text += response.body;
    return Bytes::copyOf(text);
}

/// One client: Beast parses what the connection hands over, requests are answered in their order.
class HttpSession final : public StreamHandler {
public:
    explicit HttpSession(const HttpHandler& handler) : handler_(handler) {}

    void opened(const std::shared_ptr<Connection>& connection) override { connection_ = connection; }

    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        std::size_t used = 0;
        while (used < data.size() && !ending_) {
            if (connection_->queuedBytes() > kUnsentLimit) {
                connection_->pauseReading();
                break;
            }
            if (!parser_) beginRequest();
            boost::system::error_code error;
            used += parser_->put(boost::asio::const_buffer(data.data() + used, data.size() - used), error);
            if (error == http::error::need_more) break;
            if (error) {
                answerBroken(error);
                return data.size();
            }
            if (parser_->is_done()) answer();
        }
        return ending_ ? data.size() : used;
    }

    void drained() override { connection_->resumeReading(); }
    void closed(const Error*) override { connection_.reset(); }

private:
    void beginRequest() {
        parser_.emplace();
        parser_->header_limit(kHeaderLimit);
        parser_->body_limit(kBodyLimit);
        parser_->eager(true);
    }

    void answer() {
        const bool keepAlive = parser_->keep_alive();
        const HttpRequest request = requestOf(parser_->release());
        parser_.reset();
        send(answerOf(handler_(request), keepAlive, request.method != "HEAD"), keepAlive);
    }

    void answerBroken(const boost::system::error_code& error) {
        int status = 400;
        if (error == http::error::header_limit)
            status = 431;
        else if (error == http::error::body_limit)
            status = 413;
        send(answerOf({status, "text/plain;charset=utf-8", error.message() + "\n"}, false, true), false);
    }

    void send(Bytes bytes, bool keepAlive) {
        connection_->send(std::move(bytes));
        if (keepAlive) return;
        ending_ = true;
        connection_->closeAfterSending();
    }

    const HttpHandler& handler_;
    std::shared_ptr<Connection> connection_;
    std::optional<http::request_parser<http::string_body>> parser_;
    bool ending_ = false;
};

class ListeningHttpServer final : public HttpServer {
public:
    explicit ListeningHttpServer(HttpHandler handler) : handler_(std::move(handler)) {}
    Status listen(EventLoop& loop, const Address& address) {
        Limits limits;
        limits.connections = 256;
        limits.streamBufferBytes = kHeaderLimit + 16 * 1024;
        limits.idle = std::chrono::minutes(1);
        auto listener = listenStream(loop, address, limits, [this] { return std::make_unique<HttpSession>(handler_); });
        if (!listener) return listener.error();
        listener_ = std::move(*listener);
        return ok();
    }
    Address address() const override { return listener_->address(); }

private:
    HttpHandler handler_;
    std::unique_ptr<Listener> listener_; ///< after the handler: its sessions use it until they are closed
};

} // namespace

Result<std::unique_ptr<HttpServer>> serveHttp(EventLoop& loop, const Address& address, HttpHandler handler) {
    auto server = std::make_unique<ListeningHttpServer>(std::move(handler));
    MILLRACE_TRY(server->listen(loop, address));
    return std::unique_ptr<HttpServer>(std::move(server));
}

} // namespace millrace::net
