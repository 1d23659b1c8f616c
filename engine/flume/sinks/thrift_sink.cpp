#include "flume/registry.h"
#include "flume/support/hop_sink.h"
#include "flume/support/thrift_settings.h"
#include "flume/support/transport_settings.h"
#include "rpc/thrift_client.h"

namespace millrace::flume {
namespace {

/// org.apache.flume.sink.ThriftSink, a HopSink.
Result<std::unique_ptr<Sink>> makeThriftSink(Settings& settings, const ComponentServices& services) {
    rpc::ThriftClientOptions options;
    options.address = {settings.text("hostname"), static_cast<std::uint16_t>(settings.number("port"))};
    options.connectTimeout = settings.duration("connect-timeout");
    options.requestTimeout = settings.duration("request-timeout");
    const HopSettings hop = HopSettings::read(settings);
    for (const char* key : {"client-principal", "client-keytab", "server-principal"})
        (void)settings.textIfSet(key);
    auto transport = readClientTransport(settings, services, false);
    if (!transport) return std::move(transport).error();
    const auto protocol = readThriftProtocol(settings);
    MILLRACE_TRY(settings.status());
    if (!protocol) return protocol.error();
    options.transport = std::move(*transport);
    options.protocol = *protocol;
    return std::unique_ptr<Sink>(std::make_unique<HopSink<rpc::ThriftClient>>(std::move(options), hop, services));
}

} // namespace

MILLRACE_COMPONENT(ThriftSink, "org.apache.flume.sink.ThriftSink", &makeThriftSink)

} // namespace millrace::flume
