#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

namespace millrace::canvas {

/// The way of a wire from an out-port to an in-port, scene units. `fromBox` and `toBox`: what a way back has to go
/// around (the node, or the frame it stands in). Forwards a curve; backwards around both, so that a wire never runs
/// through its own ends.
QPainterPath routeWire(const QPointF& from, const QRectF& fromBox, const QPointF& to, const QRectF& toBox);

/// The same for a wire that leaves a node by its left side, because where it goes lies wholly to the left.
QPainterPath routeLeftwards(const QPointF& from, const QPointF& to, const QRectF& toBox);

/// A wire that has been started but not ended: a curve to the pointer.
QPainterPath routeLoose(const QPointF& from, const QPointF& to);

} // namespace millrace::canvas
