#pragma once

#include <QGraphicsItem>
#include <QHash>

namespace millrace::canvas {

class NodeItem;

/// What lies over all nodes, in one item: their badges, so that no other node hides them. They stay within what their
/// node paints, so a node that is painted anew brings them along.
class OverlayLayer : public QGraphicsItem {
public:
    enum { Type = UserType + 4 };
    /// `nodes` must outlive the layer.
    explicit OverlayLayer(const QHash<QString, NodeItem*>& nodes);
    /// Everything that may be painted lies inside.
    void setBounds(const QRectF& bounds);

    int type() const override { return Type; }
    QRectF boundingRect() const override { return bounds_; }
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    const QHash<QString, NodeItem*>& nodes_;
    QRectF bounds_;
};

} // namespace millrace::canvas
