#pragma once

#include <QPainterPath>
#include <QPointF>
#include <QRectF>

namespace millrace::canvas {

/// The way of a wire from the out-port of the node at `fromRect` to the in-port of the node at `toRect`, scene units.
/// Forwards a curve; backwards around both nodes, so that a wire never runs through its own ends.
QPainterPath routeWire(const QPointF& from, const QRectF& fromRect, const QPointF& to, const QRectF& toRect);

/// A wire that has been started but not ended: a curve to the pointer.
QPainterPath routeLoose(const QPointF& from, const QPointF& to);

} // namespace millrace::canvas
