#include "canvas/paint/paper_painter.h"

#include "canvas/paint/detail.h"
#include "look/theme.h"

#include <QPainter>

#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kStep = 16, kLeastPx = 11;

} // namespace

void paintPaper(QPainter& painter, const QRectF& rect, double pixels) {
    const look::Colours& c = look::colours();
    painter.fillRect(rect, c.canvas);
    if (detailAt(pixels) == Detail::blocks) return;
    double step = kStep;
    while (step * pixels < kLeastPx)
        step *= 2;
    // As small rectangles of whole pixels: thousands of round points would cost more than all nodes together.
    const double left = std::floor(rect.left() / step) * step, top = std::floor(rect.top() / step) * step;
    const QTransform world = painter.worldTransform();
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setWorldTransform(QTransform());
    for (double y = top; y < rect.bottom(); y += step)
        for (double x = left; x < rect.right(); x += step)
            painter.fillRect(QRect(world.map(QPointF(x, y)).toPoint(), QSize(2, 2)), c.dot);
    painter.setWorldTransform(world);
}

} // namespace millrace::canvas
