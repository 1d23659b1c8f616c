#pragma once

#include "canvas/scene/drawing.h"

#include <span>

namespace millrace::canvas {

// One part of a drawing at a time, out of what the document says about it.

/// Has a place of its own: neither agent nor group of sinks.
bool isPlaced(topology::NodeKind kind);
/// Stands in the drawing as a node. A cluster does where the file gives it a place, or where nothing else stands for
/// it: its topics do.
bool isDrawn(const topology::Node& node, const topology::Graph& graph);

/// `computed` tells where it stands when the file does not.
DrawnNode drawnNode(const topology::Node& node, const ComputedPlaces& computed);
DrawnFrame drawnFrame(const topology::Node& agent, std::span<const DrawnNode* const> parts,
                      const ComputedPlaces& computed);
/// `sinks`: those of the group that are drawn, at least one.
DrawnGroup drawnGroup(const topology::SinkGroup& group, std::span<const DrawnNode* const> sinks);
DrawnWire drawnWire(const topology::Wire& wire, const topology::Graph& graph);

} // namespace millrace::canvas
