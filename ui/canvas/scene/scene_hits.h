#pragma once

#include <QHash>
#include <QPointF>
#include <QRectF>
#include <QSet>
#include <QString>

class QGraphicsScene;

namespace millrace::canvas {

class FrameItem;
class NodeItem;
struct Drawing;

/// What lies where in a scene, the topmost first; null when nothing does. For one question at a time: what it looks at
/// changes.
class SceneHits {
public:
    struct Items {
        const QGraphicsScene& scene;
        const QHash<QString, NodeItem*>& nodes;
        const QHash<QString, FrameItem*>& frames;
        const Drawing& drawing;
    };
    /// `pixels`: px of the screen per scene unit. What is not painted so small is not there.
    SceneHits(const Items& items, double pixels) : items_(items), pixels_(pixels) {}

    const NodeItem* nodeAt(const QPointF& point, const QString& except = {}) const;
    const FrameItem* titleAt(const QPointF& point) const; ///< frame or group whose title is there
    const FrameItem* agentAt(const QPointF& point) const; ///< frame whose inside is there
    /// The agent whose frame is there as the document has it, whatever is being dragged; empty: none.
    QString agentWrittenAt(const QPointF& point) const;
    /// The agent that a part put down with its middle at `point` belongs to: the one whose frame is there, else the one
    /// that a frame of its own would touch or nearly touch most. Null: free paper.
    const FrameItem* agentFor(const QPointF& point) const;
    /// The node whose out- or in-port lies within `distance`; `out` tells which.
    const NodeItem* portAt(const QPointF& point, double distance, bool* out) const;
    /// Nodes (and agents) in a box, as selected by it.
    QSet<QString> within(const QRectF& box, bool touching) const;

private:
    Items items_;
    double pixels_;
};

} // namespace millrace::canvas
