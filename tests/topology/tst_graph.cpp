#include "support/test_program.h"
#include "topology/support/documents.h"

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

const std::string kTwoAgents = "web.sources = tail\nweb.channels = c\nweb.sinks = out\n"
                               "web.sources.tail.type = seq\nweb.sources.tail.channels = c\n"
                               "web.channels.c.type = memory\n"
                               "web.sinks.out.type = avro\nweb.sinks.out.channel = c\n"
                               "hub.sources = in\nhub.channels = c\nhub.sinks = log\n"
                               "hub.sources.in.type = avro\nhub.sources.in.channels = c\n"
                               "hub.channels.c.type = memory\nhub.sinks.log.type = logger\nhub.sinks.log.channel = c\n";

QByteArray hopOf(const std::string& more) {
    const Document document = parse(kTwoAgents + more);
    for (const Wire& wire : document.graph().wires) {
        if (wire.kind == WireKind::hop) return QByteArray::fromStdString(wire.from + " -> " + wire.to);
    }
    return {};
}

} // namespace

class TestGraph : public QObject {
    Q_OBJECT
private slots:
    void exampleGivesItsWires() {
        QCOMPARE(wiresOf(parse(exampleFile("weblog.conf"))),
                 std::string("sourceToChannel web/sources/access -> web/channels/buffer\n"
                             "channelToSink web/channels/buffer -> web/sinks/to-weblog\n"
                             "sourceToChannel store/sources/from-weblog -> store/channels/disk\n"
                             "channelToSink store/channels/disk -> store/sinks/archive\n"
                             "produce web/sinks/to-weblog -> topic/weblog\n"
                             "consume topic/weblog -> store/sources/from-weblog [store]\n"
                             "traffic traffic/visitors -> web/sources/access [logs/access.log]\n"));
    }

    void nodesCarryTypePlaceAndDeclaration() {
        const Document document = parse(exampleFile("weblog.conf"));
        const Node* source = document.graph().find("web/sources/access");
        QVERIFY(source != nullptr && source->spec != nullptr);
        QCOMPARE(source->type, std::string("TAILDIR"));
        QCOMPARE(source->position->x, 240.0);
        QCOMPARE(source->valueOr("batchSize"), std::string("100"));
        QCOMPARE(source->property("filegroups.log")->value, std::string("logs/access\\.log"));
        QVERIFY(source->declared && !source->implied);
        const Node* topic = document.graph().find("topic/weblog");
        QCOMPARE(topic->valueOr("config.retention.bytes"), std::string("67108864"));
        QVERIFY(document.graph().find("agent/web") != nullptr);
    }

    void namesThatFitIntoNoIdAreLeftOut_data() {
        QTest::addColumn<QByteArray>("more");
        QTest::newRow("an agent") << QByteArray("web/1.sources = s\nweb/1.sources.s.type = seq\n#@ agent.web/1.host = h\n"
                                                "#@ at.agent.web/1 = 1 2\n");
        QTest::newRow("components") << QByteArray("web.sources.a/b.type = seq\nweb.sinks = out a/b\n");
        QTest::newRow("channels of a source") << QByteArray("web.sources.tail.channels = c c/1\n");
        QTest::newRow("what is of ours") << QByteArray("#@ topic.sources/y.cluster = l\n#@ note.a/b.text = x\n"
                                                       "#@ at.topic.sources/y = 1 2\n");
        QTest::newRow("a topic that a sink names")
            << QByteArray("web.sinks.out.type = org.apache.flume.sink.kafka.KafkaSink\n"
                          "web.sinks.out.kafka.bootstrap.servers = k:9092\nweb.sinks.out.kafka.topic = sources/y\n");
    }
    void namesThatFitIntoNoIdAreLeftOut() {
        QFETCH(QByteArray, more);
        const Document document = parse(kTwoAgents + more.toStdString());
        const Graph& graph = document.graph();
        const auto declared = std::count_if(graph.nodes.begin(), graph.nodes.end(), [](const Node& n) { return !n.implied; });
        QCOMPARE(static_cast<std::size_t>(declared), parse(kTwoAgents).graph().nodes.size());
        QVERIFY(graph.ofKind(NodeKind::topic).empty());
        for (const Node& node : graph.nodes)
            QCOMPARE(std::count(node.id.begin(), node.id.end(), '/'), node.agent.empty() ? 1 : 2);
        QVERIFY(!document.diagnostics().empty());
    }

    void listsDecideWhatIsDeclared() {
        const Graph graph =
            parse("a.sources = r1\na.channels = c1\na.sources.r1.type=seq\na.sources.r2.type=seq\n").graph();
        QVERIFY(graph.find("a/sources/r1")->declared);
        QVERIFY(!graph.find("a/sources/r2")->declared);
        QVERIFY(graph.find("a/channels/c1")->type.empty());
        QVERIFY(graph.find("agent/foo") == nullptr);
    }

