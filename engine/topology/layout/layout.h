#pragma once

#include "topology/graph/graph.h"
#include "topology/layout/metrics.h"

#include <map>

namespace millrace::topology {

/// Positions for every node that has none, left to right along the flow, agents as frames that do not overlap; nodes
/// that have a position keep it. Deterministic. For 1,000 nodes in well under a second.
std::map<NodeId, Position> layout(const Graph& graph);
/// As if no node had a position ("tidy up").
std::map<NodeId, Position> layoutAll(const Graph& graph);

} // namespace millrace::topology
