#pragma once

#include "canvas/commands/canvas_commands.h"
#include "canvas/commands/clipboard.h"
#include "canvas/scene/canvas_scene.h"
#include "canvas/tools/canvas_mode.h"
#include "canvas/tools/canvas_tool.h"
#include "canvas/tools/mode_factory.h"
#include "canvas/tools/press.h"
#include "canvas/tools/tool_host.h"
#include "canvas/view/add_menu.h"
#include "canvas/view/target.h"

#include <QElapsedTimer>
#include <QGraphicsView>
#include <QTimer>
#include <QVariantAnimation>

#include <memory>
#include <optional>

namespace millrace::commands {
class CommandRegistry;
}

namespace millrace::canvas {

class CanvasHint;
class PeekCard;
class RenameEditor;
class ZoomPill;

/// The drawing table. Gestures:
///   left drag on a node's body, a frame's title or a group's title moves; on a port, on the outer rim of a node, or
///   with Ctrl from anywhere in a node draws a wire; on paper (also inside a frame) selects with a box
///   middle drag, right drag, Space + left drag pans; the wheel zooms at the pointer, Shift + wheel goes sideways
///   dropping a node on another only moves it: wires come from ports, so that tidying never rewires. What is dropped
///   onto a wire from the palette, or has no wire yet, joins the flow there
///   Alt + left drag on paper and Ctrl + right drag cut the wires that they cross
/// Keys of its own are only the arrows (move the selection, or the paper), Esc, held Space, and Ctrl+Tab and Shift+Tab,
/// which go on to the next and the one before that takes the keyboard. All others are commands' (drawing_commands.h).
class CanvasView : public QGraphicsView, private ToolHost {
    Q_OBJECT
public:
    /// Both must outlive the view; `run` may be null.
    CanvasView(studio::DocumentStore& store, studio::RunController* run, QWidget* parent = nullptr);
    ~CanvasView() override;

    CanvasScene& canvas() override { return *scene_; }
    CanvasCommands& commands() override { return *commands_; }
    Clipboard& clipboard() { return *clipboard_; }
    studio::DocumentStore& store() override { return store_; }
    studio::RunController* run() { return run_; }
    double zoom() const override { return transform().m11(); }
    /// Ends in one step, without the way there: for tests and the first view.
    void setZoom(double zoom, const QPointF& sceneAnchor, const QPointF& viewAnchor);
    QPointF viewCentre() const { return mapToScene(viewport()->rect().center()); }

    /// The wheel scrolls instead of zooming (Ctrl + wheel still zooms).
    void setWheelScrolls(bool scrolls) { wheelScrolls_ = scrolls; }
    /// What the list of additions says about components; until it is set, that all of them run here.
    void setRunsHere(RunsHere runs) { runsHere_ = std::move(runs); }
    /// A short sentence beside a place of the viewport; empty hides it.
    void showHint(const QString& text, const QPoint& at, Hint kind) override;
    void makeVisible(const QRectF& scene) override { ensureVisible(scene, 40, 40); }
    QPoint viewPlace(const QPointF& scene) const override { return mapFromScene(scene); }
    /// Opens the searchable list; the choice is put at `scene`, or below where that is taken.
    void offerAdding(const QPointF& scene);
    /// Opens it with what a wire from that end of a node could lead to; the choice arrives wired.
    void offerAddingTo(const QString& node, bool fromOut, const QPointF& scene) override;
    /// Shows live events of a component or topic in a card at that place. Does nothing while nothing runs.
    void showPeek(const QString& tapId, const QPoint& global);
    PeekCard* peekCard() const { return peek_; }
    /// Where the context menus come from; null: there are none. It must outlive the view or go with it.
    void setRegistry(commands::CommandRegistry* registry) { registry_ = registry; }
    Target target() const;
    /// Where the events of a thing can be tapped, as Session::tap wants it; empty: nowhere.
    QString tapOf(const Target& target) const;
    /// What goes on beyond a drag; null when nothing does.
    const CanvasMode* mode() const { return mode_.get(); }
    void panBy(const QPoint& pixels) override;
    /// The wire that what is let go there would join; -1: none, or Alt is held.
    int dropStrand(const Pointer& pointer) const override;
    /// Lets that wire swell after a moment; -1: none.
    void previewJoin(int strand) override;
    /// Times the viewport was painted: an idle canvas costs nothing, and a test counts this.
    int paintCount() const { return paints_; }
    /// A file of the whole drawing, .svg or .png (see PictureExporter). False: `error` (may be null) says why.
    bool exportPicture(const QString& path, QString* error);

public slots:
    void zoomIn();
    void zoomOut();
    void zoomActual();
    void zoomFit();
    void removeSelection();
    void copy() { clipboard_->copy(); }
    void cut() { clipboard_->cut(); }
    void paste();
    void duplicate() { clipboard_->duplicate(); }
    void selectAll() { commands_->selectAll(); }
    /// Of the selection alone while Shift is held.
    void tidyUp();
    void groupForFailover() { group("failover"); }
    void groupForBalance() { group("load_balance"); }
    void renameSelected();
    /// At the context menu's place, beside the selected node, where the pointer is, or in the middle.
    void addNode();
    /// Asks where a wire of the selected node is to lead; when there is nothing yet, what to put there.
    void wireSelected();
    /// Asks for the agent.
    void moveSelectedToAgent();
    void revealSelected();
    void peekAtTarget();
    void adoptTarget();
    void selectBefore() { commands_->selectAlong(false); }
    void selectAfter() { commands_->selectAlong(true); }
    void revealNode(const QString& id);

signals:
    /// A click on a wire or topic; `id` as Session::tap wants it. The view opens its card by itself.
    void peekRequested(const QString& id, const QPoint& globalPos);
    void zoomChanged(double zoom);
    void targetChanged(); ///< target() may be another, or other things may be done with it

protected:
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void keyReleaseEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    bool viewportEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;
    void drawForeground(QPainter* painter, const QRectF& rect) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    void toolChanged() override { viewport()->update(); }
    void showSelection();
    void showFocusRing();
    bool tabPressed(const QKeyEvent& event);
    bool belongsToMode(const QKeyEvent& event) const;
    void group(const char* processor);
    void ask(Asked what);
    void step(const std::function<void(CanvasMode&)>& with);
    void leaveMode();
    void escape();
    Pointer pointerAt(const QPoint& view, Qt::KeyboardModifiers modifiers) const;
    Press look(const QPoint& view, Qt::MouseButton button, Qt::KeyboardModifiers modifiers) const;
    void chooseOnPress(const Press& press);
    void click(const Press& press);
    void peekAt(const Press& press, const QPoint& global);
    void startTool(const Pointer& pointer);
    void endTool(bool keep, const Pointer& pointer);
    void hover(const QPoint& view);
    void openMenu(const QPoint& view);

