#pragma once

#include <QPoint>
#include <QPointF>
#include <Qt>

namespace millrace::canvas {

/// How near a port must be to be meant, and a wire to be what is dropped goes into. Screen px.
inline constexpr double kPortHitPx = 18, kDropHitPx = 16;

/// Where the pointer is while a gesture goes on.
struct Pointer {
    QPoint view; ///< px in the viewport
    QPointF scene;
    Qt::KeyboardModifiers modifiers;
};

} // namespace millrace::canvas
