#pragma once

#include "flume/component_services.h"
#include "flume/sources/syslog/syslog_headers.h"
#include "flume/support/received_batches.h"
#include "net/connection_handler.h"
#include "net/limits.h"

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace millrace::flume {

/// Where the lines of all peers of a syslog source become events. Loop, but for what says otherwise.
class SyslogIntake {
public:
    SyslogIntake(SyslogHeaders::Names names, const ComponentServices& services, ReceivedBatches::Prepare prepare)
        : services_(services), batches_(services, std::move(prepare)), headers_(names) {}

    /// `line` as SyslogLines::parse() wants it; `more` may be null.
    void add(SyslogLines& lines, std::string_view line, bool cut,
             const std::shared_ptr<const SyslogHeaders::More>& more, EventBatchBuilder& builder);
    ReceivedBatches& batches() { return batches_; }
    const ComponentServices& services() const { return services_; }

private:
    const ComponentServices services_;
    ReceivedBatches batches_;
    SyslogHeaders headers_;
};

/// How a connection's bytes become lines.
struct SyslogStream {
    std::shared_ptr<SyslogIntake> intake;
    std::shared_ptr<SyslogLines> lines;                        ///< shared by the connections of a port
    std::size_t eventSize = 0;                                 ///< bytes after which a line is cut
    std::shared_ptr<const std::atomic<std::size_t>> batchSize; ///< may be changed by any thread
    /// The headers that all messages of this peer get; null: none.
    std::function<std::shared_ptr<const SyslogHeaders::More>(const net::Address& peer)> more;
};

/// A connection that sends lines. What has no end yet when it closes is no message.
std::unique_ptr<net::StreamHandler> makeSyslogConnection(SyslogStream stream);

/// For a listener of such connections, which may hold back a line under way. `transport` may be empty.
net::Limits syslogLimits(std::size_t eventSize, const net::TransportFactory& transport,
                         const ComponentServices& services);

} // namespace millrace::flume
