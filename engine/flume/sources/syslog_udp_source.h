#pragma once

#include "flume/component.h"
#include "flume/sources/syslog/syslog_format.h"
#include "flume/sources/syslog/syslog_intake.h"
#include "flume/sources/syslog/syslog_peer.h"
#include "net/udp_socket.h"

#include <memory>

namespace millrace::flume {

struct SyslogUdpOptions {
    net::Address address; ///< without a host: all of this computer
    KeptFields kept;
    SyslogPeerOptions peer;
    SyslogFormatOptions format;
};
Result<SyslogUdpOptions> readSyslogUdpOptions(Settings& settings);

/// org.apache.flume.source.SyslogUDPSource: a datagram is a message, up to the end of its first line. What the channels
/// refuse waits, what comes while too much waits is dropped.
class SyslogUdpSource final : public Source {
public:
    SyslogUdpSource(SyslogUdpOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override { socket_.reset(); }
    bool finished() const override { return !intake_ || intake_->batches().empty(); }
    Result<Cycle> cycle(ChannelProcessor& output) override;
    net::Address address() const; ///< as bound

private:
    SyslogUdpOptions options_;
    ComponentServices services_;
    std::shared_ptr<SyslogIntake> intake_;
    std::unique_ptr<net::UdpSocket> socket_;
};

Result<std::unique_ptr<Source>> makeSyslogUdpSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
