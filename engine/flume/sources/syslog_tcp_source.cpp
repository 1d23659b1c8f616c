#include "flume/sources/syslog_tcp_source.h"

#include "flume/registry.h"
#include "flume/sources/syslog/syslog_parser.h"
#include "flume/support/listen_address.h"
#include "flume/support/transport_settings.h"

#include <algorithm>
#include <utility>

namespace millrace::flume {

namespace {

/// org.apache.flume.source.SyslogUtils.MIN_SIZE: a priority is never cut.
constexpr std::int64_t kSmallestEvent = 10;

} // namespace

Result<SyslogTcpOptions> readSyslogTcpOptions(Settings& settings, const ComponentServices& services) {
    SyslogTcpOptions options;
    options.address = {settings.text("host"), static_cast<std::uint16_t>(settings.number("port"))};
    options.eventSize = static_cast<std::size_t>(std::max(kSmallestEvent, settings.number("eventSize")));
    options.kept = KeptFields::of(settings.text("keepFields"));
    options.peer = readSyslogPeer(settings);
    options.format = readSyslogFormat(settings);
    auto transport = readServerTransport(settings, services);
    if (!transport) return std::move(transport).error();
    options.transport = std::move(*transport);
    MILLRACE_TRY(settings.status());
    return options;
}

SyslogTcpSource::SyslogTcpSource(SyslogTcpOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

Status SyslogTcpSource::start() {
    listener_.reset();
    auto format = SyslogFormat::of(options_.format, services_);
    if (!format) return std::move(format).error();
    if (!intake_)
        intake_ = std::make_shared<SyslogIntake>(SyslogHeaders::Names::lowerCase, services_,
                                                 namesOfPeers(options_.peer, services_));
    SyslogStream stream;
    stream.intake = intake_;
    stream.lines = std::make_shared<SyslogParser>(options_.kept, std::move(*format));
    stream.eventSize = options_.eventSize;
    stream.batchSize = std::make_shared<const std::atomic<std::size_t>>(ReceivedBatches::kMostTogether);
    stream.more = [peer = options_.peer](const net::Address& address) { return headersOfPeer(peer, address); };
    auto listener = net::listenStream(services_.loop(), listenAddress(options_.address),
                                      syslogLimits(options_.eventSize, options_.transport, services_),
                                      [stream] { return makeSyslogConnection(stream); });
    if (!listener) return std::move(listener).error();
    listener_ = std::move(*listener);
    return ok();
}

net::Address SyslogTcpSource::address() const {
    return listener_ ? listener_->address() : options_.address;
}

Result<Cycle> SyslogTcpSource::cycle(ChannelProcessor& output) {
    return intake_ ? intake_->batches().deliver(output) : Cycle::idle();
}

Result<std::unique_ptr<Source>> makeSyslogTcpSource(Settings& settings, const ComponentServices& services) {
    auto options = readSyslogTcpOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<SyslogTcpSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(SyslogTcpSource, "org.apache.flume.source.SyslogTcpSource", &makeSyslogTcpSource)

} // namespace millrace::flume