    void aCopyFindsItsOwnNodes() {
        const Document document = parse("a.sources = s\na.channels = c\na.sources.s.channels = c\n"
                                        "#@ cluster.k.kind = embedded\n#@ topic.t.cluster = k\n"
                                        "#@ topic.t.name = access\n");
        const Graph copy = document.graph();
        for (const Node& node : copy.nodes)
            QVERIFY(copy.find(node.id) == &node);
        QCOMPARE(copy.topic("k", "access"), copy.find("topic/t"));
        QVERIFY(copy.topic("k", "t") == nullptr && copy.topic("other", "access") == nullptr);
        QCOMPARE(copy.partsOf("a").size(), std::size_t{2});
        QVERIFY(copy.partsOf("b").empty());
        QCOMPARE(copy.wiresAt("a/channels/c").size(), std::size_t{1});
        QVERIFY(copy.wires[copy.wiresAt("a/channels/c").front()].from == "a/sources/s");
        QVERIFY(copy.wiresAt("nobody").empty());
    }

    void strayPrefixIsNoAgent() { QVERIFY(parse("foo.bar = 1\nx = 2\n").graph().nodes.empty()); }

    void agentsMayBeEmpty() {
        const Document document = parse("#@ at.agent.web = 8 16 300 200\n#@ agent.hub.host = h\n");
        QCOMPARE(document.graph().ofKind(NodeKind::agent).size(), std::size_t{2});
        const Position expected{8, 16, 300, 200};
        QVERIFY(document.graph().find("agent/web")->position == expected);
    }

    void hopsMeetByAddress_data() {
        QTest::addColumn<QByteArray>("addresses");
        QTest::addColumn<bool>("meet");
        const auto row = [](const char* name, const char* host, const char* port, const char* bind, const char* listen,
                            bool meet) {
            QTest::newRow(name) << QByteArray("web.sinks.out.hostname=") + host + "\nweb.sinks.out.port=" + port +
                                       "\nhub.sources.in.bind=" + bind + "\nhub.sources.in.port=" + listen + "\n"
                                << meet;
        };
        row("same words", "127.0.0.1", "4141", "127.0.0.1", "4141", true);
        row("loopback names are alike", "localhost", "4141", "127.0.0.1", "4141", true);
        row("IPv6 loopback too", "::1", "4141", "localhost", "4141", true);
        row("any address is reached by loopback", "localhost", "4141", "0.0.0.0", "4141", true);
        row("any address is reached by a foreign name", "collector01", "4141", "0.0.0.0", "4141", true);
        row("upper case is alike", "Hub.Example.COM", "4141", "hub.example.com", "4141", true);
        row("other port", "localhost", "4141", "0.0.0.0", "4142", false);
        row("other host", "other", "4141", "hub", "4141", false);
        row("port that is none", "localhost", "abc", "0.0.0.0", "abc", false);
    }
    void hopsMeetByAddress() {
        QFETCH(QByteArray, addresses);
        QFETCH(bool, meet);
        QCOMPARE(hopOf(addresses.toStdString()), QByteArray(meet ? "web/sinks/out -> hub/sources/in" : ""));
    }

    void hopsNeedTheSameProtocol() {
        const std::string addresses =
            "web.sinks.out.hostname=h\nweb.sinks.out.port=1\nhub.sources.in.bind=h\nhub.sources.in.port=1\n";
        QVERIFY(!hopOf(addresses).isEmpty());
        QVERIFY(hopOf(addresses + "web.sinks.out.type=thrift\n").isEmpty());
        QVERIFY(!hopOf(addresses + "web.sinks.out.type=thrift\nhub.sources.in.type=Thrift\n").isEmpty());
    }

    void loopbackOfAnotherComputerIsAnother() {
        const std::string addresses = "web.sinks.out.hostname=localhost\nweb.sinks.out.port=1\n"
                                      "hub.sources.in.bind=0.0.0.0\nhub.sources.in.port=1\n#@ agent.hub.host = far\n"
                                      "#@ host.far.address = far.example.com\n";
        QVERIFY(hopOf(addresses).isEmpty());
        QVERIFY(!hopOf(addresses + "web.sinks.out.hostname=far.example.com\n").isEmpty());
        QVERIFY(!hopOf(addresses + "#@ agent.web.host = far\n").isEmpty());
    }

    void variablesAreResolved() {
        QVERIFY(
            !hopOf("HUB=localhost\nhub.port=4141\nweb.sinks.out.hostname=${HUB}\nweb.sinks.out.port=${env:P:-4141}\n"
                   "hub.sources.in.bind=0.0.0.0\nhub.sources.in.port=${hub.port}\n")
                 .isEmpty());
    }

