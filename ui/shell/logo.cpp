#include "shell/logo.h"

#include "look/theme.h"

#include <QPainter>

namespace millrace::studio {

void Logo::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QColor back = look::colours().accent;
    for (const bool second : {false, true}) {
        const double x = second ? width() * 0.48 : 0;
        back.setAlphaF(second ? 0.72F : 1.0F);
        painter.setBrush(back);
        painter.drawPolygon(QPolygonF{{x, height() * 0.06}, {x + width() * 0.5, height() * 0.5}, {x, height() * 0.94}});
    }
}

} // namespace millrace::studio
