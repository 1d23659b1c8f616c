#pragma once

#include <QAction>
#include <QList>
#include <QObject>

class QActionGroup;
class QMenu;
class QMenuBar;
class QUndoStack;

namespace millrace::studio {

/// Every command of the main window as an action, and the menus made of them. Texts follow the language; what an action
/// does is connected by the window.
class WindowActions : public QObject {
    Q_OBJECT
public:
    WindowActions(QUndoStack& undo, QWidget* window);
    /// Builds the menus; once.
    void fill(QMenuBar* bar);
    void translate();

    QAction *newDocument, *open, *save, *saveAs, *closeDocument, *openRunFolder, *exportPicture, *quit;
    QAction *undo, *redo, *cut, *copy, *paste, *duplicate, *remove, *rename, *selectAll;
    QAction *zoomIn, *zoomOut, *zoomActual, *zoomFit, *tidyUp, *canvasOnly, *wheelScrolls, *reducedMotion,
        *unlockPanels, *restorePanels;
    QAction *run, *stop, *burst, *deleteRunData;
    QAction *shortcuts, *about;
    QMenu *fileMenu, *recentMenu, *examplesMenu, *editMenu, *viewMenu, *themeMenu, *languageMenu, *panelsMenu, *runMenu,
        *helpMenu;
    QActionGroup *themes, *languages; ///< data: "system", "light", "dark"; code of the language

private:
    QAction* make(const char* name, const QKeySequence& key = {});
    QMenu* makeMenu(const char* name);

    QWidget* window_;
    QUndoStack& undoStack_;
};

} // namespace millrace::studio
