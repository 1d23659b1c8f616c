#include "support/test_program.h"
#include "topology/support/documents.h"

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

const std::string kAgent = "a.sources = s\na.channels = c\na.sinks = k\n\n"
                           "a.sources.s.type = netcat\na.sources.s.bind = 127.0.0.1\na.sources.s.port = 44444\n"
                           "a.sources.s.channels = c\n\n"
                           "a.channels.c.type = memory\n\n"
                           "a.sinks.k.type = logger\na.sinks.k.channel = c\n";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
    const std::size_t at = text.find(what);
    if (at == std::string::npos) qFatal("\"%s\" is not in the text", what.c_str());
    return text.replace(at, what.size(), with);
}

Document empty() {
    return Document::empty(catalog::flumeCatalog());
}

NewNode component(NodeKind kind, const std::string& type, const std::string& agent, const std::string& name = {}) {
    NewNode node;
    node.kind = kind;
    node.type = type;
    node.agent = agent;
    node.name = name;
    return node;
}

std::string added(const Document& document, const NewNode& node) {
    const auto result = addNode(document, node);
    return result ? after(document, result.value().edit) : "error: " + result.error().message;
}

} // namespace

class TestEdits : public QObject {
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

    void aTopicThatIsDrawnWhereOnlyClientsAreGetsABroker_data() {
        QTest::addColumn<QByteArray>("servers");
        QTest::addColumn<QByteArray>("kind");
        QTest::newRow("this computer by number") << QByteArray("127.0.0.1:9192") << QByteArray("embedded");
        QTest::newRow("this computer by name") << QByteArray("localhost:9192") << QByteArray("embedded");
        QTest::newRow("another computer") << QByteArray("k1:9192") << QByteArray("external");
        QTest::newRow("a list") << QByteArray("localhost:9092,localhost:9093") << QByteArray("external");
    }
    void aTopicThatIsDrawnWhereOnlyClientsAreGetsABroker() {
        QFETCH(QByteArray, servers);
        QFETCH(QByteArray, kind);
        const Document document = parse("a.sinks = k\na.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink\n"
                                        "a.sinks.k.kafka.topic = t\na.sinks.k.kafka.bootstrap.servers = " +
                                        servers.toStdString() + "\n");
        const auto made = addNode(document, component(NodeKind::topic, "", ""));
        QVERIFY(made);
        const auto next = document.apply(made.value().edit);
        QVERIFY(next);
        const Graph& graph = next->document.graph();
        const auto clusters = graph.ofKind(NodeKind::cluster);
        QCOMPARE(clusters.size(), std::size_t(1));
        QCOMPARE(QByteArray::fromStdString(clusters.front()->type), kind);
        QCOMPARE(clusters.front()->property("servers") != nullptr, kind == "external");
        if (kind == "embedded")
            QCOMPARE(QByteArray::fromStdString(clusters.front()->valueOr("listen")), QByteArray("127.0.0.1:9192"));
        // The sink still writes there.
        const auto& wires = graph.wires;
        QVERIFY(std::any_of(wires.begin(), wires.end(), [](const Wire& wire) { return wire.from == "a/sinks/k"; }));
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

    void drawnChainReadsAsWrittenByHand() {
        Document document = empty();
        for (const NewNode& node : {component(NodeKind::source, "netcat", "a1", "lines"),
                                    component(NodeKind::channel, "memory", "a1", "buffer"),
                                    component(NodeKind::sink, "logger", "a1", "show")}) {
            const auto result = addNode(document, node);
            QVERIFY2(result, result ? "" : result.error().message.c_str());
            document = applied(document, result.value().edit);
        }
        document = applied(document, topology::connect(document, "a1/sources/lines", "a1/channels/buffer").value());
        document = applied(document, topology::connect(document, "a1/sinks/show", "a1/channels/buffer").value());
        QCOMPARE(document.text(), std::string("#@ version = 1\n\n"
                                              "a1.sources = lines\na1.channels = buffer\na1.sinks = show\n"
                                              "a1.sources.lines.type = netcat\na1.sources.lines.bind = 127.0.0.1\n"
                                              "a1.sources.lines.port = 44444\na1.sources.lines.channels = buffer\n"
                                              "a1.channels.buffer.type = memory\na1.channels.buffer.capacity = 10000\n"
                                              "a1.channels.buffer.transactionCapacity = 1000\n"
                                              "a1.sinks.show.type = logger\na1.sinks.show.channel = buffer\n"));
    }

    void newComponentWithoutAgentMakesOne() {
        const auto result = addNode(parse(kAgent), component(NodeKind::source, "avro", ""));
        QVERIFY(result);
        QCOMPARE(result.value().id, std::string("a1/sources/avro"));
    }

    void newPortsAreFree() {
        const std::string text = added(parse(kAgent), component(NodeKind::source, "netcat", "a"));
        QVERIFY(text.find("a.sources = s netcat\n") != std::string::npos);
        QVERIFY(text.find("a.sources.netcat.port = 44445\n") != std::string::npos);
    }

    void namesThatAreTakenOrWrongAreRefused() {
        const Document document = parse(kAgent);
        QCOMPARE(added(document, component(NodeKind::source, "seq", "a", "s")),
                 std::string("error: \"s\" exists already."));
        QVERIFY(added(document, component(NodeKind::source, "seq", "a", "x.y"))
                    .starts_with("error: A name must not contain"));
        QVERIFY(added(document, component(NodeKind::sinkGroup, "failover", "a"))
                    .starts_with("error: A sink group is made of sinks"));
    }

    void topicBringsItsCluster() {
        NewNode topic = component(NodeKind::topic, "", "", "orders");
        topic.position = Position{10, 20.4, {}, {}};
        QCOMPARE(added(empty(), topic),
                 std::string(
                     "#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = 127.0.0.1:9092\n"
                     "#@ topic.orders.cluster = local\n#@ topic.orders.partitions = 3\n#@ at.topic.orders = 10 20\n"));
    }

    void everyTypeCanBeAdded() {
        using Kind = catalog::ComponentKind;
        for (const auto& [kind, node] :
             {std::pair(Kind::source, NodeKind::source), std::pair(Kind::channel, NodeKind::channel),
              std::pair(Kind::sink, NodeKind::sink)}) {
            for (const auto* spec : catalog::flumeCatalog().ofKind(kind)) {
                const std::string type(spec->alias.empty() ? spec->className : spec->alias);
                const auto result = addNode(empty(), component(node, type, "a"));
                QVERIFY2(result, type.c_str());
                const Document document = applied(empty(), result.value().edit);
                const Node* made = document.graph().find(result.value().id);
                QVERIFY2(made != nullptr && made->spec == spec && made->declared, type.c_str());
            }
        }
    }

    void removalTakesEveryMention() {
        const Document document =
            parse("a.sources = s\na.channels = c d\na.sinks = k l\na.sinkgroups = g\n"
                  "a.sources.s.type = seq\na.sources.s.channels = c d\na.sources.s.selector.optional = d\n"
                  "a.channels.c.type = memory\na.channels.d.type = memory\n"
                  "a.sinks.k.type = null\na.sinks.k.channel = c\na.sinks.l.type = null\na.sinks.l.channel = d\n"
                  "a.sinkgroups.g.sinks = k l\na.sinkgroups.g.processor.type = failover\n"
                  "a.sinkgroups.g.processor.priority.k = 1\n#@ at.agent.a.channels.d = 1 2\n");
        QCOMPARE(
            after(document, removeNodes(document, {"a/channels/d", "a/sinks/l"}, false)),
            std::string("a.sources = s\na.channels = c\na.sinks = k\na.sources.s.type = seq\na.sources.s.channels = c\n"
                        "a.channels.c.type = memory\na.sinks.k.type = null\na.sinks.k.channel = c\n"));
    }

    void addAndRemoveLeavesNoTrace() {
        const Document document = parse(kAgent);
        const auto made = addNode(document, component(NodeKind::channel, "memory", "a", "d"));
        const Document more = applied(document, made.value().edit);
        QCOMPARE(after(more, removeNodes(more, {"a/channels/d"}, false)), kAgent);
        const auto agent = addNode(document, component(NodeKind::source, "seq", "b"));
        const Document two = applied(document, agent.value().edit);
        QCOMPARE(after(two, removeNodes(two, {"agent/b"}, false)), kAgent);
    }

    void middleAgentIsHealedOver() {
        const Document document = parse(exampleFile("chain.conf"));
        const auto agents = document.graph().ofKind(NodeKind::agent);
        QVERIFY(agents.size() >= 2);
        const std::string chain =
            "a.sinks=k\na.channels=c\na.sinks.k.type=avro\na.sinks.k.hostname=localhost\na.sinks.k.port=1\na.sinks.k."
            "channel=c\n"
            "m.sources=r\nm.channels=c\nm.sinks=k\nm.sources.r.type=avro\nm.sources.r.bind=0.0.0.0\nm.sources.r.port="
            "1\n"
            "m.sources.r.channels=c\nm.sinks.k.type=avro\nm.sinks.k.hostname=localhost\nm.sinks.k.port=2\nm.sinks.k."
            "channel=c\n"
            "b.sources=r\nb.sources.r.type=avro\nb.sources.r.bind=127.0.0.1\nb.sources.r.port=2\n";
        const Document three = parse(chain);
        const Document healed = applied(three, removeNodes(three, {"agent/m"}, true).value());
        QVERIFY(wiresOf(healed).find("hop a/sinks/k -> b/sources/r\n") != std::string::npos);
        const Document cut = applied(three, removeNodes(three, {"agent/m"}, false).value());
        QVERIFY(wiresOf(cut).find("hop") == std::string::npos);
    }

    void sinkGoesOverToTheOtherChannel() {
        const Document document =
            parse("a.sources=s\na.channels=c d\na.sinks=k\na.sources.s.type=seq\na.sources.s.channels=c d\n"
                  "a.channels.c.type=memory\na.channels.d.type=memory\na.sinks.k.type=null\na.sinks.k.channel=c\n");
        const Document healed = applied(document, removeNodes(document, {"a/channels/c"}, true).value());
        QVERIFY(wiresOf(healed).ends_with("channelToSink a/channels/d -> a/sinks/k\n"));
    }

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

    void renamesFollowEveryMention_data() {
        QTest::addColumn<QByteArray>("node");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* node, const char* text, const char* expected) {
            QTest::newRow(name) << QByteArray(node) << QByteArray(text) << QByteArray(expected);
        };
        row("channel", "a/channels/c",
            "a.channels = b c cc\na.sources.c.channels = c b\na.sources.c.selector.mapping.x = b c\na.sinks.k.channel "
            "= c\n"
            "a.channels.c.type=memory\na.channels.cc.type = c\nb.sinks.k.channel = c\n#@ at.agent.a.channels.c = 1 2\n",
            "a.channels = b new cc\na.sources.c.channels = new b\na.sources.c.selector.mapping.x = b "
            "new\na.sinks.k.channel = new\n"
            "a.channels.new.type=memory\na.channels.cc.type = c\nb.sinks.k.channel = c\n#@ at.agent.a.channels.new = 1 "
            "2\n");
        row("sink with its priority", "a/sinks/k",
            "a.sinks=k\na.sinks.k.type=null\na.sinkgroups=g\na.sinkgroups.g.sinks=j "
            "k\na.sinkgroups.g.processor.priority.k=1\n",
            "a.sinks=new\na.sinks.new.type=null\na.sinkgroups=g\na.sinkgroups.g.sinks=j "
            "new\na.sinkgroups.g.processor.priority.new=1\n");
        row("agent with references", "agent/a",
            "a.sources=s\na.x=${a.y}\nab.sources=s\n#@ agent.a.host = h\n#@ at.agent.a.sources.s = 1 2\n#@ at.agent.a "
            "= 3 4\n",
            "new.sources=s\nnew.x=${new.y}\nab.sources=s\n#@ agent.new.host = h\n#@ at.agent.new.sources.s = 1 2\n#@ "
            "at.agent.new = 3 4\n");
        row("cluster", "cluster/l", "#@ cluster.l.kind = embedded\n#@ topic.t.cluster = l\n#@ at.cluster.l = 1 2\n",
            "#@ cluster.new.kind = embedded\n#@ topic.t.cluster = new\n#@ at.cluster.new = 1 2\n");
        row("topic whose id is its name", "topic/t",
            "#@ cluster.l.kind = embedded\n#@ cluster.l.listen = h:1\n#@ topic.t.cluster = l\n#@ traffic.v.topic = t\n"
            "a.sinks=k\na.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.kafka.bootstrap.servers=h:1\na."
            "sinks.k.kafka.topic=t\n",
            "#@ cluster.l.kind = embedded\n#@ cluster.l.listen = h:1\n#@ topic.new.cluster = l\n#@ traffic.v.topic = "
            "new\n"
            "a.sinks=k\na.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.kafka.bootstrap.servers=h:1\na."
            "sinks.k.kafka.topic=new\n");
        row("continued list", "a/sources/s", "a.sources = r \\\n   s\na.sources.s.type=seq\n",
            "a.sources = r new\na.sources.new.type=seq\n");
        row("escaped key", "a/sources/s", "a.sources=s\na.sourc\\u0065s.s.type=seq\n",
            "a.sources=new\na.sources.new.type=seq\n");
    }
    void renamesFollowEveryMention() {
        QFETCH(QByteArray, node);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const Document document = parse(text.toStdString());
        const auto edit = rename(document, node.toStdString(), "new");
        QCOMPARE(QByteArray::fromStdString(after(document, edit)), expected);
        QVERIFY(!edit.value().renames.empty());
        QCOMPARE(edit.value().renames.back().from, node.toStdString());
    }

