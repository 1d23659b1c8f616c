#include "net/http_server.h"

#include "net/event_loop.h"
#include "net/listener.h"
#include "net/peer_budget.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_range.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/parser.hpp>

#include <fmt/core.h>

#include <algorithm>
#include <atomic>
#include <optional>

namespace millrace::net {

namespace {

namespace http = boost::beast::http;

constexpr std::uint32_t kHeaderLimit = 64 * 1024;
/// A client that reads no answers gets no more of them.
constexpr std::size_t kUnsentLimit = 4 * 1024 * 1024;

/// A request's body as text that grows with what has come: Beast's own reserves what the client says will come.
struct GrowingBody {
    using value_type = std::string;
    class reader {
    public:
        template <bool isRequest, class Fields>
        reader(http::header<isRequest, Fields>&, value_type& body) : body_(body) {}
        void init(const boost::optional<std::uint64_t>&, boost::system::error_code& error) { error = {}; }
        template <class Buffers>
        std::size_t put(const Buffers& buffers, boost::system::error_code& error) {
            error = {};
            std::size_t size = 0;
            for (const boost::asio::const_buffer buffer : boost::beast::buffers_range_ref(buffers)) {
                body_.append(static_cast<const char*>(buffer.data()), buffer.size());
                size += buffer.size();
            }
            return size;
        }
        void finish(boost::system::error_code& error) { error = {}; }