    void zoomTowards(double factor, const QPointF& viewAnchor);
    void applyZoom();
    void applyScale(double zoom, const QPointF& sceneAnchor, const QPointF& viewAnchor);
    void holdSpace(bool held);
    void tick();
    void edgePan();
    /// Starts or stops the one clock and switches the update mode with it.
    void windClock();
    bool dotsMove() const;
    void placeOverlays();
    QString portWordsAt(const QPointF& scene) const;
    /// Shows nodes on their way from these places to where they stand now.
    void glideFrom(const QHash<QString, QPointF>& places);
    void endGlide();
    void openAddMenu(QList<AddChoice> choices, const QPointF& scene, std::function<void(const PaletteItem&)> take);
    /// `onlyFitting`: what a wire from the node, or to it, could lead to.
    void offerAddingBeside(const QString& node, bool onlyFitting);
    /// Lays the field for a new name over the name of the node it is for.
    void placeRename();
    void dropFeedback(const QPoint& view, const PaletteItem& item, Qt::KeyboardModifiers modifiers);

    studio::DocumentStore& store_;
    studio::RunController* run_;
    CanvasScene* scene_;
    CanvasCommands* commands_;
    Clipboard* clipboard_;
    ZoomPill* pill_;
    CanvasHint* hint_;
    RenameEditor* rename_;
    QString renamed_;         ///< the node whose name is being typed
    bool focusByKey_ = false; ///< the focus ring is for those who came by Tab
    AddMenu* addMenu_ = nullptr;
    PeekCard* peek_ = nullptr;
    RunsHere runsHere_;

    commands::CommandRegistry* registry_ = nullptr;
    std::optional<Target> menuTarget_; ///< until something else is pressed or chosen

    std::optional<Press> press_;
    std::unique_ptr<CanvasTool> tool_;
    std::unique_ptr<CanvasMode> mode_;
    QPoint lastView_;
    bool spaceHeld_ = false, wheelScrolls_ = false;
    bool placed_ = false;   ///< this document has been shown as a whole once
    bool invites_ = true;   ///< nothing is drawn yet: the paper says how to begin
    bool showsAll_ = false; ///< and nobody zoomed or moved the paper since

    QTimer clock_, swell_;
    QVariantAnimation glide_;
    int joining_ = -1;
    QElapsedTimer sinceTick_;
    double zoomTarget_ = 1;
    QPointF zoomScene_, zoomView_;
    bool zooming_ = false;
    int paints_ = 0;
    double paintMs_ = 0; ///< smoothed, of one frame
};

} // namespace millrace::canvas
