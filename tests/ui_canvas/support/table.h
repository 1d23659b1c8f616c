#pragma once

#include "canvas/commands/palette_mime.h"
#include "canvas/view/canvas_view.h"
#include "canvas/view/drawing_commands.h"
#include "commands/command_registry.h"
#include "document/document_store.h"
#include "run/run_controller.h"
#include "ui_run/support/fake_session.h"

#include <QApplication>
#include <QDropEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QTest>

namespace millrace::test {

/// A canvas on the screen with a document and a session that runs nothing, and a hand that works on it with real events.
/// Places are scene units; zoom is 1 unless a test changes it.
class Table {
public:
    explicit Table(const std::string& text = "#@ version = 1\n") {
        auto made = std::make_unique<FakeSession>();
        session = made.get();
        run = std::make_unique<studio::RunController>(store, std::move(made));
        view = std::make_unique<canvas::CanvasView>(store, run.get());
        registry = new commands::CommandRegistry(view.get(), {});
        canvas::addDrawingCommands(*registry, *view, [] { return true; });
        view->resize(1400, 900);
        store.load(text, {});
        view->show();
        view->activateWindow(); // keys of commands are heard in the active window
        QVERIFY(QTest::qWaitForWindowActive(view.get()));
        view->setZoom(1, QPointF(560, 400), QPointF(700, 450));
        QCoreApplication::processEvents();
    }

    QPoint at(const QPointF& scene) const { return view->mapFromScene(scene); }
    canvas::CanvasScene& scene() { return view->canvas(); }
    const canvas::NodeItem* node(const char* id) { return scene().node(QString::fromLatin1(id)); }
    QPointF middle(const char* id) { return node(id)->rect().center(); }
    /// On the rim at the right, where a wire begins.
    QPointF rightRim(const char* id) { return QPointF(node(id)->rect().right() - 5, node(id)->rect().center().y()); }
    QPointF leftRim(const char* id) { return QPointF(node(id)->rect().left() + 6, node(id)->rect().center().y()); }

    void press(const QPointF& scene, Qt::MouseButton button = Qt::LeftButton, Qt::KeyboardModifiers keys = {}) {
        send(QEvent::MouseButtonPress, at(scene), button, button, keys);
        held_ = button;
        if (button != Qt::RightButton) return;
        // As X11 does: with the press, before anybody knows whether it will be a drag.
        QContextMenuEvent menu(QContextMenuEvent::Mouse, at(scene), view->viewport()->mapToGlobal(at(scene)), keys);
        QApplication::sendEvent(view->viewport(), &menu);
    }
    void move(const QPointF& scene, Qt::KeyboardModifiers keys = {}) {
        send(QEvent::MouseMove, at(scene), Qt::NoButton, held_, keys);
    }
    void release(const QPointF& scene, Qt::KeyboardModifiers keys = {}) {
        const Qt::MouseButton button = std::exchange(held_, Qt::NoButton);
        send(QEvent::MouseButtonRelease, at(scene), button, Qt::NoButton, keys);
    }
    void click(const QPointF& scene, Qt::KeyboardModifiers keys = {}, Qt::MouseButton button = Qt::LeftButton) {
        press(scene, button, keys);
        release(scene, keys);
    }
    /// The menu that a right click opens there; null when none did.
    QMenu* menuAt(const QPointF& scene) {
        click(scene, {}, Qt::RightButton);
        return view->findChild<QMenu*>(QStringLiteral("canvasMenu"));
    }
    /// What a menu offers under that id; null when it does not.
    static QAction* offered(const QMenu* menu, const char* id) {
        for (QAction* action : menu ? menu->actions() : QList<QAction*>())
            if (action->objectName() == QLatin1String(id)) return action;
        return nullptr;
    }
    void drag(const QPointF& from, const QPointF& to, Qt::KeyboardModifiers keys = {},
              Qt::MouseButton button = Qt::LeftButton) {
        const QPoint end = at(to); // where the hand goes, even when the paper moves under it
        press(from, button, keys);
        for (const double way : {0.2, 0.6, 1.0}) move(from + (to - from) * way, keys);
        held_ = Qt::NoButton;
        send(QEvent::MouseButtonRelease, end, button, Qt::NoButton, keys);
        QCoreApplication::processEvents();
    }
    void wire(const char* from, const char* to) { drag(rightRim(from), middle(to)); }
    void key(Qt::Key key, Qt::KeyboardModifiers keys = {}) { QTest::keyClick(view.get(), key, keys); }

    /// Drops a palette entry; gives the id of what came of it.
    QString drop(topology::NodeKind kind, const char* type, const QPointF& scene, Qt::KeyboardModifiers keys = {}) {
        const std::unique_ptr<QMimeData> data(canvas::toMime({kind, QString::fromLatin1(type)}));
        const QPoint place = at(scene);
        QDragEnterEvent enter(place, Qt::CopyAction, data.get(), Qt::LeftButton, keys);
        QApplication::sendEvent(view->viewport(), &enter);
        QDragMoveEvent over(place, Qt::CopyAction, data.get(), Qt::LeftButton, keys);
        QApplication::sendEvent(view->viewport(), &over);
        QDropEvent dropped(QPointF(place), Qt::CopyAction, data.get(), Qt::LeftButton, keys);
        QApplication::sendEvent(view->viewport(), &dropped);
        return store.selection().isEmpty() ? QString() : *store.selection().begin();
    }

    const std::string& text() const { return store.document().text(); }
    bool has(const char* line) const { return text().find(line) != std::string::npos; }
    bool hasWire(topology::WireKind kind, const char* from, const char* to) const {
        for (const topology::Wire& wire : store.graph().wires)
            if (wire.kind == kind && wire.from == from && wire.to == to) return true;
        return false;
    }
    /// Undoes everything and says whether the first bytes are back; redoes it again.
    bool undoesTo(const std::string& first) {
        const std::string last = text();
        const int steps = store.undoStack().index();
        while (store.undoStack().canUndo()) store.undoStack().undo();
        const bool back = text() == first;
        for (int i = 0; i < steps; ++i) store.undoStack().redo();
        return back && text() == last;
    }

    studio::DocumentStore store;
    FakeSession* session = nullptr;
    std::unique_ptr<studio::RunController> run;
    std::unique_ptr<canvas::CanvasView> view;
    commands::CommandRegistry* registry = nullptr; ///< the view's

private:
    void send(QEvent::Type type, const QPoint& place, Qt::MouseButton button, Qt::MouseButtons buttons,
              Qt::KeyboardModifiers keys) {
        QWidget* viewport = view->viewport();
        QMouseEvent event(type, QPointF(place), viewport->mapToGlobal(QPointF(place)), button, buttons, keys);
        QApplication::sendEvent(viewport, &event);
    }
    Qt::MouseButton held_ = Qt::NoButton;
};

} // namespace millrace::test
