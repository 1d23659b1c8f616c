#include "flume/sources/http_source.h"

#include "catalog/flume/components.h"
#include "flume/registry.h"
#include "flume/support/counted_batches.h"
#include "flume/support/transport_settings.h"
#include "net/event_loop.h"

#include <utility>

namespace millrace::flume {
namespace {

/// Requests that the runner has not come to yet.
constexpr std::size_t kMostBytesInRequests = 128u << 20;
constexpr std::size_t kCostOfARequest = 1024;

net::HttpResponse plain(int status, const std::string& text) {
    return {status, "text/plain;charset=utf-8", text.empty() ? text : text + "\n"};
}

/// TLS by its own properties, or by the old names of some (HTTPSource.handleDeprecatedParameter).
Result<net::TransportFactory> readTransport(Settings& settings, const ComponentServices& services) {
    catalog::Properties current;
    const auto take = [&](const std::string& key, const char* old) {
        auto value = settings.isSet(key) || old == nullptr || !settings.isSet(old) ? settings.textIfSet(key)
                                                                                   : settings.textIfSet(old);
        if (value) current[key] = std::move(*value);
        (void)settings.textIfSet(key);
        if (old != nullptr) (void)settings.textIfSet(old);
    };
    take("ssl", "enableSSL");
    take("keystore-password", "keystorePassword");
    take("exclude-protocols", "excludeProtocols");
    for (const char* key :
         {"keystore", "keystore-type", "include-protocols", "exclude-cipher-suites", "include-cipher-suites"})
        take(key, nullptr);
    MILLRACE_TRY(settings.status());
    Settings tls(catalog::kHttpSource, current, settings.who());
    auto transport = readServerTransport(tls, services);
    if (transport) MILLRACE_TRY(tls.status());
    return transport;
}

} // namespace

Result<HttpSourceOptions> readHttpSourceOptions(Settings& settings, const ComponentServices& services) {
    HttpSourceOptions options;
    options.address = {settings.text("bind"), static_cast<std::uint16_t>(settings.number("port"))};
    // Of Jetty, which is not here.
    for (const char* group : {"QueuedThreadPool", "HttpConfiguration", "SslContextFactory", "ServerConnector"})
        (void)settings.group(group);
    const std::string type = settings.text("handler");
    const auto own = settings.group("handler");
    auto transport = readTransport(settings, services);
    if (!transport) return std::move(transport).error();
    options.transport = std::move(*transport);
    MILLRACE_TRY(settings.status());
    auto handler = httpHandlerNamed(type, {own.begin(), own.end()}, services);
    if (!handler) return handler.error().in(settings.who() + ": handler");
    options.handler = std::move(*handler);
    return options;
}

HttpSource::HttpSource(HttpSourceOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

HttpSource::~HttpSource() {
    close();
}

Status HttpSource::start() {
    close();
    queue_ = std::make_shared<Queue>(kMostBytesInRequests, services_.loop(), *services_.wakeUp);
    net::HttpServerOptions server;
    server.bodyBytes = options_.handler->longestBody();
    server.transport = options_.transport;
    auto made = net::serveHttp(
        services_.loop(), options_.address,
        [queue = queue_](net::HttpRequest request, const net::HttpRespond& respond) {
            if (request.method == "TRACE" || request.method == "OPTIONS") return respond(plain(403, {}));
            if (request.method != "POST" && request.method != "GET")
                return respond(plain(405, request.method + " is not taken; send a POST"));
            const std::size_t weight = request.body.size() + request.query.size() + kCostOfARequest;
            if (!queue->offer({std::move(request), respond}, weight))
                respond(plain(503, "too many requests wait already; send it again later"));
        },
        server);
    if (!made) return std::move(made).error();
    listener_.open(std::move(*made));
    return ok();
}

void HttpSource::stop() {
    listener_.finish();
}

void HttpSource::close() {
    listener_.close();
    // Whoever is told nothing sends again.
    while (queue_ && queue_->pop()) {
    }
}

net::Address HttpSource::address() const {
    return listener_.address(options_.address);
}

net::HttpResponse HttpSource::answerTo(const net::HttpRequest& request, ChannelProcessor& output) {
    auto events = options_.handler->eventsOf({request.contentType, request.query, request.body});
    if (!events) {
        (*services_.counters)[FlumeCounter::eventReadFail].addFromOwner(1);
        return plain(400, events.error().message);
    }
    if (!*events) return plain(200, {});
    const Status processed = processCounted(output, std::move(*events), *services_.counters);
    return processed ? plain(200, {}) : plain(503, processed.error().message);
}

Result<Cycle> HttpSource::cycle(ChannelProcessor& output) {
    if (!queue_) return Cycle::idle();
    auto waiting = queue_->pop();
    if (!waiting) {
        listener_.allAnswered(services_.clock->now());
        return Cycle::idle();
    }
    waiting->respond(answerTo(waiting->request, output));
    return Cycle::ready();
}

Result<std::unique_ptr<Source>> makeHttpSource(Settings& settings, const ComponentServices& services) {
    auto options = readHttpSourceOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<HttpSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(HttpSource, "org.apache.flume.source.http.HTTPSource", &makeHttpSource)

} // namespace millrace::flume
