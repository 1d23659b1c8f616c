#include "canvas/tools/move_tool.h"

#include "canvas/commands/canvas_commands.h"
#include "canvas/scene/canvas_scene.h"
#include "canvas/tools/wire_tool.h"
#include "document/document_store.h"
#include "topology/layout/layout.h"

#include <algorithm>
#include <cmath>

namespace millrace::canvas {

MoveTool::MoveTool(ToolHost& host, const Pointer& start, const QString& held)
    : host_(host), held_(held), start_(start.scene) {
    for (const QString& id : host.canvas().movedWith(host.store().selection())) {
        if (const auto place = host.canvas().placeOf(id)) from_.insert(id, *place);
    }
    loose_ = from_.size() == 1 && from_.contains(held) &&
             std::ranges::none_of(host.store().graph().wires, [id = held.toStdString()](const topology::Wire& wire) {
                 return wire.from == id || wire.to == id;
             });
    origin_ = from_.contains(held) ? from_.value(held) : from_.isEmpty() ? QPointF() : *from_.begin();
}

MoveTool::~MoveTool() = default;

/// Parts that are let go in the frame of another agent, as it is without them, become its parts.
QString MoveTool::changesTo(const Pointer& pointer) const {
    if (wire_ || pointer.modifiers & Qt::AltModifier) return {};
    const QString agent = host_.canvas().hits(host_.zoom()).agentWrittenAt(pointer.scene);
    const QStringList parts = host_.commands().selectedParts();
    const auto stays = [&](const QString& id) { return host_.canvas().node(id)->drawn().frame == agent; };
    if (agent.isEmpty() || parts.isEmpty() || parts.size() != from_.size() || std::ranges::any_of(parts, stays))
        return {};
    return agent;
}

bool MoveTool::wires(const Pointer& pointer) const {
    if (from_.size() != 1 || !from_.contains(held_) || pointer.modifiers & Qt::AltModifier) return false;
    const NodeItem* under = host_.canvas().hits(host_.zoom()).nodeAt(pointer.scene, held_);
    return under && topology::canConnect(host_.store().document(), held_.toStdString(), under->id().toStdString());
}

std::optional<topology::Wire> MoveTool::joins(const Pointer& pointer) const {
    const int strand = loose_ && !wire_ ? host_.dropStrand(pointer) : -1;
    if (strand < 0) return std::nullopt;
    const topology::Wire& wire = host_.canvas().wires().strands()[static_cast<std::size_t>(strand)].drawn.wire;
    return host_.commands().canJoin(held_, wire) ? std::optional(wire) : std::nullopt;
}

void MoveTool::move(const Pointer& pointer) {
    if (wires(pointer)) {
        host_.previewJoin(-1);
        host_.canvas().setTargetFrame({});
        to_.clear();
        host_.canvas().showAt(from_);
        if (!wire_)
            wire_ = std::make_unique<WireTool>(host_, pointer, held_,
                                               outPort(host_.canvas().node(held_)->drawn().shape, {}).has_value());
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
    host_.canvas().setTargetFrame(changesTo(pointer));
    if (shift.isNull()) return host_.canvas().showAt(from_);
    for (auto it = from_.begin(); it != from_.end(); ++it)
        to_.insert(it.key(), it.value() + shift);
    host_.canvas().showAt(to_);
    host_.previewJoin(joins(pointer) ? host_.dropStrand(pointer) : -1);
}

void MoveTool::release(const Pointer& pointer) {
    move(pointer);
    host_.canvas().setTargetFrame({});
    if (wire_) return wire_->release(pointer);
    host_.previewJoin(-1);
    const auto wire = joins(pointer);
    const QString agent = changesTo(pointer);
    if (!agent.isEmpty() && !to_.isEmpty())
        host_.commands().moveToAgent(agent, to_);
    else if (wire && !to_.isEmpty())
        host_.commands().moveOnto(*wire, held_, to_.value(held_));
    else if (!to_.isEmpty())
        host_.commands().move(to_);
}

void MoveTool::cancel() {
    if (wire_) wire_->cancel();
    host_.previewJoin(-1);
    host_.canvas().setTargetFrame({});
    host_.canvas().showAsWritten();
}

void MoveTool::paint(QPainter& painter, double pixels) const {
    if (wire_) wire_->paint(painter, pixels);
}

} // namespace millrace::canvas
