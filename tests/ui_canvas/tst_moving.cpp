#include "support/test_program.h"
#include "ui_canvas/support/table.h"
#include "ui_canvas/support/two_agents.h"

#include "look/theme.h"

#include <QMenu>

using namespace millrace;
using test::ids;
using test::kText;
using test::Table;

/// Selecting with the mouse, and moving what is selected.
class MovingTest : public QObject {
    Q_OBJECT
private slots:
    void clickSelectsAndShiftAdds() {
        Table table(kText);
        table.click(table.middle("a/sources/in"));
        QCOMPARE(table.store.selection(), ids({"a/sources/in"}));
        table.click(table.middle("a/sinks/out"), Qt::ShiftModifier);
        QCOMPARE(table.store.selection(), ids({"a/sources/in", "a/sinks/out"}));
        table.click(table.middle("a/sinks/out"), Qt::ShiftModifier);
        QCOMPARE(table.store.selection(), ids({"a/sources/in"}));
        table.click({1000, 700});
        QVERIFY(table.store.selection().isEmpty());
        QVERIFY(table.node("a/sources/in") && !table.node("a/sources/in")->chosen());
    }

    void boxTakesInsideOneWayAndTouchedTheOther() {
        Table table(kText);
        // Over the whole source and half of the channel.
        table.drag({186, 192}, {500, 290});
        QCOMPARE(table.store.selection(), ids({"a/sources/in"}));
        table.drag({500, 290}, {186, 192});
        QCOMPARE(table.store.selection(), ids({"a/sources/in", "a/channels/c"}));
        QCOMPARE(table.store.undoStack().count(), 0);
    }

    void dragMovesOnTheGridAsOneStep() {
        Table table(kText);
        table.drag(table.middle("a/sources/in"), table.middle("a/sources/in") + QPointF(35, 61));
        QVERIFY2(table.has("#@ at.agent.a.sources.in = 232 264"), table.text().c_str());
        QCOMPARE(table.store.undoStack().count(), 1);
        QCOMPARE(table.node("a/sources/in")->rect().topLeft(), QPointF(232, 264));
        QVERIFY(table.undoesTo(kText));
        table.drag(table.middle("a/sinks/out"), table.middle("a/sinks/out") + QPointF(35, 61), Qt::ShiftModifier);
        QVERIFY2(table.has("#@ at.agent.a.sinks.out = 715 261"), table.text().c_str());
    }

    void aNodeDraggedPastOthersIsOnlyMoved() {
        Table table(kText);
        const QPointF from = table.middle("a/sources/in");
        table.press(from);
        table.move(table.middle("b/sources/next")); // two sources: no wire fits
        QCOMPARE(table.middle("a/sources/in"), table.middle("b/sources/next"));
        table.move({520, 600});
        table.release({520, 600});
        QCOMPARE(table.store.undoStack().count(), 1);
        QVERIFY2(table.has("#@ at.agent.a.sources.in = 432 568"), table.text().c_str());
        QCOMPARE(table.node("a/channels/c")->opacity(), 1.0);
    }

    void altMovesANodeOntoAnother() {
        Table table(kText);
        table.drag(table.middle("b/sources/next"), table.middle("a/channels/c"), Qt::AltModifier);
        QVERIFY2(table.has("#@ at.agent.b.sources.next = 440 200"), table.text().c_str());
        QVERIFY(table.undoesTo(kText));
    }

    void escapePutsBackWhatIsBeingMoved() {
        Table table(kText);
        const QPointF from = table.middle("a/sources/in");
        table.press(from);
        table.move(from + QPointF(80, 80));
        QVERIFY(table.node("a/sources/in")->rect().topLeft() != QPointF(200, 200));
        table.key(Qt::Key_Escape);
        QCOMPARE(table.node("a/sources/in")->rect().topLeft(), QPointF(200, 200));
        table.release(from + QPointF(80, 80));
        QCOMPARE(table.text(), std::string(kText));
    }

    void aFrameTakesItsPartsAlong() {
        Table table(kText);
        const QRectF frame = table.scene().frame(QStringLiteral("agent/a"))->rect();
        table.drag(frame.topLeft() + QPointF(60, 14), frame.topLeft() + QPointF(60, 14) + QPointF(80, 160));
        QVERIFY(table.has("#@ at.agent.a.sources.in = 280 360"));
        QVERIFY(table.has("#@ at.agent.a.channels.c = 520 360"));
        QVERIFY(table.has("#@ at.agent.a.sinks.out = 760 360"));
        QVERIFY(table.has("#@ at.agent.b.sources.next = 200 440"));
        QCOMPARE(table.scene().frame(QStringLiteral("agent/a"))->rect(), frame.translated(80, 160));
        QCOMPARE(table.store.undoStack().count(), 1);
        QVERIFY(table.undoesTo(kText));
    }

