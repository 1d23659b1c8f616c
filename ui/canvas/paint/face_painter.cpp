#include "canvas/paint/face_painter.h"

#include "canvas/paint/drawing_fonts.h"
#include "look/theme.h"

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <numbers>

namespace millrace::canvas {

namespace {

using look::Glyph;

constexpr double kFigurePx = 11.5, kNotePx = 12;

/// Where the parts of a face stand; the baselines are those of the drawing.
struct Layout {
    double textLeft;
    double nameWidth;  ///< up to the status glyph
    double figureLeft;
    double figureWidth;
    double figureBaseline;
    QPointF statusCentre;
};

Layout layoutOf(Shape shape, const QSizeF& size) {
    const bool topic = shape == Shape::topic || shape == Shape::ghostTopic;
    const bool wideTile = shape == Shape::source || shape == Shape::traffic;
    Layout layout;
    layout.textLeft = wideTile ? 50 : 46;
    const double statusX = size.width() - (shape == Shape::sink || shape == Shape::channel ? 22 : 14);
    layout.statusCentre = {statusX, 16};
    layout.nameWidth = statusX - 8 - layout.textLeft;
    layout.figureLeft = topic ? 18 : layout.textLeft;
    layout.figureWidth = size.width() - layout.figureLeft - (shape == Shape::sink ? 14 : 10);
    layout.figureBaseline = topic ? 73 : 50;
    return layout;
}

struct Fonts {
    const DrawingFont& name = drawingFont(kNamePx, QFont::DemiBold);
    const DrawingFont& typeLine = drawingFont(11);
    const DrawingFont& figure = drawingFont(kFigurePx, QFont::Medium);
    const DrawingFont& note = drawingFont(kNotePx);
};

void setText(QStaticText& text, const QString& words, const DrawingFont& sized, double width) {
    text.setTextFormat(Qt::PlainText);
    text.setPerformanceHint(QStaticText::AggressiveCaching);
    text.setText(sized.metrics.elidedText(words, Qt::ElideRight, width));
    text.prepare(QTransform(), sized.font);
}

QColor toneColour(Tone tone) {
    const look::Colours& c = look::colours();
    switch (tone) {
    case Tone::quiet: return c.second;
    case Tone::wait: return c.waitText;
    case Tone::fail: return c.failText;
    case Tone::plain: return c.text;
    }
    return c.text;
}

/// A word stands on its baseline, whatever the height of the font's line is.
void drawOnBaseline(QPainter& painter, double x, double baseline, const QStaticText& text, const DrawingFont& sized) {
    painter.setFont(sized.font);
    painter.drawStaticText(QPointF(x, baseline - sized.ascent), text);
}

constexpr double kDrumEnd = 14;

/// How far the drum's round ends lie inside its rectangle at height `y`.
double insetAt(const QRectF& drum, double y) {
    const double off = (y - drum.center().y()) / (drum.height() / 2);
    return kDrumEnd * (1 - std::sqrt(std::max(0.0, 1 - off * off)));
}

/// The part of the drum below `top`, by its arcs: intersecting paths is a hundred times slower.
QPainterPath drumBelow(const QRectF& drum, double top) {
    const double sine = std::clamp((drum.center().y() - top) / (drum.height() / 2), -1.0, 1.0);
    const double angle = std::asin(sine) * 180 / std::numbers::pi;
    const QSizeF end(2 * kDrumEnd, drum.height());
    QPainterPath path(QPointF(drum.left() + insetAt(drum, top), top));
    path.lineTo(drum.right() - insetAt(drum, top), top);
    path.arcTo(QRectF(QPointF(drum.right() - end.width(), drum.top()), end), angle, -(angle + 90));
    path.lineTo(drum.left() + kDrumEnd, drum.bottom());
    path.arcTo(QRectF(drum.topLeft(), end), 270, -(angle + 90));
    path.closeSubpath();
    return path;
}

bool reportsFault(const NodeFace& face) {
    return face.status == Glyph::failing || face.badges.contains(Glyph::invalid) || face.status == Glyph::invalid;
}

} // namespace

void FaceTexts::set(const NodeFace& face, const QSizeF& size) {
    const Fonts font;
    if (face.shape == Shape::note) {
        name_.setTextFormat(Qt::PlainText);
        QTextOption wrap;
        wrap.setWrapMode(QTextOption::WordWrap);
        name_.setTextOption(wrap);
        name_.setTextWidth(size.width() - 24);
        name_.setText(face.name);
        name_.prepare(QTransform(), font.note.font);
    } else if (face.shape == Shape::ghostGroup) {
        setText(name_, face.name, font.typeLine, size.width() - 28);
    } else {
        const Layout layout = layoutOf(face.shape, size);
        setText(name_, face.name, font.name, layout.nameWidth);
        setText(typeLine_, face.typeLine, font.typeLine, layout.nameWidth);
        setText(figure_, face.figure, font.figure, layout.figureWidth);
        setText(shortFigure_, face.shortFigure.isEmpty() ? face.figure : face.shortFigure, font.figure,
                layout.nameWidth);
    }
    made_ = true;
}

void FacePainter::paint(QPainter& painter, const NodeFace& face, FaceTexts& texts, const QSizeF& size, bool selected) {
    if (!isPainted(face.shape, detail_)) return;
    if (detail_ == Detail::blocks) {
        paintBlock(painter, face, size, selected);
        if (reportsFault(face)) paintGlyphs(painter, face, size);
        return;
    }
    paintSprite(painter, face, size, selected);
    if (face.fill) paintFill(painter, face, size);
    if (face.fill && detail_ == Detail::full) paintTicks(painter, size);
    if (!face.shares.isEmpty() && detail_ == Detail::full) paintBars(painter, face, size);
    if (detail_ != Detail::silhouette) {
        if (!texts.made_) texts.set(face, size);
        paintTexts(painter, face, texts, size);
    }
    paintGlyphs(painter, face, size);
}

void FacePainter::paintSprite(QPainter& painter, const NodeFace& face, const QSizeF& size, bool selected) {
    SpriteCache::Key key;
    key.shape = face.shape;
    key.size = size.toSize();
    key.border = selected ? Border::selected : (face.ghost || face.undeclared) ? Border::ghost : Border::normal;
    key.bare = detail_ == Detail::silhouette;
    // A note is as large as its author wants.
    const bool vector = painter.paintEngine()->type() == QPaintEngine::SVG;
    if (face.shape == Shape::note || vector) return SpriteCache::paint(painter, key, pixels_ * ratio_);
    const QTransform world = painter.worldTransform();
    // Whole device pixels: a picture between two of them would be blurred.
    const QPixmap picture = sprites_.sprite(key, pixels_ * ratio_, ratio_);
    const QPointF corner = world.map(QPointF(-kOverhang, -kOverhang));
    painter.setWorldTransform(QTransform());
    painter.drawPixmap(QPointF(std::round(corner.x() * ratio_) / ratio_, std::round(corner.y() * ratio_) / ratio_), picture);
    painter.setWorldTransform(world);
}

void FacePainter::paintBlock(QPainter& painter, const NodeFace& face, const QSizeF& size, bool selected) {
    const look::Colours& c = look::colours();
    QColor colour = look::roleColour(glyphOf(face.shape));
    if (reportsFault(face)) colour = c.fail;
    else if (face.status == Glyph::waiting || face.fill.value_or(0) >= kHotFill) colour = c.wait;
    painter.fillRect(QRectF(QPointF(), size), selected ? c.accent : colour);
}

void FacePainter::paintFill(QPainter& painter, const NodeFace& face, const QSizeF& size) {
    const look::Colours& c = look::colours();
    const double inset = 1.5;
    const QRectF inside = QRectF(QPointF(), size).adjusted(inset, inset, -inset, -inset);
    const double top = inside.bottom() - inside.height() * std::clamp(*face.fill, 0.0, 1.0);
    if (inside.bottom() - top < 0.5) return;
    const bool hot = *face.fill >= kHotFill;
    const QPainterPath level = drumBelow(inside, top);
    painter.fillPath(level, hot ? c.topicSoft : c.channelSoft);
    if (hot) painter.fillPath(level, QBrush(QColor(c.wait.red(), c.wait.green(), c.wait.blue(), 34), Qt::BDiagPattern));
    if (detail_ == Detail::silhouette || top <= inside.top() + 1) return;
    painter.setPen(QPen(hot ? c.wait : c.channel, 1.2));
    painter.drawLine(QPointF(inside.left() + insetAt(inside, top), top), QPointF(inside.right() - insetAt(inside, top), top));
    // The role's glyph lies under the level: it is drawn again.
    sprites_.glyph(painter, Glyph::channel, QRectF(18, 12, 17, 17), c.channel);
}

// Where a level begins to be worth a look, and where it is hot.
void FacePainter::paintTicks(QPainter& painter, const QSizeF& size) {
    const QRectF drum(QPointF(), size);
    painter.setPen(QPen(look::colours().second, 1));
    for (const double share : {kNoticedFill, kHotFill}) {
        const double y = drum.bottom() - share * drum.height(), right = drum.right() - insetAt(drum, y) - 2;
        painter.drawLine(QPointF(right - 6, y), QPointF(right, y));
    }
}

void FacePainter::paintBars(QPainter& painter, const NodeFace& face, const QSizeF& size) {
    const look::Colours& c = look::colours();
    const double left = 18, gap = 4, top = 47, height = 6;
    const double all = size.width() - 2 * left;
    const auto shown = std::min<qsizetype>(face.shares.size(), 24);
    const double width = (all - gap * static_cast<double>(shown - 1)) / static_cast<double>(shown);
    painter.setPen(Qt::NoPen);
    for (qsizetype i = 0; i < shown; ++i) {
        const QRectF bar(left + static_cast<double>(i) * (width + gap), top, width, height);
        painter.setBrush(c.topicSoft);
        painter.drawRoundedRect(bar, 2, 2);
        if (face.shares[i] <= 0) continue;
        painter.setBrush(c.topic);
        painter.drawRoundedRect(QRectF(bar.topLeft(), QSizeF(std::max(3.0, width * face.shares[i]), height)), 2, 2);
    }
}

// With little else on the face, name and figure have room to stay legible a while longer.
void FacePainter::paintFewWords(QPainter& painter, const NodeFace& face, FaceTexts& texts, const QSizeF& size) {
    const Layout layout = layoutOf(face.shape, size);
    const auto grown = [&](const QStaticText& text, double px) {
        const double most = std::max(1.0, layout.nameWidth / std::max(1.0, text.size().width()));
        return std::clamp(kLegiblePx / (px * pixels_), 1.0, most);
    };
    const Fonts font;
    const double nameGrows = grown(texts.name_, kNamePx), figureGrows = grown(texts.shortFigure_, kFigurePx);
    const double nameHeight = texts.name_.size().height() * nameGrows;
    const double figureHeight = face.figure.isEmpty() ? 0 : texts.shortFigure_.size().height() * figureGrows;
    const auto draw = [&](const QStaticText& text, const DrawingFont& sized, double y, double grow) {
        painter.save();
        painter.translate(layout.textLeft, y);
        painter.scale(grow, grow);
        painter.setFont(sized.font);
        painter.drawStaticText(QPointF(), text);
        painter.restore();
    };
    const double top = (size.height() - nameHeight - figureHeight) / 2;
    draw(texts.name_, font.name, top, nameGrows);
    if (face.figure.isEmpty()) return;
    painter.setPen(toneColour(face.tone));
    draw(texts.shortFigure_, font.figure, top + nameHeight, figureGrows);
}

// As large as the note has room for, up to what is legible.
void FacePainter::paintLargeNote(QPainter& painter, const NodeFace& face, const QSizeF& size) {
    const QRectF room = QRectF(QPointF(), size).adjusted(12, 7, -12, -7);
    double px = std::max(kNotePx, kLegiblePx / pixels_);
    const auto height = [&] {
        return drawingFont(px).metrics.boundingRect(room, Qt::TextWordWrap, face.name).height();
    };
    while (px > kNotePx && height() > room.height())
        px = std::max(kNotePx, px - 1);
    painter.setFont(drawingFont(px).font);
    painter.drawText(room, Qt::TextWordWrap, face.name);
}

void FacePainter::paintTexts(QPainter& painter, const NodeFace& face, FaceTexts& texts, const QSizeF& size) {
    const Fonts font;
    const look::Colours& c = look::colours();
    painter.setPen(face.ghost ? c.second : c.text);
    if (face.shape == Shape::note) {
        if (detail_ == Detail::names) return paintLargeNote(painter, face, size);
        painter.setFont(font.note.font);
        painter.drawStaticText(QPointF(12, 9), texts.name_);
        return;
    }
    if (face.shape == Shape::ghostGroup) {
        painter.setPen(toneColour(face.tone == Tone::plain ? Tone::quiet : face.tone));
        drawOnBaseline(painter, 14, 18, texts.name_, font.typeLine);
        return;
    }
    const Layout layout = layoutOf(face.shape, QSizeF());
    if (detail_ != Detail::full) return paintFewWords(painter, face, texts, size);
    drawOnBaseline(painter, layout.textLeft, 20, texts.name_, font.name);
    painter.setPen(c.second);
    drawOnBaseline(painter, layout.textLeft, 34, texts.typeLine_, font.typeLine);
    painter.setPen(toneColour(face.tone));
    drawOnBaseline(painter, layout.figureLeft, layout.figureBaseline, texts.figure_, font.figure);
}

void FacePainter::paintGlyphs(QPainter& painter, const NodeFace& face, const QSizeF& size) {
    const Layout layout = layoutOf(face.shape, size);
    const bool small = detail_ == Detail::silhouette || detail_ == Detail::blocks;
    const auto draw = [&](Glyph glyph, const QPointF& at, double units) {
        // What reports a fault never shrinks out of sight.
        const bool fault = glyph == Glyph::failing || glyph == Glyph::invalid;
        const double side = small || fault ? std::max(units, kLeastGlyphPx / pixels_) : units;
        sprites_.glyph(painter, glyph, QRectF(at.x() - side / 2, at.y() - side / 2, side, side),
                       look::statusColour(glyph));
    };
    const auto units = [](Glyph glyph) {
        return glyph == Glyph::failing ? 13.5 : glyph == Glyph::invalid || glyph == Glyph::warning ? 13.0 : 11.5;
    };
    if (small) {
        // One glyph has room: the worse of the two.
        const auto worst = face.badges.contains(Glyph::invalid) ? Glyph::invalid : face.status;
        if (worst) draw(*worst, QPointF(size.width() / 2, size.height() / 2), units(*worst));
        return;
    }
    if (face.shape == Shape::ghostGroup || face.shape == Shape::note) return;
    if (face.status) draw(*face.status, layout.statusCentre, units(*face.status));
}

} // namespace millrace::canvas
