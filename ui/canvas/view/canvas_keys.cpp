#include "canvas/view/canvas_view.h"

#include "canvas/commands/fitting_choices.h"
#include "canvas/commands/free_places.h"
#include "canvas/tools/arrow_keys.h"
#include "canvas/view/peek_card.h"
#include "canvas/view/rename_editor.h"
#include "document/document_store.h"
#include "topology/layout/layout.h"

#include <QGuiApplication>
#include <QKeyEvent>

#include <algorithm>
#include <cmath>

/// Keys of the canvas and the slots behind them.
namespace millrace::canvas {

namespace {

/// Where the name of a node or agent stands; null when it is not drawn.
QRectF nameRect(const CanvasScene& scene, const QString& id) {
    if (const NodeItem* item = scene.node(id)) return {item->rect().topLeft() + QPointF(38, 2), QSizeF(126, 24)};
    if (const FrameItem* frame = scene.frame(id)) return {frame->rect().topLeft() + QPointF(16, 4), QSizeF(160, 24)};
    return {};
}

/// Keys that would otherwise trigger an action of the window while the canvas has the focus are its own.
bool isOwnKey(const QKeyEvent& event) {
    if (event.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier)) return false;
    return event.key() == Qt::Key_Space || event.key() == Qt::Key_Escape || !arrowOf(event.key()).isNull();
}

} // namespace

bool CanvasView::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (isOwnKey(key) || belongsToMode(key)) {
            event->accept();
            return true;
        }
    }
    if (event->type() == QEvent::KeyPress && tabPressed(*static_cast<QKeyEvent*>(event))) return true;
    return QGraphicsView::event(event);
}

/// Tab never arrives in keyPressEvent(): the focus chain takes it first.
bool CanvasView::tabPressed(const QKeyEvent& event) {
    if (event.key() != Qt::Key_Tab && event.key() != Qt::Key_Backtab) return false;
    if (event.modifiers() & Qt::ControlModifier) return focusNextPrevChild(event.key() == Qt::Key_Tab);
    if (!mode_) return false;
    step([&event](CanvasMode& mode) { mode.key(event); });
    return true;
}

bool CanvasView::belongsToMode(const QKeyEvent& event) const {
    return mode_ && !(event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
}

/// The mode is taken out first: what it does to the document comes back here as a rebuilt scene.
void CanvasView::step(const std::function<void(CanvasMode&)>& with) {
    std::unique_ptr<CanvasMode> mode = std::move(mode_);
    with(*mode);
    if (!mode->over() && !mode_) mode_ = std::move(mode);
    viewport()->update();
}

void CanvasView::leaveMode() {
    if (mode_) step([](CanvasMode& mode) { mode.cancel(); });
}

void CanvasView::ask(Asked what) {
    leaveMode();
    mode_ = modeFor(*this, what);
    if (mode_) step([](CanvasMode& mode) { mode.enter(); });
}

void CanvasView::escape() {
    if (tool_)
        endTool(false, pointerAt(lastView_, {}));
    else if (peek_)
        peek_->close();
    else
        store_.select({});
}

void CanvasView::keyPressEvent(QKeyEvent* event) {
    event->accept();
    bool taken = false;
    if (belongsToMode(*event)) step([&](CanvasMode& mode) { taken = mode.key(*event); });
    if (taken) return;
    const QPointF arrow = event->modifiers() & Qt::ControlModifier ? QPointF() : arrowOf(event->key());
    if (!arrow.isNull()) {
        if (store_.selection().isEmpty())
            panBy((-arrow * 40).toPoint());
        else
            commands_->nudge(arrow * topology::metrics::kGridStep);
    } else if (event->key() == Qt::Key_Escape) {
        escape();
    } else if (event->key() == Qt::Key_Space) {
        if (!event->isAutoRepeat() && !tool_) holdSpace(true);
    } else {
        event->ignore();
    }
}

void CanvasView::keyReleaseEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) holdSpace(false);
    QGraphicsView::keyReleaseEvent(event);
}

