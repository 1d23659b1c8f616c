#include "canvas/view/canvas_view.h"

#include "document/document_store.h"
#include "words/node_words.h"

#include <QDragEnterEvent>
#include <QDropEvent>

/// Dropping from the palette: into an agent's frame, onto empty paper (makes an agent), onto a wire (joins the flow).
namespace millrace::canvas {

namespace {

using namespace std::chrono_literals;

} // namespace

void CanvasView::dragEnterEvent(QDragEnterEvent* event) {
    if (fromMime(event->mimeData()) && !store_.readOnly()) event->acceptProposedAction();
    else event->ignore();
}

int CanvasView::dropStrand(const Pointer& pointer) const {
    // Alt: only put it down here.
    if (pointer.modifiers & Qt::AltModifier) return -1;
    return scene_->wires().hit(pointer.scene, kDropHitPx / zoom());
}

void CanvasView::previewJoin(int strand) {
    if (strand == joining_) return;
    joining_ = strand;
    scene_->wires().setSwollen(-1);
    // A wire that is only passed over keeps still.
    if (strand >= 0)
        swell_.start(80ms);
    else
        swell_.stop();
}

void CanvasView::dropFeedback(const QPoint& view, const PaletteItem& item, Qt::KeyboardModifiers modifiers) {
    const FrameItem* frame =
        studio::isPart(item.kind) ? scene_->hits(zoom()).agentFor(pointerAt(view, modifiers).scene) : nullptr;
    scene_->setTargetFrame(frame ? frame->id() : QString());
    previewJoin(dropStrand(pointerAt(view, modifiers)));
}

void CanvasView::dragMoveEvent(QDragMoveEvent* event) {
    const auto item = fromMime(event->mimeData());
    if (!item) return event->ignore();
    dropFeedback(event->position().toPoint(), *item, event->modifiers());
    event->acceptProposedAction();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent*) {
    scene_->setTargetFrame({});
    previewJoin(-1);
}

void CanvasView::dropEvent(QDropEvent* event) {
    const auto item = fromMime(event->mimeData());
    if (!item || store_.readOnly()) return event->ignore();
    const QPoint view = event->position().toPoint();
    const int strand = dropStrand(pointerAt(view, event->modifiers()));
    scene_->setTargetFrame({});
    previewJoin(-1);
    std::optional<topology::Wire> wire;
    if (strand >= 0) wire = scene_->wires().strands()[static_cast<std::size_t>(strand)].drawn.wire;
    commands_->add(*item, pointerAt(view, {}).scene, wire ? &*wire : nullptr);
    event->acceptProposedAction();
    setFocus();
}

} // namespace millrace::canvas