    void renameToATakenNameIsRefused() {
        const Document document = parse("a.channels = c d\na.channels.c.type=memory\n");
        QCOMPARE(after(document, rename(document, "a/channels/c", "d")), std::string("error: \"d\" exists already."));
        QVERIFY(!rename(document, "a/channels/c", "x y"));
        QVERIFY(rename(document, "a/channels/c", "c").value().empty());
    }

    void movesWriteOnlyWhatDiffers() {
        const Document document = parse("#@ version = 1\n#@ at.agent.a.sources.s = 10 20\na.sources = s t\n");
        const Edit edit =
            moveNodes(document, {{"a/sources/s", {10, 20, {}, {}}}, {"a/sources/t", {1.4, -3, {}, {}}}}).value();
        QCOMPARE(
            applied(document, edit).text(),
            std::string(
                "#@ version = 1\n#@ at.agent.a.sources.s = 10 20\n#@ at.agent.a.sources.t = 1 -3\na.sources = s t\n"));
        QVERIFY(!moveNodes(document, {{"a/sinkgroups/g", {}}}));
    }

    void copiesAreATopologyOfTheirOwn() {
        const Document document = parse(exampleFile("weblog.conf"));
        const std::string text = copyText(document, {"agent/web", "topic/weblog"});
        const Document copy = parse(text);
        QVERIFY(copy.graph().find("web/sources/access") != nullptr);
        QVERIFY(copy.graph().find("agent/store") == nullptr);
        QCOMPARE(copyText(document, {}), std::string());
    }

