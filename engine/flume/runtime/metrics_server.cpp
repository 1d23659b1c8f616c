#include "flume/runtime/metrics_server.h"

#include "base/prometheus_text.h"
#include "catalog/check_support.h"
#include "flume/agent.h"
#include "flume/runtime/health_pages.h"
#include "net/event_loop.h"
#include "net/http_server.h"

namespace millrace::flume {

namespace {

constexpr const char* kPage = "<html><body><p>Apache Flume compatible counters: <a href=\"/metrics\">/metrics</a></p>"
                              "<p>For Prometheus: <a href=\"/prometheus\">/prometheus</a></p>"
                              "<p>Whether a component is failing: <a href=\"/health\">/health</a></p></body></html>";
constexpr const char* kText = "text/plain;charset=utf-8";
constexpr const char* kJson = "application/json;charset=utf-8";

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
        if (request.method == "TRACE" || request.method == "OPTIONS") return {403, kText, {}};
        if (request.path == "/") return {200, "text/html;charset=utf-8", kPage};
        if (catalog::equalsIgnoringCase(request.path, "/metrics")) return {200, kJson, agent_.metricsJson()};
        if (request.path == "/prometheus")
            return {200, PrometheusText::kContentType, prometheusPage(agent_.status())};
        if (request.path == "/health") {
            const auto nodes = agent_.status();
            return {isHealthy(nodes) ? 200 : 503, kJson, healthJson(nodes)};
        }
        return {404, kText, "Not found; the counters are at /metrics and /prometheus\n"};
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