    void anAgentWithAPlaceAndSizeOfItsOwnIsMovedAndNotStretched() {
        const std::string text = std::string(kText) + "#@ at.agent.a = 152 120 800 200\n";
        Table table(text);
        const QRectF frame = table.scene().frame(QStringLiteral("agent/a"))->rect();
        QCOMPARE(frame, QRectF(152, 120, 800, 200));
        const QPointF grip = frame.topLeft() + QPointF(60, 14);
        table.press(grip);
        for (const double way : {0.5, 1.0})
            table.move(grip + QPointF(80, 160) * way);
        QCOMPARE(table.scene().frame(QStringLiteral("agent/a"))->rect(), frame.translated(80, 160));
        table.key(Qt::Key_Escape);
        table.release(grip);
        QCOMPARE(table.scene().frame(QStringLiteral("agent/a"))->rect(), frame);
        table.drag(grip, grip + QPointF(80, 160));
        QCOMPARE(table.scene().frame(QStringLiteral("agent/a"))->rect(), frame.translated(80, 160));
        QVERIFY2(table.has("#@ at.agent.a = 232 280 800 200"), table.text().c_str());
        QCOMPARE(table.store.undoStack().count(), 1);
        table.key(Qt::Key_Down);
        QVERIFY2(table.has("#@ at.agent.a = 232 288 800 200"), table.text().c_str());
        table.view->commands().tidyUp();
        const auto fits = [&table] {
            return table.scene().frame(QStringLiteral("agent/a"))->rect().contains(table.node("a/sources/in")->rect());
        };
        QTRY_VERIFY(fits());
        const QRectF tidied = table.scene().frame(QStringLiteral("agent/a"))->rect();
        QVERIFY2(tidied.width() < 760 && tidied.height() < 200, table.text().c_str());
        QVERIFY(table.undoesTo(text));
    }

    void anEmptyFrameFollowsThePointer() {
        Table table("#@ version = 1\n#@ at.agent.a = 200 200\na.sources =\n");
        auto rect = [&table] { return table.scene().frame(QStringLiteral("agent/a"))->rect(); };
        const QRectF before = rect();
        QCOMPARE(before.topLeft(), QPointF(200, 200));
        const QPointF grip = before.topLeft() + QPointF(60, 14);
        table.press(grip);
        table.move(grip + QPointF(40, 40));
        table.move(grip + QPointF(80, 160));
        QCOMPARE(rect(), before.translated(80, 160));
        table.release(grip + QPointF(80, 160));
        QCOMPARE(rect(), before.translated(80, 160));
        QVERIFY2(table.has("#@ at.agent.a = 280 360"), table.text().c_str());
    }

    void draggingInsideAFrameSelectsInIt() {
        Table table(kText);
        table.drag({430, 192}, {640, 275});
        QCOMPARE(table.store.selection(), ids({"a/channels/c"}));
        QCOMPARE(table.text(), std::string(kText));
    }

    void tidyingGlidesUnlessLessMotionIsWanted() {
        Table table(kText);
        table.drag(table.middle("a/sinks/out"), {700, 600});
        const QPointF before = table.node("a/sinks/out")->rect().topLeft();
        table.view->tidyUp();
        const auto written = [&table] {
            const auto* node = table.store.graph().find("a/sinks/out");
            return QPointF(node->position->x, node->position->y);
        };
        QVERIFY(written() != before);
        QCOMPARE(table.node("a/sinks/out")->rect().topLeft(), before); // on its way
        QTRY_COMPARE(table.node("a/sinks/out")->rect().topLeft(), written());
        table.store.undoStack().undo();
        look::Theme::instance().setReducedMotion(true);
        table.view->tidyUp();
        look::Theme::instance().setReducedMotion(false);
        QCOMPARE(table.node("a/sinks/out")->rect().topLeft(), written());
    }

    void whatIsSelectedIsTidiedAlone() {
        Table table(kText);
        table.drag(table.middle("a/sinks/out"), {700, 600});
        table.store.select(ids({"a/sources/in", "a/channels/c", "a/sinks/out"}));
        table.view->commands().tidyUp(true);
        QTRY_COMPARE(table.node("a/sinks/out")->rect().top(), 200.0);
        QCOMPARE(table.node("a/sources/in")->rect().topLeft(), QPointF(200, 200));
        QCOMPARE(table.node("b/sources/next")->rect().topLeft(), QPointF(200, 440));
    }

    void aPartDroppedInAnotherFrameChangesItsAgent() {
        Table table(kText);
        const QRectF frame = table.scene().frame(QStringLiteral("agent/b"))->rect();
        table.drag(table.middle("a/sinks/out"), QPointF(frame.right() - 12, frame.bottom() - 12));
        QVERIFY2(table.store.graph().find("b/sinks/out"), table.text().c_str());
        QVERIFY(!table.store.graph().find("a/sinks/out"));
        QCOMPARE(table.store.undoStack().count(), 1);
        QCOMPARE(table.store.selection(), ids({"b/sinks/out"}));
        QVERIFY(table.undoesTo(kText));
    }

    void theMenuMovesPartsToAnotherAgent() {
        Table table(kText);
        QMenu* menu = table.menuAt(table.middle("a/sinks/out"));
        QVERIFY(menu);
        auto* agents = menu->findChild<QMenu*>(QStringLiteral("moveToAgent"));
        QVERIFY(agents);
        QCOMPARE(agents->actions().size(), 1);
        agents->actions().first()->trigger();
        menu->close();
        QVERIFY2(table.node("b/sinks/out"), table.text().c_str());
        QVERIFY(!table.node("b/sinks/out")->rect().intersects(table.node("b/sources/next")->rect()));
        QVERIFY(table.undoesTo(kText));
    }

    void arrowsMoveTheSelectionInOneStep() {
        Table table(kText);
        table.click(table.middle("a/channels/c"));
        for (int i = 0; i < 3; ++i) table.key(Qt::Key_Right);
        table.key(Qt::Key_Down);
        QVERIFY2(table.has("#@ at.agent.a.channels.c = 464 208"), table.text().c_str());
        QCOMPARE(table.store.undoStack().count(), 1);
        QVERIFY(table.undoesTo(kText));
        table.key(Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(table.store.selection(), ids({"a/sinks/out"}));
        table.key(Qt::Key_BracketLeft);
        QCOMPARE(table.store.selection(), ids({"a/channels/c"}));
    }
};

MILLRACE_TEST(MovingTest)
#include "tst_moving.moc"
