#include "shell/main_window.h"

#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "inspector/inspector_panel.h"
#include "look/shell_style.h"
#include "look/theme.h"
#include "shell/app_settings.h"
#include "shell/closing.h"
#include "shell/dialogs.h"
#include "shell/document_files.h"
#include "shell/document_notices.h"
#include "shell/examples.h"
#include "shell/help_dialogs.h"
#include "shell/leftovers.h"
#include "shell/notice_bar.h"
#include "shell/screen_docks.h"
#include "shell/recovery.h"
#include "shell/run_notices.h"
#include "shell/start_page.h"
#include "shell/status_line.h"
#include "shell/top_bar.h"
#include "shell/window_commands.h"
#include "shell/window_menus.h"

#include <QActionGroup>
#include <QCloseEvent>
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

QToolButton* menuButton(QMenu* menu, QWidget* parent) {
    auto* button = new QToolButton(parent);
    button->setObjectName(QStringLiteral("menuButton"));
    button->setProperty("look", "flat");
    button->setMenu(menu);
    button->setPopupMode(QToolButton::InstantPopup);
    QObject::connect(menu->menuAction(), &QAction::changed, button,
                     [button, menu] { button->setText(commands::withoutLetter(menu->title())); });
    button->setText(commands::withoutLetter(menu->title()));
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
    connectCommands();
    connectFiles();
    connect(&look::Theme::instance(), &look::Theme::changed, this, &MainWindow::applyStyle);
    applyStyle();
    translate();
    restoreGeometry(settings_.geometry());
    screens_->restore(settings_.panels(), kStateVersion);
    showPage();
}

// The parts refer to the store and the run, which as members would go before the widgets: a field that loses the focus
// while it dies still tells the run so.
MainWindow::~MainWindow() {
    const auto direct = findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
    const QList<QPointer<QWidget>> parts(direct.begin(), direct.end());
    for (const QPointer<QWidget>& part : parts)
        delete part;
    delete commands_; // the store that goes next tells it that nothing can be undone any more
}

void MainWindow::build(const std::function<bool(const catalog::ComponentSpec&)>& runs) {
    setObjectName(QStringLiteral("studio"));
    commands_ = new commands::CommandRegistry(this, settings_.keys());
    menus_ = new WindowMenus(this);
    bar_ = new TopBar(store_, run_, *commands_, this);
    setMenuWidget(bar_);
    start_ = new StartPage(settings_, this);
    notice_ = new NoticeBar(this);
    canvas_ = new canvas::CanvasView(store_, &run_, this);
    canvas_->setRunsHere(runs);
    notice_->setHeir(canvas_);
    auto* stage = new QWidget(this);
    auto* box = new QVBoxLayout(stage);
    box->setContentsMargins(0, 0, 0, 0);
    box->setSpacing(0);
    box->addWidget(notice_);
    box->addWidget(canvas_, 1);
    pages_ = new QStackedWidget(this);
    pages_->setMinimumSize(320, 200); // the page that is not shown asks for no room
    pages_->addWidget(start_);
    pages_->addWidget(stage);
    setCentralWidget(pages_);
    screens_ = new ScreenDocks(this, {store_, run_, runs, [this](const canvas::PaletteItem& item) {
                                          canvas_->commands().add(item, canvas_->viewCentre());
                                          canvas_->setFocus();
                                      }});
    screens_->fillMenu(menus_->of(commands::Category::panels));
    declareCommands();
    menus_->fill(bar_->menuBar(), *commands_);
    new RunNotices(run_, *notice_, *screens_, this);
    new DocumentNotices(store_, *files_, *notice_, this);
    leftovers_ = new Leftovers(*recovery_, *files_, *start_, *notice_, this);
    closing_ = new Closing(run_, *files_, *recovery_, this); // after the notices: it goes by what they have said
    status_ = new StatusLine(store_, run_, this);
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addWidget(status_, 1);
    statusBar()->setContentsMargins(0, 0, 0, 0);
    auto* row = new QHBoxLayout;
    row->addWidget(menuButton(menus_->theme, start_));
    row->addWidget(menuButton(menus_->language, start_));
    row->addStretch(1);
    start_->footer()->addLayout(row);
}

void MainWindow::declareCommands() {
    const WindowParts parts{.window = this,
                            .store = store_,
                            .run = run_,
                            .files = *files_,
                            .settings = settings_,
                            .dialogs = dialogs_,
                            .canvas = *canvas_,
                            .screens = *screens_,
                            .notice = *notice_,
                            .startRun = [this] { startRun(); },
                            .showCanvasOnly = [this](bool only) { showCanvasOnly(only); },
                            .canvasOnly = [this] { return canvasOnly_; }};
    for (const auto add :
         {addFileCommands, addEditCommands, addViewCommands, addPanelCommands, addRunCommands, addHelpCommands})
        add(*commands_, parts);
    // Del in a form must not delete the node.
    for (QWidget* screen : screens_->withDrawingKeys())
        commands_->hear(commands::Scope::drawing, screen);
}

