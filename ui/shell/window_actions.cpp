#include "shell/window_actions.h"

#include "shell/language.h"

#include <QActionGroup>
#include <QMenu>
#include <QMenuBar>
#include <QUndoStack>

namespace millrace::studio {

namespace {
constexpr const char* kThemes[] = {"system", "light", "dark"};
}

QAction* WindowActions::make(const char* name, const QKeySequence& key) {
    auto* action = new QAction(window_);
    action->setObjectName(QLatin1String(name));
    action->setShortcut(key);
    window_->addAction(action); // works too while the menus are hidden
    return action;
}

QMenu* WindowActions::makeMenu(const char* name) {
    auto* menu = new QMenu(window_);
    menu->setObjectName(QLatin1String(name));
    menu->setToolTipsVisible(true);
    return menu;
}

WindowActions::WindowActions(QUndoStack& undoStack, QWidget* window)
    : QObject(window), window_(window), undoStack_(undoStack) {
    newDocument = make("newDocument", QKeySequence::New);
    open = make("open", QKeySequence::Open);
    save = make("save", QKeySequence::Save);
    saveAs = make("saveAs", QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_S));
    closeDocument = make("closeDocument", QKeySequence(Qt::CTRL | Qt::Key_W));
    openRunFolder = make("openRunFolder");
    exportPicture = make("exportPicture");
    quit = make("quit", QKeySequence(Qt::CTRL | Qt::Key_Q));
    undo = make("undo", QKeySequence::Undo);
    redo = make("redo");
    redo->setShortcuts({QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z), QKeySequence(Qt::CTRL | Qt::Key_Y)});
    cut = make("cut", QKeySequence::Cut);
    copy = make("copy", QKeySequence::Copy);
    paste = make("paste", QKeySequence::Paste);
    duplicate = make("duplicate", QKeySequence(Qt::CTRL | Qt::Key_D));
    remove = make("remove", QKeySequence::Delete);
    rename = make("rename", QKeySequence(Qt::Key_F2));
    selectAll = make("selectAll", QKeySequence::SelectAll);
    zoomIn = make("zoomIn", QKeySequence(Qt::CTRL | Qt::Key_Plus));
    zoomOut = make("zoomOut", QKeySequence(Qt::CTRL | Qt::Key_Minus));
    zoomActual = make("zoomActual", QKeySequence(Qt::CTRL | Qt::Key_1));
    zoomFit = make("zoomFit", QKeySequence(Qt::CTRL | Qt::Key_0));
    tidyUp = make("tidyUp", QKeySequence(Qt::CTRL | Qt::Key_L));
    canvasOnly = make("canvasOnly", QKeySequence(Qt::Key_F11));
    wheelScrolls = make("wheelScrolls");
    reducedMotion = make("reducedMotion");
    unlockPanels = make("unlockPanels");
    restorePanels = make("restorePanels");
    run = make("run", QKeySequence(Qt::Key_F5));
    stop = make("stop", QKeySequence(Qt::SHIFT | Qt::Key_F5));
    burst = make("burst");
    deleteRunData = make("deleteRunData");
    shortcuts = make("shortcuts", QKeySequence(Qt::Key_F1));
    about = make("about");
    for (QAction* action : {canvasOnly, wheelScrolls, reducedMotion, unlockPanels})
        action->setCheckable(true);
    fileMenu = makeMenu("fileMenu");
    recentMenu = makeMenu("recentMenu");
    examplesMenu = makeMenu("examplesMenu");
    editMenu = makeMenu("editMenu");
    viewMenu = makeMenu("viewMenu");
    themeMenu = makeMenu("themeMenu");
    languageMenu = makeMenu("languageMenu");
    panelsMenu = makeMenu("panelsMenu");
    runMenu = makeMenu("runMenu");
    helpMenu = makeMenu("helpMenu");
    themes = new QActionGroup(this);
    languages = new QActionGroup(this);
    for (const char* theme : kThemes) {
        QAction* action = themes->addAction(themeMenu->addAction(QString()));
        action->setCheckable(true);
        action->setData(QLatin1String(theme));
    }
    for (const Language::Choice& choice : Language::choices()) {
        QAction* action = languages->addAction(languageMenu->addAction(choice.name));
        action->setCheckable(true);
        action->setData(choice.code);
    }
    connect(undo, &QAction::triggered, &undoStack, &QUndoStack::undo);
    connect(redo, &QAction::triggered, &undoStack, &QUndoStack::redo);
    const auto tellUndo = [this] {
        undo->setEnabled(undoStack_.canUndo());
        redo->setEnabled(undoStack_.canRedo());
        undo->setText(undoStack_.canUndo() ? tr("&Undo: %1").arg(undoStack_.undoText()) : tr("&Undo"));
        redo->setText(undoStack_.canRedo() ? tr("&Redo: %1").arg(undoStack_.redoText()) : tr("&Redo"));
    };
    connect(&undoStack, &QUndoStack::indexChanged, this, tellUndo);
    tellUndo();
    translate();
}

