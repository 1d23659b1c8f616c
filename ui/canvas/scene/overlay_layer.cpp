#include "canvas/scene/overlay_layer.h"

#include "canvas/paint/badge_painter.h"
#include "canvas/paint/detail.h"
#include "canvas/scene/frame_item.h"
#include "canvas/scene/node_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace millrace::canvas {

OverlayLayer::OverlayLayer(const QHash<QString, NodeItem*>& nodes, const QHash<QString, FrameItem*>& frames)
    : nodes_(nodes), frames_(frames) {
    setZValue(10);
    setFlag(ItemUsesExtendedStyleOption);
    setAcceptedMouseButtons(Qt::NoButton);
}

void OverlayLayer::setBounds(const QRectF& bounds) {
    if (bounds == bounds_) return;
    prepareGeometryChange();
    bounds_ = bounds;
}

void OverlayLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double pixels = painter->worldTransform().m11(); // nothing here is turned
    const Detail detail = detailAt(pixels);
    if (detail < Detail::silhouette) paintBadgesOfAll(*painter, option->exposedRect, pixels);
    if (detail != Detail::silhouette) return;
    for (FrameItem* frame : frames_)
        if (frame->boundingRect().intersects(option->exposedRect)) frame->paintCaptionOver(*painter, pixels);
}

void OverlayLayer::paintBadgesOfAll(QPainter& painter, const QRectF& exposed, double pixels) {
    for (const NodeItem* node : nodes_) {
        if (node->face().badges.isEmpty() || !node->sceneBoundingRect().intersects(exposed)) continue;
        painter.setOpacity(node->opacity());
        paintBadges(painter, node->face(), node->rect(), pixels);
    }
    painter.setOpacity(1);
}

} // namespace millrace::canvas
