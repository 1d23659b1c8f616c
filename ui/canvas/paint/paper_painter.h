#pragma once

#include <QRectF>

class QPainter;

namespace millrace::canvas {

/// The paper with its dots where `rect` lies, in scene units. `pixels`: px of the desktop per scene unit.
void paintPaper(QPainter& painter, const QRectF& rect, double pixels);

} // namespace millrace::canvas
