#pragma once

#include "base/result.h"
#include "session/shared_broker.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace millrace::session {

/// A broker's pages for who watches it, on loopback while this object lives: /prometheus, which is /metrics too
/// (metrics_page.h), and /health, which is 503 while none runs. A small page at /, 404 elsewhere.
class BrokerMonitor {
public:
    virtual ~BrokerMonitor() = default;
    virtual std::uint16_t port() const = 0;
};

/// The broker that is watched now; null: there is none. Called by a thread of the monitor's own.
using BrokerToMonitor = std::function<std::shared_ptr<const SharedBroker>()>;

/// Port 0 picks a free one. Errors: the port is taken.
Result<std::unique_ptr<BrokerMonitor>> monitorBroker(BrokerToMonitor broker, std::uint16_t port);

} // namespace millrace::session
