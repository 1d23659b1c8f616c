#include "shell/main_window.h"

#include "canvas/view/canvas_view.h"
#include "inspector/inspector_panel.h"
#include "look/theme.h"
#include "shell/app_settings.h"
#include "shell/dialogs.h"
#include "shell/document_files.h"
#include "shell/examples.h"
#include "shell/help_dialogs.h"
#include "shell/notice_bar.h"
#include "shell/outline_panel.h"
#include "shell/palette_panel.h"
#include "shell/panels.h"
#include "shell/recovery.h"
#include "look/shell_style.h"
#include "shell/start_page.h"
#include "shell/status_line.h"
#include "shell/top_bar.h"
#include "shell/window_actions.h"

#include <QActionGroup>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>
#include <QRegularExpression>
#include <QScreen>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QStatusBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace millrace::studio {

namespace {

/// A menu's title without the letter that opens it.
QString plainTitle(const QMenu* menu) {
    static const QRegularExpression letterBehind(QStringLiteral("\\(&.\\)"));
    return menu->title().remove(letterBehind).remove(QLatin1Char('&'));
}

QToolButton* menuButton(QMenu* menu, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setProperty("look", "flat");
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    QObject::connect(menu->menuAction(), &QAction::changed, button,
                     [button, menu] { button->setText(plainTitle(menu)); });
    button->setText(plainTitle(menu));
    return button;
}

} // namespace

MainWindow::MainWindow(Services services)
    : settings_(services.settings),
      dialogs_(services.dialogs),
      run_(store_, std::move(services.session)),
      files_(new DocumentFiles(store_, run_, settings_, dialogs_, this)),
      recovery_(new RecoveryCopy(store_, *files_, services.recoveryFolder, this)) {
    // First, as the panels take their share of it.
    resize(QSize(1440, 900).boundedTo(screen()->availableSize()));
    language_.choose(settings_.language());
    chooseTheme(settings_.theme());
    look::Theme::instance().setReducedMotion(settings_.reducedMotion());
    build(services.runs);
    connectActions();
    connectFiles();
    connectRun();
    connect(&look::Theme::instance(), &look::Theme::changed, this, &MainWindow::applyStyle);
    applyStyle();
    translate();
    restoreGeometry(settings_.geometry());
    restoreState(settings_.panels(), kStateVersion);
    showPage();
}

// The parts refer to the store and the run, which as members would go before the widgets: a field that loses the focus while
// it dies still tells the run so.
MainWindow::~MainWindow() {
    const auto direct = findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    const QList<QPointer<QWidget>> parts(direct.begin(), direct.end());
    for (const QPointer<QWidget>& part : parts)
        delete part;
}

void MainWindow::build(const std::function<bool(const catalog::ComponentSpec&)>& runs) {
    setObjectName(QStringLiteral("studio"));
    actions_ = new WindowActions(store_.undoStack(), this);
    bar_ = new TopBar(store_, run_, this);
    actions_->fill(bar_->menuBar());
    setMenuWidget(bar_);
    start_ = new StartPage(settings_, this);
    notice_ = new NoticeBar(this);
    canvas_ = new canvas::CanvasView(store_, &run_, this);
    canvas_->setRunsHere(runs);
    auto* stage = new QWidget(this);
    auto* box = new QVBoxLayout(stage);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(notice_);
    box->addWidget(canvas_, 1);
    pages_ = new QStackedWidget(this);
    pages_->addWidget(start_);
    pages_->addWidget(stage);
    setCentralWidget(pages_);
    auto* palette = new PalettePanel(store_.document().catalog(), runs, this);
    panels_ = new Panels(this, palette, store_, run_);
    panels_->fillMenu(actions_->panelsMenu, *actions_);
    connect(palette, &PalettePanel::addWanted, this, [this](const canvas::PaletteItem& item) {
        canvas_->commands().add(item, canvas_->viewCentre());
        canvas_->setFocus();
    });
    status_ = new StatusLine(store_, run_, this);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(status_, 1);
    statusBar()->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(menuButton(actions_->themeMenu, start_));
    row->addWidget(menuButton(actions_->languageMenu, start_));
    row->addStretch(1);
    start_->footer()->addLayout(row);
}

