#pragma once

#include "canvas/scene/drawing.h"

#include <optional>
#include <vector>

namespace millrace::canvas {

/// What of a drawing is other than before, as indexes into it.
struct DrawingChange {
    std::vector<std::size_t> nodes, frames, groups, wires;
    bool empty() const { return nodes.empty() && frames.empty() && groups.empty() && wires.empty(); }
};

/// Brings a drawing up to date after nothing but these nodes of the document has changed: no node has come or gone, no
/// wire either. Empty: more of the drawing depends on them than can be told from here; it is as it was, and has to be
/// made anew. What it costs grows with what has changed, not with the drawing.
std::optional<DrawingChange> updateDrawing(Drawing& drawing, const topology::Graph& graph,
                                           const std::vector<topology::NodeId>& changed,
                                           const ComputedPlaces& computed);

} // namespace millrace::canvas
