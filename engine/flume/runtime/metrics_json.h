#pragma once

#include "catalog/agent_config.h"
#include "counters/counter_set.h"
#include "flume/channel.h"
#include "flume/runtime/node_health.h"

#include <string>

namespace millrace::flume {

/// Builds what Flume answers at /metrics: one object, a member for each component that Flume shows, every value a
/// string (org.apache.flume.instrumentation.http.HTTPMetricsServer).
class MetricsJson {
public:
    /// `kind` is SOURCE, CHANNEL or SINK; `level` matters for channels. Components without declared counters are left
    /// out.
    void add(std::string_view kind, const catalog::ComponentConfig& config, const CounterSet& counters,
             const NodeHealth::Reading& reading, const ChannelLevel& level);
    std::string text() const;

private:
    std::string members_;
};

/// As Java writes a double: "3.0", "1.0E-4", and Double.MAX_VALUE in full.
std::string javaDouble(double value);

} // namespace millrace::flume
