#pragma once

#include "session/run_parts.h"
#include "session/snapshot.h"

namespace millrace::session {

/// An agent's components, and the agent itself as the sum of their states.
void addAgent(const RunningAgent& agent, Snapshot& snapshot);
void addTraffic(const RunningTraffic& traffic, Snapshot& snapshot);
/// What one node adds to the account; nothing of what is in flight.
Account accountOf(const NodeSnapshot& node);

} // namespace millrace::session
