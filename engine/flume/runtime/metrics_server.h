#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <memory>

namespace millrace::flume {

class Agent;

/// Flume's HTTP monitoring of one agent while this object lives (flume.monitoring.type = http): /metrics in any letter
/// case, a small page at /, 404 elsewhere, 403 for TRACE and OPTIONS. Beyond Flume /prometheus and /health, which is
/// 503 while a component fails (health_pages.h).
class MetricsServer {
public:
    virtual ~MetricsServer() = default; ///< before the agent's
    virtual std::uint16_t port() const = 0;
};

/// Listens on loopback. Port 0 picks a free one. `agent` outlives the server. Errors: the port is taken.
Result<std::unique_ptr<MetricsServer>> serveMetrics(Agent& agent, std::uint16_t port);

} // namespace millrace::flume
