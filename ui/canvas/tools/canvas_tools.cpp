#include "canvas/tools/canvas_tool.h"

#include "canvas/view/canvas_view.h"
#include "canvas/paint/wire_route.h"
#include "document/document_store.h"
#include "words/messages.h"
#include "look/theme.h"
#include "topology/layout/layout.h"

#include <QLineF>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

namespace {

constexpr double kPortReach = 40; // px within which a fitting port grows

} // namespace

void PanTool::move(const Pointer& pointer) {
    view_.panBy(pointer.view - last_);
    last_ = pointer.view;
}

BoxTool::BoxTool(CanvasView& view, const Pointer& start, bool add)
    : view_(view), start_(start.scene), now_(start.scene), before_(view.store().selection()), add_(add) {}

void BoxTool::move(const Pointer& pointer) {
    now_ = pointer.scene;
    QSet<QString> chosen = view_.canvas().within(QRectF(start_, now_).normalized(), touching());
    if (add_) chosen.unite(before_);
    view_.store().select(chosen);
    view_.viewport()->update();
}

void BoxTool::release(const Pointer& pointer) {
    move(pointer);
}

void BoxTool::cancel() {
    view_.store().select(before_);
    view_.viewport()->update();
}

void BoxTool::paint(QPainter& painter, double pixels) const {
    const look::Colours& c = look::colours();
    QColor tint = c.accent;
    tint.setAlpha(26);
    QPen pen(c.accent, 1 / pixels, touching() ? Qt::DashLine : Qt::SolidLine);
    painter.setPen(pen);
    painter.setBrush(tint);
    painter.drawRect(QRectF(start_, now_).normalized());
}

void SliceTool::move(const Pointer& pointer) {
    line_.setP2(pointer.scene);
    view_.viewport()->update();
}

void SliceTool::release(const Pointer& pointer) {
    move(pointer);
    std::vector<topology::Wire> wires;
    for (const int strand : view_.canvas().wires().crossedBy(line_))
        wires.push_back(view_.canvas().wires().strands()[static_cast<std::size_t>(strand)].drawn.wire);
    view_.commands().disconnect(wires);
}

void SliceTool::cancel() {
    view_.viewport()->update();
}

void SliceTool::paint(QPainter& painter, double pixels) const {
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(look::colours().fail, 4));
    for (const int strand : view_.canvas().wires().crossedBy(line_))
        painter.drawPath(view_.canvas().wires().strands()[static_cast<std::size_t>(strand)].path);
    painter.setPen(QPen(look::colours().fail, 1.5 / pixels, Qt::DashLine));
    painter.drawLine(line_);
}

MoveTool::MoveTool(CanvasView& view, const Pointer& start, const QString& held)
    : view_(view), held_(held), start_(start.scene) {
    for (const QString& id : view.canvas().movedWith(view.store().selection())) {
        if (const auto place = view.canvas().placeOf(id)) from_.insert(id, *place);
    }
    loose_ = from_.size() == 1 && from_.contains(held) &&
             std::ranges::none_of(view.store().graph().wires, [id = held.toStdString()](const topology::Wire& wire) {
                 return wire.from == id || wire.to == id;
             });
    origin_ = from_.contains(held) ? from_.value(held) : from_.isEmpty() ? QPointF() : *from_.begin();
}

MoveTool::~MoveTool() = default;

bool MoveTool::wires(const Pointer& pointer) const {
    if (from_.size() != 1 || !from_.contains(held_) || pointer.modifiers & Qt::AltModifier) return false;
    const NodeItem* under = view_.canvas().nodeAt(pointer.scene, held_);
    return under && topology::canConnect(view_.store().document(), held_.toStdString(), under->id().toStdString());
}

std::optional<topology::Wire> MoveTool::joins(const Pointer& pointer) const {
    const int strand = loose_ && !wire_ ? view_.dropStrand(pointer) : -1;
    if (strand < 0) return std::nullopt;
    const topology::Wire& wire = view_.canvas().wires().strands()[static_cast<std::size_t>(strand)].drawn.wire;
    return view_.commands().canJoin(held_, wire) ? std::optional(wire) : std::nullopt;
}

void MoveTool::move(const Pointer& pointer) {
    if (wires(pointer)) {
        view_.previewJoin(-1);
        to_.clear();
        view_.canvas().showAt(from_);
        if (!wire_) wire_ = std::make_unique<WireTool>(view_, pointer, held_, outPort(view_.canvas().node(held_)->drawn().shape, {}).has_value());
        return wire_->move(pointer);
    }
    if (wire_) std::exchange(wire_, nullptr)->cancel();
    QPointF shift = pointer.scene - start_;
    if (!(pointer.modifiers & Qt::ShiftModifier)) {
        const double grid = topology::metrics::kGridStep;
        const QPointF place = origin_ + shift;
        shift = QPointF(std::round(place.x() / grid) * grid, std::round(place.y() / grid) * grid) - origin_;
    }
    to_.clear();
    if (shift.isNull()) return view_.canvas().showAt(from_);
    for (auto it = from_.begin(); it != from_.end(); ++it)
        to_.insert(it.key(), it.value() + shift);
    view_.canvas().showAt(to_);
    view_.previewJoin(joins(pointer) ? view_.dropStrand(pointer) : -1);
}

