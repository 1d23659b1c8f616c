#pragma once

#include "flume/component.h"
#include "flume/settings.h"
#include "flume/sources/syslog/syslog_intake.h"
#include "flume/sources/syslog/syslog_peer.h"
#include "java/java_charset.h"
#include "net/listener.h"

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace millrace::flume {

struct MultiportSyslogOptions {
    std::string host; ///< empty: all addresses of this computer
    std::vector<std::uint16_t> ports;
    std::size_t eventSize = 2500;
    std::size_t batchSize = 100;
    std::string portHeader; ///< empty: none
    const java::JavaCharset* charset = nullptr;
    std::map<std::uint16_t, const java::JavaCharset*> charsetOfPort;
    KeptFields kept;
    SyslogPeerOptions peer;
    net::TransportFactory transport;
};
Result<MultiportSyslogOptions> readMultiportSyslogOptions(Settings& settings, const ComponentServices& services);

/// org.apache.flume.source.MultiportSyslogTCPSource: a line on one of several ports is a message, read strictly. Lines
/// that come together travel together; while the channels refuse them the senders are not read. A port that is taken
/// keeps the others from nothing, and is tried again.
class MultiportSyslogTcpSource final : public Source {
public:
    MultiportSyslogTcpSource(MultiportSyslogOptions options, const ComponentServices& services);

    Status start() override;
    void stop() override { listeners_.clear(); }
    bool finished() const override { return !intake_ || intake_->batches().empty(); }
    Result<Cycle> cycle(ChannelProcessor& output) override;
    Status reconfigure(const catalog::ComponentConfig& config) override;
    /// The ports that are listened on, as bound, in the order of the file.
    std::vector<std::uint16_t> ports() const;

private:
    struct Port {
        std::uint16_t wanted = 0;
        std::unique_ptr<net::Listener> listener; ///< null: not bound yet
    };
    Status listen(Port& port);
    Status listenWhereMissing();

    MultiportSyslogOptions options_;
    ComponentServices services_;
    std::shared_ptr<std::atomic<std::size_t>> batchSize_;
    std::shared_ptr<SyslogIntake> intake_;
    std::vector<Port> listeners_;
    std::optional<MonotonicTime> tryAgainAt_; ///< some port is missing
};

Result<std::unique_ptr<Source>> makeMultiportSyslogTcpSource(Settings& settings, const ComponentServices& services);

} // namespace millrace::flume
