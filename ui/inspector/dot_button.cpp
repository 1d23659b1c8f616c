#include "inspector/dot_button.h"

#include "look/theme.h"

#include <QPainter>

namespace millrace::studio {

DotButton::DotButton(QWidget* parent) : QAbstractButton(parent) {
    setObjectName(QStringLiteral("reset"));
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void DotButton::setState(ValueState state) {
    state_ = state;
    setEnabled(state != ValueState::unset);
    switch (state) {
    case ValueState::unset:
        setToolTip(tr("Not in the file: the default counts"));
        break;
    case ValueState::set:
        setToolTip(tr("In the file. Click to go back to the default"));
        break;
    case ValueState::setToDefault:
        setToolTip(tr("In the file, with the default's value. Click to take it out"));
        break;
    case ValueState::mixed:
        setToolTip(tr("Different values. Click to go back to the default everywhere"));
        break;
    }
    setAccessibleName(toolTip());
    update();
}

void DotButton::paintEvent(QPaintEvent*) {
    const look::Colours& c = look::colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF centre(4.5, height() / 2.0);
    const bool filled = state_ == ValueState::set || state_ == ValueState::mixed;
    const bool written = state_ != ValueState::unset;
    painter.setPen(QPen(written ? c.accent : c.off, 1.4));
    painter.setBrush(filled ? QBrush(c.accent) : Qt::NoBrush);
    painter.drawEllipse(centre, 3.2, 3.2);
    if (!hasFocus()) return;
    painter.setPen(QPen(c.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(centre.x() - 7, centre.y() - 7, 14, 14).intersected(rect()), 4, 4);
}

} // namespace millrace::studio
