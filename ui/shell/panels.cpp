#include "shell/panels.h"

#include "inspector/inspector_panel.h"
#include "look/theme.h"
#include "monitor/monitor_panel.h"
#include "shell/log_panel.h"
#include "shell/outline_panel.h"
#include "shell/palette_panel.h"
#include "shell/problems_panel.h"

#include <QDockWidget>
#include <QEvent>
#include <QMainWindow>
#include <QMenu>
#include <QTabBar>
#include <QTabWidget>

namespace millrace::studio {

namespace {
constexpr int kBottomHeight = 312;
constexpr double kMostOfWindow = 0.42; ///< of its height; the drawing needs the rest
}

QDockWidget* Panels::makeDock(const char* name, QWidget* content) {
    auto* dock = new QDockWidget(window_);
    dock->setObjectName(QLatin1String(name));
    dock->setWidget(content);
    return dock;
}

Panels::Panels(QMainWindow* window, PalettePanel* palettePanel, DocumentStore& store, RunController& run)
    : QObject(window),
      palette(palettePanel),
      outline(new OutlinePanel(store, run, window)),
      inspector(new InspectorPanel(store, run, window)),
      monitor(new MonitorPanel(store, run, window)),
      problems(new ProblemsPanel(store, run, window)),
      log(new LogPanel(store, run, window)),
      bottom(new QTabWidget(window)),
      window_(window) {
    bottom->setObjectName(QStringLiteral("bottomTabs"));
    bottom->setAttribute(Qt::WA_StyledBackground);
    bottom->addTab(monitor, {});
    bottom->addTab(problems, {});
    bottom->addTab(log, {});
    bottom->setCornerWidget(monitor->controls());
    bottom->installEventFilter(this);
    connect(bottom, &QTabWidget::currentChanged, this, &Panels::placeControls);
    connect(problems, &ProblemsPanel::countChanged, this, &Panels::tellProblems);
    paletteDock = makeDock("paletteDock", palette);
    outlineDock = makeDock("outlineDock", outline);
    inspectorDock = makeDock("inspectorDock", inspector);
    bottomDock = makeDock("bottomDock", bottom);
    palette->setMinimumWidth(148);
    inspector->setMinimumWidth(260);
    window_->setDockNestingEnabled(true);
    window_->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window_->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    setMovable(false);
    arrange();
    translate();
}

void Panels::arrange() {
    for (QDockWidget* dock : docks())
        dock->setFloating(false);
    window_->addDockWidget(Qt::LeftDockWidgetArea, paletteDock);
    window_->addDockWidget(Qt::LeftDockWidgetArea, outlineDock);
    window_->splitDockWidget(paletteDock, outlineDock, Qt::Vertical);
    window_->addDockWidget(Qt::RightDockWidgetArea, inspectorDock);
    window_->addDockWidget(Qt::BottomDockWidgetArea, bottomDock);
    paletteDock->show();
    inspectorDock->show();
    bottomDock->show();
    outlineDock->hide();
    window_->resizeDocks({paletteDock, inspectorDock}, {look::measure::kPaletteWidth, look::measure::kInspectorWidth},
                         Qt::Horizontal);
    const int bottomHeight = std::min(kBottomHeight, static_cast<int>(kMostOfWindow * window_->height()));
    window_->resizeDocks({bottomDock}, {bottomHeight}, Qt::Vertical);
}

void Panels::setMovable(bool movable) {
    movable_ = movable;
    for (QDockWidget* dock : docks()) {
        QWidget* old = dock->titleBarWidget();
        // An empty widget in the place of the title bar takes no room.
        dock->setTitleBarWidget(movable ? nullptr : new QWidget(dock));
        delete old;
        dock->setFeatures(movable ? QDockWidget::DockWidgetClosable | QDockWidget::DockWidgetMovable |
                                        QDockWidget::DockWidgetFloatable
                                  : QDockWidget::DockWidgetClosable);
    }
}

void Panels::fillMenu(QMenu* menu) {
    for (QDockWidget* dock : docks())
        menu->addAction(dock->toggleViewAction());
}

void Panels::fold(bool folded) {
    if (folded) {
        // One that was shown since (the problems, over the canvas alone) goes too.
        for (QDockWidget* dock : docks()) {
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

/// The tabs come first: they must not hide behind arrows for what only one of them needs.
void Panels::placeControls() {
    QWidget* controls = monitor->controls();
    const bool room = bottom->tabBar()->sizeHint().width() + controls->sizeHint().width() <= bottom->width();
    const bool inCorner = bottom->cornerWidget() == controls;
    if (room && !inCorner)
        bottom->setCornerWidget(controls);
    else if (!room && inCorner) {
        bottom->setCornerWidget(nullptr);
        monitor->keepControls();
    }
    if (room) controls->setVisible(bottom->currentWidget() == monitor);
}

bool Panels::eventFilter(QObject* watched, QEvent* event) {
    if (watched == bottom && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest)) placeControls();
    return QObject::eventFilter(watched, event);
}

void Panels::showProblems() {
    bottomDock->show();
    if (bottom->currentWidget() != problems) before_ = bottom->currentWidget();
    bottom->setCurrentWidget(problems);
}

void Panels::leaveProblems() {
    if (before_ && bottom->currentWidget() == problems) bottom->setCurrentWidget(before_);
    before_ = nullptr;
}

void Panels::tellProblems() {
    const int count = problems->count();
    bottom->setTabText(1, count == 0 ? tr("Problems") : tr("Problems %1").arg(count));
    placeControls();
}

void Panels::translate() {
    bottom->setTabText(0, tr("Monitor"));
    bottom->setTabText(2, tr("Log"));
    tellProblems();
    paletteDock->setWindowTitle(tr("Palette"));
    outlineDock->setWindowTitle(tr("Outline"));
    inspectorDock->setWindowTitle(tr("Inspector"));
    bottomDock->setWindowTitle(tr("Monitor, problems, log"));
}

} // namespace millrace::studio
