#include "support/test_program.h"
#include "topology/support/small_agent.h"

#include <algorithm>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

/// Adding, moving and removing.
class TestEditNodes : public QObject {
    Q_OBJECT
private slots:
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
};

MILLRACE_TEST(TestEditNodes)
#include "tst_edit_nodes.moc"
