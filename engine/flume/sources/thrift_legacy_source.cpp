#include "flume/registry.h"
#include "flume/support/call_source.h"
#include "rpc/thrift_server.h"

namespace millrace::flume {
namespace {

/// org.apache.flume.source.thriftLegacy.ThriftLegacySource, a CallSource whose peers wait for no answer.
Result<std::unique_ptr<Source>> makeThriftLegacySource(Settings& settings, const ComponentServices& services) {
    CallSourceOptions options;
    options.address = {settings.text("host"), static_cast<std::uint16_t>(settings.number("port"))};
    MILLRACE_TRY(settings.status());
    options.repeatsRefused = true;
    options.countsAppends = false;
    options.listen = [](net::EventLoop& loop, const net::Address& address, const rpc::CallServerOptions& server,
                        rpc::CallReceiverFactory factory) {
        const rpc::ThriftServerOptions thrift{rpc::oldFlumeThriftService(), rpc::ThriftProtocol::binary, false};
        return rpc::listenThrift(loop, address, thrift, server, std::move(factory));
    };
    return std::unique_ptr<Source>(std::make_unique<CallSource>(std::move(options), services));
}

} // namespace

MILLRACE_COMPONENT(ThriftLegacySource, "org.apache.flume.source.thriftLegacy.ThriftLegacySource",
                   &makeThriftLegacySource)

} // namespace millrace::flume
