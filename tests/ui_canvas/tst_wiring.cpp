#include "support/test_program.h"
#include "ui_canvas/support/table.h"
#include "ui_canvas/support/two_agents.h"

#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>

using namespace millrace;
using test::ids;
using test::kText;
using test::Table;
using topology::NodeKind;
using topology::WireKind;

/// Drawing wires, joining them and cutting them.
class WiringTest : public QObject {
    Q_OBJECT
private slots:
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
};

MILLRACE_TEST(WiringTest)
#include "tst_wiring.moc"
