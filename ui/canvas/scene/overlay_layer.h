#pragma once

#include <QGraphicsItem>
#include <QHash>

namespace millrace::canvas {

class FrameItem;
class NodeItem;

/// What lies over all nodes, in one item: their badges, so that no other node hides them, and the names of agents where
/// nothing inside is legible, so that no wire crosses them out. All of it stays within what its node or frame paints:
/// one that is painted anew brings it along.
class OverlayLayer : public QGraphicsItem {
public:
    enum { Type = UserType + 4 };
    /// Both must outlive the layer.
    OverlayLayer(const QHash<QString, NodeItem*>& nodes, const QHash<QString, FrameItem*>& frames);
    /// Everything that may be painted lies inside.
    void setBounds(const QRectF& bounds);

    int type() const override { return Type; }
    QRectF boundingRect() const override { return bounds_; }
    QPainterPath shape() const override { return {}; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget* widget) override;

private:
    void paintBadgesOfAll(QPainter& painter, const QRectF& exposed, double pixels);

    const QHash<QString, NodeItem*>& nodes_;
    const QHash<QString, FrameItem*>& frames_;
    QRectF bounds_;
};

} // namespace millrace::canvas