    void pasteNumbersTakenNamesAndShifts() {
        const Document document = parse(exampleFile("weblog.conf"));
        const auto result = paste(document, copyText(document, {"agent/web"}), 40, 24);
        QVERIFY2(result, result ? "" : result.error().message.c_str());
        const Document pasted = applied(document, result.value().edit);
        QVERIFY(std::find(result.value().pasted.begin(), result.value().pasted.end(), "web-2/sources/access") !=
                result.value().pasted.end());
        QCOMPARE(pasted.graph().find("web-2/sources/access")->position->x, 280.0);
        QVERIFY(wiresOf(pasted).find("sourceToChannel web-2/sources/access -> web-2/channels/buffer\n") !=
                std::string::npos);
    }

    void pasteIntoAnAgentKeepsInnerWires() {
        const Document document = parse(kAgent);
        const std::string clip = copyText(document, {"a/channels/c", "a/sinks/k"});
        const Document pasted = applied(document, paste(document, clip, 0, 0, "a").value().edit);
        QVERIFY(wiresOf(pasted).find("channelToSink a/channels/c-2 -> a/sinks/k-2\n") != std::string::npos);
        QVERIFY(!paste(document, "no topology", 0, 0));
    }

    void aCopySharesNoFileAndNoPort_data() {
        QTest::addColumn<QByteArray>("component"); // of agent a, named x
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<QByteArray>("copied");
        const QByteArray tail = "a.sources = x\na.sources.x.type = TAILDIR\na.sources.x.filegroups = f\n"
                                "a.sources.x.filegroups.f = /var/log/a\n";
        QTest::newRow("a position file") << tail << QByteArray("positionFile") << QByteArray("state/a.json")
                                         << QByteArray("state/a-2.json");
        QTest::newRow("the default position file")
            << tail << QByteArray("positionFile") << QByteArray() << QByteArray("~/.flume/taildir_position-2.json");
        const QByteArray file = "a.channels = x\na.channels.x.type = file\n";
        QTest::newRow("folders of a file channel")
            << file << QByteArray("dataDirs") << QByteArray("d/one,d/two") << QByteArray("d/one-2,d/two-2");
        QTest::newRow("a folder with a dot in its path") << file << QByteArray("checkpointDir") << QByteArray("v1.2/check/")
                                                         << QByteArray("v1.2/check-2");
        QTest::newRow("a port that is listened on")
            << QByteArray("a.sources = x\na.sources.x.type = netcat\na.sources.x.bind = 127.0.0.1\n")
            << QByteArray("port") << QByteArray("4141") << QByteArray("4142");
    }
    void aCopySharesNoFileAndNoPort() {
        QFETCH(QByteArray, component);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        QFETCH(QByteArray, copied);
        const std::string section = component.startsWith("a.sources") ? "sources" : "channels";
        std::string text = component.toStdString();
        if (!value.isEmpty()) text += "a." + section + ".x." + key.toStdString() + " = " + value.toStdString() + "\n";
        const Document document = parse(text);
        const Document pasted = applied(document, paste(document, copyText(document, {"agent/a"}), 0, 0).value().edit);
        const Node* copy = pasted.graph().find("a-2/" + section + "/x");
        QVERIFY2(copy != nullptr, pasted.text().c_str());
        QCOMPARE(QByteArray::fromStdString(copy->valueOr(key.toStdString())), copied);
        const Document alone = parse(copyText(document, {"agent/a"}));
        QCOMPARE(alone.graph().find("a/" + section + "/x")->valueOr(key.toStdString()),
                 document.graph().find("a/" + section + "/x")->valueOr(key.toStdString()));
    }

