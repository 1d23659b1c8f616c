#pragma once

#include "flume/agent.h"

#include <span>
#include <string>

namespace millrace::flume {

/// The counters of an agent in the text format of Prometheus (version 0.0.4): a metric for each of Flume's counters,
/// "flume_event_received_total" for EventReceivedCount, with agent, kind and name of the component as labels; start
/// times; and for each component whether it is failing.
std::string prometheusPage(std::span<const NodeStatus> nodes);

/// {"status": "ok"} or {"status": "failing", "failing": [{"node": …, "reason": …}]}.
std::string healthJson(std::span<const NodeStatus> nodes);
/// No component is failing.
bool isHealthy(std::span<const NodeStatus> nodes);

} // namespace millrace::flume
