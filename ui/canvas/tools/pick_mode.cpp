#include "canvas/tools/pick_mode.h"

#include "canvas/scene/canvas_scene.h"
#include "canvas/tools/arrow_keys.h"
#include "canvas/tools/wire_sketch.h"
#include "look/theme.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kRing = 5;       // beyond what is picked, px
constexpr double kSideways = 2.5; // how much more a way counts that leads aside

} // namespace

PickMode::PickMode(ToolHost& host, Pick pick) : host_(host), pick_(std::move(pick)) {
    // In the order of reading, so that Tab goes where the eye does.
    std::ranges::sort(pick_.candidates, {}, [this](const QString& id) {
        const QPointF corner = rectOf(id).topLeft();
        return std::pair(corner.y(), corner.x());
    });
}

QRectF PickMode::rectOf(const QString& id) const {
    if (const NodeItem* item = host_.canvas().node(id)) return item->rect();
    const FrameItem* frame = host_.canvas().frame(id);
    return frame ? frame->rect() : QRectF();
}

void PickMode::enter() {
    if (!pick_.from.isEmpty()) {
        QSet<QString> bright(pick_.candidates.begin(), pick_.candidates.end());
        bright.insert(pick_.from);
        host_.canvas().dimAllBut(bright);
    }
    // Nearest to where the question was asked.
    const QPointF start = rectOf(pick_.from).center();
    qsizetype nearest = 0;
    for (qsizetype i = 1; i < pick_.candidates.size() && !pick_.from.isEmpty(); ++i) {
        const auto away = [&](qsizetype at) { return QLineF(start, rectOf(pick_.candidates[at]).center()).length(); };
        if (away(i) < away(nearest)) nearest = i;
    }
    go(nearest);
}

void PickMode::go(qsizetype to) {
    at_ = to;
    const QRectF rect = rectOf(current());
    host_.makeVisible(rect);
    host_.showHint(pick_.words(current()), host_.viewPlace(rect.bottomLeft()), Hint::advice);
    host_.toolChanged();
}

void PickMode::goTowards(const QPointF& direction) {
    const QPointF here = rectOf(current()).center();
    double least = 1e18;
    qsizetype best = at_;
    for (qsizetype i = 0; i < pick_.candidates.size(); ++i) {
        const QPointF way = rectOf(pick_.candidates[i]).center() - here;
        const double along = QPointF::dotProduct(way, direction);
        const double aside = std::abs(way.x() * direction.y()) + std::abs(way.y() * direction.x());
        if (along <= 0 || along + kSideways * aside >= least) continue;
        least = along + kSideways * aside;
        best = i;
    }
    go(best);
}

bool PickMode::key(const QKeyEvent& event) {
    const qsizetype count = pick_.candidates.size();
    if (const QPointF direction = arrowOf(event.key()); !direction.isNull()) {
        goTowards(direction);
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Tab:
        go((at_ + 1) % count);
        return true;
    case Qt::Key_Backtab:
        go((at_ + count - 1) % count);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        take(current());
        return true;
    case Qt::Key_Escape:
        cancel();
        return true;
    default:
        return false;
    }
}

void PickMode::click(const Press& press) {
    if (pick_.candidates.contains(press.id)) return take(press.id);
    // The inside of a frame is the frame, where frames are asked for.
    const FrameItem* frame = host_.canvas().hits(host_.zoom()).agentAt(press.pointer.scene);
    if (frame && pick_.candidates.contains(frame->id())) return take(frame->id());
    cancel();
}

void PickMode::take(const QString& id) {
    leave();
    pick_.take(id);
}

void PickMode::cancel() {
    leave();
}

void PickMode::leave() {
    over_ = true;
    host_.canvas().dimAllBut(std::nullopt);
    host_.showHint({}, {});
    host_.toolChanged();
}

void PickMode::paint(QPainter& painter, double pixels) const {
    if (over_) return;
    const QRectF rect = rectOf(current());
    if (!pick_.from.isEmpty()) {
        const bool out = !pick_.before.contains(current());
        QSet<QString> fitting(pick_.candidates.begin(), pick_.candidates.end());
        fitting = out ? fitting - pick_.before : fitting & pick_.before;
        const Shape shape = host_.canvas().node(current())->drawn().shape;
        const QPointF end = (out ? inPort(shape, rect) : outPort(shape, rect)).value_or(rect.center());
        WireSketch{pick_.from, out, fitting, current(), end}.paint(painter, pixels, host_.canvas());
        return;
    }
    const double gap = kRing / pixels;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look::colours().accent, 3 / pixels));
    painter.drawRoundedRect(rect.adjusted(-gap, -gap, gap, gap), 2 * gap, 2 * gap);
}

} // namespace millrace::canvas
