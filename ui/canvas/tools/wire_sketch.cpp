#include "canvas/tools/wire_sketch.h"

#include "canvas/paint/wire_route.h"
#include "canvas/scene/canvas_scene.h"
#include "look/theme.h"

#include <QLineF>
#include <QPainter>

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr double kPortReach = 40; // px within which a fitting port grows
constexpr double kLargePort = 7, kSmallPort = 5;

/// Where the wire would end at a node; absent: at its other side.
std::optional<QPointF> portOf(const NodeItem& item, bool out) {
    return out ? outPort(item.drawn().shape, item.rect()) : inPort(item.drawn().shape, item.rect());
}

void paintPorts(const WireSketch& sketch, QPainter& painter, double pixels, const CanvasScene& scene) {
    const look::Colours& c = look::colours();
    painter.setPen(QPen(c.accent, 2 / std::min(1.0, pixels)));
    for (const QString& id : sketch.fitting) {
        const NodeItem* item = scene.node(id);
        const auto port = item ? portOf(*item, !sketch.fromOut) : std::nullopt;
        if (!port) continue;
        const bool meant = id == sketch.target;
        const bool near = meant || QLineF(*port, sketch.loose).length() * pixels < kPortReach;
        const double radius = (near ? kLargePort : kSmallPort) / std::min(1.0, pixels);
        painter.setBrush(meant ? c.accent : c.node);
        painter.drawEllipse(*port, radius, radius);
    }
}

} // namespace

void WireSketch::paint(QPainter& painter, double pixels, const CanvasScene& scene) const {
    const look::Colours& c = look::colours();
    const NodeItem* start = scene.node(from);
    if (!start) return;
    painter.setRenderHint(QPainter::Antialiasing);
    paintPorts(*this, painter, pixels, scene);
    const bool fits = fitting.contains(target);
    painter.setBrush(Qt::NoBrush);
    if (const NodeItem* end = fits ? scene.node(target) : nullptr) {
        painter.setPen(QPen(c.accent, 2));
        painter.drawPath(outline(end->drawn().shape, end->rect().adjusted(-3, -3, 3, 3)));
    }
    const QPointF middle = start->rect().center();
    const QPointF at = portOf(*start, fromOut).value_or(portOf(*start, !fromOut).value_or(middle));
    const bool refused = !target.isEmpty() && target != from && !fits;
    painter.setPen(QPen(refused ? c.fail : c.accent, 2.5, fits ? Qt::SolidLine : Qt::DashLine));
    painter.drawPath(fromOut ? routeLoose(at, loose) : routeLoose(loose, at));
}

} // namespace millrace::canvas