void MainWindow::connectCommands() {
    connect(&store_, &DocumentStore::changed, commands_, &commands::CommandRegistry::refresh);
    connect(&store_.undoStack(), &QUndoStack::indexChanged, commands_, &commands::CommandRegistry::refresh);
    connect(&run_, &RunController::phaseChanged, commands_, &commands::CommandRegistry::refresh);
    connect(commands_, &commands::CommandRegistry::keysChanged, this,
            [this](const QString& command, const QString& keys) { settings_.setKeys(command, keys); });
    // What is on the disk is looked at when it is asked for.
    connect(menus_->of(commands::Category::run), &QMenu::aboutToShow, this, [this] {
        commands_->action(u"deleteRunData"_qs)
            ->setEnabled(run_.phase() == RunController::Phase::stopped && run_.hasRunData());
    });
    connect(menus_->themes, &QActionGroup::triggered, this,
            [this](QAction* action) { chooseTheme(action->data().toString()); });
    connect(menus_->languages, &QActionGroup::triggered, this,
            [this](QAction* action) { chooseLanguage(action->data().toString()); });
    connect(menus_->recent, &QMenu::aboutToShow, this, &MainWindow::fillRecent);
    connect(menus_->examples, &QMenu::aboutToShow, this, &MainWindow::fillExamples);
    connect(bar_, &TopBar::runClicked, this, &MainWindow::startRun);
    connect(bar_, &TopBar::stopClicked, this, &MainWindow::stopRun);
    canvas_->setWheelScrolls(settings_.wheelScrolls());
    for (QAction* action : menus_->themes->actions())
        action->setChecked(action->data().toString() == settings_.theme());
    for (QAction* action : menus_->languages->actions())
        action->setChecked(action->data().toString() == settings_.language());
}

void MainWindow::connectFiles() {
    connect(start_, &StartPage::newWanted, files_, &DocumentFiles::newDocument);
    connect(start_, &StartPage::openWanted, files_, &DocumentFiles::openAsking);
    connect(start_, &StartPage::recentWanted, files_, &DocumentFiles::open);
    connect(start_, &StartPage::exampleWanted, files_, &DocumentFiles::openExample);
    connect(files_, &DocumentFiles::openChanged, this, &MainWindow::showPage);
    connect(files_, &DocumentFiles::titleChanged, this, &MainWindow::tellTitle);
    // The panels take their places first.
    connect(files_, &DocumentFiles::loaded, this, [this] {
        QTimer::singleShot(0, canvas_, [this] {
            canvas_->zoomFit();
            canvas_->setFocus();
        });
    });
    connect(&store_, &DocumentStore::modifiedChanged, this,
            [this] { setWindowModified(files_->isOpen() && store_.isModified()); });
    connect(&store_, &DocumentStore::revealRequested, this, [this](const QString& node, const QString& property) {
        canvas_->revealNode(node);
        if (!property.isEmpty()) screens_->show(screens_->get<InspectorPanel>());
    });
}

void MainWindow::startRun() {
    if (!files_->isOpen() || run_.phase() != RunController::Phase::stopped || !files_->mayRun()) return;
    // What an earlier studio left unsaved is still there to be taken back.
    if (!notice_->tells(NoticeBar::About::leftovers)) notice_->hide();
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
    screens_->fold(!open);
    canvasOnly_ = false; // its panels went with the document that is closed
    if (open)
        canvas_->setFocus();
    else {
        start_->refresh();
        start_->focusFirst();
    }
    tellTitle();
    commands_->refresh();
}

void MainWindow::showCanvasOnly(bool only) {
    canvasOnly_ = only;
    bar_->setVisible(!only);
    statusBar()->setVisible(!only);
    screens_->fold(only);
}

void MainWindow::fillRecent() {
    menus_->recent->clear();
    for (const QString& path : settings_.recentFiles())
        connect(menus_->recent->addAction(path), &QAction::triggered, this, [this, path] { files_->open(path); });
    if (menus_->recent->isEmpty()) menus_->recent->addAction(tr("No recent files"))->setEnabled(false);
}

void MainWindow::fillExamples() {
    menus_->examples->clear();
    for (const Example& example : examples()) {
        QAction* action = menus_->examples->addAction(example.title);
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
    screens_->setDocumentName(files_->title());
    setWindowTitle(files_->isOpen() ? files_->title() + QStringLiteral("[*] – Millrace") : QStringLiteral("Millrace"));
    setWindowModified(files_->isOpen() && store_.isModified());
}

void MainWindow::translate() {
    commands_->translate();
    menus_->translate();
    screens_->translate();
    tellTitle();
}

void MainWindow::offerLeftovers() {
    leftovers_->offer();
}

void MainWindow::shutDown(bool quietly) {
    if (quietly) closing_->beQuiet();
    close();
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!closing_->mayClose()) {
        event->ignore();
        return;
    }
    canvasOnly_ = false;
    screens_->fold(false);
    settings_.setWindow(saveGeometry(), screens_->kept(kStateVersion));
    closing_->close();
    QMainWindow::closeEvent(event);
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
