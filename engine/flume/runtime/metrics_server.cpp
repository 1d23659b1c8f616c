#include "flume/runtime/metrics_server.h"

#include "catalog/check_support.h"
#include "flume/agent.h"
#include "net/event_loop.h"
#include "net/http_server.h"

namespace millrace::flume {

namespace {

constexpr const char* kPage =
    "<html><body><p>Apache Flume compatible counters: <a href=\"/metrics\">/metrics</a></p></body></html>";

class LoopbackServer final : public MetricsServer {
public:
    explicit LoopbackServer(Agent& agent) : agent_(agent), loop_("metrics") {}

    Status listen(std::uint16_t port) {
        auto server = net::serveHttp(
            loop_, {"127.0.0.1", port},
            [this](const net::HttpRequest& request, const net::HttpRespond& respond) { respond(answer(request)); });
        if (!server) return server.error();
        server_ = std::move(*server);
        return ok();
    }
    std::uint16_t port() const override { return server_->address().port; }

private:
    net::HttpResponse answer(const net::HttpRequest& request) {
        if (request.method == "TRACE" || request.method == "OPTIONS") return {403, "text/plain;charset=utf-8", {}};
        if (request.path == "/") return {200, "text/html;charset=utf-8", kPage};
        if (catalog::equalsIgnoringCase(request.path, "/metrics"))
            return {200, "application/json;charset=utf-8", agent_.metricsJson()};
        return {404, "text/plain;charset=utf-8", "Not found; the counters are at /metrics\n"};
    }

    Agent& agent_;
    net::EventLoop loop_;
    std::unique_ptr<net::HttpServer> server_; ///< goes before its loop
};

} // namespace

Result<std::unique_ptr<MetricsServer>> serveMetrics(Agent& agent, std::uint16_t port) {
    auto server = std::make_unique<LoopbackServer>(agent);
    MILLRACE_TRY(server->listen(port));
    return std::unique_ptr<MetricsServer>(std::move(server));
}

} // namespace millrace::flume
