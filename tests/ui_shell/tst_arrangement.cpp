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
#include <QToolButton>

#include <cmath>

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

    void theArrangementOfOneScreenOnAnother_data() {
        QTest::addColumn<QSize>("before");
        QTest::addColumn<int>("toggled"); // by the user
        QTest::addColumn<QSize>("after");
        QTest::addColumn<bool>("open");
        const QSize small(853, 453), large(1366, 738);
        QTest::newRow("what was closed for want of room is open on a larger one") << small << 0 << large << true;
        QTest::newRow("what was closed by the user stays closed there") << small << 2 << large << false;
        QTest::newRow("what was opened by the user stays open on a small one") << small << 1 << small << true;
        QTest::newRow("what a large one has room for is closed on a small one") << large << 0 << small << false;
    }
    void theArrangementOfOneScreenOnAnother() {
        QFETCH(QSize, before);
        QFETCH(int, toggled);
        QFETCH(QSize, after);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->resize(before);
        studio.window->screens().arrange();
        for (int i = 0; i < toggled; ++i)
            studio.dock("bottom")->toggleViewAction()->trigger();
        studio.window->close();
        studio.window->resize(after); // as a window is that the other screen has made so
        studio.settings.setWindow(studio.window->saveGeometry(), studio.settings.panels());
        studio.startAnew();
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        QTRY_COMPARE(studio.window->size(), after);
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

    void theRowAtTheFootOfTheStartPageStandsUnderTheRest() {
        Studio studio;
        studio.window->show();
        QCoreApplication::processEvents();
        const auto firstInk = [&studio](QWidget* of) {
            const QPoint corner = of->mapTo(studio.window.get(), QPoint());
            const QImage image = studio.window->grab(QRect(corner, of->size())).toImage();
            for (int x = 0; x < image.width(); ++x)
                for (int y = 4; y < image.height() - 4; ++y)
                    if (image.pixelColor(x, y).lightness() < 140) return corner.x() + x;
            return -1;
        };
        QWidget* motto = nullptr;
        for (QLabel* label : studio.find<QWidget>(QStringLiteral("startSide"))->findChildren<QLabel*>())
            if (label->text().startsWith(QStringLiteral("Draw, run"))) motto = label;
        auto* theme = studio.find<QToolButton>(QStringLiteral("menuButton"));
        QVERIFY(motto && theme);
        const int above = firstInk(motto), below = firstInk(theme);
        QVERIFY2(above > 0 && std::abs(above - below) <= 2, qPrintable(QStringLiteral("%1 %2").arg(above).arg(below)));
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
