#include "flume/registry.h"
#include "flume/support/hop_sink.h"
#include "flume/support/transport_settings.h"
#include "rpc/avro_client.h"
#include "rpc/deflate_transport.h"

namespace millrace::flume {
namespace {

/// org.apache.flume.sink.AvroSink, a HopSink.
Result<std::unique_ptr<Sink>> makeAvroSink(Settings& settings, const ComponentServices& services) {
    rpc::ClientOptions options;
    options.address = {settings.text("hostname"), static_cast<std::uint16_t>(settings.number("port"))};
    options.connectTimeout = settings.duration("connect-timeout");
    options.requestTimeout = settings.duration("request-timeout");
    const auto level = static_cast<int>(std::clamp<std::int64_t>(settings.number("compression-level"), 1, 9));
    auto below =
        settings.text("compression-type") == "deflate" ? rpc::deflateTransport(level) : net::TransportFactory();
    const HopSettings hop = HopSettings::read(settings);
    (void)settings.numberIfSet("maxIoWorkers"); // Flume ignores it too
    const std::string client = settings.text("client.type");
    auto transport = readClientTransport(settings, services, settings.flag("trust-all-certs"), std::move(below));
    if (!transport) return std::move(transport).error();
    MILLRACE_TRY(settings.status());
    options.transport = std::move(*transport);
    if (client != "default")
        return Error{ErrorCode::unsupported,
                     fmt::format("{}: client.type = {} does not run here; use a sink group for fail-over or balancing",
                                 settings.who(), client),
                     false};
    return std::unique_ptr<Sink>(std::make_unique<HopSink<rpc::AvroClient>>(std::move(options), hop, services));
}

} // namespace

MILLRACE_COMPONENT(AvroSink, "org.apache.flume.sink.AvroSink", &makeAvroSink)

} // namespace millrace::flume
