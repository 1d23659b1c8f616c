#include "canvas/commands/free_places.h"

#include "canvas/scene/canvas_scene.h"
#include "topology/layout/layout.h"

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kGrid = topology::metrics::kGridStep;

} // namespace

QPointF snapped(const QPointF& at) {
    return {std::round(at.x() / kGrid) * kGrid, std::round(at.y() / kGrid) * kGrid};
}

topology::Position positionOf(const QPointF& at) {
    return {std::round(at.x()), std::round(at.y()), {}, {}};
}

topology::Position movedTo(const std::optional<topology::Position>& written, const QPointF& at) {
    topology::Position position = positionOf(at);
    if (written) {
        position.width = written->width;
        position.height = written->height;
    }
    return position;
}

QPointF freePlace(const CanvasScene& scene, topology::NodeKind kind, QPointF at) {
    const QSizeF size = sizeOf(shapeOf(kind));
    QRectF rect(QPointF(), size);
    rect.moveCenter(at);
    for (bool moved = true; moved;) {
        moved = false;
        for (const NodeItem* other : scene.nodes()) {
            if (!other->rect().adjusted(-kGrid, -kGrid, kGrid, kGrid).intersects(rect)) continue;
            rect.moveTop(std::ceil((other->rect().bottom() + topology::metrics::kGapY) / kGrid) * kGrid);
            moved = true;
        }
    }
    return rect.center();
}

QPointF besideWire(const CanvasScene& scene, const topology::Wire& wire, const DrawnNode& wanted) {
    const auto taken = [&](const QRectF& rect) {
        return std::ranges::any_of(scene.nodes(), [&](const NodeItem* item) {
            return item->id() != wanted.id && item->rect().adjusted(-kGrid, -kGrid, kGrid, kGrid).intersects(rect);
        });
    };
    if (!taken(wanted.rect)) return wanted.rect.topLeft();
    for (const topology::NodeId& end : {wire.to, wire.from}) {
        const NodeItem* twin = scene.node(QString::fromStdString(end));
        if (!twin || twin->drawn().kind != wanted.kind || twin->drawn().frame != wanted.frame) continue;
        QRectF place(twin->rect().topLeft(), wanted.rect.size());
        while (taken(place))
            place.translate(0, place.height() + topology::metrics::kGapY);
        return place.topLeft();
    }
    return wanted.rect.topLeft();
}

} // namespace millrace::canvas
