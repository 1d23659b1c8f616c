#include "support/test_program.h"
#include "ui_shell/support/small_agent.h"
#include "ui_shell/support/studio.h"

#include "canvas/view/canvas_view.h"
#include "monitor/monitor_panel.h"
#include "screens/problems/problems_panel.h"
#include "shell/document_files.h"
#include "shell/notice_bar.h"
#include "shell/screen_docks.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>

using namespace millrace;
using namespace millrace::test;

/// Who gets how much of the window, and what of it is kept.
class TestArrangement : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void theDrawingHasRoomOnASmallScreen_data() {
        QTest::addColumn<QSize>("screen");
        QTest::addColumn<bool>("bottom");
        QTest::newRow("1280 x 720 at 150 %, without the desktop's bar") << QSize(853, 453) << false;
        QTest::newRow("1366 x 768") << QSize(1366, 738) << true;
        QTest::newRow("1920 x 1080") << QSize(1920, 1050) << true;
    }
    void theDrawingHasRoomOnASmallScreen() {
        QFETCH(QSize, screen);
        QFETCH(bool, bottom);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->resize(screen);
        studio.window->screens().arrange();
        QCoreApplication::processEvents();
        QCOMPARE(studio.window->size(), screen); // else it needs more
        QCOMPARE(studio.dock("bottom")->isVisible(), bottom);
        const QSize drawing = studio.window->canvas().size();
        QVERIFY2(drawing.width() >= 380 && drawing.height() >= 240,
                 qPrintable(QStringLiteral("%1 x %2").arg(drawing.width()).arg(drawing.height())));
        studio.window->screens().show(studio.window->screens().get<studio::ProblemsPanel>());
        QCoreApplication::processEvents();
        QCOMPARE(studio.window->size(), screen);
    }

    void theTabsOfANarrowWindowStayInSight() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        QTabWidget* bottom = studio.window->screens().tabs();
        QWidget* controls = studio.window->screens().get<studio::MonitorPanel>().controls();
        for (const int width : {900, 1600}) {
            studio.window->resize(width, 600);
            QTRY_COMPARE(bottom->cornerWidget() == controls, width == 1600);
            QTRY_VERIFY(controls->isVisible());
            const QTabBar* bar = bottom->tabBar();
            QTRY_VERIFY(bar->rect().contains(bar->tabRect(bar->count() - 1)));
        }
    }

    void whatASmallScreenClosedIsOpenOnALargerOne_data() {
        QTest::addColumn<bool>("chosen");
        QTest::addColumn<bool>("open");
        QTest::newRow("for want of room") << false << true;
        QTest::newRow("by the user") << true << false;
    }
    void whatASmallScreenClosedIsOpenOnALargerOne() {
        QFETCH(bool, chosen);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->resize(853, 453);
        studio.window->screens().arrange();
        QVERIFY(!studio.dock("bottom")->isVisible());
        for (int i = 0; i < 2 && chosen; ++i)
            studio.dock("bottom")->toggleViewAction()->trigger();
        studio.window->close();
        // As the larger screen would have it.
        studio::AppSettings& kept = studio.settings;
        studio.window->resize(1366, 738);
        kept.setWindow(studio.window->saveGeometry(), kept.panels(), kept.panelsForced());
        studio.startAnew();
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        QTRY_COMPARE(studio.window->size(), QSize(1366, 738));
        QTEST(studio.dock("bottom")->isVisible(), "open");
    }

    void theProblemsOfASmallScreenLeaveTheDrawingItsRoom() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->resize(853, 453);
        studio.window->screens().arrange();
        session::Issue taken = portTaken();
        taken.takenAddress = "127.0.0.1:44444 of the computer on which this is drawn and run, as far as one knows";
        studio.window->startRun();
        studio.session->answer(false, {taken});
        auto* notice = studio.find<QLabel>(QStringLiteral("noticeText"));
        QTRY_VERIFY(notice->isVisible() && studio.dock("bottom")->isVisible());
        const int line = studio.window->notice().findChild<QPushButton*>()->sizeHint().height();
        QTRY_VERIFY2(studio.window->notice().height() <= line + 20, // and the bar's margins
                     qPrintable(QString::number(studio.window->notice().height())));
        QVERIFY2(notice->toolTip().contains(QStringLiteral("as far as one knows")), qPrintable(notice->toolTip()));
        const int drawing = studio.window->canvas().height();
        QVERIFY2(drawing >= 180, qPrintable(QString::number(drawing)));
    }

    void aMaximisedWindowIsMaximisedAtTheNextStart() {
        Studio studio;
        studio.window->showMaximized();
        QTRY_VERIFY(studio.window->isMaximized());
        studio.window->close();
        studio.startAnew();
        studio.window->show();
        QTRY_VERIFY(studio.window->isMaximized());
    }
};

MILLRACE_TEST(TestArrangement)
#include "tst_arrangement.moc"
