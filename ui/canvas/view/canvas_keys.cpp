#include "canvas/view/canvas_view.h"

#include "canvas/view/peek_card.h"
#include "canvas/view/rename_editor.h"
#include "document/document_store.h"
#include "topology/layout/layout.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QKeySequence>

#include <algorithm>
#include <cmath>

/// Keys of the canvas and the slots behind them.
namespace millrace::canvas {

namespace {

QPointF arrowOf(int key) {
    switch (key) {
    case Qt::Key_Left: return {-1, 0};
    case Qt::Key_Right: return {1, 0};
    case Qt::Key_Up: return {0, -1};
    case Qt::Key_Down: return {0, 1};
    default: return {};
    }
}

/// Where the name of a node or agent stands; null when it is not drawn.
QRectF nameRect(const CanvasScene& scene, const QString& id) {
    if (const NodeItem* item = scene.node(id)) return {item->rect().topLeft() + QPointF(38, 2), QSizeF(126, 24)};
    if (const FrameItem* frame = scene.frame(id)) return {frame->rect().topLeft() + QPointF(16, 4), QSizeF(160, 24)};
    return {};
}

/// Keys that would otherwise trigger an action of the window while the canvas has the focus are its own.
bool isOwnKey(const QKeyEvent& event) {
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return false;
    switch (event.key()) {
    case Qt::Key_Tab:
    case Qt::Key_F:
    case Qt::Key_Home:
    case Qt::Key_1:
    case Qt::Key_Plus:
    case Qt::Key_Minus:
    case Qt::Key_Space:
    case Qt::Key_BracketLeft:
    case Qt::Key_BracketRight: return true;
    default: return false;
    }
}

} // namespace

bool CanvasView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isOwnKey(*static_cast<QKeyEvent*>(event))) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress && tabPressed(*static_cast<QKeyEvent*>(event))) return true;
    return QGraphicsView::event(event);
}

/// Tab never arrives in keyPressEvent(): the focus chain takes it first.
bool CanvasView::tabPressed(const QKeyEvent& event) {
    if (event.modifiers() & Qt::ControlModifier) {
        if (event.key() == Qt::Key_Tab) return focusNextPrevChild(true);
        return event.key() == Qt::Key_Backtab && focusNextPrevChild(false);
    }
    if (event.key() != Qt::Key_Tab || store_.readOnly()) return false;
    addNode();
    return true;
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    event->accept();
    if (event->matches(QKeySequence::Copy)) return copy();
    if (event->matches(QKeySequence::Cut)) return cut();
    if (event->matches(QKeySequence::Paste)) return paste();
    if (event->matches(QKeySequence::SelectAll)) return selectAll();
    if (event->matches(QKeySequence::Undo)) return store_.undoStack().undo();
    if (event->matches(QKeySequence::Redo)) return store_.undoStack().redo();
    const bool control = event->modifiers() & Qt::ControlModifier;
    if (const QPointF arrow = arrowOf(event->key()); !arrow.isNull()) {
        if (control && arrow.x() != 0) commands_->selectAlong(arrow.x() > 0);
        else if (!store_.selection().isEmpty()) commands_->nudge(arrow * topology::metrics::kGridStep);
        else panBy((-arrow * 40).toPoint());
        return;
    }
    switch (event->key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace: return removeSelection();
    case Qt::Key_D:
        if (control) return duplicate();
        break;
    case Qt::Key_G:
        if (control) return groupSelection();
        break;
    case Qt::Key_F2: return renameSelected();
    case Qt::Key_F:
    case Qt::Key_Home: return zoomFit();
    case Qt::Key_1: return zoomActual();
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomIn();
    case Qt::Key_Minus: return zoomOut();
    case Qt::Key_BracketLeft: return commands_->selectAlong(false);
    case Qt::Key_BracketRight: return commands_->selectAlong(true);
    case Qt::Key_Escape:
        if (tool_) return endTool(false, pointerAt(lastView_, {}));
        if (peek_) return void(peek_->close());
        return store_.select({});
    case Qt::Key_Space:
        if (!event->isAutoRepeat() && !tool_) holdSpace(true);
        return;
    default: break;
    }
    event->ignore();
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) holdSpace(false);
    QGraphicsView::keyReleaseEvent(event);
}

