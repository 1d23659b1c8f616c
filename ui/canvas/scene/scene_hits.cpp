#include "canvas/scene/scene_hits.h"

#include "canvas/scene/drawing.h"
#include "canvas/scene/frame_item.h"
#include "canvas/scene/node_item.h"

#include <QGraphicsScene>
#include <QLineF>

namespace millrace::canvas {

namespace {

/// How near an agent's frame a part is put down to belong to it, beyond the frame of its own. Scene units.
constexpr double kNearX = 80, kNearY = 16;

} // namespace

const NodeItem* SceneHits::nodeAt(const QPointF& point, const QString& except) const {
    for (QGraphicsItem* item : items_.scene.items(point, Qt::IntersectsItemShape, Qt::DescendingOrder)) {
        if (item->type() != NodeItem::Type) continue;
        const auto* node = static_cast<const NodeItem*>(item);
        if (node->id() != except && isPainted(node->drawn().shape, detailAt(pixels_))) return node;
    }
    return nullptr;
}

const FrameItem* SceneHits::titleAt(const QPointF& point) const {
    const FrameItem* best = nullptr;
    for (const FrameItem* frame : items_.frames)
        if (frame->titleRect().contains(point) && (!best || frame->zValue() > best->zValue())) best = frame;
    return best;
}

const FrameItem* SceneHits::agentAt(const QPointF& point) const {
    for (const FrameItem* frame : items_.frames)
        if (frame->kind() == FrameItem::Kind::agent && frame->rect().contains(point)) return frame;
    return nullptr;
}

QString SceneHits::agentWrittenAt(const QPointF& point) const {
    for (const DrawnFrame& frame : items_.drawing.frames)
        if (frame.rect.contains(point)) return frame.id;
    return {};
}

const FrameItem* SceneHits::agentFor(const QPointF& point) const {
    if (const FrameItem* inside = agentAt(point)) return inside;
    QRectF part(QPointF(), sizeOf(Shape::channel));
    part.moveCenter(point);
    // Parts are put down in a row with a gap between them: whoever stands that near belongs together.
    const QRectF own = frameAround(part, {}).adjusted(-kNearX, -kNearY, kNearX, kNearY);
    const FrameItem* best = nullptr;
    double most = 0;
    for (const FrameItem* frame : items_.frames) {
        const QRectF shared = frame->rect().intersected(own);
        const double area = shared.width() * shared.height();
        if (frame->kind() != FrameItem::Kind::agent || area <= most) continue;
        most = area;
        best = frame;
    }
    return best;
}

const NodeItem* SceneHits::portAt(const QPointF& point, double distance, bool* out) const {
    const NodeItem* best = nullptr;
    double nearest = distance;
    for (const NodeItem* item : items_.nodes) {
        if (!item->rect().adjusted(-distance, -distance, distance, distance).contains(point)) continue;
        const auto test = [&](const std::optional<QPointF>& port, bool isOut) {
            const double away = port ? QLineF(*port, point).length() : distance + 1;
            if (away > nearest) return;
            nearest = away;
            best = item;
            if (out) *out = isOut;
        };
        test(inPort(item->drawn().shape, item->rect()), false);
        test(outPort(item->drawn().shape, item->rect()), true);
    }
    return best;
}

QSet<QString> SceneHits::within(const QRectF& box, bool touching) const {
    QSet<QString> found;
    const auto in = [&](const QRectF& rect) { return touching ? box.intersects(rect) : box.contains(rect); };
    for (const DrawnNode& drawn : items_.drawing.nodes)
        if (in(items_.nodes.value(drawn.id)->rect())) found.insert(drawn.id);
    // A frame is taken when it lies wholly inside, never by touching: its parts are what was meant.
    for (const FrameItem* frame : items_.frames)
        if (box.contains(frame->rect())) found.insert(frame->id());
    return found;
}

} // namespace millrace::canvas
