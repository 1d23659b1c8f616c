#include "flume/sources/syslog_udp_source.h"

#include "flume/registry.h"
#include "flume/sources/syslog/syslog_parser.h"
#include "flume/support/listen_address.h"
#include "flume/support/udp_source_options.h"

#include <utility>

namespace millrace::flume {
namespace {

/// Datagrams into batches, one for each peer in a row; on the loop.
class SyslogDatagrams {
public:
    SyslogDatagrams(std::shared_ptr<SyslogIntake> intake, std::shared_ptr<SyslogLines> lines, SyslogPeerOptions peer)
        : intake_(std::move(intake)), lines_(std::move(lines)), options_(std::move(peer)) {}

    void operator()(std::span<const net::Datagram> datagrams) {
        EventBatchBuilder builder(0, datagrams.size());
        for (const net::Datagram& datagram : datagrams) {
            if (datagram.from.host != peer_) {
                intake_->batches().pushOrDrop(builder.finish(), peer_);
                peer_ = datagram.from.host;
                more_ = headersOfPeer(options_, datagram.from);
            }
            std::string_view text(reinterpret_cast<const char*>(datagram.data.data()), datagram.data.size());
            text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
            if (!text.empty()) intake_->add(*lines_, text.substr(0, text.find('\n')), false, more_, builder);
        }
        intake_->batches().pushOrDrop(builder.finish(), peer_);
    }

private:
    std::shared_ptr<SyslogIntake> intake_;
    std::shared_ptr<SyslogLines> lines_;
    SyslogPeerOptions options_;
    std::string peer_; ///< of the last datagram
    std::shared_ptr<const SyslogHeaders::More> more_;
};

} // namespace

Result<SyslogUdpOptions> readSyslogUdpOptions(Settings& settings) {
    SyslogUdpOptions options;
    options.address = {settings.text("host"), static_cast<std::uint16_t>(settings.number("port"))};
    options.kept = KeptFields::of(settings.text("keepFields"));
    options.peer = readSyslogPeer(settings);
    options.format = readSyslogFormat(settings);
    MILLRACE_TRY(settings.status());
    return options;
}

SyslogUdpSource::SyslogUdpSource(SyslogUdpOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

Status SyslogUdpSource::start() {
    socket_.reset();
    auto format = SyslogFormat::of(options_.format, services_);
    if (!format) return std::move(format).error();
    if (!intake_)
        intake_ = std::make_shared<SyslogIntake>(SyslogHeaders::Names::lowerCase, services_,
                                                 namesOfPeers(options_.peer, services_));
    auto lines = std::make_shared<SyslogParser>(options_.kept, std::move(*format));
    auto socket = net::bindUdp(services_.loop(), listenAddress(options_.address), udpSourceOptions(),
                               SyslogDatagrams(intake_, std::move(lines), options_.peer));
    if (!socket) return std::move(socket).error();
    socket_ = std::move(*socket);
    return ok();
}

net::Address SyslogUdpSource::address() const {
    return socket_ ? socket_->address() : options_.address;
}

Result<Cycle> SyslogUdpSource::cycle(ChannelProcessor& output) {
    return intake_ ? intake_->batches().deliver(output) : Cycle::idle();
}

Result<std::unique_ptr<Source>> makeSyslogUdpSource(Settings& settings, const ComponentServices& services) {
    auto options = readSyslogUdpOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<SyslogUdpSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(SyslogUdpSource, "org.apache.flume.source.SyslogUDPSource", &makeSyslogUdpSource)

} // namespace millrace::flume