void MainWindow::connectActions() {
    WindowActions& a = *actions_;
    connect(a.newDocument, &QAction::triggered, files_, &DocumentFiles::newDocument);
    connect(a.open, &QAction::triggered, files_, &DocumentFiles::openAsking);
    connect(a.save, &QAction::triggered, files_, &DocumentFiles::save);
    connect(a.saveAs, &QAction::triggered, files_, &DocumentFiles::saveAs);
    connect(a.closeDocument, &QAction::triggered, this, [this] {
        if (run_.phase() == RunController::Phase::stopped && files_->mayClose())
            files_->close();
        else if (run_.phase() != RunController::Phase::stopped)
            notice_->tell(tr("Stop the topology before closing it."));
    });
    connect(a.openRunFolder, &QAction::triggered, this, [this] {
        QDir().mkpath(run_.runDirectory()); // before the first run there is none
        dialogs_.openFolder(run_.runDirectory());
    });
    connect(a.deleteRunData, &QAction::triggered, this, &MainWindow::deleteRunData);
    // What is on the disk is looked at when it is asked for.
    connect(a.runMenu, &QMenu::aboutToShow, this, [this] {
        actions_->deleteRunData->setEnabled(run_.phase() == RunController::Phase::stopped && run_.hasRunData());
    });
    connect(a.exportPicture, &QAction::triggered, this, &MainWindow::exportPicture);
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.cut, &QAction::triggered, canvas_, &canvas::CanvasView::cut);
    connect(a.copy, &QAction::triggered, canvas_, &canvas::CanvasView::copy);
    connect(a.paste, &QAction::triggered, canvas_, &canvas::CanvasView::paste);
    connect(a.duplicate, &QAction::triggered, canvas_, &canvas::CanvasView::duplicate);
    connect(a.remove, &QAction::triggered, canvas_, &canvas::CanvasView::removeSelection);
    connect(a.rename, &QAction::triggered, canvas_, &canvas::CanvasView::renameSelected);
    connect(a.selectAll, &QAction::triggered, canvas_, &canvas::CanvasView::selectAll);
    // Their keys belong to whoever has the focus: Del in a form must not delete the node.
    for (QAction* action : {a.cut, a.copy, a.paste, a.duplicate, a.remove, a.rename, a.selectAll}) {
        removeAction(action);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        canvas_->addAction(action);
        panels_->outline->addAction(action);
    }
    connect(a.zoomIn, &QAction::triggered, canvas_, &canvas::CanvasView::zoomIn);
    connect(a.zoomOut, &QAction::triggered, canvas_, &canvas::CanvasView::zoomOut);
    connect(a.zoomActual, &QAction::triggered, canvas_, &canvas::CanvasView::zoomActual);
    connect(a.zoomFit, &QAction::triggered, canvas_, &canvas::CanvasView::zoomFit);
    connect(a.tidyUp, &QAction::triggered, canvas_, &canvas::CanvasView::tidyUp);
    connect(a.canvasOnly, &QAction::toggled, this, &MainWindow::showCanvasOnly);
    connect(a.wheelScrolls, &QAction::toggled, this, [this](bool scrolls) {
        settings_.setWheelScrolls(scrolls);
        canvas_->setWheelScrolls(scrolls);
    });
    connect(a.reducedMotion, &QAction::toggled, this, [this](bool reduced) {
        settings_.setReducedMotion(reduced);
        look::Theme::instance().setReducedMotion(reduced);
    });
    connect(a.run, &QAction::triggered, this, &MainWindow::startRun);
    connect(a.stop, &QAction::triggered, this, &MainWindow::stopRun);
    connect(a.burst, &QAction::triggered, this, &MainWindow::burstTraffic);
    connect(a.shortcuts, &QAction::triggered, this, [this] { showShortcuts(this); });
    connect(a.about, &QAction::triggered, this, [this] { showAbout(this); });
    connect(a.themes, &QActionGroup::triggered, this,
            [this](QAction* action) { chooseTheme(action->data().toString()); });
    connect(a.languages, &QActionGroup::triggered, this,
            [this](QAction* action) { chooseLanguage(action->data().toString()); });
    connect(a.recentMenu, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    connect(a.examplesMenu, &QMenu::aboutToShow, this, &MainWindow::fillExamples);
    connect(bar_, &TopBar::runClicked, this, &MainWindow::startRun);
    connect(bar_, &TopBar::stopClicked, this, &MainWindow::stopRun);
    a.wheelScrolls->setChecked(settings_.wheelScrolls());
    a.reducedMotion->setChecked(settings_.reducedMotion());
    for (QAction* action : a.themes->actions())
        action->setChecked(action->data().toString() == settings_.theme());
    for (QAction* action : a.languages->actions())
        action->setChecked(action->data().toString() == settings_.language());
    connect(&store_, &DocumentStore::selectionChanged, this, &MainWindow::enableActions);
    connect(&store_, &DocumentStore::changed, this, &MainWindow::enableActions);
    connect(&run_, &RunController::phaseChanged, this, &MainWindow::enableActions);
}

