#pragma once

#include <QPointF>
#include <QSet>
#include <QString>

class QPainter;

namespace millrace::canvas {

class CanvasScene;

/// A wire that is being drawn: it hangs from one end of a node, and the ports that would take it stand out.
struct WireSketch {
    QString from;
    bool fromOut = true;
    QSet<QString> fitting;
    QString target; ///< the node that it would go to; need not fit; empty: none
    QPointF loose;  ///< where its other end is

    /// In scene units; `pixels`: screen px per unit.
    void paint(QPainter& painter, double pixels, const CanvasScene& scene) const;
};

} // namespace millrace::canvas
