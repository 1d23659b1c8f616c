#include "support/test_program.h"
#include "topology/support/small_agent.h"

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

class TestEditProperties : public QObject {
    Q_OBJECT
private slots:
    void newPropertyGoesWhereAPersonWouldPutIt_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* key, const std::string& text, const std::string& expected) {
            QTest::newRow(name) << QByteArray(key) << QByteArray::fromStdString(text)
                                << QByteArray::fromStdString(expected);
        };
        row("before the channels of its component", "a.sources.s.max-line-length", kAgent,
            replaced(kAgent, "port = 44444\n", "port = 44444\na.sources.s.max-line-length = 1\n"));
        row("behind its relatives", "a.sources.s.interceptors.i.x",
            "a.sources.s.interceptors.i.type = host\na.sources.s.port = 1\n",
            "a.sources.s.interceptors.i.type = host\na.sources.s.interceptors.i.x = 1\na.sources.s.port = 1\n");
        row("type first", "a.sinks.k.type", "a.sinks.k.channel=c\n", "a.sinks.k.type=1\na.sinks.k.channel=c\n");
        row("list behind the lists", "a.sinkgroups", kAgent,
            replaced(kAgent, "a.sinks = k\n", "a.sinks = k\na.sinkgroups = 1\n"));
        row("list before later lists", "a.channels", "a.sources = s\na.sinks = k\n",
            "a.sources = s\na.channels = 1\na.sinks = k\n");
        row("new component behind those of its kind, separated like them", "a.channels.d.type", kAgent,
            replaced(kAgent, "a.channels.c.type = memory\n", "a.channels.c.type = memory\n\na.channels.d.type = 1\n"));
        row("new agent behind a blank line", "b.sources", kAgent, kAgent + "\nb.sources = 1\n");
        row("no final newline stays so", "a.sources.s.b", "a.sources.s.a = 0", "a.sources.s.a = 0\na.sources.s.b = 1");
        row("a continuing backslash at the end is closed", "a.sources.s.b", "a.sources.s.a = 0\\",
            "a.sources.s.a = 0\\\n\na.sources.s.b = 1");
        row("aligned columns go on", "a.sources.s.b", "a.sources.s.type    = x\na.sources.s.a       = 0\n",
            "a.sources.s.type    = x\na.sources.s.a       = 0\na.sources.s.b       = 1\n");
        row("indentation and colon are imitated", "a.sources.s.b", "  a.sources.s.a: 0\r\n",
            "  a.sources.s.a: 0\r\n  a.sources.s.b: 1\r\n");
        row("the empty file", "a.sources", "", "a.sources = 1\n");
    }
    void newPropertyGoesWhereAPersonWouldPutIt() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const Document document = parse(text.toStdString());
        QCOMPARE(QByteArray::fromStdString(after(document, topology::setProperty(document, key.toStdString(), "1"))),
                 expected);
    }

    void ownLinesStandTogetherAtTheTop() {
        const Document document = parse(kAgent);
        const std::string once =
            after(document, topology::setProperty(document, "cluster.local.kind", "embedded", true));
        QCOMPARE(once, "#@ version = 1\n#@ cluster.local.kind = embedded\n\n" + kAgent);
        const Document next = parse(once);
        QCOMPARE(after(next, topology::setProperty(next, "traffic.t.kind", "weblog", true)),
                 "#@ version = 1\n#@ cluster.local.kind = embedded\n#@ traffic.t.kind = weblog\n\n" + kAgent);
    }

    void unsetTakesAllLinesOfTheKey() {
        const Document document = parse("a=1\nb=2\\\n  3\na = 4\nc=5\n");
        QCOMPARE(after(document, unsetProperty(document, "a")), std::string("b=2\\\n  3\nc=5\n"));
        QCOMPARE(after(document, unsetProperty(document, "b")), std::string("a=1\na = 4\nc=5\n"));
        QVERIFY(unsetProperty(document, "nothing").value().empty());
    }

    void emptyValuesAreRefused() {
        const Document document = parse("a.b=1\n");
        QVERIFY(!topology::setProperty(document, "a.b", "  "));
        QCOMPARE(after(document, setNodeProperty(document, "agent/a", "b", "")), std::string(""));
    }

    void nodePropertiesChooseTheirWorld() {
        const Document document = parse(exampleFile("weblog.conf"));
        QVERIFY(after(document, setNodeProperty(document, "topic/weblog", "partitions", "6"))
                    .find("#@ topic.weblog.partitions = 6\n") != std::string::npos);
        QVERIFY(
            after(document, setNodeProperty(document, "agent/web", "host", "h1")).find("#@ agent.web.host = h1\n") !=
            std::string::npos);
        QVERIFY(after(document, setNodeProperty(document, "web/channels/buffer", "capacity", "5"))
                    .find("web.channels.buffer.capacity = 5\n") != std::string::npos);
    }

    void impliedTopicIsAdoptedWhenItIsChanged() {
        const Document document =
            parse("a.sinks=k\na.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\n"
                  "a.sinks.k.kafka.bootstrap.servers=k1:9092\na.sinks.k.kafka.topic=orders.raw\n");
        const auto edit = setNodeProperty(document, "topic/orders.raw", "partitions", "3");
        QVERIFY(edit);
        const std::vector<Rename> renames{{"cluster/k1:9092", "cluster/k1"}, {"topic/orders.raw", "topic/orders-raw"}};
        QCOMPARE(edit.value().renames, renames);
        QVERIFY(after(document, edit)
                    .starts_with("#@ version = 1\n#@ cluster.k1.kind = external\n#@ cluster.k1.servers = k1:9092\n"
                                 "#@ topic.orders-raw.cluster = k1\n#@ topic.orders-raw.name = orders.raw\n"
                                 "#@ topic.orders-raw.partitions = 3\n\na.sinks=k\n"));
        QVERIFY(wiresOf(applied(document, edit.value())) == "produce a/sinks/k -> topic/orders-raw\n");
    }

    void newTypeDropsWhatItDoesNotKnow() {
        const Document document = parse(kAgent);
        const std::string text = after(document, retype(document, "a/sources/s", "seq"));
        QVERIFY(text.find("bind") == std::string::npos);
        QVERIFY(text.find("a.sources.s.type = seq\na.sources.s.channels = c\n") != std::string::npos);
        QVERIFY(after(document, retype(document, "a/sources/s", "seq", true)).find("bind") != std::string::npos);
        QVERIFY(after(document, retype(document, "a/sinks/k", "avro")).find("a.sinks.k.hostname = 127.0.0.1") !=
                std::string::npos);
    }

    void addressIsReplacedEverywhere() {
        const Document document = parse(exampleFile("weblog.conf"));
        const Document moved = applied(document, replaceAddress(document, "localhost:9092", "127.0.0.1:19092").value());
        QCOMPARE(wiresOf(moved), wiresOf(document));
        QVERIFY(moved.text().find("listen = 127.0.0.1:19092") != std::string::npos);
        QVERIFY(moved.text().find("kcat -b 127.0.0.1:19092 ") != std::string::npos);
        QVERIFY(moved.text().find(":9092") == std::string::npos);
        QCOMPARE(moved.graph().ofKind(NodeKind::cluster).size(), std::size_t{1});
        const Document chain = parse(exampleFile("chain.conf"));
        QVERIFY(!replaceAddress(chain, "nonsense", "h:1"));
    }
};

MILLRACE_TEST(TestEditProperties)
#include "tst_edit_properties.moc"
