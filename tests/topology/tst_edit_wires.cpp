#include "support/test_program.h"
#include "topology/support/small_agent.h"

#include <algorithm>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

/// Wires and groups of sinks.
class TestEditWires : public QObject {
    Q_OBJECT
private slots:
    void wiresAreRefusedWithAReason_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("reason");
        const auto row = [](const char* name, const char* from, const char* to, const char* reason) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(reason);
        };
        row("second channel of a sink", "a/channels/d", "a/sinks/k",
            "A sink takes from exactly one channel: \"k\" takes from \"c\" already. Remove that wire first.");
        row("twice the same", "a/sources/s", "a/channels/c", "They are connected already.");
        row("channel of another agent", "b/sources/s", "a/channels/c",
            "A channel belongs to one agent. Connect agents by an Avro sink and source, or by a topic.");
        row("logger to a topic", "a/sinks/k", "topic/t",
            "Only a Kafka sink writes to a topic; \"k\" is of type logger.");
        row("logger to a source", "a/sinks/k", "b/sources/s",
            "A sink of type logger cannot reach a source of type avro in another agent. Use an avro sink and an avro "
            "source, or a topic between.");
        row("topic to an Avro source", "topic/t", "b/sources/s",
            "Only a Kafka source reads a topic; \"s\" is of type avro.");
        row("to a note", "note/n", "a/sinks/k", "A note has no wires.");
        row("to itself", "a/sinks/k", "a/sinks/k", "A wire needs two ends.");
        row("two channels", "a/channels/c", "a/channels/d", "A channel cannot be connected to another channel.");
        row("what is not there", "a/sinks/none", "a/sinks/k", "There is no a/sinks/none in this file.");
    }
    void wiresAreRefusedWithAReason() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, reason);
        const Document document = parse(
            "#@ note.n.text = x\n#@ cluster.l.kind = embedded\n#@ cluster.l.listen = h:1\n#@ topic.t.cluster = l\n" +
            replaced(kAgent, "a.channels = c", "a.channels = c d") +
            "b.sources=s\nb.sources.s.type=avro\nb.sources.s.bind=h\nb.sources.s.port=1\n");
        const auto kind = canConnect(document, from.toStdString(), to.toStdString());
        QVERIFY(!kind);
        QCOMPARE(QByteArray::fromStdString(kind.error().message), reason);
        QVERIFY(!topology::connect(document, from.toStdString(), to.toStdString()));
    }

    void wiresAreMadeAndCutAgain_data() {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QByteArray>("wire");
        const auto row = [](const char* name, const char* from, const char* to, const char* wire) {
            QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QByteArray(wire);
        };
        row("source to channel", "a/sources/s", "a/channels/d", "sourceToChannel a/sources/s -> a/channels/d");
        row("channel to source is the same", "a/channels/d", "a/sources/s",
            "sourceToChannel a/sources/s -> a/channels/d");
        row("channel to sink", "a/channels/d", "a/sinks/l", "channelToSink a/channels/d -> a/sinks/l");
        row("Avro hop", "a/sinks/l", "b/sources/s", "hop a/sinks/l -> b/sources/s");
        row("Avro hop backwards", "b/sources/s", "a/sinks/l", "hop a/sinks/l -> b/sources/s");
        row("Kafka sink to topic", "a/sinks/m", "topic/t", "produce a/sinks/m -> topic/t");
        row("topic to Kafka source", "topic/t", "b/sources/q", "consume topic/t -> b/sources/q [flume]");
        row("traffic to a port", "traffic/v", "a/sources/s", "traffic traffic/v -> a/sources/s [127.0.0.1:44444]");
        row("traffic to files", "traffic/v", "b/sources/f", "traffic traffic/v -> b/sources/f [logs/access.log]");
        row("traffic to a topic", "traffic/v", "topic/t", "produce traffic/v -> topic/t");
    }
    void wiresAreMadeAndCutAgain() {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QByteArray, wire);
        const std::string kafka = "org.apache.flume.";
        const Document document =
            parse("#@ cluster.l.kind = embedded\n#@ cluster.l.listen = 0.0.0.0:9092\n#@ topic.t.cluster = l\n#@ "
                  "traffic.v.kind = weblog\n" +
                  replaced(replaced(kAgent, "a.channels = c", "a.channels = c d"), "a.sinks = k", "a.sinks = k l m") +
                  "a.sinks.l.type = avro\na.sinks.m.type = " + kafka +
                  "sink.kafka.KafkaSink\na.sinks.m.kafka.bootstrap.servers = localhost:9092\n"
                  "b.sources=s q f\nb.sources.s.type=avro\nb.sources.s.bind=0.0.0.0\nb.sources.s.port=4141\n"
                  "b.sources.q.type=" +
                  kafka +
                  "source.kafka.KafkaSource\nb.sources.q.kafka.topics=other\n"
                  "b.sources.f.type=TAILDIR\nb.sources.f.filegroups=g\nb.sources.f.filegroups.g=logs/.*\\\\.log\n");
        const auto edit = topology::connect(document, from.toStdString(), to.toStdString());
        QVERIFY2(edit, edit ? "" : edit.error().message.c_str());
        const Document joined = applied(document, edit.value());
        QVERIFY2(("\n" + wiresOf(joined)).find("\n" + wire.toStdString() + "\n") != std::string::npos,
                 wiresOf(joined).c_str());
        QVERIFY(!canConnect(joined, from.toStdString(), to.toStdString()));
        for (const Wire& made : joined.graph().wires) {
            const auto& old = document.graph().wires;
            if (std::find(old.begin(), old.end(), made) != old.end()) continue;
            QCOMPARE(wiresOf(applied(joined, topology::disconnect(joined, made).value())), wiresOf(document));
        }
    }

    void sourceToSinkMakesAChannelBetween() {
        const Document document =
            parse("a.sources=s\na.sinks=k\na.sources.s.type=netcat\na.sinks.k.type=file_roll\n"
                  "a.sinks.k.sink.batchSize=5000\n#@ at.agent.a.sources.s = 0 0\n#@ at.agent.a.sinks.k = 480 100\n");
        const Document joined = applied(document, topology::connect(document, "a/sinks/k", "a/sources/s").value());
        QCOMPARE(wiresOf(joined), std::string("sourceToChannel a/sources/s -> a/channels/memory\n"
                                              "channelToSink a/channels/memory -> a/sinks/k\n"));
        const Node* channel = joined.graph().find("a/channels/memory");
        QCOMPARE(channel->valueOr("transactionCapacity"), std::string("5000"));
        QCOMPARE(channel->valueOr("capacity"), std::string("50000"));
        QCOMPARE(channel->position->x, 240.0);
    }

    void groupsAreMadeChangedAndDissolved() {
        const Document document =
            parse("a.channels = c\na.sinks = k l m\na.sinks.k.type=null\na.sinks.l.type=null\na.sinks.m.type=null\n");
        const auto made = groupSinks(document, {"a/sinks/k", "a/sinks/l"}, "failover");
        QVERIFY(made);
        const Document grouped = applied(document, made.value().edit);
        QVERIFY(grouped.text().ends_with(
            "a.sinkgroups.team.sinks=k l\na.sinkgroups.team.processor.type=failover\n"
            "a.sinkgroups.team.processor.priority.k=20\na.sinkgroups.team.processor.priority.l=10\n"));
        const Document changed =
            applied(grouped, setGroupMembers(grouped, made.value().id, {"a/sinks/k", "a/sinks/m"}).value());
        QVERIFY(changed.text().find("priority.l") == std::string::npos);
        QVERIFY(changed.text().find("priority.m=10") != std::string::npos);
        QCOMPARE(applied(changed, setGroupMembers(changed, made.value().id, {"a/sinks/k"}).value()).text(),
                 document.text());
        QVERIFY(!groupSinks(grouped, {"a/sinks/l", "a/sinks/m"}, "failover"));
        QVERIFY(!groupSinks(document, {"a/sinks/l"}, "failover"));
    }
};

MILLRACE_TEST(TestEditWires)
#include "tst_edit_wires.moc"