    void aCopyOfTwoAgentsHopsWithinTheCopy() {
        const Document document = parse("a.channels = c\na.sinks = k\na.channels.c.type = memory\na.sinks.k.type = avro\n"
                                        "a.sinks.k.channel = c\na.sinks.k.hostname = 127.0.0.1\na.sinks.k.port = 4141\n"
                                        "b.sources = s\nb.sources.s.type = avro\nb.sources.s.bind = 127.0.0.1\n"
                                        "b.sources.s.port = 4141\n");
        const std::string text = copyText(document, {"agent/a", "agent/b"});
        const Document pasted = applied(document, paste(document, text, 0, 0).value().edit);
        QVERIFY2(wiresOf(pasted).find("hop a-2/sinks/k -> b-2/sources/s\n") != std::string::npos, wiresOf(pasted).c_str());
        QVERIFY(wiresOf(pasted).find("hop a/sinks/k -> b-2/sources/s\n") == std::string::npos);
    }

    void partsMoveToAnotherAgent() {
        const Document document = parse("#@ at.agent.a.channels.c = 10 20\n" + kAgent + "b.channels = c\nb.channels.c.type = file\n");
        const auto edit = moveToAgent(document, {"a/channels/c", "a/sinks/k"}, "b");
        QVERIFY2(edit, edit ? "" : edit.error().message.c_str());
        const Document moved = applied(document, *edit);
        QVERIFY(!moved.graph().find("a/channels/c"));
        QVERIFY2(wiresOf(moved).find("channelToSink b/channels/c-2 -> b/sinks/k\n") != std::string::npos, moved.text().c_str());
        QVERIFY(moved.graph().find("a/sources/s") && !moved.graph().find("a/sources/s")->property("channels"));
        QCOMPARE(moved.graph().find("b/channels/c-2")->position->x, 10.0);
        const std::vector<Rename> renames{{"a/channels/c", "b/channels/c-2"}, {"a/sinks/k", "b/sinks/k"}};
        QCOMPARE(edit->renames, renames);
        QVERIFY(moveToAgent(document, {"b/channels/c"}, "b")->empty());
        QVERIFY(!moveToAgent(document, {"b/channels/c"}, "nowhere"));
    }

