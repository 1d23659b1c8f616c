#include "look/icons.h"

#include "look/glyph_paths.h"
#include "look/theme.h"

#include <QIconEngine>
#include <QPainter>
#include <QPixmap>

namespace millrace::look {

namespace {

bool isRole(Glyph glyph) {
    return glyph <= Glyph::group;
}

bool isStatus(Glyph glyph) {
    return glyph >= Glyph::running && glyph <= Glyph::foreign;
}

/// Painted each time from the path, so that theme and device ratio are always those in force.
class GlyphEngine : public QIconEngine {
public:
    GlyphEngine(Glyph glyph, bool tile) : glyph_(glyph), tile_(tile) {}
    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override {
        if (tile_) return paintTile(*painter, glyph_, rect);
        const QColor colour = mode == QIcon::Disabled ? colours().faint
                              : isRole(glyph_)        ? roleColour(glyph_)
                              : isStatus(glyph_)      ? statusColour(glyph_)
                                                      : colours().text;
        paintGlyph(*painter, glyph_, rect, colour);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        QPixmap picture(size);
        picture.fill(Qt::transparent);
        QPainter painter(&picture);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return picture;
    }
    QIconEngine* clone() const override { return new GlyphEngine(*this); }

private:
    Glyph glyph_;
    bool tile_;
};

} // namespace

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box, const QColor& colour) {
    const GlyphShape& shape = glyphShape(glyph);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double scale = qMin(box.width(), box.height()) / kGlyphGrid;
    painter.translate(box.center());
    painter.scale(scale, scale);
    painter.translate(-kGlyphGrid / 2, -kGlyphGrid / 2);
    if (!shape.filled.isEmpty()) painter.fillPath(shape.filled, colour);
    if (!shape.stroked.isEmpty())
        painter.strokePath(shape.stroked, QPen(colour, shape.width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.restore();
}

void paintTile(QPainter& painter, Glyph role, const QRectF& box) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(roleSoftColour(role));
    painter.drawRoundedRect(box, box.width() / 4, box.width() / 4);
    painter.restore();
    const double inset = box.width() / 6;
    paintGlyph(painter, role, box.adjusted(inset, inset, -inset, -inset), roleColour(role));
}

QIcon icon(Glyph glyph) {
    return QIcon(new GlyphEngine(glyph, false));
}

QIcon tileIcon(Glyph role) {
    return QIcon(new GlyphEngine(role, true));
}

QColor roleColour(Glyph role) {
    const Colours& c = colours();
    switch (role) {
    case Glyph::source: return c.source;
    case Glyph::channel: return c.channel;
    case Glyph::sink:
    case Glyph::group: return c.sink;
    case Glyph::topic:
    case Glyph::cluster: return c.topic;
    default: return c.traffic;
    }
}

QColor roleSoftColour(Glyph role) {
    const Colours& c = colours();
    switch (role) {
    case Glyph::source: return c.sourceSoft;
    case Glyph::channel: return c.channelSoft;
    case Glyph::sink:
    case Glyph::group: return c.sinkSoft;
    case Glyph::topic:
    case Glyph::cluster: return c.topicSoft;
    default: return c.trafficSoft;
    }
}

QColor statusColour(Glyph status) {
    const Colours& c = colours();
    switch (status) {
    case Glyph::running:
    case Glyph::idle: return c.ok;
    case Glyph::waiting:
    case Glyph::paused:
    case Glyph::warning: return c.wait;
    case Glyph::failing:
    case Glyph::invalid: return c.fail;
    case Glyph::edited:
    case Glyph::information: return c.accent;
    default: return c.off;
    }
}

} // namespace millrace::look
