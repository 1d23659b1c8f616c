#pragma once

#include "canvas/paint/node_face.h"

#include <QRectF>

class QPainter;

namespace millrace::canvas {

/// The badges of a node at `rect`, from its upper right corner to the left, across its upper edge. `pixels`: px of the
/// desktop per scene unit. Not for detail below Detail::names: there the face has room for one glyph and shows the
/// weightiest itself.
void paintBadges(QPainter& painter, const NodeFace& face, const QRectF& rect, double pixels);

} // namespace millrace::canvas
