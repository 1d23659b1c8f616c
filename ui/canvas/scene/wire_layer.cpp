#include "canvas/scene/wire_layer.h"

#include <QLineF>
#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

/// What makes a wire the same wire after an edit.
QString keyOf(const DrawnWire& wire) {
    return wire.from + QLatin1Char('\n') + wire.to + QLatin1Char('\n') + QString::number(static_cast<int>(wire.wire.kind));
}

double distanceTo(const QPolygonF& line, const QPointF& point) {
    double best = 1e18;
    for (qsizetype i = 0; i + 1 < line.size(); ++i) {
        const QPointF a = line[i], along = line[i + 1] - a;
        const double square = QPointF::dotProduct(along, along);
        const double t = square > 0 ? std::clamp(QPointF::dotProduct(point - a, along) / square, 0.0, 1.0) : 0;
        const QPointF away = point - (a + along * t);
        best = std::min(best, QPointF::dotProduct(away, away));
    }
    return std::sqrt(best);
}

} // namespace

WireLayer::WireLayer(EndOf endOf, Covered covered) : endOf_(std::move(endOf)), covered_(std::move(covered)) {
    setZValue(2);
    setFlag(ItemUsesExtendedStyleOption);
    setAcceptedMouseButtons(Qt::NoButton);
}

int WireLayer::setWires(const std::vector<DrawnWire>& wires) {
    int others = 0;
    QHash<QString, std::size_t> known;
    for (std::size_t i = 0; i < strands_.size(); ++i)
        known.insert(keyOf(strands_[i].drawn), i);
    std::vector<Strand> next;
    next.reserve(wires.size());
    at_.clear();
    for (const DrawnWire& wire : wires) {
        // A wire that stays keeps its dots where they are.
        const auto old = known.constFind(keyOf(wire));
        const bool stays = old != known.constEnd();
        Strand strand = stays ? std::move(strands_[*old]) : Strand();
        if (stays) known.erase(old);
        if (!stays || strand.drawn != wire) ++others;
        strand.drawn = wire;
        strand.labelSize = {};
        at_[wire.from].append(next.size());
        if (wire.to != wire.from) at_[wire.to].append(next.size());
        next.push_back(std::move(strand));
    }
    strands_ = std::move(next);
    hovered_ = chosen_ = swollen_ = -1;
    rerouteAll();
    update();
    return others;
}

bool WireLayer::setWire(std::size_t strand, const DrawnWire& wire) {
    if (strands_[strand].drawn == wire) return false;
    strands_[strand].drawn = wire;
    updateStrand(static_cast<int>(strand));
    return true;
}

void WireLayer::setBounds(const QRectF& bounds) {
    if (bounds == bounds_) return;
    prepareGeometryChange();
    bounds_ = bounds;
}

void WireLayer::lay(Strand& strand) {
    const auto from = endOf_(strand.drawn.from), to = endOf_(strand.drawn.to);
    // Most changes of a document move nothing.
    if (from && to && strand.ends == std::pair(*from, *to)) return;
    strand.ends = from && to ? std::optional(std::pair(*from, *to)) : std::nullopt;
    strand.labelSize = {};
    strand.points.clear();
    strand.length.clear();
    if (!from || !to) {
        strand.path = {};
        strand.box = {};
        return;
    }
    ++laid_;
    strand.path = wirePath(*from, *to);
    strand.box = strand.path.boundingRect().adjusted(-8, -8, 8, 8);
    strand.points = strand.path.toSubpathPolygons().value(0);
    double way = 0;
    for (qsizetype i = 0; i < strand.points.size(); ++i) {
        if (i > 0) way += QLineF(strand.points[i - 1], strand.points[i]).length();
        strand.length.push_back(way);
    }
}

void WireLayer::reroute(const QSet<QString>& ids) {
    for (const QString& id : ids)
        for (const std::size_t index : strandsAt(id)) {
            updateStrand(static_cast<int>(index));
            lay(strands_[index]);
            updateStrand(static_cast<int>(index));
        }
}