void CanvasView::holdSpace(bool held) {
    if (held == spaceHeld_) return;
    spaceHeld_ = held;
    if (held)
        viewport()->setCursor(Qt::OpenHandCursor);
    else if (!tool_)
        viewport()->unsetCursor();
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
    // Where the menu was opened or the pointer is, when it is over the drawing; else beside the original.
    const QPoint view = viewport()->mapFromGlobal(QCursor::pos());
    const bool inside = viewport()->rect().contains(view) && viewport()->underMouse();
    if (menuTarget_)
        clipboard_->paste(menuTarget_->at);
    else
        clipboard_->paste(inside ? std::optional(pointerAt(view, {}).scene) : std::nullopt);
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

void CanvasView::group(const char* processor) {
    const QStringList sinks = commands_->groupableSinks();
    if (!sinks.isEmpty()) commands_->group(sinks, QLatin1String(processor));
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
    if (menuTarget_) return offerAdding(menuTarget_->at);
    const topology::Node* node = store_.selectedNode();
    const NodeItem* item = node ? scene_->node(QString::fromStdString(node->id)) : nullptr;
    if (item && node->kind != topology::NodeKind::note) return offerAddingBeside(item->id(), false);
    offerAdding(viewport()->rect().contains(view) ? pointerAt(view, {}).scene : viewCentre());
}

void CanvasView::wireSelected() {
    const topology::Node* node = store_.selectedNode();
    if (!node) return;
    ask(Asked::wireEnd);
    const QString id = QString::fromStdString(node->id);
    if (!mode_ && scene_->node(id)) offerAddingBeside(id, true);
}

void CanvasView::moveSelectedToAgent() {
    ask(Asked::agent);
}

void CanvasView::revealSelected() {
    if (const topology::Node* node = store_.selectedNode()) store_.reveal(QString::fromStdString(node->id));
}

void CanvasView::peekAtTarget() {
    const Target at = target();
    emit peekRequested(tapOf(at), viewport()->mapToGlobal(mapFromScene(at.at)));
}

void CanvasView::adoptTarget() {
    commands_->adopt(target().id);
}

void CanvasView::offerAdding(const QPointF& scene) {
    openAddMenu(addCatalogue(store_.document().catalog(), runsHere_), scene,
                [this, scene](const PaletteItem& item) { commands_->add(item, freePlace(*scene_, item.kind, scene)); });
}

void CanvasView::offerAddingBeside(const QString& node, bool onlyFitting) {
    const QRectF rect = scene_->node(node)->rect();
    makeVisible(rect);
    QList<AddChoice> choices = addCatalogue(store_.document().catalog(), runsHere_);
    if (onlyFitting)
        choices = fittingChoices(store_.document(), choices, node, true) +
                  fittingChoices(store_.document(), choices, node, false);
    openAddMenu(std::move(choices), rect.topRight() + QPointF(24, 0),
                [this, node](const PaletteItem& item) { commands_->addBeside(item, node); });
}

void CanvasView::offerAddingTo(const QString& node, bool fromOut, const QPointF& scene) {
    const QList<AddChoice> all = addCatalogue(store_.document().catalog(), runsHere_);
    openAddMenu(fittingChoices(store_.document(), all, node, fromOut), scene,
                [this, node, scene](const PaletteItem& item) {
                    commands_->add(item, freePlace(*scene_, item.kind, scene), nullptr, node);
                });
}

void CanvasView::openAddMenu(QList<AddChoice> choices, const QPointF& scene,
                             std::function<void(const PaletteItem&)> take) {
    if (store_.readOnly()) return;
    if (addMenu_) addMenu_->close();
    addMenu_ = new AddMenu(std::move(choices), this);
    connect(addMenu_, &QObject::destroyed, this, [this, menu = addMenu_] {
        if (addMenu_ == menu) addMenu_ = nullptr;
    });
    connect(addMenu_, &AddMenu::chosen, this, [this, take = std::move(take)](const PaletteItem& item) {
        take(item);
        showSelection();
        setFocus();
    });
    // Who goes on by Tab wants to leave, not to add.
    connect(addMenu_, &AddMenu::left, this, [this](bool forward) { focusNextPrevChild(forward); });
    addMenu_->openAt(viewport()->mapToGlobal(mapFromScene(scene)));
}

} // namespace millrace::canvas
