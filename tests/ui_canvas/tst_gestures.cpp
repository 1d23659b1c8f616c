#include "ui_canvas/support/table.h"

#include "canvas/rename_editor.h"

#include <QClipboard>
#include <QLineEdit>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace millrace;
using test::Table;
using topology::NodeKind;
using topology::WireKind;

namespace {

/// Two agents; positions are written so that moves change as little text as possible.
const char* const kText = R"(#@ version = 1
#@ at.agent.a.sources.in = 200 200
#@ at.agent.a.channels.c = 440 200
#@ at.agent.a.sinks.out = 680 200
#@ at.agent.b.sources.next = 200 440
a.sources = in
a.channels = c
a.sinks = out
a.sources.in.type = netcat
a.sources.in.bind = 127.0.0.1
a.sources.in.port = 4141
a.sources.in.channels = c
a.channels.c.type = memory
a.sinks.out.type = logger
a.sinks.out.channel = c
b.sources = next
b.sources.next.type = seq
)";

QSet<QString> ids(std::initializer_list<const char*> names) {
    QSet<QString> set;
    for (const char* name : names) set.insert(QString::fromLatin1(name));
    return set;
}

} // namespace

class GesturesTest : public QObject {
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

    void draggingInsideAFrameSelectsInIt() {
        Table table(kText);
        table.drag({430, 192}, {640, 275});
        QCOMPARE(table.store.selection(), ids({"a/channels/c"}));
        QCOMPARE(table.text(), std::string(kText));
    }

    void aRefusedWireSaysWhyAndChangesNothing() {
        Table table(kText);
        auto* hint = table.view->findChild<QWidget*>(QStringLiteral("canvasHint"));
        QSignalSpy refused(&table.store, &studio::DocumentStore::refused);
        table.press(table.rightRim("a/sinks/out"));
        table.move(table.middle("a/sinks/out"));
        table.move(table.middle("b/sources/next"));
        QVERIFY(hint->isVisible());
        QVERIFY(table.node("a/sources/in")->opacity() < 1 || table.node("a/channels/c")->opacity() < 1);
        table.release(table.middle("b/sources/next"));
        QVERIFY(!hint->isVisible());
        QCOMPARE(refused.count(), 1);
        QVERIFY(!refused.first().first().toString().isEmpty());
        QCOMPARE(table.text(), std::string(kText));
        QCOMPARE(table.node("a/sources/in")->opacity(), 1.0);
    }

    void aWireBeginsAnywhereOnTheNode_data() {
        QTest::addColumn<QPointF>("grip");
        QTest::addColumn<Qt::KeyboardModifiers>("keys");
        QTest::newRow("on the rim at the right") << QPointF(170, 32) << Qt::KeyboardModifiers();
        QTest::newRow("on the rim at the top") << QPointF(90, 5) << Qt::KeyboardModifiers();
        QTest::newRow("on the port, outside the node") << QPointF(181, 32) << Qt::KeyboardModifiers();
        QTest::newRow("in the middle") << QPointF(88, 32) << Qt::KeyboardModifiers();
        QTest::newRow("in the middle with control") << QPointF(88, 32) << Qt::KeyboardModifiers(Qt::ControlModifier);
    }
    void aWireBeginsAnywhereOnTheNode() {
        QFETCH(QPointF, grip);
        QFETCH(Qt::KeyboardModifiers, keys);
        Table table(kText);
        const QString channel = table.drop(NodeKind::channel, "memory", {460, 215}, Qt::AltModifier);
        table.drag(table.middle(channel.toLatin1()), {540, 330});
        const std::string before = table.text();
        table.drag(QPointF(200, 200) + grip, table.middle(channel.toLatin1()), keys);
        QVERIFY2(table.hasWire(WireKind::sourceToChannel, "a/sources/in", channel.toLatin1()), table.text().c_str());
        table.store.undoStack().undo();
        QCOMPARE(table.text(), before);
    }

    void aWireLetGoOverNothingAsksWhatToPutThere() {
        Table table(kText);
        table.drag(table.rightRim("b/sources/next"), {520, 470});
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        QVERIFY(filter);
        QTest::keyClicks(filter, QStringLiteral("memory"));
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(table.store.graph().ofKind(NodeKind::channel).size(), std::size_t(2));
        QVERIFY(table.undoesTo(kText));
    }

