#include "canvas/view/canvas_view.h"

#include "canvas/paint/port_words.h"
#include "canvas/tools/pan_tool.h"
#include "canvas/tools/tool_factory.h"
#include "canvas/view/rename_editor.h"
#include "document/document_store.h"
#include "run/run_controller.h"

#include <QApplication>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

/// Mouse, wheel and touch pad of the canvas.
namespace millrace::canvas {

namespace {

constexpr double kWireHitPx = 7, kRimPx = 12, kLeastZoomForPorts = 0.35;
constexpr double kNotch = 1.15;
constexpr int kPanThreshold = 6;

/// Distance from the outline's inside to its border, as far as the rim goes. The rim takes no more than a fifth of the
/// node on the screen, so that small nodes can still be moved.
bool onRim(const NodeItem& node, const QPointF& point, double zoom) {
    const QRectF rect = node.rect();
    const double rim = std::min(kRimPx / zoom, rect.height() / 5);
    return !rect.adjusted(rim, rim, -rim, -rim).contains(point);
}

bool takesWires(Shape shape) {
    return inPort(shape, {}) || outPort(shape, {});
}

} // namespace

Pointer CanvasView::pointerAt(const QPoint& view, Qt::KeyboardModifiers modifiers) const {
    // In fractions of a unit: at a large zoom whole scene units would be coarse.
    return {view, viewportTransform().inverted().map(QPointF(view)), modifiers};
}

Press CanvasView::look(const QPoint& view, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) const {
    Press press;
    press.pointer = pointerAt(view, modifiers);
    press.button = button;
    const QPointF at = press.pointer.scene;
    const bool ports = zoom() >= kLeastZoomForPorts;
    const auto take = [&](Spot spot, const QString& id) {
        press.spot = spot;
        press.id = id;
        press.ghost = scene_->ghost(id) != nullptr;
        return press;
    };
    if (const NodeItem* node = scene_->hits(zoom()).nodeAt(at)) {
        const bool wires = takesWires(node->drawn().shape) && !scene_->ghost(node->id());
        press.fromOut = at.x() >= node->rect().center().x() || !inPort(node->drawn().shape, node->rect());
        if (!outPort(node->drawn().shape, node->rect())) press.fromOut = false;
        if (wires && (modifiers & Qt::ControlModifier || (ports && onRim(*node, at, zoom()))))
            return take(Spot::rim, node->id());
        return take(Spot::node, node->id());
    }
    bool out = true;
    const NodeItem* port = ports ? scene_->hits(zoom()).portAt(at, kPortHitPx / zoom(), &out) : nullptr;
    if (port && scene_->ghost(port->id())) port = nullptr;
    if (port) press.fromOut = out;
    // Between nodes that stand close, the reach of their ports would leave nothing of the wire: a click there means the
    // wire, a drag the port.
    press.strand = scene_->wires().hit(at, kWireHitPx / zoom());
    if (port && press.strand >= 0) press.port = port->id();
    if (press.strand >= 0) return take(Spot::wire, {});
    if (port) return take(Spot::rim, port->id());
    if (const FrameItem* frame = scene_->hits(zoom()).titleAt(at)) return take(Spot::title, frame->id());
    return press;
}

void CanvasView::mousePressEvent(QMouseEvent* event) {
    setFocus();
    menuTarget_.reset();
    endGlide();
    lastView_ = event->position().toPoint();
    if (tool_) { // another button in the middle of a gesture: back
        endTool(false, pointerAt(lastView_, event->modifiers()));
        return;
    }
    QToolTip::hideText();
    press_ = look(lastView_, event->button(), event->modifiers());
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && spaceHeld_)) {
        tool_ = std::make_unique<PanTool>(static_cast<ToolHost&>(*this), press_->pointer);
        viewport()->setCursor(Qt::ClosedHandCursor);
    } else if (event->button() == Qt::LeftButton && !mode_) {
        chooseOnPress(*press_);
    }
    event->accept();
}

void CanvasView::chooseOnPress(const Press& press) {
    const bool more = press.pointer.modifiers & (Qt::ControlModifier | Qt::ShiftModifier);
    scene_->wires().setChosen(press.spot == Spot::wire ? press.strand : -1);
    if (press.spot == Spot::wire) {
        store_.select({});
        scene_->wires().setChosen(press.strand);
    } else if (!press.id.isEmpty() && !more && !store_.selection().contains(press.id) && !scene_->ghost(press.id)) {
        store_.select({press.id});
    }
    emit targetChanged(); // a wire tells nobody that it was chosen
}

void CanvasView::mouseMoveEvent(QMouseEvent* event) {
    lastView_ = event->position().toPoint();
    const Pointer pointer = pointerAt(lastView_, event->modifiers());
    if (tool_) {
        tool_->move(pointer);
        return;
    }
    if (!press_ || event->buttons() == Qt::NoButton) return hover(lastView_);
    const int threshold = press_->button == Qt::RightButton ? kPanThreshold : QApplication::startDragDistance();
    if ((lastView_ - press_->pointer.view).manhattanLength() < threshold) return;
    startTool(pointer);
}

void CanvasView::startTool(const Pointer& pointer) {
    if (mode_ && press_->button == Qt::LeftButton) return; // it waits for a click
    Armed armed = toolFor(*this, *press_, store_.readOnly());
    if (!armed.tool) return;
    tool_ = std::move(armed.tool);
    if (armed.cursor) viewport()->setCursor(*armed.cursor);
    tool_->move(pointer);
    windClock();
}

