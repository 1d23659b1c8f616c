#pragma once

#include "flume/component.h"
#include "flume/sources/syslog/syslog_format.h"
#include "flume/sources/syslog/syslog_intake.h"
#include "flume/sources/syslog/syslog_peer.h"
#include "net/listener.h"

#include <memory>

namespace millrace::flume {

struct SyslogTcpOptions {
    net::Address address; ///< without a host: all of this computer
    std::size_t eventSize = 2500;
    KeptFields kept;
    SyslogPeerOptions peer;
    SyslogFormatOptions format;
    net::TransportFactory transport;
};
Result<SyslogTcpOptions> readSyslogTcpOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.source.SyslogTcpSource: a line is a message. Lines that come together travel together; while the
/// channels refuse them the senders are not read.
class SyslogTcpSource final : public Source {
public:
    SyslogTcpSource(SyslogTcpOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override { listener_.reset(); }
    bool finished() const override { return !intake_ || intake_->batches().empty(); }
    Result<Cycle> cycle(ChannelProcessor& output) override;
    net::Address address() const; ///< as bound

private:
    SyslogTcpOptions options_;
    ComponentServices services_;
    std::shared_ptr<SyslogIntake> intake_;
    std::unique_ptr<net::Listener> listener_;
};

Result<std::unique_ptr<Source>> makeSyslogTcpSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
