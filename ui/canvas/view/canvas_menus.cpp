#include "canvas/view/canvas_view.h"
#include "canvas/view/context_menu.h"
#include "document/document_store.h"

#include <QContextMenuEvent>

/// Where a context menu opens, and what a command works on.
namespace millrace::canvas {

namespace {

Under placeOf(const Press& press, const CanvasScene& scene, const topology::Graph& graph) {
    if (press.spot == Spot::wire) return Under::wire;
    if (press.ghost) return Under::ghost;
    if (press.id.isEmpty()) return Under::paper;
    if (scene.frame(press.id) && !scene.isGroup(press.id)) return Under::agent;
    const topology::Node* node = graph.find(press.id.toStdString());
    return node && node->kind == topology::NodeKind::traffic ? Under::traffic : Under::node;
}

} // namespace

// By the mouse the menu comes with the release of the right button (see mouseReleaseEvent): some platforms send the
// event with the press already, when nobody knows yet whether the paper will be dragged.
void CanvasView::contextMenuEvent(QContextMenuEvent* event) {
    event->accept();
    if (tool_ || event->reason() == QContextMenuEvent::Mouse) return;
    QPoint view = event->pos();
    if (event->reason() == QContextMenuEvent::Keyboard && store_.selectedNode())
        if (const NodeItem* item = scene_->node(QString::fromStdString(store_.selectedNode()->id)))
            view = mapFromScene(item->rect().center());
    openMenu(view);
}

void CanvasView::openMenu(const QPoint& view) {
    press_.reset();
    leaveMode();
    Press under = look(view, Qt::RightButton, Qt::NoModifier);
    if (under.spot == Spot::paper)
        if (const FrameItem* frame = scene_->hits(zoom()).agentAt(under.pointer.scene)) under.id = frame->id();
    if (under.spot == Spot::wire || (under.id.isEmpty() && !under.ghost))
        store_.select({});
    else if (!store_.selection().contains(under.id) && !under.ghost)
        store_.select({under.id});
    if (under.spot == Spot::wire) scene_->wires().setChosen(under.strand);
    menuTarget_ = Target{under.id, under.spot == Spot::wire ? under.strand : -1, under.pointer.scene};
    if (registry_)
        openContextMenu(*this, *registry_, placeOf(under, *scene_, store_.graph()), viewport()->mapToGlobal(view));
}

Target CanvasView::target() const {
    if (menuTarget_) return *menuTarget_;
    const int strand = scene_->wires().chosen();
    if (strand >= 0) return {{}, strand, scene_->wires().middle(strand)};
    const topology::Node* node = store_.selectedNode();
    if (!node) return {};
    const QString id = QString::fromStdString(node->id);
    const NodeItem* item = scene_->node(id);
    const FrameItem* frame = scene_->frame(id);
    return {id, -1, item ? item->rect().center() : frame ? frame->rect().center() : QPointF()};
}

QString CanvasView::tapOf(const Target& target) const {
    using topology::WireKind;
    const auto& strands = scene_->wires().strands();
    if (target.strand >= static_cast<int>(strands.size())) return {};
    if (target.strand >= 0) {
        const DrawnWire& wire = strands[static_cast<std::size_t>(target.strand)].drawn;
        switch (wire.wire.kind) {
        case WireKind::consume:
            return scene_->live().topicTap(wire.from);
        case WireKind::produce:
            return scene_->live().topicTap(wire.to);
        case WireKind::hop:
            return wire.from;
        case WireKind::sourceToChannel:
        case WireKind::channelToSink:
        case WireKind::traffic:
            return wire.to;
        }
    }
    const Ghost* ghost = scene_->ghost(target.id);
    if (ghost && ghost->kind == Ghost::Kind::topic)
        return QString::fromStdString("topic/" + ghost->cluster + '/' + ghost->topic);
    const NodeItem* node = scene_->node(target.id);
    return node && node->drawn().shape == canvas::Shape::topic ? scene_->live().topicTap(target.id) : QString();
}

} // namespace millrace::canvas
