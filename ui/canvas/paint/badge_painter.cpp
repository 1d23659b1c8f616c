#include "canvas/paint/badge_painter.h"

#include "canvas/paint/detail.h"
#include "look/theme.h"

#include <QPainter>

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr double kGlyph = 11.5, kRim = 2.25, kGap = 2, kFromCorner = 22;

} // namespace

void paintBadges(QPainter& painter, const NodeFace& face, const QRectF& rect, double pixels) {
    if (face.shape == Shape::note || face.shape == Shape::ghostGroup) return;
    const look::Colours& c = look::colours();
    const double side = std::max(kGlyph, kLeastGlyphPx / pixels), radius = side / 2 + kRim;
    // Its upper border stays where the node's own picture ends.
    QPointF at(rect.right() - kFromCorner, rect.top() - kOverhang + radius);
    painter.setRenderHint(QPainter::Antialiasing);
    for (const look::Glyph glyph : face.badges) {
        painter.setPen(QPen(c.nodeLine, 1));
        painter.setBrush(c.node);
        painter.drawEllipse(at, radius, radius);
        look::paintGlyph(painter, glyph, QRectF(at.x() - side / 2, at.y() - side / 2, side, side),
                         look::statusColour(glyph));
        at.rx() -= 2 * radius + kGap;
    }
}

} // namespace millrace::canvas
