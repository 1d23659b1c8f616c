#include "flume/registry.h"
#include "flume/support/call_source.h"
#include "flume/support/thrift_settings.h"
#include "flume/support/transport_settings.h"
#include "rpc/thrift_server.h"

namespace millrace::flume {
namespace {

/// org.apache.flume.source.ThriftSource, a CallSource.
Result<std::unique_ptr<Source>> makeThriftSource(Settings& settings, const ComponentServices& services) {
    CallSourceOptions options;
    options.address = {settings.text("bind"), static_cast<std::uint16_t>(settings.number("port"))};
    (void)settings.number("threads"); // connections live on one loop here
    (void)settings.textIfSet("agent-principal");
    (void)settings.textIfSet("agent-keytab");
    auto transport = readServerTransport(settings, services);
    if (!transport) return std::move(transport).error();
    const auto protocol = readThriftProtocol(settings);
    MILLRACE_TRY(settings.status());
    if (!protocol) return protocol.error();
    options.server.limits.transport = std::move(*transport);
    options.listen = [thrift = rpc::ThriftServerOptions{rpc::flumeThriftService(), *protocol}](
                         net::EventLoop& loop, const net::Address& address, const rpc::CallServerOptions& server,
                         rpc::CallReceiverFactory factory) {
        return rpc::listenThrift(loop, address, thrift, server, std::move(factory));
    };
    return std::unique_ptr<Source>(std::make_unique<CallSource>(std::move(options), services));
}

} // namespace

MILLRACE_COMPONENT(ThriftSource, "org.apache.flume.source.ThriftSource", &makeThriftSource)

} // namespace millrace::flume