    void selectorsLabelTheirWires() {
        const std::string wires =
            wiresOf(parse("a.sources=s\na.channels=c1 c2 c3 c4\na.sources.s.type=seq\n"
                          "a.sources.s.channels=c1 c2 c3 c4\na.sources.s.selector.type=multiplexing\n"
                          "a.sources.s.selector.mapping.eu=c1\na.sources.s.selector.mapping.us=c1 c2\n"
                          "a.sources.s.selector.default=c2\na.sources.s.selector.optional.eu=c3\n"
                          "a.channels.c1.type=memory\na.channels.c2.type=memory\na.channels.c3.type=memory\n"));
        QCOMPARE(wires, std::string("sourceToChannel a/sources/s -> a/channels/c1 [eu, us]\n"
                                    "sourceToChannel a/sources/s -> a/channels/c2 [us, default]\n"
                                    "sourceToChannel a/sources/s -> a/channels/c3 [eu] optional\n"
                                    "sourceToChannel a/sources/s -> a/channels/c4\n"));
    }

    void replicatingSelectorMarksOptionalChannels() {
        const std::string wires =
            wiresOf(parse("a.sources=s\na.channels=c d\na.sources.s.type=seq\na.sources.s.channels=c d\n"
                          "a.sources.s.selector.optional=d\n"));
        QCOMPARE(wires, std::string("sourceToChannel a/sources/s -> a/channels/c\n"
                                    "sourceToChannel a/sources/s -> a/channels/d optional\n"));
    }

    void twoChannelsAreNoChannelOfASink() {
        QCOMPARE(wiresOf(parse("a.channels=c d\na.sinks=k\na.sinks.k.channel=c d\n")), std::string());
    }

    void groupsTakeEachSinkOnce() {
        const Graph graph = parse("a.sinks=k1 k2 k3\na.sinkgroups=g1 g2\na.sinkgroups.g1.sinks=k1 k2 k9\n"
                                  "a.sinkgroups.g2.sinks=k2 k3\na.sinkgroups.g1.processor.type=failover\n")
                                .graph();
        QCOMPARE(graph.groups.size(), std::size_t{2});
        QCOMPARE(graph.groups[0].sinks, (std::vector<NodeId>{"a/sinks/k1", "a/sinks/k2"}));
        QCOMPARE(graph.groups[1].sinks, (std::vector<NodeId>{"a/sinks/k3"}));
        QCOMPARE(graph.groups[0].processor, std::string("failover"));
        QCOMPARE(graph.find("a/sinkgroups/g1")->valueOr("processor.maxpenalty"), std::string("30000"));
    }

    void undeclaredServersAreAnImpliedCluster() {
        const Document document = parse("#@ cluster.local.kind = embedded\n#@ cluster.local.listen = 0.0.0.0:9092\n"
                                        "a.sinks=k l m\na.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\n"
                                        "a.sinks.k.kafka.bootstrap.servers=localhost:9092\na.sinks.k.kafka.topic=t\n"
                                        "a.sinks.l.type=org.apache.flume.sink.kafka.KafkaSink\n"
                                        "a.sinks.l.kafka.bootstrap.servers=k2:9092, K1:9092\na.sinks.l.kafka.topic=t\n"
                                        "a.sinks.m.type=org.apache.flume.sink.kafka.KafkaSink\n"
                                        "a.sinks.m.kafka.bootstrap.servers=k1:9092,k2:9092\na.sinks.m.kafka.topic=u\n");
        const Node* cluster = document.graph().find("cluster/k1:9092,k2:9092");
        QVERIFY(cluster != nullptr && cluster->implied);
        QCOMPARE(cluster->valueOr("servers"), std::string("k2:9092, K1:9092"));
        QCOMPARE(wiresOf(document),
                 std::string("produce a/sinks/k -> topic/t\nproduce a/sinks/l -> topic/t@k1:9092,k2:9092\n"
                             "produce a/sinks/m -> topic/u\n"));
        QVERIFY(document.graph().find("topic/t")->implied);
        QCOMPARE(document.graph().find("topic/t")->valueOr("cluster"), std::string("local"));
    }

    void patternsSubscribeToKnownTopics() {
        const std::string kafka = "org.apache.flume.source.kafka.KafkaSource";
        const Document document =
            parse("#@ cluster.k.kind = external\n#@ cluster.k.servers = h:9092\n#@ topic.orders-eu.cluster = k\n"
                  "#@ topic.orders-us.cluster = k\n#@ topic.other.cluster = k\na.sources=s\n"
                  "a.sources.s.type=" +
                  kafka +
                  "\na.sources.s.kafka.bootstrap.servers=h:9092\n"
                  "a.sources.s.kafka.topics=ignored\na.sources.s.kafka.topics.regex=orders-.*\n");
        QCOMPARE(wiresOf(document), std::string("consume topic/orders-eu -> a/sources/s [flume]\n"
                                                "consume topic/orders-us -> a/sources/s [flume]\n"));
    }

