#pragma once

#include "canvas/scene/drawing.h"
#include "canvas/paint/face_painter.h"

#include <QGraphicsItem>

namespace millrace::canvas {

/// One node of the drawing. Geometry changes only when data does; paint only reads.
class NodeItem : public QGraphicsItem {
public:
    enum { Type = UserType + 1 };
    NodeItem(DrawnNode drawn, SpriteCache& sprites);

    const DrawnNode& drawn() const { return drawn_; }
    const QString& id() const { return drawn_.id; }
    /// Outline rectangle in scene units, where it is shown now (also in the middle of a drag).
    QRectF rect() const { return {pos(), drawn_.rect.size()}; }
    /// False: it is so already.
    bool setDrawn(const DrawnNode& drawn);
    /// Repaints only when something shown has changed.
    void setFace(NodeFace face);
    const NodeFace& face() const { return face_; }
    void setChosen(bool chosen);
    bool chosen() const { return chosen_; }
    /// The connecting gesture has no use for it: 40 %.
    void setDimmed(bool dimmed) { setOpacity(dimmed ? 0.4 : 1); }
    /// The dark half of a blink: the status is not seen.
    void setDark(bool dark);
    bool dark() const { return dark_; }
    /// Texts are laid out anew: another language or font.
    void restyle();

    int type() const override { return Type; }
    QRectF boundingRect() const override;
    QPainterPath shape() const override { return outline(drawn_.shape, QRectF(QPointF(), drawn_.rect.size())); }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    DrawnNode drawn_;
    NodeFace face_;
    FaceTexts texts_;
    SpriteCache& sprites_;
    bool chosen_ = false, dark_ = false;
};

} // namespace millrace::canvas
