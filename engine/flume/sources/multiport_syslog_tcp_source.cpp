#include "flume/sources/multiport_syslog_tcp_source.h"

#include "flume/registry.h"
#include "flume/sources/syslog/strict_syslog_parser.h"
#include "flume/support/charset.h"
#include "flume/support/listen_address.h"
#include "flume/support/transport_settings.h"
#include "java/java_number.h"

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <utility>

namespace millrace::flume {
namespace {

/// As long as a source that did not start waits.
constexpr std::chrono::seconds kBeforeNextTry{3};

Result<std::uint16_t> portFrom(const Settings& settings, const std::string& key, const std::string& text) {
    const auto number = java::parseJavaInt(text);
    if (number && *number >= 0 && *number <= 65535) return static_cast<std::uint16_t>(*number);
    return Error{ErrorCode::invalidArgument,
                 fmt::format("{}: {}: '{}' is no port; ports are numbers up to 65535", settings.who(), key, text),
                 false};
}

Status readCharsets(Settings& settings, MultiportSyslogOptions& options) {
    const auto charset = charsetOfLines(settings.who() + ": charset.default", settings.text("charset.default"));
    MILLRACE_TRY(charset);
    options.charset = *charset;
    for (const auto& [port, name] : settings.group("charset.port")) {
        const std::string key = "charset.port." + port;
        const auto number = portFrom(settings, key, port);
        MILLRACE_TRY(number);
        const auto own = charsetOfLines(settings.who() + ": " + key, name);
        MILLRACE_TRY(own);
        options.charsetOfPort[*number] = *own;
    }
    return ok();
}

} // namespace

Result<MultiportSyslogOptions> readMultiportSyslogOptions(Settings& settings, const ComponentServices& services) {
    MultiportSyslogOptions options;
    options.host = settings.text("host");
    for (const std::string& text : settings.list("ports")) {
        const auto port = portFrom(settings, "ports", text);
        MILLRACE_TRY(port);
        options.ports.push_back(*port);
    }
    options.eventSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("eventSize")));
    options.batchSize = static_cast<std::size_t>(std::max<std::int64_t>(1, settings.number("batchSize")));
    options.portHeader = settings.text("portHeader");
    options.kept = KeptFields::of(settings.text("keepFields"));
    options.peer = readSyslogPeer(settings);
    // How Flume reads from its sockets; here one thread serves them all, through one buffer.
    (void)settings.number("readBufferBytes");
    (void)settings.numberIfSet("numProcessors");
    MILLRACE_TRY(readCharsets(settings, options));
    auto transport = readServerTransport(settings, services);
    if (!transport) return std::move(transport).error();
    options.transport = std::move(*transport);
    MILLRACE_TRY(settings.status());
    return options;
}

MultiportSyslogTcpSource::MultiportSyslogTcpSource(MultiportSyslogOptions options, const ComponentServices& services)
    : options_(std::move(options)),
      services_(services),
      batchSize_(std::make_shared<std::atomic<std::size_t>>(options_.batchSize)) {}

Status MultiportSyslogTcpSource::start() {
    listeners_.clear();
    if (!intake_)
        intake_ = std::make_shared<SyslogIntake>(SyslogHeaders::Names::capitals, services_,
                                                 namesOfPeers(options_.peer, services_));
    for (const std::uint16_t port : options_.ports)
        listeners_.push_back({port, nullptr});
    Status listening = listenWhereMissing();
    const bool any = std::ranges::any_of(listeners_, [](const Port& port) { return port.listener != nullptr; });
    if (!listening && any) services_.log->error(services_.id, "{}; the other ports work", listening.error().message);
    return any ? ok() : listening;
}

/// The first error, after all were tried.
Status MultiportSyslogTcpSource::listenWhereMissing() {
    tryAgainAt_.reset();
    Status first = ok();
    for (Port& port : listeners_) {
        if (port.listener) continue;
        Status listening = listen(port);
        if (!listening) tryAgainAt_ = services_.clock->now() + kBeforeNextTry;
        if (!listening && first) first = std::move(listening);
    }
    return first;
}

Status MultiportSyslogTcpSource::listen(Port& port) {
    const auto own = options_.charsetOfPort.find(port.wanted);
    auto lines =
        StrictSyslogParser::make(options_.kept, own == options_.charsetOfPort.end() ? *options_.charset : *own->second);
    if (!lines) return std::move(lines).error();
    SyslogStream stream;
    stream.intake = intake_;
    stream.lines = std::move(*lines);
    stream.eventSize = options_.eventSize;
    stream.batchSize = batchSize_;
    SyslogHeaders::More more;
    if (!options_.portHeader.empty()) more.emplace_back(options_.portHeader, std::to_string(port.wanted));
    stream.more = [peer = options_.peer, more](const net::Address& address) {
        return headersOfPeer(peer, address, more);
    };
    auto listener = net::listenStream(services_.loop(), listenAddress({options_.host, port.wanted}),
                                      syslogLimits(options_.eventSize, options_.transport, services_),
                                      [stream] { return makeSyslogConnection(stream); });
    if (!listener) return std::move(listener).error();
    port.listener = std::move(*listener);
    return ok();
}

std::vector<std::uint16_t> MultiportSyslogTcpSource::ports() const {
    std::vector<std::uint16_t> bound;
    for (const Port& port : listeners_)
        if (port.listener) bound.push_back(port.listener->address().port);
    return bound;
}

Result<Cycle> MultiportSyslogTcpSource::cycle(ChannelProcessor& output) {
    if (!intake_) return Cycle::idle();
    if (tryAgainAt_ && services_.clock->now() >= *tryAgainAt_ && !listeners_.empty()) (void)listenWhereMissing();
    Cycle cycle = intake_->batches().deliver(output);
    if (cycle.outcome == Cycle::Outcome::idle && !listeners_.empty()) cycle.wakeAt = tryAgainAt_;
    return cycle;
}

Status MultiportSyslogTcpSource::reconfigure(const catalog::ComponentConfig& config) {
    Settings settings(config);
    auto options = readMultiportSyslogOptions(settings, services_);
    if (!options) return std::move(options).error();
    batchSize_->store(options->batchSize);
    return ok();
}

Result<std::unique_ptr<Source>> makeMultiportSyslogTcpSource(Settings& settings, const ComponentServices& services) {
    auto options = readMultiportSyslogOptions(settings, services);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<MultiportSyslogTcpSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(MultiportSyslogTcpSource, "org.apache.flume.source.MultiportSyslogTCPSource",
                   &makeMultiportSyslogTcpSource)

} // namespace millrace::flume
