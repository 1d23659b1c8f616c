#include "shell/screen_docks.h"

#include "look/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QDockWidget>
#include <QEvent>
#include <QLocale>
#include <QMainWindow>
#include <QMenu>
#include <QTabBar>
#include <QTabWidget>

#include <algorithm>

namespace millrace::studio {

namespace {

using Area = ScreenRow::Area;

constexpr int kBottomHeight = 312;
constexpr double kMostOfWindow = 0.42; ///< of its height; the drawing needs the rest
constexpr QSize kLeastDrawing{400, 240};
constexpr int kBars = look::measure::kTopBar + 28; ///< above and below the drawing

int wantedHeight(const QMainWindow& window) {
    return std::min(kBottomHeight, static_cast<int>(kMostOfWindow * window.height()));
}

bool bottomFits(const QMainWindow& window) {
    return window.height() - wantedHeight(window) - kBars >= kLeastDrawing.height();
}

/// The panels at both sides, as wide as they want to be.
bool sidesFit(const QMainWindow& window) {
    int room = window.width();
    for (const ScreenRow& row : screenTable())
        if (row.open) room -= row.width;
    return room >= kLeastDrawing.width();
}

Qt::DockWidgetArea sideOf(Area area) {
    return area == Area::left    ? Qt::LeftDockWidgetArea
           : area == Area::right ? Qt::RightDockWidgetArea
                                 : Qt::BottomDockWidgetArea;
}

} // namespace

ScreenDocks::ScreenDocks(QMainWindow* window, const ScreenParts& parts)
    : QObject(window), window_(window), tabs_(new QTabWidget(window)) {
    tabs_->setObjectName(QStringLiteral("bottomTabs"));
    tabs_->setAttribute(Qt::WA_StyledBackground);
    // Else the tab that is not in front asks for room, and a window could not become narrow before its tabs have.
    tabs_->setMinimumSize(240, 120);
    for (const ScreenRow& row : screenTable())
        place(row, row.make(parts, window));
    tabsDock_ = makeDock(QStringLiteral("bottom"), tabs_);
    for (Place& place : places_)
        if (!place.dock) place.dock = tabsDock_;
    tabs_->installEventFilter(this);
    connect(tabs_, &QTabWidget::currentChanged, this, &ScreenDocks::placeControls);
    window_->setDockNestingEnabled(true);
    window_->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window_->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setMovable(false);
    arrange();
    translate();
}

QDockWidget* ScreenDocks::makeDock(const QString& id, QWidget* content) {
    auto* dock = new QDockWidget(window_);
    dock->setObjectName(id + QStringLiteral("Dock"));
    dock->setWidget(content);
    docks_.append(dock);
    connect(dock->toggleViewAction(), &QAction::triggered, this, [this] { forced_ = false; });
    return dock;
}

void ScreenDocks::place(const ScreenRow& row, Screen* screen) {
    Place place{&row, screen, nullptr};
    if (row.area == Area::bottom) {
        tabs_->addTab(screen, {});
        connect(screen, &Screen::countChanged, this, [this, place] { tellTab(place); });
    } else {
        place.dock = makeDock(QLatin1String(row.id), screen);
        screen->setMinimumWidth(row.leastWidth);
    }
    places_.append(place);
}

QList<QWidget*> ScreenDocks::withDrawingKeys() const {
    QList<QWidget*> screens;
    for (const Place& place : places_)
        if (place.row->drawingKeys) screens.append(place.screen);
    return screens;
}

QDockWidget* ScreenDocks::dockOf(const Screen& screen) const {
    return std::ranges::find(places_, &screen, [](const Place& place) { return place.screen; })->dock;
}

void ScreenDocks::arrange() {
    QMap<Area, QDockWidget*> last; // at each side they stand below each other
    for (const Place& place : std::as_const(places_)) {
        const Area area = place.row->area;
        if (last.value(area) == place.dock) continue; // another tab
        place.dock->setFloating(false);
        window_->addDockWidget(sideOf(area), place.dock);
        if (QDockWidget* above = last.value(area)) window_->splitDockWidget(above, place.dock, Qt::Vertical);
        last[area] = place.dock;
    }
    openAsAtFirst();
}

/// What a small window has no room for stays closed: the drawing comes first.
void ScreenDocks::openAsAtFirst() {
    for (const Place& place : std::as_const(places_))
        place.dock->setVisible(place.row->open && (place.dock != tabsDock_ || bottomFits(*window_)));
    QList<QDockWidget*> docks;
    QList<int> widths;
    const bool wide = sidesFit(*window_);
    for (const Place& place : std::as_const(places_)) {
        if (!place.row->open || place.row->width == 0) continue;
        docks.append(place.dock);
        widths.append(wide ? place.row->width : place.row->leastWidth);
    }
    window_->resizeDocks(docks, widths, Qt::Horizontal);
    window_->resizeDocks({tabsDock_}, {bottomHeight()}, Qt::Vertical);
    forced_ = !hasRoom();
}

bool ScreenDocks::hasRoom() const {
    return bottomFits(*window_) && sidesFit(*window_);
}

int ScreenDocks::bottomHeight() const {
    if (bottomFits(*window_)) return wantedHeight(*window_);
    return std::max(tabs_->minimumHeight(), window_->height() - kBars - kLeastDrawing.height());
}

AppSettings::Panels ScreenDocks::kept(int version) const {
    return {window_->saveState(version), hasRoom(), forced_};
}

void ScreenDocks::restore(const AppSettings::Panels& panels, int version) {
    const bool fits = panels.hadRoom ? hasRoom() : !(panels.forced && hasRoom());
    if (!fits)
        openAsAtFirst();
    else if (window_->restoreState(panels.state, version))
        forced_ = panels.forced;
}

void ScreenDocks::setMovable(bool movable) {
    movable_ = movable;
    forced_ = forced_ && !movable;
    for (QDockWidget* dock : std::as_const(docks_)) {
        QWidget* old = dock->titleBarWidget();
        // An empty widget in the place of the title bar takes no room.
        dock->setTitleBarWidget(movable ? nullptr : new QWidget(dock));
        delete old;
        dock->setFeatures(movable ? QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable |
                                        QDockWidget::DockWidgetFloatable
                                  : QDockWidget::DockWidgetClosable);
    }
}

void ScreenDocks::fillMenu(QMenu* menu) {
    for (QDockWidget* dock : std::as_const(docks_))
        menu->addAction(dock->toggleViewAction());
}

void ScreenDocks::fold(bool folded) {
    if (folded) {
        // One that was shown since (the problems, over the canvas alone) goes too.
        for (QDockWidget* dock : std::as_const(docks_)) {
            if (!dock->isHidden() && !open_.contains(dock)) open_.append(dock);
            dock->hide();
        }
    } else if (folded_) {
        for (QDockWidget* dock : std::as_const(open_))
            dock->show();
        open_.clear();
    }
    folded_ = folded;
}

Screen* ScreenDocks::front() const {
    return qobject_cast<Screen*>(tabs_->currentWidget());
}

/// The tabs come first: they must not hide behind arrows for what only one of them needs.
void ScreenDocks::placeControls() {
    for (const Place& place : std::as_const(places_)) {
        QWidget* controls = place.dock == tabsDock_ ? place.screen->controls() : nullptr;
        if (!controls) continue;
        const bool inFront = place.screen == front();
        const bool room = tabs_->tabBar()->sizeHint().width() + controls->sizeHint().width() <= tabs_->width();
        const bool inCorner = tabs_->cornerWidget() == controls;
        if (room && inFront && !inCorner) {
            if (QWidget* other = tabs_->cornerWidget()) other->hide();
            tabs_->setCornerWidget(controls);
        } else if (!room && inCorner) {
            tabs_->setCornerWidget(nullptr);
            place.screen->keepControls();
        }
        if (tabs_->cornerWidget() == controls) controls->setVisible(inFront);
    }
}

bool ScreenDocks::eventFilter(QObject* watched, QEvent* event) {
    if (watched == tabs_ && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest))
        placeControls();
    return QObject::eventFilter(watched, event);
}

