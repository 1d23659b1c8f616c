#pragma once

#include "flume/component.h"
#include "flume/settings.h"
#include "flume/support/received_batches.h"
#include "net/udp_socket.h"

#include <memory>
#include <string>

namespace millrace::flume {

struct NetcatUdpOptions {
    net::Address address;     ///< without a host: all of this computer
    std::string senderHeader; ///< empty: none
};
Result<NetcatUdpOptions> readNetcatUdpOptions(Settings& settings);

/// org.apache.flume.source.NetcatUdpSource: a datagram is an event, up to its first line feed. What the channels refuse
/// waits, what comes while too much waits is dropped.
class NetcatUdpSource final : public Source {
public:
    NetcatUdpSource(NetcatUdpOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override { socket_.reset(); }
    bool finished() const override { return !received_ || received_->empty(); }
    Result<Cycle> cycle(ChannelProcessor& output) override;
    net::Address address() const; ///< as bound

private:
    NetcatUdpOptions options_;
    ComponentServices services_;
    std::shared_ptr<ReceivedBatches> received_;
    std::unique_ptr<net::UdpSocket> socket_;
};

Result<std::unique_ptr<Source>> makeNetcatUdpSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
