#include "flume/registry.h"
#include "flume/support/call_source.h"
#include "rpc/thrift_server.h"

namespace millrace::flume {
namespace {

/// org.apache.flume.source.scribe.ScribeSource, a CallSource: refused calls are answered TRY_LATER.
Result<std::unique_ptr<Source>> makeScribeSource(Settings& settings, const ComponentServices& services) {
    CallSourceOptions options;
    options.address = {"0.0.0.0", static_cast<std::uint16_t>(settings.number("port"))};
    (void)settings.number("workerThreads"); // connections live on one loop here
    const std::int64_t most = settings.number("maxReadBufferBytes");
    MILLRACE_TRY(settings.status());
    constexpr std::int64_t kFlumesDefault = 16'384'000; // also what Flume makes of a number below one
    options.server.messageBytes = static_cast<std::size_t>(most > 0 ? most : kFlumesDefault);
    options.countsAppends = false;
    options.listen = [](net::EventLoop& loop, const net::Address& address, const rpc::CallServerOptions& server,
                        rpc::CallReceiverFactory factory) {
        const rpc::ThriftServerOptions thrift{rpc::scribeThriftService(), rpc::ThriftProtocol::binary};
        return rpc::listenThrift(loop, address, thrift, server, std::move(factory));
    };
    return std::unique_ptr<Source>(std::make_unique<CallSource>(std::move(options), services));
}

} // namespace

MILLRACE_COMPONENT(ScribeSource, "org.apache.flume.source.scribe.ScribeSource", &makeScribeSource)

} // namespace millrace::flume
