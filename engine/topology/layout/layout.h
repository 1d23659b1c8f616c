#pragma once

#include "topology/graph/graph.h"

#include <map>

namespace millrace::topology {

/// Sizes on the canvas, shared by layout and drawing so that frames fit what is drawn. Scene units = px at 100 %.
namespace metrics {
inline constexpr double kNodeWidth = 176, kNodeHeight = 64;
inline constexpr double kTopicWidth = 192, kTopicHeight = 82;
inline constexpr double kGridStep = 8;
inline constexpr double kFramePadding = 24, kFrameTitle = 32;
inline constexpr double kGapX = 64, kGapY = 40;
} // namespace metrics

/// Positions for every node that has none, left to right along the flow, agents as frames that do not overlap; nodes
/// that have a position keep it. Deterministic. For 1,000 nodes in well under a second.
std::map<NodeId, Position> layout(const Graph& graph);
/// As if no node had a position ("tidy up").
std::map<NodeId, Position> layoutAll(const Graph& graph);

} // namespace millrace::topology
