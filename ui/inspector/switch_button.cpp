#include "inspector/switch_button.h"

#include "look/theme.h"

#include <QPainter>

namespace millrace::studio {

SwitchButton::SwitchButton(QWidget* parent) : QAbstractButton(parent) {
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCursor(Qt::PointingHandCursor);
}

void SwitchButton::setFaint(bool faint) {
    if (faint_ == faint) return;
    faint_ = faint;
    update();
}

void SwitchButton::paintEvent(QPaintEvent*) {
    const look::Colours& c = look::colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF track(2, (height() - 20) / 2.0, 36, 20);
    const QColor on = faint_ ? c.off : c.accent;
    painter.setPen(QPen(isChecked() ? on : c.nodeLine, 1.5));
    painter.setBrush(isChecked() ? on : c.field);
    painter.drawRoundedRect(track, 10, 10);
    painter.setPen(Qt::NoPen);
    painter.setBrush(isChecked() ? c.onAccent : c.off);
    painter.drawEllipse(QPointF(isChecked() ? track.right() - 10 : track.left() + 10, track.center().y()), 6.5, 6.5);
    if (!hasFocus()) return;
    painter.setPen(QPen(c.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(track.adjusted(-1.5, -3, 1.5, 3), 12, 12);
}

} // namespace millrace::studio
