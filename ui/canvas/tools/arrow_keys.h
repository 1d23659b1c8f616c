#pragma once

#include <QPointF>
#include <Qt>

namespace millrace::canvas {

/// Where an arrow key points to; null for other keys.
inline QPointF arrowOf(int key) {
    switch (key) {
    case Qt::Key_Left:
        return {-1, 0};
    case Qt::Key_Right:
        return {1, 0};
    case Qt::Key_Up:
        return {0, -1};
    case Qt::Key_Down:
        return {0, 1};
    default:
        return {};
    }
}

} // namespace millrace::canvas
