#include "session/broker_monitor.h"

#include "base/prometheus_text.h"
#include "base/worker_thread.h"
#include "broker/server/metrics_page.h"
#include "net/event_loop.h"
#include "net/http_server.h"

#include <optional>

namespace millrace::session {

namespace {

constexpr const char* kPage = "<html><body><p>For Prometheus: <a href=\"/prometheus\">/prometheus</a></p>"
                              "<p>Whether the broker answers: <a href=\"/health\">/health</a></p></body></html>";
constexpr const char* kText = "text/plain;charset=utf-8";
constexpr const char* kJson = "application/json;charset=utf-8";

class LoopbackMonitor final : public BrokerMonitor {
public:
    explicit LoopbackMonitor(BrokerToMonitor broker)
        : broker_(std::move(broker)), looker_("monitor", WorkerThread::AtEnd::drop), loop_("monitor-http") {}

    /// An answer needs the loop, a request whoever answers it.
    ~LoopbackMonitor() override {
        server_.reset();
        looker_.stop();
    }

    Status listen(std::uint16_t port) {
        auto server =
            net::serveHttp(loop_, {"127.0.0.1", port}, [this](net::HttpRequest request, net::HttpRespond respond) {
                answer(request, std::move(respond));
            });
        if (!server) return server.error();
        server_ = std::move(*server);
        return ok();
    }
    std::uint16_t port() const override { return server_->address().port; }

private:
    void answer(const net::HttpRequest& request, net::HttpRespond respond) {
        if (request.method != "GET" && request.method != "HEAD") return respond({405, kText, "GET is needed\n"});
        if (request.path == "/") return respond({200, "text/html;charset=utf-8", kPage});
        const bool health = request.path == "/health";
        if (!health && request.path != "/prometheus" && request.path != "/metrics")
            return respond({404, kText, "Not found; the figures are at /prometheus\n"});
        // A look waits for the broker's loop.
        looker_.post([this, health, respond = std::move(respond)] { respond(health ? healthPage() : figuresPage()); });
    }

    std::optional<broker::BrokerSnapshot> look() const {
        std::optional<broker::BrokerSnapshot> seen;
        if (const auto shared = broker_())
            shared->look([&](const broker::Broker& broker) { seen = broker.snapshot(); });
        return seen;
    }
    net::HttpResponse healthPage() const {
        if (look()) return {200, kJson, "{\"status\":\"ok\"}\n"};
        return {503, kJson, "{\"status\":\"failing\",\"reason\":\"no broker runs\"}\n"};
    }
    net::HttpResponse figuresPage() const {
        const auto seen = look();
        if (!seen) return {503, kText, "No broker runs\n"};
        return {200, PrometheusText::kContentType, broker::metricsPage(*seen, lookAtProcessFigures())};
    }

    BrokerToMonitor broker_;
    WorkerThread looker_;
    net::EventLoop loop_;
    std::unique_ptr<net::HttpServer> server_;
};

} // namespace

Result<std::unique_ptr<BrokerMonitor>> monitorBroker(BrokerToMonitor broker, std::uint16_t port) {
    auto monitor = std::make_unique<LoopbackMonitor>(std::move(broker));
    MILLRACE_TRY(monitor->listen(port));
    return std::unique_ptr<BrokerMonitor>(std::move(monitor));
}

} // namespace millrace::session
