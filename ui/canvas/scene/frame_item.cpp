#include "canvas/scene/frame_item.h"

#include "canvas/paint/detail.h"
#include "canvas/paint/drawing_fonts.h"
#include "canvas/paint/node_face.h"
#include "look/theme.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>

namespace millrace::canvas {

namespace {

constexpr double kAgentRadius = 14, kGroupRadius = 10;
constexpr double kTitleMargin = 12;
constexpr float kPaperAlpha = 0.8f;    ///< of what lies under a caption, so that a wire shows that it goes on there
constexpr double kLargeCaptionPx = 13; ///< on the screen, when nothing else is legible

} // namespace

FrameItem::FrameItem(Kind kind, QString id, SpriteCache& sprites) : kind_(kind), id_(std::move(id)), sprites_(sprites) {
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
    update(); // the caption lies outside
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

void FrameItem::restyle() {
    for (CaptionText* text : {&shownName_, &shownWhere_, &shownLarge_})
        text->forget();
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
    const Detail detail = detailAt(pixels);
    // Among thousands of nodes a caption must not hide those of the row above.
    if (detail == Detail::blocks) paintLargeCaption(painter, pixels, false);
    if (detail < Detail::silhouette) paintTitle(painter, pixels);
}

void FrameItem::paintCaptionOver(QPainter& painter, double pixels) {
    if (kind_ == Kind::agent) paintLargeCaption(painter, pixels, true);
}

void FrameItem::paintTitle(QPainter& painter, double pixels) {
    const look::Colours& c = look::colours();
    const double px = std::max(kNamePx, kLegiblePx / pixels), baseline = rect_.top() + 24 + (px - kNamePx) * 0.35;
    double x = rect_.left() + 16;
    if (const auto glyph = mark_ ? mark_ : status_) {
        constexpr double kSide = 11.5;
        sprites_.glyph(painter, *glyph, QRectF(x - 1, baseline - px * 0.35 - kSide / 2, kSide, kSide),
                       look::statusColour(*glyph));
        x += kSide + 7;
    }
    const double right = rect_.right() - kTitleMargin;
    const double width = shownName_.fit(name_, drawingFont(px, QFont::DemiBold), right - x);
    painter.setPen(c.text);
    shownName_.draw(painter, {x, baseline});
    x += width + 10;
    shownWhere_.fit(where_, drawingFont(std::max(11.5, kLegiblePx / pixels)), right - x);
    painter.setPen(c.second);
    shownWhere_.draw(painter, {x, baseline});
}

// Where nothing inside is legible the name stands above, so that it covers nothing. It is as large at any zoom: laid
// out in px of the screen it need not be laid out anew at each.
void FrameItem::paintLargeCaption(QPainter& painter, double pixels, bool onPaper) {
    const QTransform world = painter.worldTransform();
    const QPointF at = world.map(rect_.topLeft()) + QPointF(2, -kLargeCaptionPx * 0.35);
    const double right = world.map(rect_.topRight()).x() - kTitleMargin * pixels;
    constexpr double kSide = kLeastGlyphPx;
    const auto glyph = mark_ ? mark_ : status_;
    const double beside = glyph ? kSide * 1.5 : 0; // the words
    const DrawingFont& font = drawingFont(kLargeCaptionPx, QFont::DemiBold);
    const double width = shownLarge_.fit(name_, font, right - at.x() - beside);
    painter.setWorldTransform(QTransform());
    if (onPaper) {
        QColor paper = look::colours().canvas;
        paper.setAlphaF(kPaperAlpha);
        painter.setPen(Qt::NoPen);
        painter.setBrush(paper);
        painter.drawRoundedRect(QRectF(at.x() - 3, at.y() - font.ascent, beside + width + 6, font.metrics.height()), 3,
                                3);
    }
    if (glyph)
        sprites_.glyph(painter, *glyph,
                       QRectF(at.x() - pixels, at.y() - kLargeCaptionPx * 0.35 - kSide / 2, kSide, kSide),
                       look::statusColour(*glyph));
    painter.setPen(look::colours().text);
    shownLarge_.draw(painter, at + QPointF(beside, 0));
    painter.setWorldTransform(world);
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
    painter.setPen(c.text);
    const double baseline = rect_.top() + 17;
    sprites_.glyph(painter, look::Glyph::group, QRectF(rect_.left() + 10, rect_.top() + 7, 12, 12), c.sink);
    shownName_.fit(where_.isEmpty() ? name_ : inOneLine({name_, where_}), font, rect_.width() - 40);
    shownName_.draw(painter, {rect_.left() + 27, baseline});
}

} // namespace millrace::canvas
