#include "canvas/view/canvas_view.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/numbers.h"

#include <QContextMenuEvent>
#include <QMenu>

#include <algorithm>

/// Context menus: what can be done with what lies under the pointer, and nothing that cannot.
namespace millrace::canvas {

namespace {

bool canRename(const topology::Node* node) {
    return node && !node->implied && node->kind != topology::NodeKind::note;
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
    Press under = look(view, Qt::RightButton, Qt::NoModifier);
    if (under.spot == Spot::paper)
        if (const FrameItem* frame = scene_->agentAt(under.pointer.scene)) under.id = frame->id();
    if (!under.id.isEmpty() && !store_.selection().contains(under.id) && !scene_->ghost(under.id))
        store_.select({under.id});
    showMenu(under, viewport()->mapToGlobal(view));
}

/// The other agents, for parts that are all of one.
void CanvasView::addAgentMenu(QMenu& menu) {
    const QStringList parts = commands_->selectedParts();
    if (parts.isEmpty()) return;
    QSet<QString> own;
    for (const QString& id : parts)
        own.insert(scene_->node(id)->drawn().frame);
    QMenu* agents = nullptr;
    for (const DrawnFrame& frame : scene_->drawing().frames) {
        if (own.contains(frame.id)) continue;
        if (!agents) {
            agents = menu.addMenu(tr("Move to agent"));
            agents->setObjectName(QStringLiteral("moveToAgent"));
        }
        QObject::connect(agents->addAction(frame.name), &QAction::triggered, &menu,
                         [this, id = frame.id, parts] { commands_->moveToAgent(id, parts); });
    }
}

void CanvasView::showMenu(const Press& press, const QPoint& global) {
    auto* menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("canvasMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool locked = store_.readOnly();
    const auto add = [menu](const QString& text, const char* name, auto slot, const QKeySequence& keys = {}) {
        QAction* action = menu->addAction(text);
        action->setObjectName(QLatin1String(name));
        action->setShortcut(keys);
        QObject::connect(action, &QAction::triggered, menu, slot);
        return action;
    };
    const QPointF at = press.pointer.scene;
    if (const Ghost* ghost = scene_->ghost(press.id)) {
        if (ghost->kind == Ghost::Kind::topic && !locked)
            add(tr("Adopt into the file"), "adopt", [this, id = ghost->id] { commands_->adopt(id); });
        if (ghost->kind == Ghost::Kind::topic)
            add(tr("Peek at records"), "peek", [this, press, global] { peekAt(press, global); });
    } else if (press.spot == Spot::wire) {
        const topology::Wire wire = scene_->wires().strands()[static_cast<std::size_t>(press.strand)].drawn.wire;
        add(tr("Peek at events"), "peek", [this, press, global] { peekAt(press, global); })
            ->setEnabled(scene_->live().running());
        if (!locked)
            add(tr("Delete wire"), "deleteWire", [this, wire] { commands_->disconnect(wire); }, QKeySequence::Delete);
    } else if (!press.id.isEmpty()) {
        const topology::Node* node = store_.graph().find(press.id.toStdString());
        if (!node) return menu->deleteLater();
        add(tr("Properties"), "properties", [this, id = press.id] { store_.reveal(id); });
        if (node->kind == topology::NodeKind::topic)
            add(tr("Peek at records"), "peek", [this, id = press.id, global] {
                emit peekRequested(scene_->live().topicTap(id), global);
            })->setEnabled(scene_->live().running());
        if (node->kind == topology::NodeKind::traffic && run_)
            add(tr("Burst: %1 for ten seconds").arg(look::rate(run_->burstRate(press.id))), "burst",
                [this, id = press.id] { run_->burst(id); })
                ->setEnabled(run_->phase() == studio::RunController::Phase::running &&
                             run_->session().capabilities().has("burst"));
        menu->addSeparator();
        if (!locked) {
            if (canRename(node)) add(tr("Rename"), "rename", [this] { renameSelected(); }, Qt::Key_F2);
            if (node->kind == topology::NodeKind::agent) {
                add(tr("Add to this agent…"), "addHere", [this, at] { offerAdding(at); }, Qt::Key_Tab);
                if (commands_->canPaste()) add(tr("Paste"), "paste", [this, at] { commands_->paste(at); }, QKeySequence::Paste);
            }
            addAgentMenu(*menu);
            const QStringList sinks = commands_->groupableSinks();
            if (!sinks.isEmpty()) {
                add(
                    tr("Group for fail-over"), "groupFailover",
                    [this, sinks] { commands_->group(sinks, QStringLiteral("failover")); }, Qt::CTRL | Qt::Key_G);
                add(tr("Group for load balancing"), "groupBalance",
                    [this, sinks] { commands_->group(sinks, QStringLiteral("load_balance")); });
            }
        }
        add(tr("Copy"), "copy", [this] { copy(); }, QKeySequence::Copy);
        if (!locked) {
            add(tr("Cut"), "cut", [this] { cut(); }, QKeySequence::Cut);
            if (node->kind != topology::NodeKind::sinkGroup)
                add(tr("Duplicate"), "duplicate", [this] { duplicate(); }, Qt::CTRL | Qt::Key_D);
            menu->addSeparator();
            add(node->kind == topology::NodeKind::sinkGroup ? tr("Dissolve group") : tr("Delete"), "delete",
                [this] { removeSelection(); }, QKeySequence::Delete);
        }
    } else {
        if (!locked) {
            add(tr("Add…"), "add", [this, at] { offerAdding(at); }, Qt::Key_Tab);
            add(tr("Paste"), "paste", [this, at] { commands_->paste(at); }, QKeySequence::Paste)
                ->setEnabled(commands_->canPaste());
        }
        add(tr("Select all"), "selectAll", [this] { selectAll(); }, QKeySequence::SelectAll);
        menu->addSeparator();
        add(tr("Show everything"), "fit", [this] { zoomFit(); }, Qt::Key_F);
        if (!locked) add(tr("Tidy up"), "tidy", [this] { tidyUp(); });
    }
    if (menu->isEmpty()) return menu->deleteLater();
    menu->popup(global);
}

} // namespace millrace::canvas