    private:
        value_type& body_;
    };
};

HttpRequest requestOf(http::request<GrowingBody>&& message) {
    HttpRequest request;
    request.method = std::string(message.method_string());
    const std::string target(message.target());
    const auto mark = target.find('?');
    request.path = target.substr(0, mark);
    if (mark != std::string::npos) request.query = target.substr(mark + 1);
    request.contentType = std::string(message[http::field::content_type]);
    request.body = std::move(message.body());
    return request;
}

/// A host as it stands in a request's Host or in an address, without its port and brackets.
std::string_view withoutPort(std::string_view host) {
    if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
    return host.find(':') == host.rfind(':') ? host.substr(0, host.find(':')) : host;
}

bool isLoopback(std::string_view host) {
    return host.empty() || host == "::1" || boost::beast::iequals(host, "localhost") ||
           (host.starts_with("127.") && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

Bytes answerOf(const HttpResponse& response, bool keepAlive, bool withBody) {
    std::string text =
        fmt::format("HTTP/1.1 {} {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: {}\r\n\r\n",
                    response.status, std::string(http::obsolete_reason(static_cast<http::status>(response.status))),
                    response.contentType, response.body.size(), keepAlive ? "keep-alive" : "close");
    if (withBody) text += response.body;
    return Bytes::copyOf(text);
}

struct Service {
    Service(HttpHandler answering, HttpServerOptions how) : handler(std::move(answering)), options(std::move(how)) {}
    HttpHandler handler;
    HttpServerOptions options;
    PeerBudget unfinished{"unfinished requests", std::max(options.unfinishedBytes, options.bodyBytes)};
    bool loopbackOnly = false; ///< the Host of a request must be a name of loopback
};

HttpResponse refusal(int status, std::string why) {
    return {status, "text/plain;charset=utf-8", std::move(why) + "\n"};
}

class HttpSession;

/// What is between a request and its answer, which may come from any thread and after the client has gone.
class Exchange {
public:
    Exchange(EventLoop& loop, std::shared_ptr<HttpSession*> session) : loop_(loop), session_(std::move(session)) {}
    ~Exchange() { respond(refusal(500, "no answer")); }
    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;
    void respond(HttpResponse response);

private:
    EventLoop& loop_;
    std::shared_ptr<HttpSession*> session_; ///< what it points to belongs to the loop; null once the client has gone
    std::atomic<bool> answered_{false};
};

/// One client: Beast parses what the connection hands over, requests are answered in their order.
class HttpSession final : public StreamHandler {
public:
    explicit HttpSession(Service& service)
        : service_(service), share_(service.unfinished, [this](const Error& error) { giveUp(error); }) {}

    void opened(const std::shared_ptr<Connection>& connection) override { connection_ = connection; }

    Result<std::size_t> received(std::span<const std::uint8_t> data) override {
        std::size_t used = 0;
        while (used < data.size() && !ending_) {
            if (waiting_ || connection_->queuedBytes() > kUnsentLimit) {
                connection_->pauseReading();
                break;
            }
            if (!parser_) beginRequest();
            boost::system::error_code error;
            used += parser_->put(boost::asio::const_buffer(data.data() + used, data.size() - used), error);
            if (error && error != http::error::need_more) {
                answerBroken(error);
                return data.size();
            }
            if (parser_->is_done())
                hand();
            else
                account();
            if (error) break; // it needs more
        }
        return ending_ ? data.size() : used;
    }

    /// The client has said all, or is heard no more; what it asked is still answered.
    void peerFinished() override {
        peerFinished_ = true;
        if (!waiting_) connection_->closeAfterSending();
    }
    void drained() override {
        if (!waiting_) connection_->resumeReading();
    }
    void closed(const Error*) override {
        *self_ = nullptr;
        share_.release();
        connection_.reset();
    }

    void answer(const HttpResponse& response) {
        waiting_ = false;
        const bool keepAlive = keepAlive_ && !peerFinished_;
        send(answerOf(response, keepAlive, withBody_), keepAlive);
        if (!ending_) connection_->resumeReading();
    }

private:
    void beginRequest() {
        parser_.emplace();
        parser_->header_limit(kHeaderLimit);
        parser_->body_limit(service_.options.bodyBytes);
        parser_->eager(true);
    }

    void account() {
        if (parser_->get().body().empty()) return;
        share_.release(); // it goes on
        share_.set(parser_->get().body().size());
    }

    /// Perhaps inside a call of another session.
    void giveUp(const Error& error) {
        parser_.reset();
        send(answerOf(refusal(503, error.message + "; send it again later"), false, true), false);
    }

    void hand() {
        share_.release();
        keepAlive_ = parser_->keep_alive();
        auto message = parser_->release();
        parser_.reset();
        withBody_ = message.method() != http::verb::head;
        waiting_ = true;
        const std::string_view host = message[http::field::host];
        if (service_.loopbackOnly && !isLoopback(withoutPort(host)))
            return answer(refusal(403, "this server answers to the names of loopback only"));
        auto exchange = std::make_shared<Exchange>(connection_->loop(), self_);
        service_.handler(requestOf(std::move(message)),
                         [exchange](HttpResponse response) { exchange->respond(std::move(response)); });
        // Paused, it does not count as silent, however long the answer takes.
        if (waiting_) connection_->pauseReading();
    }

    void answerBroken(const boost::system::error_code& error) {
        share_.release();
        int status = 400;
        if (error == http::error::header_limit)
            status = 431;
        else if (error == http::error::body_limit)
            status = 413;
        send(answerOf(refusal(status, error.message()), false, true), false);
    }

    void send(Bytes bytes, bool keepAlive) {
        connection_->send(std::move(bytes));
        if (keepAlive) return;
        ending_ = true;
        connection_->closeAfterSending();
    }

    Service& service_;
    const std::shared_ptr<HttpSession*> self_ = std::make_shared<HttpSession*>(this);
    std::shared_ptr<Connection> connection_;
    PeerBudget::Share share_;
    std::optional<http::request_parser<GrowingBody>> parser_;
    bool waiting_ = false;                     ///< for the answer to a request
    bool keepAlive_ = false, withBody_ = true; ///< of that request
    bool peerFinished_ = false;
    bool ending_ = false;
};

void Exchange::respond(HttpResponse response) {
    if (answered_.exchange(true)) return;
    const auto deliver = [session = session_, response = std::move(response)] {
        if (*session) (*session)->answer(response);
    };
    if (loop_.inThread())
        deliver();
    else
        loop_.post(deliver);
}

class ListeningHttpServer final : public HttpServer {
public:
    ListeningHttpServer(HttpHandler handler, HttpServerOptions options)
        : service_(std::move(handler), std::move(options)) {}
    Status listen(EventLoop& loop, const Address& address) {
        Limits limits;
        limits.connections = 256;
        limits.streamBufferBytes = kHeaderLimit + 16 * 1024;
        limits.idle = service_.options.idle;
        limits.transport = service_.options.transport;
        service_.loopbackOnly = isLoopback(address.host);
        auto listener = listenStream(loop, address, limits, [this] { return std::make_unique<HttpSession>(service_); });
        if (!listener) return listener.error();
        listener_ = std::move(*listener);
        return ok();
    }
    Address address() const override { return listener_->address(); }
    void finish() override { listener_->finish(); }
    std::size_t connectionCount() const override { return listener_->connectionCount(); }

private:
    Service service_;
    std::unique_ptr<Listener> listener_; ///< after the service: its sessions use it until they are closed
};

} // namespace

Result<std::unique_ptr<HttpServer>> serveHttp(EventLoop& loop, const Address& address, HttpHandler handler,
                                              HttpServerOptions options) {
    auto server = std::make_unique<ListeningHttpServer>(std::move(handler), std::move(options));
    MILLRACE_TRY(server->listen(loop, address));
    return std::unique_ptr<HttpServer>(std::move(server));
}

} // namespace millrace::net