    void kafkaChannelIsUsedByHalves() {
        const std::string channel = "a.channels=c\na.channels.c.type=org.apache.flume.channel.kafka.KafkaChannel\n"
                                    "a.channels.c.kafka.bootstrap.servers=h:1\na.channels.c.kafka.topic=t\n";
        const std::string source = "a.sources=s\na.sources.s.type=seq\na.sources.s.channels=c\n";
        const std::string sink = "a.sinks=k\na.sinks.k.type=null\na.sinks.k.channel=c\n";
        QVERIFY(wiresOf(parse(channel + source)).ends_with("produce a/channels/c -> topic/t\n"));
        QVERIFY(wiresOf(parse(channel + source)).find("consume") == std::string::npos);
        QVERIFY(wiresOf(parse(channel + sink)).ends_with("consume topic/t -> a/channels/c [flume]\n"));
        QVERIFY(wiresOf(parse(channel + sink)).find("produce") == std::string::npos);
        QVERIFY(wiresOf(parse(channel + source + sink))
                    .ends_with("produce a/channels/c -> topic/t\n"
                               "consume topic/t -> a/channels/c [flume]\n"));
    }

    void trafficReachesSources_data() {
        QTest::addColumn<QByteArray>("traffic");
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<bool>("meet");
        QTest::newRow("file that a pattern matches")
            << QByteArray("file = ./logs/a-1.log")
            << QByteArray("type=TAILDIR\na.sources.s.filegroups=g\na.sources.s.filegroups.g=logs/a-\\\\d+\\\\.log")
            << true;
        QTest::newRow("file that no pattern matches")
            << QByteArray("file = logs/a-x.log")
            << QByteArray("type=TAILDIR\na.sources.s.filegroups=g\na.sources.s.filegroups.g=logs/a-\\\\d+\\\\.log")
            << false;
        QTest::newRow("file of another directory")
            << QByteArray("file = other/a.log")
            << QByteArray("type=TAILDIR\na.sources.s.filegroups=g\na.sources.s.filegroups.g=logs/.*") << false;
        QTest::newRow("file that exec tails")
            << QByteArray("file = logs/a.log") << QByteArray("type=exec\na.sources.s.command=tail -F logs/a.log")
            << true;
        QTest::newRow("file in the spool directory")
            << QByteArray("file = spool/a.log") << QByteArray("type=spooldir\na.sources.s.spoolDir=spool/") << true;
        QTest::newRow("port of a netcat source")
            << QByteArray("tcp = localhost:44444")
            << QByteArray("type=netcat\na.sources.s.bind=0.0.0.0\na.sources.s.port=44444") << true;
        QTest::newRow("port of a list") << QByteArray("tcp = localhost:5141")
                                        << QByteArray("type=multiport_syslogtcp\na.sources.s.ports=5140 5141") << true;
        QTest::newRow("port of a UDP source")
            << QByteArray("tcp = localhost:5140") << QByteArray("type=syslogudp\na.sources.s.port=5140") << false;
        QTest::newRow("hostile pattern")
            << QByteArray("file = logs/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab")
            << QByteArray("type=TAILDIR\na.sources.s.filegroups=g\na.sources.s.filegroups.g=logs/(a+)+(a+)+(a+)+c")
            << false;
        QTest::newRow("broken pattern")
            << QByteArray("file = logs/a")
            << QByteArray("type=TAILDIR\na.sources.s.filegroups=g\na.sources.s.filegroups.g=logs/(a") << false;
    }
    void trafficReachesSources() {
        QFETCH(QByteArray, traffic);
        QFETCH(QByteArray, source);
        QFETCH(bool, meet);
        const std::string wires = wiresOf(parse("#@ traffic.t.kind = weblog\n#@ traffic.t." + traffic.toStdString() +
                                                "\na.sources=s\na.sources.s." + source.toStdString() + "\n"));
        QCOMPARE(wires.starts_with("traffic traffic/t -> a/sources/s ["), meet);
    }

    void deepVariablesStayBounded() {
        std::string text = "a0=x\n";
        for (int i = 1; i < 60; ++i) {
            text += "a" + std::to_string(i) + "=${a" + std::to_string(i - 1) + "}${a" + std::to_string(i - 1) + "}\n";
        }
        std::string nested;
        for (int i = 0; i < 5000; ++i)
            nested += "${";
        text += "a.sources=${a59}\na.sinks=" + nested + std::string(5000, '}') + "\n";
        QVERIFY(parse(text).graph().nodes.size() < 100000);
    }
};

MILLRACE_TEST(TestGraph)
#include "tst_graph.moc"
