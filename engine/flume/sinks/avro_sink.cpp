#include "flume/sinks/avro_sink.h"

#include "flume/registry.h"
#include "flume/support/transport_settings.h"
#include "rpc/deflate_transport.h"

#include <fmt/core.h>

#include <algorithm>

namespace millrace::flume {
namespace {

/// After a silence of this length the connection is tried before a batch is trusted to it: the other side may have
/// gone.
constexpr std::chrono::milliseconds kTrustedSilence{1000};

} // namespace

Result<AvroSinkOptions> readAvroSinkOptions(Settings& settings, const ComponentServices& services) {
    AvroSinkOptions options;
    options.client.address = {settings.text("hostname"), static_cast<std::uint16_t>(settings.number("port"))};
    options.client.connectTimeout = settings.duration("connect-timeout");
    options.client.requestTimeout = settings.duration("request-timeout");
    const auto level = static_cast<int>(std::clamp<std::int64_t>(settings.number("compression-level"), 1, 9));
    auto below =
        settings.text("compression-type") == "deflate" ? rpc::deflateTransport(level) : net::TransportFactory();
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batch-size")));
    options.resetInterval = settings.duration("reset-connection-interval");
    (void)settings.numberIfSet("maxIoWorkers"); // Flume ignores it too
    const std::string client = settings.text("client.type");
    auto transport = readClientTransport(settings, services, std::move(below));
    if (!transport) return std::move(transport).error();
    MILLRACE_TRY(settings.status());
    options.client.transport = std::move(*transport);
    if (client != "default")
        return Error{ErrorCode::unsupported,
                     fmt::format("{}: client.type = {} does not run here; use a sink group for fail-over or balancing",
                                 settings.who(), client),
                     false};
    return options;
}

AvroSink::AvroSink(AvroSinkOptions options, const ComponentServices& services)
    : BatchSink(services, options.batchSize, FlumeCounter::eventWriteFail), options_(std::move(options)) {
    options_.client.clock = services.clock;
}

Status AvroSink::start() {
    interrupt_->clear();
    return ok();
}

void AvroSink::stop() {
    disconnect();
}

Status AvroSink::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readAvroSinkOptions(settings, services());
    if (!options) return std::move(options).error();
    setBatchSize(options->batchSize);
    return ok();
}

void AvroSink::disconnect() {
    if (!client_) return;
    client_.reset();
    (*services().counters)[FlumeCounter::connectionClosed].addFromOwner(1);
}

Status AvroSink::connect() {
    const auto now = services().clock->now();
    if (client_ && options_.resetInterval.count() > 0 && now - connectedAt_ >= options_.resetInterval) disconnect();
    if (client_ && now - usedAt_ > kTrustedSilence && !client_->ping()) disconnect();
    if (client_) return ok();
    auto client = rpc::AvroClient::connect(options_.client, interrupt_);
    if (!client) {
        (*services().counters)[FlumeCounter::connectionFailed].addFromOwner(1);
        return std::move(client).error();
    }
    client_ = std::move(*client);
    connectedAt_ = services().clock->now();
    (*services().counters)[FlumeCounter::connectionCreated].addFromOwner(1);
    return ok();
}

Status AvroSink::send(std::span<const EventRange> ranges, std::size_t) {
    batch_.clear();
    const HeaderSet* last = nullptr;
    for (const EventRange& range : ranges)
        for (std::size_t i = range.first; i < range.last; ++i) {
            const HeaderSet* headers = range.batch->headerSet(i).get();
            if (headers == last)
                batch_.addWithSameHeaders(range.batch->body(i));
            else
                batch_.add(headers->entries(), range.batch->body(i));
            last = headers;
        }
    MILLRACE_TRY(connect());
    const auto answer = client_->appendBatch(batch_);
    usedAt_ = services().clock->now();
    if (answer && *answer == rpc::AvroStatus::ok) return ok();
    disconnect();
    if (!answer) return answer.error();
    return Error{ErrorCode::full,
                 fmt::format("the avro source at {} answered {}; its channel may be full",
                             options_.client.address.toString(), rpc::toString(*answer)),
                 true};
}

Result<std::unique_ptr<Sink>> makeAvroSink(Settings& settings, const ComponentServices& services) {
    auto options = readAvroSinkOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Sink>(std::make_unique<AvroSink>(std::move(*options), services));
}

MILLRACE_COMPONENT(AvroSink, "org.apache.flume.sink.AvroSink", &makeAvroSink)

} // namespace millrace::flume
