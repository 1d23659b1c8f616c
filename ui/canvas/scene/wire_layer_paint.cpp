#include "canvas/paint/drawing_fonts.h"
#include "canvas/paint/node_face.h"
#include "canvas/scene/wire_layer.h"
#include "look/numbers.h"
#include "look/theme.h"

#include <QPainter>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

/// How wires look; what they are stands in wire_layer.cpp.
namespace millrace::canvas {

namespace {

constexpr double kThinnest = 1.6, kThickest = 6, kDotRadius = 2.2;
constexpr double kLabelPx = 11, kLeastLabelPx = 8;
constexpr double kPillHeight = 20, kPillLine = 13, kPillMargin = 22, kTightMargin = 8;

/// 1.6 px at rest, about 3.4 at ten thousand a second, 6 at a hundred million.
double widthOf(const WireLayer::Strand& strand) {
    const double rate = strand.face.rate.value_or(0);
    if (rate <= 10) return kThinnest;
    return std::min(kThickest, kThinnest + (std::log10(rate) - 1) * 0.62);
}

/// Width that a label may take in the middle of the wire: without limit unless the wire runs straight from one node to
/// the next.
double roomOf(const WireLayer::Strand& strand) {
    constexpr double kUnlimited = 1e6, kPorts = 8;
    const QPointF from = strand.points.first(), to = strand.points.last();
    const bool straight = to.x() > from.x() && std::abs(to.y() - from.y()) < kPillHeight + 2 * kPillLine;
    return straight ? std::max(3 * kPillHeight, to.x() - from.x() - kPorts) : kUnlimited;
}

QPen penOf(const WireLayer::Strand& strand, double width, const QColor& colour) {
    QPen pen(colour, width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    switch (strand.drawn.style) {
    // What flows on a dashed wire is shown by its dashes: dots on them would only be noise.
    case WireStyle::dashed:
        pen.setDashPattern({9 / width, 5 / width});
        pen.setDashOffset(-std::fmod(strand.phase, 14) / width);
        break;
    case WireStyle::made:
        pen.setDashPattern({5 / width, 4 / width});
        pen.setDashOffset(-std::fmod(strand.phase, 9) / width);
        break;
    case WireStyle::dotted:
        pen.setCapStyle(Qt::RoundCap);
        pen.setDashPattern({0.01, 2.4});
        break;
    case WireStyle::solid:
    case WireStyle::twin: break;
    }
    return pen;
}

const DrawingFont& labelFont() {
    return drawingFont(kLabelPx, QFont::Medium);
}

/// A label around the origin.
struct Label {
    QStringList lines;
    QRectF pill;
};

Label layOut(const QStringList& parts, double room) {
    const QFontMetricsF& metrics = labelFont().metrics;
    // Between two nodes side by side a long label has no room: it takes a second line, then it is cut.
    double margin = kPillMargin;
    QStringList lines{inOneLine(parts)};
    if (metrics.horizontalAdvance(lines.first()) + margin > room) {
        margin = kTightMargin;
        if (parts.size() > 1) lines = {parts.first(), inOneLine(parts.mid(1))};
    }
    double width = 0;
    for (QString& line : lines) {
        line = metrics.elidedText(line, Qt::ElideRight, room - margin);
        width = std::max(width, metrics.horizontalAdvance(line));
    }
    QRectF pill(0, 0, width + margin, kPillHeight + kPillLine * static_cast<double>(lines.size() - 1));
    pill.moveCenter({});
    return {lines, pill};
}

void paintLabel(QPainter& painter, const Label& label, bool worrying) {
    const look::Colours& c = look::colours();
    const QFontMetricsF& metrics = labelFont().metrics;
    painter.setFont(labelFont().font);
    painter.setPen(QPen(c.nodeLine, 1));
    painter.setBrush(c.pill);
    painter.drawRoundedRect(label.pill, kPillHeight / 2, kPillHeight / 2);
    painter.setPen(worrying ? c.waitText : c.text);
    double baseline = label.pill.top() + (kPillHeight + metrics.capHeight()) / 2;
    for (const QString& line : label.lines) {
        painter.drawText(QPointF(-metrics.horizontalAdvance(line) / 2, baseline), line);
        baseline += kPillLine;
    }
}

} // namespace

void WireLayer::paint(QPainter* painter, const QStyleOptionGraphicsItem* option, QWidget*) {
    const double pixels = painter->worldTransform().m11(); // nothing here is turned
    const Detail detail = detailAt(pixels);
    painter->setRenderHint(QPainter::Antialiasing, pixels >= 0.35);
    paintStrands(*painter, option->exposedRect, detail, pixels);
    if (detail == Detail::full || detail == Detail::names) paintDots(*painter, option->exposedRect);
    if (detail == Detail::full || detail == Detail::names) paintLabels(*painter, option->exposedRect, pixels);
}

void WireLayer::paintStrands(QPainter& painter, const QRectF& exposed, Detail detail, double pixels) {
    const look::Colours& c = look::colours();
    if (detail == Detail::blocks) {
        // Hairlines, first all that is not in trouble.
        QList<QLineF> calm, hot;
        for (const Strand& strand : strands_)
            if (strand.box.intersects(exposed) && !strand.points.isEmpty())
                (strand.face.hot ? hot : calm).append(QLineF(strand.points.first(), strand.points.last()));
        painter.setPen(QPen(c.wire, 0));
        painter.drawLines(calm);
        painter.setPen(QPen(c.hotEdge, 0));
        painter.drawLines(hot);
        return;
    }
    for (std::size_t i = 0; i < strands_.size(); ++i)
        if (strands_[i].box.intersects(exposed)) {
            const int index = static_cast<int>(i);
            paintStrand(painter, strands_[i], detail, pixels,
                        index == hovered_ || index == chosen_ || index == swollen_);
        }
}

void WireLayer::paintStrand(QPainter& painter, const Strand& strand, Detail detail, double pixels, bool emphasised) {
    const look::Colours& c = look::colours();
    double width = widthOf(strand);
    QColor colour = strand.face.hot ? c.hot : c.wire;
    const auto index = &strand - strands_.data();
    if (emphasised) {
        width = std::max(width, index == swollen_ ? 7.0 : 3.0);
        if (index == chosen_ || index == swollen_) colour = c.accent;
    }
    painter.setBrush(Qt::NoBrush);
    // Orange alone is too light for white paper: it gets an edge.
    if (strand.face.hot && c.hotEdge != c.hot && !emphasised)
        painter.strokePath(strand.path, penOf(strand, width + 2, c.hotEdge));
    if (strand.drawn.style == WireStyle::twin && detail != Detail::silhouette) {
        const double each = std::max(1.3, width * 0.55);
        painter.strokePath(strand.path, penOf(strand, 2 * each + 2, colour));
        painter.strokePath(strand.path, penOf(strand, 2, c.frame));
    } else {
        painter.strokePath(strand.path, penOf(strand, width, colour));
    }
    if (pixels >= 0.5 && strand.drawn.style != WireStyle::made && strand.face.label.isEmpty() &&
        !(strand.drawn.betweenAgents && strand.face.rate) && strand.face.rate.value_or(0) <= 0)
        paintArrow(painter, strand, colour);
}

void WireLayer::paintArrow(QPainter& painter, const Strand& strand, const QColor& colour) {
    if (strand.length.empty() || strand.length.back() < 36) return;
    const double half = strand.length.back() / 2;
    const QPointF tip = pointAt(strand, half + 4), tail = pointAt(strand, half - 4);
    const QLineF line(tail, tip);
    if (line.length() < 1) return;
    const QPointF along = (tip - tail) / line.length(), across(-along.y(), along.x());
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawPolygon(QPolygonF{tip, tail + across * 4, tail - across * 4});
}

void WireLayer::paintDots(QPainter& painter, const QRectF& exposed) {
    QPolygonF dots;
    for (const Strand& strand : strands_) {
        const double rate = strand.face.rate.value_or(0);
        const bool dashed = strand.drawn.style == WireStyle::dashed || strand.drawn.style == WireStyle::made;
        if (rate <= 0 || dashed || strand.points.isEmpty() || !strand.box.intersects(exposed)) continue;
        const double length = strand.length.back();
        const double apart = std::max(20.0, 80 - 11 * std::log10(1 + rate));
        // Held up they bunch at the end, like what they stand for.
        if (strand.face.held) {
            for (int i = 0; i < 4 && 8 + i * 6 < length; ++i)
                dots.append(pointAt(strand, length - 8 - i * 6));
            continue;
        }
        for (double way = std::fmod(strand.phase, apart); way < length; way += apart)
            dots.append(pointAt(strand, way));
    }
    if (dots.isEmpty()) return;
    painter.setPen(QPen(look::colours().accent, 2 * kDotRadius, Qt::SolidLine, Qt::RoundCap));
    painter.drawPoints(dots);
}

QStringList WireLayer::labelOf(int index) const {
    const Strand& strand = strands_[static_cast<std::size_t>(index)];
    if (!strand.face.label.isEmpty()) return strand.face.label;
    const bool shown = strand.drawn.betweenAgents || index == hovered_ || index == chosen_;
    return shown && strand.face.rate ? QStringList(look::rate(*strand.face.rate)) : QStringList();
}

void WireLayer::settleLabels(const std::vector<QRectF>& touched) {
    for (int i = 0; i < static_cast<int>(strands_.size()); ++i) {
        Strand& strand = strands_[static_cast<std::size_t>(i)];
        if (strand.labelSize.isEmpty()) continue;
        // A label stands on its wire, so only what comes near the wire matters to it.
        const double sideways = strand.labelSize.width() / 2, upwards = strand.labelSize.height() / 2;
        const QRectF near = strand.box.adjusted(-sideways, -upwards, sideways, upwards);
        if (std::ranges::none_of(touched, [&](const QRectF& rect) { return rect.intersects(near); })) continue;
        if (labelPlace(i, strand.labelSize) != strand.labelAt) updateStrand(i);
        strand.labelSize = {};
    }
}

QPointF WireLayer::settledPlace(int index, const QSizeF& size) {
    Strand& strand = strands_[static_cast<std::size_t>(index)];
    if (strand.labelSize != size) {
        strand.labelAt = labelPlace(index, size);
        strand.labelSize = size;
    }
    return strand.labelAt;
}

void WireLayer::paintLabels(QPainter& painter, const QRectF& exposed, double pixels) {
    const double grow = std::max(1.0, kLeastLabelPx / (kLabelPx * pixels));
    for (int i = 0; i < static_cast<int>(strands_.size()); ++i) {
        const Strand& strand = strands_[static_cast<std::size_t>(i)];
        const double sideways = 110 * grow, upwards = 20 * grow;
        if (strand.points.isEmpty() || !strand.box.adjusted(-sideways, -upwards, sideways, upwards).intersects(exposed))
            continue;
        const QStringList label = labelOf(i);
        if (label.isEmpty()) continue;
        const Label laid = layOut(label, roomOf(strand) / grow);
        painter.save();
        painter.translate(settledPlace(i, laid.pill.size() * grow));
        painter.scale(grow, grow);
        paintLabel(painter, laid, strand.face.worrying);
        painter.restore();
    }
}

} // namespace millrace::canvas
