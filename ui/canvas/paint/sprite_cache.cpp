#include "canvas/paint/sprite_cache.h"

#include "look/theme.h"

#include <QPaintDevice>
#include <QPaintEngine>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kOutlineWidth = 1.5, kSelectionGap = 3;
constexpr double kLargestGlyph = 64; ///< device pixels
constexpr double kEighths = 8, kHundredths = 100;
constexpr int kRim = 2; ///< device pixels around a glyph, whose lines may reach beyond its box

void paintPort(QPainter& painter, const QPointF& at, const QColor& role) {
    painter.setPen(QPen(role, 1.6));
    painter.setBrush(look::colours().node);
    painter.drawEllipse(at, kPortRadius, kPortRadius);
}

/// Never thinner than a device pixel: the outline is the role.
QPen outlinePen(const SpriteCache::Key& key, const QColor& role, double scale) {
    const look::Colours& c = look::colours();
    const double width = std::max(kOutlineWidth, 1.1 / scale);
    if (key.border == Border::selected) return QPen(c.accent, width);
    if (key.border == Border::ghost) return QPen(role, width, Qt::CustomDashLine);
    return QPen(key.shape == Shape::note ? c.nodeLine : role, key.shape == Shape::note ? 1 : width);
}

void paintBody(QPainter& painter, const SpriteCache::Key& key, double scale) {
    const look::Colours& c = look::colours();
    const QRectF rect(QPointF(), QSizeF(key.size));
    const QColor role = look::roleColour(glyphOf(key.shape));
    const QPainterPath path = outline(key.shape, rect);
    if (key.border != Border::ghost) painter.fillPath(path.translated(0, 2), c.shadow);
    if (key.border == Border::selected) {
        const QPainterPath halo =
            outline(key.shape, rect.adjusted(-kSelectionGap, -kSelectionGap, kSelectionGap, kSelectionGap));
        painter.fillPath(halo, c.accentSoft);
        painter.strokePath(halo, QPen(c.accent, std::max(2.0, 1.5 / scale)));
    }
    painter.fillPath(path, key.border == Border::ghost ? c.canvas : c.node);
    QPen pen = outlinePen(key, role, scale);
    if (pen.style() == Qt::CustomDashLine) pen.setDashPattern({4, 3});
    painter.strokePath(path, pen);
}

void paintRole(QPainter& painter, const SpriteCache::Key& key) {
    const QRectF rect(QPointF(), QSizeF(key.size));
    const look::Glyph glyph = glyphOf(key.shape);
    switch (key.shape) {
    case Shape::note:
    case Shape::ghostGroup: return;
    case Shape::channel: look::paintGlyph(painter, glyph, QRectF(18, 12, 17, 17), look::roleColour(glyph)); break;
    case Shape::source:
    case Shape::traffic: look::paintTile(painter, glyph, QRectF(18, 10, 24, 24)); break;
    case Shape::sink:
    case Shape::topic:
    case Shape::cluster:
    case Shape::ghostTopic: look::paintTile(painter, glyph, QRectF(14, 10, 24, 24)); break;
    }
    const QColor role = look::roleColour(glyph);
    const bool openLeft = key.shape == Shape::source;
    if (const auto port = inPort(key.shape, rect); port && !openLeft) paintPort(painter, *port, role);
    if (const auto port = outPort(key.shape, rect); port && key.shape != Shape::sink) paintPort(painter, *port, role);
}

} // namespace

QPixmap SpriteCache::sprite(const Key& key, double scale, double ratio) {
    // A thousandth is a fifth of a pixel in the widest node: less than the rounding to whole pixels.
    const Scaled scaled{key, static_cast<int>(std::lround(std::log(scale) * 1000)), static_cast<int>(ratio * 100)};
    if (const QPixmap* found = sprites_.object(scaled)) return *found;
    const QSizeF size = (QSizeF(key.size) + QSizeF(2 * kOverhang, 2 * kOverhang)) * scale;
    QPixmap picture(static_cast<int>(std::ceil(size.width())) + 1, static_cast<int>(std::ceil(size.height())) + 1);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.scale(scale, scale);
    painter.translate(kOverhang, kOverhang);
    paint(painter, key, scale);
    painter.end();
    picture.setDevicePixelRatio(ratio);
    sprites_.insert(scaled, new QPixmap(picture), qint64{picture.width()} * picture.height() * picture.depth() / 8);
    return picture;
}

QPixmap SpriteCache::glyphPicture(const DrawnGlyph& wanted) {
    if (const QPixmap* found = glyphs_.object(wanted)) return *found;
    const double side = wanted.side / kEighths;
    const int whole = static_cast<int>(std::ceil(side)) + 2 * kRim;
    auto* picture = new QPixmap(whole, whole);
    picture->fill(Qt::transparent);
    QPainter painter(picture);
    look::paintGlyph(painter, wanted.glyph, QRectF(kRim, kRim, side, side), QColor::fromRgba(wanted.colour));
    painter.end();
    picture->setDevicePixelRatio(wanted.ratio / kHundredths);
    glyphs_.insert(wanted, picture, qint64{whole} * whole * picture->depth() / 8);
    return *picture;
}

void SpriteCache::glyph(QPainter& painter, look::Glyph glyph, const QRectF& box, const QColor& colour) {
    const QTransform world = painter.worldTransform();
    const double ratio = painter.device()->devicePixelRatioF(), side = box.width() * world.m11() * ratio;
    if (side > kLargestGlyph || painter.paintEngine()->type() == QPaintEngine::SVG)
        return look::paintGlyph(painter, glyph, box, colour);
    const QPixmap picture = glyphPicture({glyph, colour.rgba(), static_cast<int>(std::lround(side * kEighths)),
                                          static_cast<int>(std::lround(ratio * kHundredths))});
    const QPointF corner = world.map(box.topLeft()) * ratio - QPointF(kRim, kRim);
    painter.setWorldTransform(QTransform());
    painter.drawPixmap(QPointF(std::round(corner.x()), std::round(corner.y())) / ratio, picture);
    painter.setWorldTransform(world);
}

void SpriteCache::clear() {
    sprites_.clear();
    glyphs_.clear();
}

void SpriteCache::paint(QPainter& painter, const Key& key, double scale) {
    painter.setRenderHint(QPainter::Antialiasing);
    paintBody(painter, key, scale);
    if (!key.bare) paintRole(painter, key);
}

} // namespace millrace::canvas
