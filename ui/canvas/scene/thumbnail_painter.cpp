#include "canvas/scene/thumbnail_painter.h"

#include "canvas/scene/drawing.h"
#include "look/theme.h"

#include <QPainter>

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr double kMargin = 14;  // px
constexpr double kLargest = 0.32;
constexpr double kLine = 1.5, kWire = 1.4; // px in the picture

/// Nodes are drawn lower than they are, so that the wires between them can be seen.
QRectF slim(const QRectF& rect) {
    const double in = rect.height() * 0.08;
    return rect.adjusted(0, in, 0, -in);
}

} // namespace

struct ThumbnailPainter::Impl {
    Drawing drawing;
};

ThumbnailPainter::ThumbnailPainter(const topology::Document& document) {
    ComputedPlaces places;
    Drawing drawing = drawingOf(document, places);
    // Words are not drawn, so notes would be empty boxes.
    std::erase_if(drawing.nodes, [](const DrawnNode& node) { return node.shape == Shape::note; });
    impl_ = std::make_shared<const Impl>(Impl{std::move(drawing)});
}

void ThumbnailPainter::paint(QPainter& painter, const QRectF& room) const {
    const Drawing& drawing = impl_->drawing;
    if (drawing.empty()) return;
    const look::Colours& c = look::colours();
    const QRectF content = drawing.bounds();
    const QRectF inside = room.adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const double scale = std::min({inside.width() / content.width(), inside.height() / content.height(), kLargest});
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(inside.center());
    painter.scale(scale, scale);
    painter.translate(-content.center());
    painter.setPen(QPen(c.frameLine, 1 / scale));
    painter.setBrush(c.frame);
    for (const DrawnFrame& frame : drawing.frames)
        painter.drawRoundedRect(frame.rect, 5 / scale, 5 / scale);
    painter.setBrush(Qt::NoBrush);
    for (const DrawnWire& wire : drawing.wires) {
        const DrawnNode *from = drawing.node(wire.from), *to = drawing.node(wire.to);
        if (!from || !to) continue;
        QPen pen(c.wire, kWire / scale);
        if (wire.style == WireStyle::dashed || wire.style == WireStyle::dotted || wire.style == WireStyle::made)
            pen.setDashPattern({2.2, 1.8});
        painter.strokePath(wirePath({from->shape, from->rect, drawing.frameRect(from->frame)}, {to->shape, to->rect, drawing.frameRect(to->frame)}), pen);
    }
    for (const DrawnNode& node : drawing.nodes) {
        const look::Glyph glyph = glyphOf(node.shape);
        painter.setPen(QPen(look::roleColour(glyph), kLine / scale, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        painter.setBrush(look::roleSoftColour(glyph));
        painter.drawPath(outline(node.shape, slim(node.rect)));
    }
    painter.restore();
}

QPixmap ThumbnailPainter::pixmap(const QSize& size, double deviceRatio) const {
    QPixmap picture(size * deviceRatio);
    picture.setDevicePixelRatio(deviceRatio);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    paint(painter, QRectF(QPointF(), QSizeF(size)));
    return picture;
}

} // namespace millrace::canvas