void MainWindow::connectFiles() {
    connect(start_, &StartPage::newWanted, files_, &DocumentFiles::newDocument);
    connect(start_, &StartPage::openWanted, files_, &DocumentFiles::openAsking);
    connect(start_, &StartPage::recentWanted, files_, &DocumentFiles::open);
    connect(start_, &StartPage::exampleWanted, files_, &DocumentFiles::openExample);
    connect(start_, &StartPage::recoverWanted, this, &MainWindow::recover);
    connect(start_, &StartPage::discardWanted, this, &MainWindow::discardLeftover);
    connect(files_, &DocumentFiles::openChanged, this, &MainWindow::showPage);
    connect(files_, &DocumentFiles::titleChanged, this, &MainWindow::tellTitle);
    // The panels take their places first.
    connect(files_, &DocumentFiles::loaded, this, [this] {
        notice_->hide();
        QTimer::singleShot(0, canvas_, [this] {
            canvas_->zoomFit();
            canvas_->setFocus();
        });
    });
    connect(&store_, &DocumentStore::modifiedChanged, this,
            [this] { setWindowModified(files_->isOpen() && store_.isModified()); });
    connect(&store_, &DocumentStore::refused, this, [this](const QString& reason) {
        refusal_ = reason;
        notice_->tell(reason);
    });
    // What was refused has been done otherwise, or is no matter any more.
    connect(&store_, &DocumentStore::changed, this, [this] {
        if (!refusal_.isEmpty() && notice_->text() == refusal_) notice_->hide();
        refusal_.clear();
    });
    connect(&store_, &DocumentStore::revealRequested, this, [this](const QString& node, const QString& property) {
        canvas_->revealNode(node);
        if (!property.isEmpty()) panels_->inspectorDock->show();
    });
    connect(files_, &DocumentFiles::diskChanged, this, &MainWindow::tellDisk);
}

void MainWindow::connectRun() {
    connect(&run_, &RunController::answered, this, [this](const session::Answer& answer) {
        tellAnswer(answer);
        if (closing_ && run_.phase() == RunController::Phase::stopped) closeStopped(answer);
    });
}

void MainWindow::startRun() {
    if (!files_->isOpen() || run_.phase() != RunController::Phase::stopped || !files_->mayRun()) return;
    notice_->hide();
    run_.start();
}

void MainWindow::stopRun() {
    run_.stop();
}

void MainWindow::showPage() {
    const bool open = files_->isOpen();
    pages_->setCurrentIndex(open ? 1 : 0);
    bar_->setVisible(open);
    statusBar()->setVisible(open);
    panels_->fold(!open);
    if (open)
        canvas_->setFocus();
    else {
        start_->refresh();
        start_->focusFirst();
    }
    tellTitle();
    enableActions();
}

void MainWindow::showCanvasOnly(bool only) {
    if (!files_->isOpen()) return;
    bar_->setVisible(!only);
    statusBar()->setVisible(!only);
    panels_->fold(only);
}

