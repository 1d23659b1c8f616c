#pragma once

#include <QList>
#include <QObject>

class QDockWidget;
class QMainWindow;
class QMenu;
class QTabWidget;

namespace millrace::studio {

class DocumentStore;
class InspectorPanel;
class LogPanel;
class MonitorPanel;
class OutlinePanel;
class PalettePanel;
class ProblemsPanel;
class RunController;

/// The panels around the canvas as docks without title bars; "move panels" shows title bars by which they are dragged.
class Panels : public QObject {
    Q_OBJECT
public:
    Panels(QMainWindow* window, PalettePanel* palette, DocumentStore& store, RunController& run);

    /// One entry for each, to show or hide it.
    void fillMenu(QMenu* menu);
    void translate();
    void setMovable(bool movable);
    bool isMovable() const { return movable_; }
    /// Places and sizes as at the first start.
    void arrange();
    /// Hides all and remembers which were open; false brings those back.
    void fold(bool folded);
    void showProblems();
    /// Back to what showProblems() covered, unless the user has turned elsewhere since.
    void leaveProblems();

    PalettePanel* palette;
    OutlinePanel* outline;
    InspectorPanel* inspector;
    MonitorPanel* monitor;
    ProblemsPanel* problems;
    LogPanel* log;
    QTabWidget* bottom;
    QDockWidget *paletteDock, *outlineDock, *inspectorDock, *bottomDock;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void placeControls();
    QDockWidget* makeDock(const char* name, QWidget* content);
    QList<QDockWidget*> docks() const { return {paletteDock, outlineDock, inspectorDock, bottomDock}; }
    void tellProblems();

    QMainWindow* window_;
    QWidget* before_ = nullptr; ///< what stood where the problems stand
    QList<QDockWidget*> open_; ///< while folded
    bool folded_ = false;
    bool movable_ = false;
};

} // namespace millrace::studio