void CanvasView::endTool(bool keep, const Pointer& pointer) {
    // Taken out first: what the gesture does to the document comes back here as a rebuilt scene.
    const std::unique_ptr<CanvasTool> tool = std::move(tool_);
    press_.reset();
    if (keep) tool->release(pointer);
    else tool->cancel();
    viewport()->unsetCursor();
    viewport()->update();
    windClock();
    hover(lastView_);
}

void CanvasView::mouseReleaseEvent(QMouseEvent* event) {
    lastView_ = event->position().toPoint();
    if (tool_) {
        if (press_ && event->button() == press_->button) endTool(true, pointerAt(lastView_, event->modifiers()));
        return;
    }
    if (!press_ || event->button() != press_->button) return;
    if (press_->button == Qt::RightButton) return openMenu(lastView_);
    const Press press = *press_;
    press_.reset();
    if (press.button == Qt::LeftButton && mode_) {
        step([&press](CanvasMode& mode) { mode.click(press); });
    } else if (press.button == Qt::LeftButton) {
        click(press);
        peekAt(press, event->globalPosition().toPoint());
    }
}

void CanvasView::click(const Press& press) {
    const Qt::KeyboardModifiers modifiers = press.pointer.modifiers;
    if (press.spot == Spot::wire) {
        if (modifiers & Qt::AltModifier && press.strand < static_cast<int>(scene_->wires().strands().size())) {
            const topology::Wire wire = scene_->wires().strands()[static_cast<std::size_t>(press.strand)].drawn.wire;
            commands_->disconnect(wire);
        }
        return;
    }
    QString id = press.id;
    // The inside of a frame belongs to its agent as long as nothing is dragged there.
    if (press.spot == Spot::paper)
        if (const FrameItem* frame = scene_->hits(zoom()).agentAt(press.pointer.scene)) id = frame->id();
    if (scene_->ghost(id)) return;
    if (modifiers & (Qt::ControlModifier | Qt::ShiftModifier)) {
        if (id.isEmpty() || press.spot == Spot::paper) return;
        QSet<QString> chosen = store_.selection();
        if (!chosen.remove(id)) chosen.insert(id);
        store_.select(chosen);
    } else {
        store_.select(id.isEmpty() ? QSet<QString>() : QSet<QString>{id});
    }
}

void CanvasView::peekAt(const Press& press, const QPoint& global) {
    if (press.pointer.modifiers != Qt::NoModifier || press.spot == Spot::title || press.spot == Spot::paper) return;
    const QString tap = tapOf({press.id, press.spot == Spot::wire ? press.strand : -1, press.pointer.scene});
    if (!tap.isEmpty()) emit peekRequested(tap, global);
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    const Press press = look(event->position().toPoint(), event->button(), event->modifiers());
    press_.reset();
    if (press.spot == Spot::paper) return offerAdding(press.pointer.scene);
    if (!press.id.isEmpty() && !scene_->ghost(press.id)) store_.reveal(press.id);
}

void CanvasView::hover(const QPoint& view) {
    const Press under = look(view, Qt::NoButton, Qt::NoModifier);
    scene_->wires().setHovered(under.spot == Spot::wire ? under.strand : -1);
    if (tool_) return;
    if (spaceHeld_) viewport()->setCursor(Qt::OpenHandCursor);
    else if (under.spot == Spot::rim && !store_.readOnly()) viewport()->setCursor(Qt::CrossCursor);
    else if (under.spot == Spot::wire) viewport()->setCursor(Qt::PointingHandCursor);
    else viewport()->unsetCursor();
}

void CanvasView::wheelEvent(QWheelEvent* event) {
    const QPoint pixels = event->pixelDelta();
    const bool touchPad = !pixels.isNull() && event->phase() != Qt::NoScrollPhase;
    const QPoint angle = event->angleDelta();
    event->accept();
    if (event->modifiers() & Qt::ControlModifier || (!touchPad && !wheelScrolls_ && !(event->modifiers() & Qt::ShiftModifier))) {
        const double notches = static_cast<double>(angle.y() != 0 ? angle.y() : angle.x()) / 120;
        if (notches != 0) zoomTowards(std::pow(kNotch, notches), event->position());
        return;
    }
    QPoint by = touchPad ? pixels : angle / 2;
    // Some platforms turn the wheel themselves when Shift is held.
    if (event->modifiers() & Qt::ShiftModifier && by.x() == 0) by = QPoint(by.y(), 0);
    panBy(by);
}

QString CanvasView::portWordsAt(const QPointF& scene) const {
    bool out = true;
    const NodeItem* node =
        zoom() < kLeastZoomForPorts ? nullptr : scene_->hits(zoom()).portAt(scene, kPortHitPx / zoom(), &out);
    return node && !scene_->ghost(node->id()) ? portWords(node->drawn().shape, out) : QString();
}

bool CanvasView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::NativeGesture) {
        auto* gesture = static_cast<QNativeGestureEvent*>(event);
        if (gesture->gestureType() == Qt::ZoomNativeGesture) {
            zoomTowards(1 + gesture->value(), gesture->position());
            return true;
        }
    }
    if (event->type() == QEvent::Leave && !tool_) scene_->wires().setHovered(-1);
    if (event->type() == QEvent::ToolTip) {
        auto* help = static_cast<QHelpEvent*>(event);
        const Press under = look(help->pos(), Qt::NoButton, Qt::NoModifier);
        QString text = under.id.isEmpty() ? QString() : scene_->live().explanation(under.id);
        if (text.isEmpty()) text = portWordsAt(under.pointer.scene);
        if (text.isEmpty()) QToolTip::hideText();
        else QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

} // namespace millrace::canvas
