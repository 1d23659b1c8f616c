#pragma once

#include "canvas/scene/drawing.h"

#include <QPointF>

#include <optional>

namespace millrace::canvas {

class CanvasScene;

/// On the grid.
QPointF snapped(const QPointF& at);
topology::Position positionOf(const QPointF& at);
/// A place elsewhere; width and height that the file gives (notes, agents) are kept.
topology::Position movedTo(const std::optional<topology::Position>& written, const QPointF& at);

/// Where a node may have its middle so that it lies on no other: there, else the nearest place below.
QPointF freePlace(const CanvasScene& scene, topology::NodeKind kind, QPointF at);
/// Where a node that joins a wire may have its upper left corner. Nothing of Flume's stands in the middle of a wire:
/// what joins it becomes a second one of its kind, and where there is no room where it is wanted it takes its place
/// below that.
QPointF besideWire(const CanvasScene& scene, const topology::Wire& wire, const DrawnNode& wanted);

} // namespace millrace::canvas
