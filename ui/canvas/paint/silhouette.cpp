#include "canvas/paint/silhouette.h"

#include "canvas/paint/drawing_fonts.h"
#include "topology/layout/layout.h"

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace metrics = topology::metrics;

namespace {

constexpr double kNotch = 10, kPoint = 12, kCorner = 10, kDrumEnd = 14, kTopicCorner = 3;

QPainterPath notched(const QRectF& r) {
    QPainterPath path(r.topLeft());
    path.lineTo(r.right() - kCorner, r.top());
    path.arcTo(QRectF(r.right() - 2 * kCorner, r.top(), 2 * kCorner, 2 * kCorner), 90, -90);
    path.lineTo(r.right(), r.bottom() - kCorner);
    path.arcTo(QRectF(r.right() - 2 * kCorner, r.bottom() - 2 * kCorner, 2 * kCorner, 2 * kCorner), 0, -90);
    path.lineTo(r.bottomLeft());
    path.lineTo(r.left() + kNotch, r.center().y());
    path.closeSubpath();
    return path;
}

QPainterPath drum(const QRectF& r) {
    QPainterPath path(QPointF(r.left() + kDrumEnd, r.top()));
    path.lineTo(r.right() - kDrumEnd, r.top());
    path.arcTo(QRectF(r.right() - 2 * kDrumEnd, r.top(), 2 * kDrumEnd, r.height()), 90, -180);
    path.lineTo(r.left() + kDrumEnd, r.bottom());
    path.arcTo(QRectF(r.left(), r.top(), 2 * kDrumEnd, r.height()), 270, -180);
    path.closeSubpath();
    return path;
}

QPainterPath pointed(const QRectF& r) {
    QPainterPath path(QPointF(r.left() + kCorner, r.top()));
    path.lineTo(r.right() - kPoint, r.top());
    path.lineTo(r.right(), r.center().y());
    path.lineTo(r.right() - kPoint, r.bottom());
    path.lineTo(r.left() + kCorner, r.bottom());
    path.arcTo(QRectF(r.left(), r.bottom() - 2 * kCorner, 2 * kCorner, 2 * kCorner), 270, -90);
    path.lineTo(r.left(), r.top() + kCorner);
    path.arcTo(QRectF(r.left(), r.top(), 2 * kCorner, 2 * kCorner), 180, -90);
    path.closeSubpath();
    return path;
}

QPainterPath rounded(const QRectF& r, double radius) {
    QPainterPath path;
    path.addRoundedRect(r, radius, radius);
    return path;
}

} // namespace

Shape shapeOf(topology::NodeKind kind) {
    using topology::NodeKind;
    switch (kind) {
    case NodeKind::source: return Shape::source;
    case NodeKind::channel: return Shape::channel;
    case NodeKind::sink: return Shape::sink;
    case NodeKind::topic: return Shape::topic;
    case NodeKind::cluster: return Shape::cluster;
    case NodeKind::traffic: return Shape::traffic;
    case NodeKind::agent: // drawn as frames
    case NodeKind::sinkGroup:
    case NodeKind::note: return Shape::note;
    }
    return Shape::note;
}

look::Glyph glyphOf(Shape shape) {
    using look::Glyph;
    switch (shape) {
    case Shape::source: return Glyph::source;
    case Shape::channel: return Glyph::channel;
    case Shape::sink: return Glyph::sink;
    case Shape::topic:
    case Shape::ghostTopic: return Glyph::topic;
    case Shape::cluster: return Glyph::cluster;
    case Shape::traffic: return Glyph::traffic;
    case Shape::ghostGroup:
    case Shape::note: return Glyph::note;
    }
    return Glyph::note;
}

QSizeF sizeOf(Shape shape, const QString& text) {
    switch (shape) {
    case Shape::topic:
    case Shape::ghostTopic: return {metrics::kTopicWidth, metrics::kTopicHeight};
    case Shape::ghostGroup: return {metrics::kTopicWidth, kGhostGroupHeight};
    case Shape::note: {
        const QRectF words = drawingFont(12).metrics.boundingRect(QRectF(0, 0, kNoteWidth - 24, 2000), Qt::TextWordWrap, text);
        return {kNoteWidth, std::max(40.0, std::ceil((words.height() + 20) / metrics::kGridStep) * metrics::kGridStep)};
    }
    case Shape::source:
    case Shape::channel:
    case Shape::sink:
    case Shape::cluster:
    case Shape::traffic: break;
    }
    return {metrics::kNodeWidth, metrics::kNodeHeight};
}

QPainterPath outline(Shape shape, const QRectF& rect) {
    switch (shape) {
    case Shape::source:
    case Shape::traffic: return notched(rect);
    case Shape::channel: return drum(rect);
    case Shape::sink: return pointed(rect);
    case Shape::topic:
    case Shape::ghostTopic: return rounded(rect, kTopicCorner);
    case Shape::ghostGroup: return rounded(rect, rect.height() / 2);
    case Shape::note: return rounded(rect, 6);
    case Shape::cluster: return rounded(rect, kCorner);
    }
    return {};
}

std::optional<QPointF> inPort(Shape shape, const QRectF& rect) {
    switch (shape) {
    case Shape::source: return QPointF(rect.left() + kNotch, rect.center().y());
    case Shape::channel:
    case Shape::sink:
    case Shape::topic:
    case Shape::ghostTopic: return QPointF(rect.left(), rect.center().y());
    case Shape::cluster:
    case Shape::traffic:
    case Shape::note:
    case Shape::ghostGroup: break;
    }
    return std::nullopt;
}

std::optional<QPointF> outPort(Shape shape, const QRectF& rect) {
    switch (shape) {
    case Shape::source:
    case Shape::channel:
    case Shape::sink:
    case Shape::topic:
    case Shape::ghostTopic:
    case Shape::traffic: return QPointF(rect.right(), rect.center().y());
    case Shape::cluster:
    case Shape::note:
    case Shape::ghostGroup: break;
    }
    return std::nullopt;
}

} // namespace millrace::canvas