void WindowActions::fill(QMenuBar* bar) {
    fileMenu->addActions({newDocument, open});
    fileMenu->addMenu(recentMenu);
    fileMenu->addMenu(examplesMenu);
    fileMenu->addSeparator();
    fileMenu->addActions({save, saveAs, exportPicture});
    fileMenu->addSeparator();
    fileMenu->addActions({closeDocument, quit});
    editMenu->addActions({undo, redo});
    editMenu->addSeparator();
    editMenu->addActions({cut, copy, paste, duplicate, remove, rename});
    editMenu->addSeparator();
    editMenu->addAction(selectAll);
    viewMenu->addActions({zoomIn, zoomOut, zoomActual, zoomFit});
    viewMenu->addSeparator();
    viewMenu->addActions({tidyUp, canvasOnly});
    viewMenu->addSeparator();
    viewMenu->addMenu(panelsMenu);
    viewMenu->addMenu(themeMenu);
    viewMenu->addMenu(languageMenu);
    viewMenu->addActions({wheelScrolls, reducedMotion});
    runMenu->addActions({run, stop});
    runMenu->addSeparator();
    runMenu->addAction(burst);
    runMenu->addSeparator();
    runMenu->addActions({openRunFolder, deleteRunData});
    helpMenu->addActions({shortcuts, about});
    for (QMenu* menu : {fileMenu, editMenu, viewMenu, runMenu, helpMenu})
        bar->addMenu(menu);
}

void WindowActions::translate() {
    fileMenu->setTitle(tr("&File"));
    recentMenu->setTitle(tr("Open &recent"));
    examplesMenu->setTitle(tr("&Examples"));
    editMenu->setTitle(tr("&Edit"));
    viewMenu->setTitle(tr("&View"));
    themeMenu->setTitle(tr("&Theme"));
    languageMenu->setTitle(tr("&Language"));
    panelsMenu->setTitle(tr("&Panels"));
    runMenu->setTitle(tr("&Run"));
    helpMenu->setTitle(tr("&Help"));
    newDocument->setText(tr("&New"));
    open->setText(tr("&Open…"));
    save->setText(tr("&Save"));
    saveAs->setText(tr("Save &as…"));
    closeDocument->setText(tr("&Close"));
    openRunFolder->setText(tr("Open run &folder"));
    exportPicture->setText(tr("Export as &picture…"));
    quit->setText(tr("&Quit"));
    cut->setText(tr("Cu&t"));
    copy->setText(tr("&Copy"));
    paste->setText(tr("&Paste"));
    duplicate->setText(tr("&Duplicate"));
    remove->setText(tr("D&elete"));
    rename->setText(tr("Re&name"));
    selectAll->setText(tr("Select &all"));
    zoomIn->setText(tr("Zoom &in"));
    zoomOut->setText(tr("Zoom &out"));
    zoomActual->setText(tr("&Actual size"));
    zoomFit->setText(tr("Show &everything"));
    tidyUp->setText(tr("&Tidy up"));
    canvasOnly->setText(tr("&Canvas only"));
    wheelScrolls->setText(tr("&Wheel scrolls instead of zooming"));
    reducedMotion->setText(tr("Reduced &motion"));
    unlockPanels->setText(tr("&Move panels"));
    restorePanels->setText(tr("&Restore panels"));
    run->setText(tr("&Run"));
    stop->setText(tr("&Stop"));
    burst->setText(tr("&Burst of traffic"));
    deleteRunData->setText(tr("&Delete run data…"));
    shortcuts->setText(tr("&Keyboard and mouse"));
    about->setText(tr("&About Millrace"));
    const QList<QAction*> theme = themes->actions();
    theme[0]->setText(tr("As the &desktop"));
    theme[1]->setText(tr("&Light"));
    theme[2]->setText(tr("D&ark"));
    languages->actions().first()->setText(tr("As the &system"));
    undo->setText(undoStack_.canUndo() ? tr("&Undo: %1").arg(undoStack_.undoText()) : tr("&Undo"));
    redo->setText(undoStack_.canRedo() ? tr("&Redo: %1").arg(undoStack_.redoText()) : tr("&Redo"));
}

} // namespace millrace::studio
