#include "canvas/scene/node_item.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace millrace::canvas {

NodeItem::NodeItem(DrawnNode drawn, SpriteCache& sprites) : drawn_(std::move(drawn)), sprites_(sprites) {
    setPos(drawn_.rect.topLeft());
    setZValue(drawn_.shape == Shape::note ? 1 : 3);
    setAcceptedMouseButtons(Qt::NoButton);
}

bool NodeItem::setDrawn(const DrawnNode& drawn) {
    if (drawn == drawn_ && pos() == drawn.rect.topLeft()) return false;
    prepareGeometryChange();
    if (drawn.rect.size() != drawn_.rect.size()) texts_.forget();
    drawn_ = drawn;
    setPos(drawn.rect.topLeft());
    update();
    return true;
}

void NodeItem::setFace(NodeFace face) {
    if (face == face_) return;
    if (face.name != face_.name || face.typeLine != face_.typeLine || face.figure != face_.figure ||
        face.shortFigure != face_.shortFigure || face.shape != face_.shape)
        texts_.forget();
    face_ = std::move(face);
    update();
}

void NodeItem::setChosen(bool chosen) {
    if (chosen == chosen_) return;
    chosen_ = chosen;
    update();
}

void NodeItem::setDark(bool dark) {
    if (dark == dark_) return;
    dark_ = dark;
    update();
}

void NodeItem::restyle() {
    texts_.forget();
    update();
}

QRectF NodeItem::boundingRect() const {
    return QRectF(QPointF(), drawn_.rect.size()).adjusted(-kOverhang, -kOverhang, kOverhang, kOverhang);
}

void NodeItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    // The view's own scale, exactly: what is measured along the node would differ in its last digits from node to node.
    const double pixels = painter->worldTransform().m11();
    FacePainter with(sprites_, pixels, painter->device()->devicePixelRatioF());
    if (!dark_) return with.paint(*painter, face_, texts_, drawn_.rect.size(), chosen_);
    NodeFace face = face_;
    face.status.reset();
    with.paint(*painter, face, texts_, drawn_.rect.size(), chosen_);
}

} // namespace millrace::canvas
