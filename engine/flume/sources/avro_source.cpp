#include "flume/registry.h"
#include "flume/support/call_source.h"
#include "flume/support/ip_filter.h"
#include "flume/support/transport_settings.h"
#include "rpc/avro_server.h"
#include "rpc/deflate_transport.h"

namespace millrace::flume {
namespace {

/// Whom `ipFilter` and `ipFilterRules` admit; null = everyone.
Result<std::function<bool(const net::Address&)>> readFilter(Settings& settings) {
    const auto rules = settings.list("ipFilterRules");
    if (!settings.flag("ipFilter")) return std::function<bool(const net::Address&)>();
    if (rules.empty())
        return Error{ErrorCode::invalidArgument, settings.who() + ": ipFilter is on, but ipFilterRules is missing",
                     false};
    auto filter = IpFilter::parse(rules);
    if (!filter) return filter.error().in(settings.who());
    return std::function([filter = std::move(*filter)](const net::Address& peer) { return filter.admits(peer.host); });
}

/// org.apache.flume.source.AvroSource, a CallSource.
Result<std::unique_ptr<Source>> makeAvroSource(Settings& settings, const ComponentServices& services) {
    CallSourceOptions options;
    options.address = {settings.text("bind"), static_cast<std::uint16_t>(settings.number("port"))};
    (void)settings.number("threads"); // Flume reads it and does nothing with it either
    auto below = settings.text("compression-type") == "deflate" ? rpc::deflateTransport() : net::TransportFactory();
    auto admits = readFilter(settings);
    auto transport = readServerTransport(settings, services, std::move(below));
    if (!transport) return std::move(transport).error();
    MILLRACE_TRY(settings.status());
    if (!admits) return std::move(admits).error();
    options.server.limits.transport = std::move(*transport);
    options.server.admits = std::move(*admits);
    options.listen = &rpc::listenAvro;
    return std::unique_ptr<Source>(std::make_unique<CallSource>(std::move(options), services));
}

} // namespace

MILLRACE_COMPONENT(AvroSource, "org.apache.flume.source.AvroSource", &makeAvroSource)

} // namespace millrace::flume
