#pragma once

#include "session/run_parts.h"
#include "session/snapshot.h"

namespace millrace::session {

/// An agent's components, and the agent itself as the sum of their states.
void addAgent(const RunningAgent& agent, Snapshot& snapshot);
void addTraffic(const RunningTraffic& traffic, Snapshot& snapshot);
/// The account over all nodes that are already in the snapshot.
Account accountOf(const Snapshot& snapshot);

} // namespace millrace::session