void ScreenDocks::show(Screen& screen) {
    QDockWidget* dock = dockOf(screen);
    const bool opens = dock->isHidden();
    dock->show();
    if (opens && dock == tabsDock_) window_->resizeDocks({dock}, {bottomHeight()}, Qt::Vertical);
    if (tabs_->indexOf(&screen) < 0 || front() == &screen) return;
    covered_ = tabs_->currentWidget();
    tabs_->setCurrentWidget(&screen);
}

void ScreenDocks::leave(Screen& screen) {
    if (covered_ && front() == &screen) tabs_->setCurrentWidget(covered_);
    covered_ = nullptr;
}

QString ScreenDocks::titleOf(const Place& place) const {
    return QCoreApplication::translate("Screens", place.row->title);
}

void ScreenDocks::tellTab(const Place& place) {
    const QString title = titleOf(place);
    const int count = place.screen->count();
    tabs_->setTabText(tabs_->indexOf(place.screen),
                      count == 0 ? title : tr("%1 %2", "title of a tab, how many there are").arg(title).arg(count));
    placeControls();
}

void ScreenDocks::translate() {
    QStringList tabs;
    for (const Place& place : std::as_const(places_)) {
        if (place.dock != tabsDock_) {
            place.dock->setWindowTitle(titleOf(place));
            continue;
        }
        tellTab(place);
        tabs.append(titleOf(place));
    }
    tabsDock_->setWindowTitle(QLocale().createSeparatedList(tabs));
}

void ScreenDocks::setDocumentName(const QString& name) {
    for (const Place& place : std::as_const(places_))
        place.screen->setDocumentName(name);
}

} // namespace millrace::studio