void WireLayer::rerouteAll() {
    for (Strand& strand : strands_)
        lay(strand);
    update();
}

void WireLayer::updateStrand(int index) {
    // Labels reach beyond the line.
    if (index >= 0 && index < static_cast<int>(strands_.size()))
        update(strands_[static_cast<std::size_t>(index)].box.adjusted(-110, -20, 110, 20));
}

void WireLayer::setFace(std::size_t strand, const WireFace& face) {
    if (strands_[strand].face == face) return;
    strands_[strand].face = face;
    updateStrand(static_cast<int>(strand));
}

int WireLayer::hit(const QPointF& point, double distance) const {
    int best = -1;
    double nearest = distance;
    for (std::size_t i = 0; i < strands_.size(); ++i) {
        // The label of a wire belongs to it.
        const Strand& strand = strands_[i];
        QRectF label(QPointF(), strand.labelSize);
        label.moveCenter(strand.labelAt);
        if (!strand.labelSize.isEmpty() && label.contains(point)) return static_cast<int>(i);
        if (!strands_[i].box.adjusted(-distance, -distance, distance, distance).contains(point)) continue;
        const double away = distanceTo(strands_[i].points, point);
        if (away > nearest) continue;
        nearest = away;
        best = static_cast<int>(i);
    }
    return best;
}

void WireLayer::setHovered(int strand) {
    if (strand == hovered_) return;
    updateStrand(hovered_);
    hovered_ = strand;
    updateStrand(hovered_);
}

void WireLayer::setChosen(int strand) {
    if (strand == chosen_) return;
    updateStrand(chosen_);
    chosen_ = strand;
    updateStrand(chosen_);
}

void WireLayer::setSwollen(int strand) {
    if (strand == swollen_) return;
    updateStrand(swollen_);
    swollen_ = strand;
    updateStrand(swollen_);
}

QPointF WireLayer::pointAt(const Strand& strand, double way) {
    const auto at = std::ranges::lower_bound(strand.length, way) - strand.length.begin();
    if (at <= 0) return strand.points.first();
    if (at >= strand.points.size()) return strand.points.last();
    const double before = strand.length[static_cast<std::size_t>(at - 1)];
    const double piece = strand.length[static_cast<std::size_t>(at)] - before;
    const double t = piece > 0 ? (way - before) / piece : 0;
    return strand.points[at - 1] + (strand.points[at] - strand.points[at - 1]) * t;
}

QPointF WireLayer::middle(int strand) const {
    const Strand& wire = strands_[static_cast<std::size_t>(strand)];
    if (wire.points.isEmpty()) return {};
    return pointAt(wire, wire.length.back() / 2);
}

QPointF WireLayer::labelPlace(int strand, const QSizeF& size) const {
    const Strand& wire = strands_[static_cast<std::size_t>(strand)];
    for (const double share : {0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82}) {
        QRectF label(QPointF(), size);
        label.moveCenter(pointAt(wire, wire.length.back() * share));
        if (!covered_(label)) return label.center();
    }
    return middle(strand);
}

QList<int> WireLayer::crossedBy(const QLineF& cut) const {
    QList<int> crossed;
    for (std::size_t i = 0; i < strands_.size(); ++i) {
        const QPolygonF& points = strands_[i].points;
        for (qsizetype k = 0; k + 1 < points.size(); ++k) {
            if (QLineF(points[k], points[k + 1]).intersects(cut, nullptr) != QLineF::BoundedIntersection) continue;
            crossed.append(static_cast<int>(i));
            break;
        }
    }
    return crossed;
}

bool WireLayer::moves() const {
    return std::ranges::any_of(strands_, [](const Strand& strand) { return strand.face.rate.value_or(0) > 0; });
}

bool WireLayer::advance(double seconds) {
    bool moved = false;
    for (Strand& strand : strands_) {
        const double rate = strand.face.rate.value_or(0);
        if (rate <= 0 || strand.face.held) continue;
        strand.phase += seconds * (36 + 18 * std::log10(1 + rate));
        moved = true;
    }
    return moved;
}

} // namespace millrace::canvas
