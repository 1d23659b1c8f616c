#include "canvas/tools/box_tool.h"

#include "canvas/scene/canvas_scene.h"
#include "document/document_store.h"
#include "look/theme.h"

#include <QPainter>

namespace millrace::canvas {

BoxTool::BoxTool(ToolHost& host, const Pointer& start, bool add)
    : host_(host), start_(start.scene), now_(start.scene), before_(host.store().selection()), add_(add) {}

void BoxTool::move(const Pointer& pointer) {
    now_ = pointer.scene;
    QSet<QString> chosen = host_.canvas().hits(host_.zoom()).within(QRectF(start_, now_).normalized(), touching());
    if (add_) chosen.unite(before_);
    host_.store().select(chosen);
    host_.toolChanged();
}

void BoxTool::release(const Pointer& pointer) {
    move(pointer);
}

void BoxTool::cancel() {
    host_.store().select(before_);
    host_.toolChanged();
}

void BoxTool::paint(QPainter& painter, double pixels) const {
    const look::Colours& c = look::colours();
    QColor tint = c.accent;
    tint.setAlpha(26);
    QPen pen(c.accent, 1 / pixels, touching() ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(pen);
    painter.setBrush(tint);
    painter.drawRect(QRectF(start_, now_).normalized());
}

} // namespace millrace::canvas
