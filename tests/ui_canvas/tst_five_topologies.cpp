#include "support/test_program.h"
#include "ui_canvas/support/table.h"

using namespace millrace;
using test::Table;
using topology::NodeKind;
using topology::WireKind;

namespace {

const char* const kEmpty = "#@ version = 1\n";

} // namespace

/// The five classic shapes, drawn from an empty canvas with the mouse alone.
class FiveTopologiesTest : public QObject {
    Q_OBJECT
private:
    static void chooseInMenu(Table& table, const QPointF& place, const char* action) {
        QMenu* menu = table.menuAt(place);
        QVERIFY(menu);
        auto* found = Table::offered(menu, action);
        QVERIFY2(found, action);
        found->trigger();
        menu->close();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }
    /// source, channel, sink in a new agent around `corner`; the ids are AGENT/kind/name.
    static QStringList agent(Table& table, const char* source, const char* sink, const QPointF& corner) {
        const QString from = table.drop(NodeKind::source, source, corner);
        // Into the frame that the first part has made: its title is above the part.
        const QString channel = table.drop(NodeKind::channel, "memory", corner + QPointF(20, 4));
        const QString to = table.drop(NodeKind::sink, sink, corner + QPointF(40, 8));
        const auto place = [&](const QString& id, double x) {
            const QByteArray name = id.toLatin1();
            table.drag(table.middle(name), corner + QPointF(x, 0));
        };
        place(to, 400);
        place(channel, 200);
        table.wire(from.toLatin1(), channel.toLatin1());
        table.wire(channel.toLatin1(), to.toLatin1());
        return {from, channel, to};
    }
    static bool wired(const Table& table, WireKind kind, const QString& from, const QString& to) {
        return table.hasWire(kind, from.toLatin1(), to.toLatin1());
    }

private slots:
    void singleAgent() {
        Table table(kEmpty);
        const QStringList ids = agent(table, "netcat", "logger", {200, 200});
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(1));
        QVERIFY(wired(table, WireKind::sourceToChannel, ids[0], ids[1]));
        QVERIFY(wired(table, WireKind::channelToSink, ids[1], ids[2]));
        QVERIFY2(!table.store.document().hasErrors(), table.text().c_str());
        QVERIFY(table.undoesTo(kEmpty));
    }

    void chainOfTwoAgents() {
        Table table(kEmpty);
        const QStringList first = agent(table, "netcat", "avro", {200, 200});
        const QStringList second = agent(table, "avro", "logger", {200, 500});
        QVERIFY(first[0].section(QLatin1Char('/'), 0, 0) != second[0].section(QLatin1Char('/'), 0, 0));
        table.wire(first[2].toLatin1(), second[0].toLatin1());
        QVERIFY(wired(table, WireKind::hop, first[2], second[0]));
        QVERIFY2(!table.store.document().hasErrors(), table.text().c_str());
        QVERIFY(table.undoesTo(kEmpty));
    }

    void fanOutToThreeChannels() {
        Table table(kEmpty);
        const QStringList ids = agent(table, "seq", "logger", {200, 200});
        for (const double y : {90.0, 180.0}) {
            const QPointF inside = table.middle(ids[1].toLatin1()) + QPointF(0, 20);
            const QString channel = table.drop(NodeKind::channel, "memory", inside, Qt::AltModifier);
            table.drag(table.middle(channel.toLatin1()), QPointF(400, 200 + y));
            const QString sink = table.drop(NodeKind::sink, "null", QPointF(600, 200) + QPointF(0, 20), Qt::AltModifier);
            table.drag(table.middle(sink.toLatin1()), QPointF(600, 200 + y));
            table.wire(ids[0].toLatin1(), channel.toLatin1());
            table.wire(channel.toLatin1(), sink.toLatin1());
        }
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(1));
        QCOMPARE(table.scene().wires().strands().size(), std::size_t(6));
        for (const auto& strand : table.scene().wires().strands())
            QCOMPARE(strand.drawn.style == canvas::WireStyle::twin, strand.drawn.wire.kind == WireKind::sourceToChannel);
        QVERIFY2(!table.store.document().hasErrors(), table.text().c_str());
        QVERIFY(table.undoesTo(kEmpty));
    }

    void sinkGroupWithFailover() {
        Table table(kEmpty);
        const QStringList ids = agent(table, "seq", "logger", {200, 200});
        const QString second = table.drop(NodeKind::sink, "null", QPointF(600, 220), Qt::AltModifier);
        table.drag(table.middle(second.toLatin1()), QPointF(600, 300));
        table.wire(ids[1].toLatin1(), second.toLatin1());
        table.click(table.middle(ids[2].toLatin1()));
        table.click(table.middle(second.toLatin1()), Qt::ShiftModifier);
        QCOMPARE(table.store.selection().size(), 2);
        chooseInMenu(table, table.middle(second.toLatin1()), "groupFailover");
        QCOMPARE(table.store.graph().groups.size(), std::size_t(1));
        QCOMPARE(table.store.graph().groups.front().processor, std::string("failover"));
        const auto& drawn = table.scene().drawing().groups;
        QCOMPARE(drawn.size(), std::size_t(1));
        QVERIFY(drawn.front().rect.contains(table.node(second.toLatin1())->rect()));
        const auto dotted = std::ranges::count_if(table.scene().wires().strands(), [](const auto& strand) {
            return strand.drawn.style == canvas::WireStyle::dotted;
        });
        QCOMPARE(dotted, 1);
        QVERIFY2(!table.store.document().hasErrors(), table.text().c_str());
        QVERIFY(table.undoesTo(kEmpty));
    }

    void aggregationOfThreeAgents() {
        Table table(kEmpty);
        const QStringList collector = agent(table, "avro", "logger", {750, 200});
        for (const double y : {100.0, 300.0, 500.0}) {
            const QStringList web = agent(table, "seq", "avro", {100, y});
            table.wire(web[2].toLatin1(), collector[0].toLatin1());
            QVERIFY(wired(table, WireKind::hop, web[2], collector[0]));
        }
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(4));
        QVERIFY2(!table.store.document().hasErrors(), table.text().c_str());
        QVERIFY(table.undoesTo(kEmpty));
    }

    void throughATopic() {
        Table table(kEmpty);
        const QStringList first = agent(table, "seq", "org.apache.flume.sink.kafka.KafkaSink", {150, 200});
        const QString topic = table.drop(NodeKind::topic, "", {900, 350});
        const QStringList second = agent(table, "org.apache.flume.source.kafka.KafkaSource", "logger", {150, 500});
        table.wire(first[2].toLatin1(), topic.toLatin1());
        table.wire(topic.toLatin1(), second[0].toLatin1());
        QVERIFY2(wired(table, WireKind::produce, first[2], topic), table.text().c_str());
        QVERIFY2(wired(table, WireKind::consume, topic, second[0]), table.text().c_str());
        QVERIFY2(!table.store.document().hasErrors(), table.text().c_str());
        QVERIFY(table.undoesTo(kEmpty));
    }
};

MILLRACE_TEST(FiveTopologiesTest)
#include "tst_five_topologies.moc"
