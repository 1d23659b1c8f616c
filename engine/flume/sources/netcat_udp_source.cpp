#include "flume/sources/netcat_udp_source.h"

#include "flume/registry.h"
#include "flume/support/java_address.h"
#include "flume/support/listen_address.h"
#include "flume/support/udp_source_options.h"

#include <string_view>
#include <utility>

namespace millrace::flume {
namespace {

/// Datagrams into batches; on the loop.
class DatagramEvents {
public:
    DatagramEvents(std::string senderHeader, std::shared_ptr<ReceivedBatches> received)
        : senderHeader_(std::move(senderHeader)), received_(std::move(received)) {}

    void operator()(std::span<const net::Datagram> datagrams) {
        EventBatchBuilder builder(0, datagrams.size());
        for (const net::Datagram& datagram : datagrams) {
            builder.setHeaders(headersFor(datagram.from));
            const std::string_view text(reinterpret_cast<const char*>(datagram.data.data()), datagram.data.size());
            (void)builder.add(text.substr(0, text.find('\n')));
        }
        received_->pushOrDrop(builder.finish(), {});
    }

private:
    HeaderSetPtr headersFor(const net::Address& sender) {
        if (senderHeader_.empty()) return nullptr;
        if (!headers_ || sender != sender_) {
            sender_ = sender;
            headers_ = std::make_shared<const HeaderSet>(
                std::vector<std::pair<std::string, std::string>>{{senderHeader_, javaSocketAddress(sender)}});
        }
        return headers_;
    }

    std::string senderHeader_;
    std::shared_ptr<ReceivedBatches> received_;
    net::Address sender_; ///< of the last datagram
    HeaderSetPtr headers_;
};

} // namespace

Result<NetcatUdpOptions> readNetcatUdpOptions(Settings& settings) {
    NetcatUdpOptions options;
    options.address = {settings.text("bind"), static_cast<std::uint16_t>(settings.number("port"))};
    options.senderHeader = settings.text("remoteAddress");
    MILLRACE_TRY(settings.status());
    return options;
}

NetcatUdpSource::NetcatUdpSource(NetcatUdpOptions options, const ComponentServices& services)
    : options_(std::move(options)), services_(services) {}

Status NetcatUdpSource::start() {
    socket_.reset();
    if (!received_) received_ = std::make_shared<ReceivedBatches>(services_);
    auto socket = net::bindUdp(services_.loop(), listenAddress(options_.address), udpSourceOptions(),
                               DatagramEvents(options_.senderHeader, received_));
    if (!socket) return std::move(socket).error();
    socket_ = std::move(*socket);
    return ok();
}

net::Address NetcatUdpSource::address() const {
    return socket_ ? socket_->address() : options_.address;
}

Result<Cycle> NetcatUdpSource::cycle(ChannelProcessor& output) {
    return received_ ? received_->deliver(output) : Cycle::idle();
}

Result<std::unique_ptr<Source>> makeNetcatUdpSource(Settings& settings, const ComponentServices& services) {
    auto options = readNetcatUdpOptions(settings);
    if (!options) return std::move(options).error();
    return std::unique_ptr<Source>(std::make_unique<NetcatUdpSource>(std::move(*options), services));
}

MILLRACE_COMPONENT(NetcatUdpSource, "org.apache.flume.source.NetcatUdpSource", &makeNetcatUdpSource)

} // namespace millrace::flume