void MoveTool::release(const Pointer& pointer) {
    move(pointer);
    if (wire_) return wire_->release(pointer);
    view_.previewJoin(-1);
    const auto wire = joins(pointer);
    if (wire && !to_.isEmpty())
        view_.commands().moveOnto(*wire, held_, to_.value(held_));
    else if (!to_.isEmpty())
        view_.commands().move(to_);
}

void MoveTool::cancel() {
    if (wire_) wire_->cancel();
    view_.previewJoin(-1);
    view_.canvas().showAsWritten();
}

void MoveTool::paint(QPainter& painter, double pixels) const {
    if (wire_) wire_->paint(painter, pixels);
}

WireTool::WireTool(CanvasView& view, const Pointer& start, const QString& from, bool fromOut)
    : view_(view), from_(from), fromOut_(fromOut), now_(start.scene) {
    const topology::Document& document = view.store().document();
    const std::string id = from.toStdString();
    for (const DrawnNode& node : view.canvas().drawing().nodes)
        if (node.id != from && topology::canConnect(document, id, node.id.toStdString())) fitting_.insert(node.id);
    QSet<QString> bright = fitting_;
    bright.insert(from);
    view.canvas().dimAllBut(bright);
}

QString WireTool::targetAt(const QPointF& point) const {
    // Any part of a node takes the wire; between nodes the nearest fitting port does.
    if (const NodeItem* node = view_.canvas().nodeAt(point)) return node->id();
    const double reach = kPortHitPx / view_.zoom();
    QString best;
    double nearest = reach;
    for (const QString& id : fitting_) {
        const NodeItem* item = view_.canvas().node(id);
        for (const auto& port : {inPort(item->drawn().shape, item->rect()), outPort(item->drawn().shape, item->rect())}) {
            const double away = port ? QLineF(*port, point).length() : reach + 1;
            if (away >= nearest) continue;
            nearest = away;
            best = id;
        }
    }
    return best;
}

void WireTool::move(const Pointer& pointer) {
    now_ = pointer.scene;
    target_ = targetAt(now_);
    QString reason;
    if (!target_.isEmpty() && target_ != from_ && !fitting_.contains(target_)) {
        const auto verdict = topology::canConnect(view_.store().document(), from_.toStdString(), target_.toStdString());
        if (!verdict) reason = studio::messageOf(verdict.error());
    }
    view_.showHint(reason, pointer.view);
    view_.viewport()->update();
}

void WireTool::release(const Pointer& pointer) {
    move(pointer);
    const QString from = from_, target = target_;
    finish();
    if (target.isEmpty()) view_.offerAdding(pointer.scene, from);
    else if (target != from) view_.commands().connectNodes(from, target);
}

void WireTool::cancel() {
    finish();
}

void WireTool::finish() {
    view_.canvas().dimAllBut(std::nullopt);
    // A refusal has been read while the pointer was there; connectNodes() tells it again for a quick hand.
    view_.showHint({}, {});
    view_.viewport()->update();
}

void WireTool::paint(QPainter& painter, double pixels) const {
    const look::Colours& c = look::colours();
    const NodeItem* from = view_.canvas().node(from_);
    if (!from) return;
    painter.setRenderHint(QPainter::Antialiasing);
    const bool fits = fitting_.contains(target_);
    // The ports that would take the wire grow as the pointer comes near.
    for (const QString& id : fitting_) {
        const NodeItem* item = view_.canvas().node(id);
        const auto port = fromOut_ ? inPort(item->drawn().shape, item->rect()) : outPort(item->drawn().shape, item->rect());
        if (!port) continue;
        const double away = QLineF(*port, now_).length() * pixels;
        const double radius = (id == target_ || away < kPortReach ? 7 : 5) / std::min(1.0, pixels);
        painter.setPen(QPen(c.accent, 2 / std::min(1.0, pixels)));
        painter.setBrush(id == target_ ? c.accent : c.node);
        painter.drawEllipse(*port, radius, radius);
    }
    if (fits) {
        const NodeItem* target = view_.canvas().node(target_);
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(c.accent, 2));
        painter.drawPath(outline(target->drawn().shape, target->rect().adjusted(-3, -3, 3, 3)));
    }
    const auto out = outPort(from->drawn().shape, from->rect()), in = inPort(from->drawn().shape, from->rect());
    const QPointF start = (fromOut_ ? out : in).value_or(out.value_or(in.value_or(from->rect().center())));
    const bool refused = !target_.isEmpty() && target_ != from_ && !fits;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(refused ? c.fail : c.accent, 2.5, fits ? Qt::SolidLine : Qt::DashLine));
    painter.drawPath(fromOut_ ? routeLoose(start, now_) : routeLoose(now_, start));
}

} // namespace millrace::canvas