    void aDropMakesAnAgentOrJoinsTheOneThere() {
        Table table(kText);
        const QString alone = table.drop(NodeKind::source, "seq", {900, 600});
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(3));
        QCOMPARE(table.node(alone.toLatin1())->rect().center(), QPointF(904, 600));
        const QString inside = table.drop(NodeKind::sink, "null", {300, 460});
        QVERIFY2(inside.startsWith(QStringLiteral("b/sinks/")), qPrintable(inside));
        // Beside a frame, where a frame of its own would overlap it.
        const QString beside = table.drop(NodeKind::sink, "null", {600, 330}, Qt::AltModifier);
        QVERIFY2(beside.startsWith(QStringLiteral("a/sinks/")), qPrintable(beside));
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(3));
        QVERIFY(table.undoesTo(kText));
    }

    void aDropOnAWireJoinsTheFlow() {
        Table table(kText);
        // Between channel and sink: a second sink of the same channel.
        const QString sink = table.drop(NodeKind::sink, "null", {648, 232});
        QVERIFY2(table.hasWire(WireKind::channelToSink, "a/channels/c", sink.toLatin1()), table.text().c_str());
        QVERIFY(table.hasWire(WireKind::channelToSink, "a/channels/c", "a/sinks/out"));
        QCOMPARE(table.store.undoStack().count(), 1);
        QVERIFY(table.undoesTo(kText));
    }

    void deleteTakesNodesOrTheChosenWire() {
        Table table(kText);
        table.click({648, 232}); // the wire from channel to sink
        QVERIFY(table.scene().wires().chosen() >= 0);
        table.key(Qt::Key_Delete);
        QVERIFY(!table.hasWire(WireKind::channelToSink, "a/channels/c", "a/sinks/out"));
        QVERIFY(table.store.graph().find("a/sinks/out"));
        table.store.undoStack().undo();
        QCOMPARE(table.text(), std::string(kText));
        table.click(table.middle("b/sources/next"));
        table.key(Qt::Key_Delete);
        QVERIFY(!table.store.graph().find("b/sources/next"));
        QVERIFY(!table.node("b/sources/next"));
        QVERIFY(table.undoesTo(kText));
    }

    void copiesArePropertiesText() {
        Table table(kText);
        table.click(table.middle("a/sources/in"));
        table.key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("sources.in.type = netcat")));
        table.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(table.store.graph().ofKind(NodeKind::source).size(), std::size_t(3));
        table.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(table.store.graph().ofKind(NodeKind::source).size(), std::size_t(4));
        table.key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(table.store.graph().ofKind(NodeKind::source).size(), std::size_t(3));
        QVERIFY(table.undoesTo(kText));
        table.key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(table.store.selection().size() >= 6);
    }

    void aCopiedPartStaysInItsAgent() {
        Table table(kText);
        table.click(table.middle("a/sources/in"));
        table.view->commands().copy();
        table.view->commands().paste(std::nullopt);
        QVERIFY2(table.has("a.sources = in in-2"), table.text().c_str());
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(2));
        QVERIFY(table.undoesTo(kText));
    }

    void aPartIsPastedIntoTheAgentUnderThePointer() {
        Table table(kText);
        table.click(table.middle("a/sources/in"));
        table.view->commands().copy();
        table.view->commands().paste(table.middle("b/sources/next"));
        QVERIFY2(table.has("b.sources = next in"), table.text().c_str());
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(2));
        const QPointF place = table.node("b/sources/in")->rect().topLeft();
        QVERIFY((place - table.middle("b/sources/next")).manhattanLength() <= 16);
    }

    void aPartWithoutAWrittenPlaceIsPastedAtThePointer() {
        Table table("a.sources = in\na.sources.in.type = seq\n");
        table.store.select(ids({"a/sources/in"}));
        table.view->commands().copy();
        const QPointF at = table.middle("a/sources/in");
        table.view->commands().paste(at);
        const auto* copy = table.store.graph().find("a/sources/in-2");
        QVERIFY2(copy && copy->position, table.text().c_str());
        QVERIFY((QPointF(copy->position->x, copy->position->y) - at).manhattanLength() <= 16);
    }

    void copiesKeepLatin1() {
        Table table("a.sources = in\na.sources.in.type = exec\na.sources.in.command = echo caf\xE9\n");
        table.store.select(ids({"a/sources/in"}));
        table.view->commands().copy();
        table.view->commands().paste(std::nullopt);
        QVERIFY2(table.has("a.sources.in-2.command = echo caf\\u00E9"), table.text().c_str());
        table.store.select(ids({"a/sources/in"}));
        table.view->commands().duplicate();
        QVERIFY2(table.has("a-2.sources.in.command = echo caf\\u00E9"), table.text().c_str());
    }

    void aCopiedAgentBecomesANewOne() {
        Table table(kText);
        table.store.select(ids({"agent/b"}));
        table.view->commands().copy();
        table.store.select({});
        table.view->commands().paste(std::nullopt);
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(3));
    }

    void renamingLaysALineEditOverTheName() {
        Table table(kText);
        table.click(table.middle("a/channels/c"));
        table.key(Qt::Key_F2);
        auto* editor = table.view->findChild<canvas::RenameEditor*>();
        QVERIFY(editor->isVisible());
        editor->setText(QStringLiteral("not a name"));
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(editor->isVisible()); // refused
        editor->setText(QStringLiteral("buffer"));
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(!editor->isVisible());
        QVERIFY(table.has("a.sources.in.channels = buffer"));
        QVERIFY(table.node("a/channels/buffer"));
        QCOMPARE(table.store.selection(), ids({"a/channels/buffer"}));
        QVERIFY(table.undoesTo(kText));
    }

    void tabAddsFromASearchableList() {
        Table table(kText);
        table.view->setFocus();
        table.key(Qt::Key_Tab);
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        QVERIFY(filter);
        QTest::keyClicks(filter, QStringLiteral("topic"));
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(table.store.graph().ofKind(NodeKind::topic).size(), std::size_t(1));
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

    void aNewerDocumentIsLookedAtOnly() {
        const std::string newer = "#@ version = 2\n" + std::string(kText).substr(15);
        Table table(newer);
        QVERIFY(table.store.readOnly());
        table.drag(table.middle("a/sources/in"), table.middle("a/sources/in") + QPointF(80, 80));
        table.drop(NodeKind::source, "seq", {900, 600});
        table.click(table.middle("a/sources/in"));
        table.key(Qt::Key_Delete);
        QCOMPARE(table.text(), newer);
    }
};

QTEST_MAIN(GesturesTest)
#include "tst_gestures.moc"
