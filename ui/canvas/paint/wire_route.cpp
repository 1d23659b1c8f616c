#include "canvas/paint/wire_route.h"

#include <QLineF>
#include <QList>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kLeastHandle = 32, kMostHandle = 160, kStub = 24, kBend = 28, kClearance = 24;

QPainterPath curve(const QPointF& from, const QPointF& to) {
    const double handle = std::clamp(0.5 * std::abs(to.x() - from.x()), kLeastHandle, kMostHandle);
    QPainterPath path(from);
    path.cubicTo(from + QPointF(handle, 0), to - QPointF(handle, 0), to);
    return path;
}

/// A line along the points with rounded bends.
QPainterPath roundedLine(const QList<QPointF>& points) {
    QPainterPath path(points.first());
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]), out(points[i], points[i + 1]);
        const double radius = std::min({kBend, in.length() / 2, out.length() / 2});
        if (radius < 0.5) continue;
        path.lineTo(in.pointAt(radius / in.length()));
        path.quadTo(points[i], out.pointAt(radius / out.length()));
    }
    path.lineTo(points.last());
    return path;
}

/// The height at which a wire that goes back crosses over: close by where it goes, since other rows may lie between, on
/// the side from which it comes where there is room, else below both.
double crossing(const QRectF& from, const QRectF& to) {
    const double above = to.top() - from.bottom(), below = from.top() - to.bottom(); // room on that side
    if (above >= kClearance) return to.top() - std::min(kClearance, above / 2);
    if (below >= kClearance) return to.bottom() + std::min(kClearance, below / 2);
    return std::max(from.bottom(), to.bottom()) + kClearance;
}

} // namespace

QPainterPath routeWire(const QPointF& from, const QRectF& fromBox, const QPointF& to, const QRectF& toBox) {
    if (to.x() - from.x() >= 8) return curve(from, to);
    // Inside one frame the nodes are what is in the way, and they are given then.
    const double y = crossing(fromBox, toBox);
    const double right = std::max(from.x(), fromBox.right()) + kStub, left = std::min(to.x(), toBox.left()) - kStub;
    return roundedLine({from, {right, from.y()}, {right, y}, {left, y}, {left, to.y()}, to});
}

QPainterPath routeLeftwards(const QPointF& from, const QPointF& to, const QRectF& toBox) {
    const double left = std::min(to.x(), toBox.left()) - kStub;
    const double above = toBox.top() - kStub / 2, below = toBox.bottom() + kStub / 2;
    // Close by what it goes to, where a row of the drawing ends: at its own height other nodes may stand.
    const double y = from.y() - above < below - from.y() ? above : below;
    const double turn = from.x() - kStub;
    return roundedLine({from, {turn, from.y()}, {turn, y}, {left, y}, {left, to.y()}, to});
}

QPainterPath routeLoose(const QPointF& from, const QPointF& to) {
    return curve(from, to);
}

} // namespace millrace::canvas