void MainWindow::enableActions() {
    const bool open = files_->isOpen(), change = open && !store_.readOnly(),
               some = open && !store_.selection().isEmpty();
    WindowActions& a = *actions_;
    for (QAction* action : {a.save, a.saveAs, a.closeDocument, a.openRunFolder, a.exportPicture, a.selectAll, a.zoomIn,
                            a.zoomOut, a.zoomActual, a.zoomFit, a.canvasOnly})
        action->setEnabled(open);
    for (QAction* action : {a.cut, a.duplicate, a.remove})
        action->setEnabled(change && some);
    a.copy->setEnabled(some);
    a.paste->setEnabled(change);
    a.tidyUp->setEnabled(change);
    a.rename->setEnabled(change && store_.selection().size() == 1);
    const auto phase = run_.phase();
    a.run->setEnabled(open && phase == RunController::Phase::stopped);
    a.stop->setEnabled(phase != RunController::Phase::stopped);
    a.burst->setEnabled(phase == RunController::Phase::running && run_.session().capabilities().bursts &&
                        !pickedTraffic().isEmpty());
}

/// The selected traffic node, or the only one there is.
QString MainWindow::pickedTraffic() const {
    const auto all = store_.graph().ofKind(topology::NodeKind::traffic);
    for (const topology::Node* node : all)
        if (store_.selection().contains(QString::fromStdString(node->id))) return QString::fromStdString(node->id);
    return all.size() == 1 ? QString::fromStdString(all.front()->id) : QString();
}

void MainWindow::burstTraffic() {
    if (const QString id = pickedTraffic(); !id.isEmpty()) run_.burst(id);
}

void MainWindow::deleteRunData() {
    const Question question{tr("Delete the run data?"),
                            tr("What runs of this document have written is deleted: records of topics, positions, files "
                               "that sinks made. The document itself stays."),
                            {run_.runDirectory()},
                            {tr("Delete"), tr("Cancel")}};
    if (dialogs_.ask(this, question) != 0) return;
    if (!run_.deleteRunData() && run_.hasRunData())
        notice_->tell(tr("Not everything in %1 could be deleted.").arg(run_.runDirectory()));
}

void MainWindow::exportPicture() {
    const QString folder = store_.path().isEmpty()
                               ? QStandardPaths::writableLocation(QStandardPaths::PicturesLocation)
                               : QFileInfo(store_.path()).absolutePath();
    const QString name = QFileInfo(files_->title()).completeBaseName() + QStringLiteral(".svg");
    const QString path = dialogs_.pictureToSave(this, QDir(folder).filePath(name));
    QString error;
    if (!path.isEmpty() && !canvas_->exportPicture(path, &error))
        dialogs_.tell(this, tr("The picture cannot be saved"), error);
}

void MainWindow::fillRecent() {
    actions_->recentMenu->clear();
    for (const QString& path : settings_.recentFiles())
        connect(actions_->recentMenu->addAction(path), &QAction::triggered, this, [this, path] { files_->open(path); });
    if (actions_->recentMenu->isEmpty()) actions_->recentMenu->addAction(tr("No recent files"))->setEnabled(false);
}

void MainWindow::fillExamples() {
    actions_->examplesMenu->clear();
    for (const Example& example : examples()) {
        QAction* action = actions_->examplesMenu->addAction(example.title);
        action->setToolTip(example.summary);
        connect(action, &QAction::triggered, this, [this, name = example.name] { files_->openExample(name); });
    }
}

void MainWindow::chooseTheme(const QString& name) {
    settings_.setTheme(name);
    using look::ThemeChoice;
    look::Theme::instance().choose(name == u"light"  ? ThemeChoice::light
                                   : name == u"dark" ? ThemeChoice::dark
                                                     : ThemeChoice::system);
}

void MainWindow::chooseLanguage(const QString& code) {
    settings_.setLanguage(code);
    language_.choose(code);
}

void MainWindow::applyStyle() {
    setStyleSheet(shellStyle(look::colours()));
}

void MainWindow::tellTitle() {
    bar_->setName(files_->title());
    panels_->inspector->setDocumentName(files_->title());
    setWindowTitle(files_->isOpen() ? files_->title() + QStringLiteral("[*] – Millrace") : QStringLiteral("Millrace"));
    setWindowModified(files_->isOpen() && store_.isModified());
}

void MainWindow::translate() {
    actions_->translate();
    panels_->translate();
    tellTitle();
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    run_.setWatched(true);
}

void MainWindow::hideEvent(QHideEvent* event) {
    QMainWindow::hideEvent(event);
    run_.setWatched(false);
}

void MainWindow::changeEvent(QEvent* event) {
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) translate();
    if (event->type() == QEvent::WindowStateChange) run_.setWatched(!isMinimized());
}

} // namespace millrace::studio
