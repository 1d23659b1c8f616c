#include "canvas/scene/frame_item.h"

#include "canvas/paint/detail.h"
#include "canvas/paint/drawing_fonts.h"
#include "look/theme.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr double kAgentRadius = 14, kGroupRadius = 10;
constexpr double kLargeCaptionPx = 13; ///< on the screen, when nothing else is legible

} // namespace

FrameItem::FrameItem(Kind kind, QString id) : kind_(kind), id_(std::move(id)) {
    setZValue(kind == Kind::agent ? 0 : 0.5);
    setAcceptedMouseButtons(Qt::NoButton);
}

bool FrameItem::set(const QRectF& rect, const QString& name, const QString& where) {
    const bool moved = setRect(rect);
    if (name == name_ && where == where_) return moved;
    name_ = name;
    where_ = where;
    update();
    return true;
}

bool FrameItem::setRect(const QRectF& rect) {
    if (rect == rect_) return false;
    prepareGeometryChange();
    rect_ = rect;
    update();
    return true;
}

void FrameItem::setStatus(std::optional<look::Glyph> status, std::optional<look::Glyph> mark) {
    if (status == status_ && mark == mark_) return;
    status_ = status;
    mark_ = mark;
    update(titleRect());
}

void FrameItem::setChosen(bool chosen) {
    if (chosen == chosen_) return;
    chosen_ = chosen;
    update();
}

void FrameItem::setTarget(bool target) {
    if (target == target_) return;
    target_ = target;
    update();
}

QRectF FrameItem::titleRect() const {
    return {rect_.topLeft(), QSizeF(rect_.width(), kind_ == Kind::agent ? kFrameTitleHeight : kGroupTop - 6)};
}

void FrameItem::paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) {
    const double pixels = painter->worldTransform().m11(); // nothing here is turned
    if (kind_ == Kind::agent) paintAgent(*painter, pixels);
    else paintGroup(*painter, pixels);
}

void FrameItem::paintAgent(QPainter& painter, double pixels) {
    const look::Colours& c = look::colours();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(chosen_ || target_ ? c.accent : c.frameLine, chosen_ || target_ ? 2 : 1));
    painter.setBrush(target_ ? c.accentSoft : c.frame);
    painter.drawRoundedRect(rect_, kAgentRadius, kAgentRadius);

    const bool large = detailAt(pixels) >= Detail::silhouette;
    const double px = large ? kLargeCaptionPx / pixels : std::max(kNamePx, kLegiblePx / pixels);
    const DrawingFont& nameFont = drawingFont(px, QFont::DemiBold);
    // Where nothing inside is legible the name stands above, so that it covers nothing.
    const double baseline = rect_.top() + (large ? -px * 0.35 : 24 + (px - kNamePx) * 0.35);
    double x = rect_.left() + (large ? 2 / pixels : 16);
    const auto glyph = mark_ ? mark_ : status_;
    if (glyph) {
        const double side = large ? kLeastGlyphPx / pixels : 11.5;
        look::paintGlyph(painter, *glyph, QRectF(x - 1, baseline - px * 0.35 - side / 2, side, side),
                         look::statusColour(*glyph));
        x += side + (large ? side / 2 : 7);
    }
    painter.setPen(c.text);
    painter.setFont(nameFont.font);
    const double room = rect_.right() - 12 - x;
    const QString name = nameFont.metrics.elidedText(name_, Qt::ElideRight, room);
    painter.drawText(QPointF(x, baseline), name);
    if (large) return;
    x += nameFont.metrics.horizontalAdvance(name) + 10;
    const DrawingFont& whereFont = drawingFont(std::max(11.5, kLegiblePx / pixels));
    painter.setFont(whereFont.font);
    painter.setPen(c.second);
    painter.drawText(QPointF(x, baseline),
                     whereFont.metrics.elidedText(where_, Qt::ElideRight, rect_.right() - 12 - x));
}

void FrameItem::paintGroup(QPainter& painter, double pixels) {
    const look::Colours& c = look::colours();
    QColor tint = c.sinkSoft;
    tint.setAlphaF(0.45f);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(chosen_ || target_ ? c.accent : c.sink, chosen_ || target_ ? 2 : 1));
    painter.setBrush(tint);
    painter.drawRoundedRect(rect_, kGroupRadius, kGroupRadius);
    if (detailAt(pixels) >= Detail::silhouette) return;
    const DrawingFont& font = drawingFont(std::max(11.0, kLegiblePx / pixels), QFont::Medium);
    painter.setFont(font.font);
    painter.setPen(c.text);
    const double baseline = rect_.top() + 17;
    look::paintGlyph(painter, look::Glyph::group, QRectF(rect_.left() + 10, rect_.top() + 7, 12, 12), c.sink);
    const QString title = where_.isEmpty() ? name_ : name_ + QStringLiteral(" · ") + where_;
    painter.drawText(QPointF(rect_.left() + 27, baseline),
                     font.metrics.elidedText(title, Qt::ElideRight, rect_.width() - 40));
}

} // namespace millrace::canvas
