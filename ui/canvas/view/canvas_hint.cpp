#include "canvas/view/canvas_hint.h"

#include "look/theme.h"

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr int kWidest = 320, kPadding = 30, kFromEdge = 4;

} // namespace

CanvasHint::CanvasHint(QWidget* parent) : QLabel(parent) {
    setObjectName(QStringLiteral("canvasHint"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setWordWrap(true);
    hide();
}

void CanvasHint::say(const QString& text, const QPoint& at, Hint kind) {
    setVisible(!text.isEmpty());
    if (text.isEmpty()) return;
    const look::Colours& c = look::colours();
    setStyleSheet(QStringLiteral("QLabel { background: %1; color: %2; border: 1px solid %3; border-radius: 7px; "
                                 "padding: 5px 9px; }")
                      .arg(c.raised.name(), (kind == Hint::refusal ? c.failText : c.text).name(),
                           (kind == Hint::refusal ? c.fail : c.accent).name()));
    setText(text);
    setFixedWidth(std::min(kWidest, fontMetrics().horizontalAdvance(text) + kPadding));
    adjustSize();
    const QRect all = parentWidget()->rect();
    QPoint place = at + QPoint(16, 18);
    place.setX(std::min(place.x(), all.right() - width() - kFromEdge));
    if (place.y() + height() > all.bottom()) place.setY(at.y() - height() - 12);
    move(place);
    raise();
}

} // namespace millrace::canvas