    void copiesKeepEveryCharacter_data() {
        QTest::addColumn<QByteArray>("command"); // raw, as the file has it
        QTest::newRow("Latin-1") << QByteArray("echo caf\xE9");
        QTest::newRow("UTF-8, which Flume reads as Latin-1") << QByteArray("echo caf\xC3\xA9");
        QTest::newRow("escapes") << QByteArray("echo \\u4E2D\\\\ \\d");
        QTest::newRow("a backslash before Latin-1") << QByteArray("echo \\\xE9 \\\\\xE9");
        QTest::newRow("continued at the end of the file") << QByteArray("echo a\\");
        QTest::newRow("continued over two lines") << QByteArray("echo \\\n   caf\xE9");
    }
    void copiesKeepEveryCharacter() {
        QFETCH(QByteArray, command);
        const Document document = parse("caf\xE9.sources = s\xE9\ncaf\xE9.channels = c\ncaf\xE9.channels.c.type = memory\n"
                                        "caf\xE9.sources.s\xE9.type = exec\ncaf\xE9.sources.s\xE9.command = " +
                                        command.toStdString() + "\n");
        const NodeId agent = "agent/caf\xC3\xA9", source = "caf\xC3\xA9/sources/s\xC3\xA9";
        const std::string text = copyText(document, {agent});
        // What goes through a clipboard of Unicode text comes back the same.
        QCOMPARE(QString::fromUtf8(QByteArray::fromStdString(text)).toUtf8(), QByteArray::fromStdString(text));
        const Document copy = parse(text);
        QVERIFY(copy.graph().find(source) != nullptr && copy.graph().find(source)->declared);
        QCOMPARE(copy.graph().find(source)->property("command")->value,
                 document.graph().find(source)->property("command")->value);
        QCOMPARE(copy.graph().nodes.size(), document.graph().nodes.size());
        const Document pasted = applied(document, paste(document, text, 0, 0).value().edit);
        QCOMPARE(pasted.graph().nodes.size(), 2 * document.graph().nodes.size());
    }

