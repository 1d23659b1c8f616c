#include "support/test_program.h"
#include "ui_canvas/support/table.h"
#include "ui_canvas/support/two_agents.h"

#include "look/theme.h"

#include <QLineEdit>
#include <QMenu>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <cmath>

using namespace millrace;
using test::ids;
using test::kText;
using test::Table;

/// What of the paper is seen, and who has the keyboard.
class ViewTest : public QObject {
    Q_OBJECT
private slots:
    void spaceIsForgottenWhenTheFocusLeaves() {
        Table table(kText);
        table.view->setFocus();
        QTest::keyPress(table.view.get(), Qt::Key_Space);
        QCOMPARE(table.view->viewport()->cursor().shape(), Qt::OpenHandCursor);
        QFocusEvent leaves(QEvent::FocusOut);
        QApplication::sendEvent(table.view.get(), &leaves);
        QCOMPARE(table.view->viewport()->cursor().shape(), Qt::ArrowCursor);
        table.drag({186, 192}, {500, 290}); // selects again
        QCOMPARE(table.store.selection(), ids({"a/sources/in"}));
    }

    void everythingIsShownHoweverMuchItIs() {
        std::string text = "#@ version = 1\n";
        for (int i = 0; i < 500; ++i) {
            const std::string agent = "a" + std::to_string(i);
            text += agent + ".sources = s\n" + agent + ".sources.s.type = seq\n";
        }
        Table table(text);
        table.view->zoomFit();
        const QRectF seen = table.view->mapToScene(table.view->viewport()->rect()).boundingRect();
        const QRectF content = table.scene().contentBounds();
        QVERIFY(seen.contains(content));
        const double shape = content.width() / content.height();
        QVERIFY2(shape > 1 && shape < 3, qPrintable(QString::number(shape)));
        table.view->revealNode(QStringLiteral("agent/a3"));
        QVERIFY(table.store.selection().contains(QStringLiteral("agent/a3")));
    }

    void theKeyboardCanLeaveTheCanvas() {
        Table table(kText);
        QWidget window;
        QVBoxLayout box(&window);
        QLineEdit before, after;
        for (QWidget* widget :
             {static_cast<QWidget*>(&before), static_cast<QWidget*>(table.view.get()), static_cast<QWidget*>(&after)})
            box.addWidget(widget);
        QWidget::setTabOrder(&before, table.view.get());
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        const auto ring = [&table] { return table.view->grab().toImage().pixelColor(0, 200); };
        table.view->setFocus(Qt::MouseFocusReason);
        QVERIFY(table.view->hasFocus());
        QCOMPARE(ring(), look::colours().canvas); // a click shows where one is
        before.setFocus();
        table.view->setFocus(Qt::TabFocusReason);
        QCOMPARE(ring(), look::colours().accent);
        table.key(Qt::Key_Backtab, Qt::ShiftModifier);
        QVERIFY(before.hasFocus());
        QCOMPARE(ring(), look::colours().canvas);
        table.view->setFocus();
        table.key(Qt::Key_Tab, Qt::ControlModifier);
        QVERIFY(!table.view->hasFocus());
        table.view->setParent(nullptr);
    }

    void theWheelZoomsAtThePointer() {
        Table table(kText);
        const QPoint place(300, 260);
        const QPointF under = table.view->mapToScene(place);
        for (int i = 0; i < 4; ++i) {
            QWheelEvent wheel(place, table.view->viewport()->mapToGlobal(QPointF(place)), {}, QPoint(0, 120), Qt::NoButton,
                              Qt::NoModifier, Qt::NoScrollPhase, false);
            QApplication::sendEvent(table.view->viewport(), &wheel);
        }
        QTRY_VERIFY(std::abs(table.view->zoom() - std::pow(1.15, 4)) < 0.001);
        const QPointF now = table.view->mapToScene(place);
        QVERIFY2((now - under).manhattanLength() < 2, qPrintable(QStringLiteral("%1 %2").arg(now.x()).arg(now.y())));
        table.view->setZoom(99, under, place);
        QCOMPARE(table.view->zoom(), 4.0);
        table.view->setZoom(0.001, under, place);
        QCOMPARE(table.view->zoom(), 0.05);
        table.key(Qt::Key_F);
        QVERIFY(table.view->mapToScene(table.view->viewport()->rect()).boundingRect().contains(table.scene().contentBounds()));
        table.key(Qt::Key_1);
        QCOMPARE(table.view->zoom(), 1.0);
    }

    void panningMovesThePaperAndNothingElse_data() {
        QTest::addColumn<Qt::MouseButton>("button");
        QTest::addColumn<bool>("space");
        QTest::newRow("middle button") << Qt::MiddleButton << false;
        QTest::newRow("right button") << Qt::RightButton << false;
        QTest::newRow("space and left button") << Qt::LeftButton << true;
    }
    void panningMovesThePaperAndNothingElse() {
        QFETCH(Qt::MouseButton, button);
        QFETCH(bool, space);
        Table table(kText);
        const QPoint before = table.at({0, 0});
        const QPoint grip = table.at({300, 220});
        if (space) QTest::keyPress(table.view.get(), Qt::Key_Space);
        table.press(table.view->mapToScene(grip), button);
        for (const QPoint& by : {QPoint(20, 10), QPoint(50, 30)}) table.move(table.view->mapToScene(grip + by));
        table.release(table.view->mapToScene(grip + QPoint(50, 30)));
        if (space) QTest::keyRelease(table.view.get(), Qt::Key_Space);
        QVERIFY((table.at({0, 0}) - before).manhattanLength() > 20);
        QVERIFY(!table.view->findChild<QMenu*>(QStringLiteral("canvasMenu")));
        QCOMPARE(table.text(), std::string(kText));
    }

    void whoSeesEverythingGoesOnSeeingItInAnotherWindow() {
        Table table(kText);
        const auto seesAll = [&table] {
            return table.view->mapToScene(table.view->viewport()->rect()).boundingRect().contains(table.scene().contentBounds());
        };
        table.view->zoomFit();
        table.view->resize(700, 500);
        QTRY_VERIFY(seesAll());
        table.view->setZoom(1, QPointF(200, 200), QPointF(100, 100));
        table.view->resize(600, 400);
        QCoreApplication::processEvents();
        QCOMPARE(table.view->zoom(), 1.0);
        QVERIFY(!seesAll());
    }
};

MILLRACE_TEST(ViewTest)
#include "tst_view.moc"
