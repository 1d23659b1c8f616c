#include "support/test_program.h"
#include "ui_canvas/support/table.h"

#include "canvas/view/rename_editor.h"
#include "look/theme.h"

#include <QClipboard>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QSignalSpy>
#include <QVBoxLayout>
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
        QTest::newRow("beside the port") << QPointF(190, 34) << Qt::KeyboardModifiers();
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
        // There was no room between the two.
        for (const char* other : {"a/channels/c", "a/sinks/out"})
            QVERIFY(!table.node(sink.toLatin1())->rect().intersects(table.node(other)->rect()));
        QVERIFY(!table.node(sink.toLatin1())->rect().contains(648, 232)); // nor over the wire
        QVERIFY(table.undoesTo(kText));
    }

    void aNodeWithoutWiresJoinsTheWireItIsLetGoOn() {
        Table table(kText);
        const QString sink = table.drop(NodeKind::sink, "null", {600, 330}, Qt::AltModifier);
        const std::string before = table.text();
        table.press(table.middle(sink.toLatin1()));
        table.move({620, 300});
        table.move({648, 232});
        QTRY_VERIFY(table.scene().wires().swollen() >= 0);
        table.release({648, 232});
        QCOMPARE(table.scene().wires().swollen(), -1);
        QVERIFY2(table.hasWire(WireKind::channelToSink, "a/channels/c", sink.toLatin1()), table.text().c_str());
        QVERIFY(table.hasWire(WireKind::channelToSink, "a/channels/c", "a/sinks/out"));
        QVERIFY(!table.node(sink.toLatin1())->rect().intersects(table.node("a/channels/c")->rect()));
        table.store.undoStack().undo();
        QCOMPARE(table.text(), before);
        table.drag(table.middle(sink.toLatin1()), {648, 232}, Qt::AltModifier); // only moves
        QCOMPARE(table.scene().wires().strands().size(), std::size_t(2));
    }

    void aNodeWithWiresOnlyPassesOverOthers() {
        Table table(kText);
        table.drag(table.middle("a/sources/in"), {648, 232});
        QCOMPARE(table.scene().wires().strands().size(), std::size_t(2));
        QVERIFY(table.hasWire(WireKind::channelToSink, "a/channels/c", "a/sinks/out"));
    }

    void aCutTakesTheWiresItCrosses_data() {
        QTest::addColumn<Qt::MouseButton>("button");
        QTest::addColumn<Qt::KeyboardModifiers>("keys");
        QTest::newRow("Alt and left") << Qt::LeftButton << Qt::KeyboardModifiers(Qt::AltModifier);
        QTest::newRow("Control and right") << Qt::RightButton << Qt::KeyboardModifiers(Qt::ControlModifier);
    }
    void aCutTakesTheWiresItCrosses() {
        QFETCH(Qt::MouseButton, button);
        QFETCH(Qt::KeyboardModifiers, keys);
        // A second wire from the channel, to be cut with the same stroke.
        const std::string text = std::string(kText) + "#@ at.agent.a.sinks.low = 680 304\na.sinks.low.type = logger\n"
                                                      "a.sinks.low.channel = c\n";
        Table table(text);
        QCOMPARE(table.scene().wires().strands().size(), std::size_t(3));
        table.drag({636, 196}, {640, 298}, keys, button);
        QVERIFY2(table.hasWire(WireKind::sourceToChannel, "a/sources/in", "a/channels/c"), table.text().c_str());
        QCOMPARE(table.scene().wires().strands().size(), std::size_t(1));
        QCOMPARE(table.store.undoStack().count(), 1);
        QVERIFY(table.store.selection().isEmpty());
        QVERIFY(table.undoesTo(text));
    }

    void controlGGroupsTheSelectedSinks() {
        const std::string text = std::string(kText) + "a.sinks.low.type = logger\na.sinks.low.channel = c\n";
        Table table(text);
        table.store.select(ids({"a/sinks/out"}));
        table.key(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(table.text(), text); // one is no group
        table.store.select(ids({"a/sinks/out", "a/sinks/low"}));
        table.key(Qt::Key_G, Qt::ControlModifier);
        QCOMPARE(table.store.graph().groups.size(), std::size_t(1));
        QCOMPARE(table.store.graph().groups.front().processor, std::string("failover"));
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

    void tabbingThroughAddsNothing() {
        Table table(kText);
        table.view->setFocus();
        table.key(Qt::Key_Tab);
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        QVERIFY(filter);
        QTest::keyClick(filter, Qt::Key_Tab);
        QTRY_VERIFY(!table.view->findChild<QLineEdit*>(QStringLiteral("addFilter")));
        QCOMPARE(table.text(), std::string(kText));
    }

    void whatIsAddedByKeyboardLiesOnNothing() {
        Table table(kText);
        for (int i = 0; i < 4; ++i) {
            table.view->offerAdding(table.middle("a/channels/c"));
            auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
            QVERIFY(filter);
            QTest::keyClicks(filter, QStringLiteral("topic"));
            QTest::keyClick(filter, Qt::Key_Return);
            QTRY_VERIFY(!table.view->findChild<QLineEdit*>(QStringLiteral("addFilter")));
        }
        QCOMPARE(table.store.graph().ofKind(NodeKind::topic).size(), std::size_t(4));
        for (const auto* one : table.scene().nodes())
            for (const auto* other : table.scene().nodes())
                QVERIFY2(one == other || !one->rect().intersects(other->rect()),
                         qPrintable(one->id() + ' ' + other->id()));
    }

    void aWireDroppedOnPaperOffersWhatFitsAndArrivesWired_data() {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("choice");
        QTest::addColumn<QString>("missing");
        QTest::addColumn<QString>("wiredTo");
        QTest::newRow("a channel to a sink") << "a/channels/c"
                                             << "null"
                                             << "TAILDIR"
                                             << "a/sinks/null";
        QTest::newRow("a source to a channel") << "a/sources/in"
                                               << "memory"
                                               << "topic"
                                               << "a/channels/memory";
    }
    void aWireDroppedOnPaperOffersWhatFitsAndArrivesWired() {
        QFETCH(QString, from);
        QFETCH(QString, choice);
        QFETCH(QString, missing);
        QFETCH(QString, wiredTo);
        Table table(kText);
        const QByteArray id = from.toLatin1();
        table.drag(table.rightRim(id.constData()), {900, 640});
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        auto* list = table.view->findChild<QListWidget*>(QStringLiteral("addList"));
        QVERIFY(filter && list);
        QTest::keyClicks(filter, missing);
        QCOMPARE(list->count(), 0);
        filter->clear();
        QTest::keyClicks(filter, choice);
        QTest::keyClick(filter, Qt::Key_Return);
        bool wired = false;
        for (const topology::Wire& wire : table.store.graph().wires)
            wired = wired || (wire.from == from.toStdString() && wire.to == wiredTo.toStdString());
        QVERIFY2(wired, table.text().c_str());
        QVERIFY(table.undoesTo(kText));
    }

    void aCopiedAgentIsAnotherAgent() {
        Table table(kText);
        table.click(table.scene().frame(QStringLiteral("agent/a"))->titleRect().center());
        QCOMPARE(table.store.selection(), ids({"agent/a"}));
        table.key(Qt::Key_C, Qt::ControlModifier);
        table.view->commands().paste(QPointF(200, 700));
        QVERIFY2(table.hasWire(WireKind::channelToSink, "a-2/channels/c", "a-2/sinks/out"), table.text().c_str());
        QVERIFY(!table.store.graph().find("a/sources/in-2"));
        QCOMPARE(table.store.graph().find("a-2/sources/in")->valueOr("port"), std::string("4142"));
        QVERIFY(table.undoesTo(kText));
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

    void aWireBetweenCloseNodesIsClickedAndAnotherDrawnFromItsEnd() {
        const std::string_view one = "a.channels = c\n";
        std::string text = kText;
        text.replace(text.find(one), one.size(),
                     "a.channels = c d\na.channels.d.type = memory\n#@ at.agent.a.channels.d = 440 320\n");
        Table table(text);
        auto& wires = table.scene().wires();
        table.view->setZoom(0.9, QPointF(560, 400), QPointF(700, 450));
        for (const double share : {0.2, 0.5, 0.8}) {
            const QRectF left = table.node("a/sources/in")->rect(), right = table.node("a/channels/c")->rect();
            const QPointF on(left.right() + (right.left() - left.right()) * share, left.center().y());
            table.click({1000, 800});
            table.click(on);
            QVERIFY2(wires.chosen() >= 0, qPrintable(QString::number(share)));
        }
        const QPointF end(table.node("a/sources/in")->rect().right() + 10, table.middle("a/sources/in").y());
        table.drag(end, table.middle("a/channels/d"));
        QVERIFY2(table.hasWire(WireKind::sourceToChannel, "a/sources/in", "a/channels/d"), table.text().c_str());
    }

    void aNameBeingTypedOutlivesWheelAndResize() {
        Table table(kText);
        table.click(table.middle("a/channels/c"));
        table.key(Qt::Key_F2);
        auto* editor = table.view->findChild<canvas::RenameEditor*>();
        QVERIFY(editor && editor->isVisible());
        QTest::keyClicks(editor, QStringLiteral("fresh"));
        table.view->setZoom(0.8, QPointF(500, 300), QPointF(600, 400));
        table.view->panBy({30, 40});
        table.view->resize(1200, 800);
        QCoreApplication::processEvents();
        QVERIFY(editor->isVisible());
        const QRect node = table.view->mapFromScene(table.node("a/channels/c")->rect()).boundingRect();
        QVERIFY(node.adjusted(0, -4, 200, 4).contains(editor->geometry().topLeft()));
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY2(table.node("a/channels/fresh"), table.text().c_str());
    }

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

MILLRACE_TEST(GesturesTest)
#include "tst_gestures.moc"