    void groupsAreMadeChangedAndDissolved() {
        const Document document =
            parse("a.channels = c\na.sinks = k l m\na.sinks.k.type=null\na.sinks.l.type=null\na.sinks.m.type=null\n");
        const auto made = groupSinks(document, {"a/sinks/k", "a/sinks/l"}, "failover");
        QVERIFY(made);
        const Document grouped = applied(document, made.value().edit);
        QVERIFY(grouped.text().ends_with(
            "a.sinkgroups.group.sinks=k l\na.sinkgroups.group.processor.type=failover\n"
            "a.sinkgroups.group.processor.priority.k=20\na.sinkgroups.group.processor.priority.l=10\n"));
        const Document changed =
            applied(grouped, setGroupMembers(grouped, made.value().id, {"a/sinks/k", "a/sinks/m"}).value());
        QVERIFY(changed.text().find("priority.l") == std::string::npos);
        QVERIFY(changed.text().find("priority.m=10") != std::string::npos);
        QCOMPARE(applied(changed, setGroupMembers(changed, made.value().id, {"a/sinks/k"}).value()).text(),
                 document.text());
        QVERIFY(!groupSinks(grouped, {"a/sinks/l", "a/sinks/m"}, "failover"));
        QVERIFY(!groupSinks(document, {"a/sinks/l"}, "failover"));
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

MILLRACE_TEST(TestEdits)
#include "tst_edits.moc"
