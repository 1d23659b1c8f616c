#pragma once

#include <QPointF>
#include <QString>

namespace millrace::canvas {

/// What a command of the drawing works on: what the context menu was opened at, else what is chosen.
struct Target {
    QString id;      ///< node, frame or ghost; empty: none, or a wire
    int strand = -1; ///< a wire
    QPointF at;      ///< scene units; where the menu was opened, or the middle of what is chosen
};

} // namespace millrace::canvas
