#include "canvas/scene/overlay_layer.h"

#include "canvas/paint/badge_painter.h"
#include "canvas/paint/detail.h"
#include "canvas/scene/node_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace millrace::canvas {

OverlayLayer::OverlayLayer(const QHash<QString, NodeItem*>& nodes) : nodes_(nodes) {
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
    if (detailAt(pixels) >= Detail::silhouette) return;    // they are not painted so small
    for (const NodeItem* node : nodes_) {
        if (node->face().badges.isEmpty() || !node->sceneBoundingRect().intersects(option->exposedRect)) continue;
        painter->setOpacity(node->opacity());
        paintBadges(*painter, node->face(), node->rect(), pixels);
    }
    painter->setOpacity(1);
}

} // namespace millrace::canvas
