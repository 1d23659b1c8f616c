#pragma once

#include "canvas/tools/tool_host.h"

#include <QLabel>

namespace millrace::canvas {

/// A few words beside the pointer while a gesture goes on.
class CanvasHint : public QLabel {
    Q_OBJECT
public:
    /// It stays within `parent`.
    explicit CanvasHint(QWidget* parent);
    /// Beside `at`, a place of the parent; an empty text hides it.
    void say(const QString& text, const QPoint& at, Hint kind);
};

} // namespace millrace::canvas