void CanvasView::holdSpace(bool held) {
    if (held == spaceHeld_) return;
    spaceHeld_ = held;
    if (held) viewport()->setCursor(Qt::OpenHandCursor);
    else if (!tool_) viewport()->unsetCursor();
}

void CanvasView::removeSelection() {
    const int strand = scene_->wires().chosen();
    if (strand >= 0) {
        const topology::Wire wire = scene_->wires().strands()[static_cast<std::size_t>(strand)].drawn.wire;
        commands_->disconnect(wire);
    } else {
        commands_->remove(store_.selection());
    }
}

void CanvasView::paste() {
    // Where the pointer is, when it is over the drawing; else beside the original.
    const QPoint view = viewport()->mapFromGlobal(QCursor::pos());
    const bool inside = viewport()->rect().contains(view) && viewport()->underMouse();
    commands_->paste(inside ? std::optional(pointerAt(view, {}).scene) : std::nullopt);
    showSelection();
}

/// Scrolls when nothing of what is selected can be seen.
void CanvasView::showSelection() {
    QRectF all;
    for (const QString& id : store_.selection())
        if (const NodeItem* item = scene_->node(id)) all |= item->rect();
    if (!all.isNull() && !mapToScene(viewport()->rect()).boundingRect().intersects(all)) centerOn(all.center());
}

void CanvasView::tidyUp() {
    const bool onlySelected = QGuiApplication::keyboardModifiers() & Qt::ShiftModifier && !store_.selection().isEmpty();
    endGlide();
    const QHash<QString, QPointF> before = scene_->places();
    commands_->tidyUp(onlySelected);
    if (!onlySelected) zoomFit();
    glideFrom(before);
}

void CanvasView::groupSelection() {
    const QStringList sinks = commands_->groupableSinks();
    if (!sinks.isEmpty() && !store_.readOnly()) commands_->group(sinks, QStringLiteral("failover"));
}

void CanvasView::renameSelected() {
    const topology::Node* node = store_.selectedNode();
    if (!node || store_.readOnly()) return;
    const QString id = QString::fromStdString(node->id);
    const QRectF rect = nameRect(*scene_, id);
    if (rect.isNull()) return;
    if (!viewport()->rect().intersects(mapFromScene(rect).boundingRect())) revealNode(id);
    renamed_ = id;
    rename_->open(mapFromScene(rect).boundingRect(), QString::fromStdString(node->name),
                  [this, id](const QString& name) { return commands_->rename(id, name); });
}

void CanvasView::placeRename() {
    if (!rename_->isVisible()) return;
    const QRectF rect = nameRect(*scene_, renamed_);
    if (!rect.isNull()) rename_->place(mapFromScene(rect).boundingRect());
}

void CanvasView::addNode() {
    const QPoint view = viewport()->mapFromGlobal(QCursor::pos());
    const bool inside = viewport()->rect().contains(view);
    offerAdding(inside ? pointerAt(view, {}).scene : viewCentre());
}

void CanvasView::offerAdding(const QPointF& scene) {
    openAddMenu(addCatalogue(store_.document().catalog(), runsHere_), scene, {});
}

void CanvasView::offerAddingTo(const QString& node, bool fromOut, const QPointF& scene) {
    const QList<AddChoice> all = addCatalogue(store_.document().catalog(), runsHere_);
    openAddMenu(commands_->fitting(all, node, fromOut), scene, node);
}

void CanvasView::openAddMenu(QList<AddChoice> choices, const QPointF& scene, const QString& connectTo) {
    if (store_.readOnly()) return;
    if (addMenu_) addMenu_->close();
    addMenu_ = new AddMenu(std::move(choices), this);
    connect(addMenu_, &QObject::destroyed, this, [this, menu = addMenu_] {
        if (addMenu_ == menu) addMenu_ = nullptr;
    });
    connect(addMenu_, &AddMenu::chosen, this, [this, scene, connectTo](const PaletteItem& item) {
        commands_->add(item, commands_->freePlace(item, scene), nullptr, connectTo);
        setFocus();
    });
    // Who goes on by Tab wants to leave, not to add.
    connect(addMenu_, &AddMenu::left, this, [this](bool forward) { focusNextPrevChild(forward); });
    addMenu_->openAt(viewport()->mapToGlobal(mapFromScene(scene)));
}

} // namespace millrace::canvas
