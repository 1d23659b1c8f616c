#include "support/test_program.h"
#include "topology/layout/layout.h"
#include "topology/support/documents.h"

#include <algorithm>
#include <cmath>
#include <set>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

using Places = std::map<NodeId, Position>;

QRectF rectOf(const Node& node, const Position& place) {
    const bool large = node.kind == NodeKind::topic || node.kind == NodeKind::cluster;
    return {place.x, place.y, place.width.value_or(large ? metrics::kTopicWidth : metrics::kNodeWidth),
            place.height.value_or(large ? metrics::kTopicHeight : metrics::kNodeHeight)};
}

/// What overlaps though it must not: parts with parts, frames and free nodes with each other.
std::string overlaps(const Graph& graph, const Places& places) {
    std::string out;
    for (const Node& a : graph.nodes) {
        for (const Node& b : graph.nodes) {
            if (&a >= &b || a.kind == NodeKind::sinkGroup || b.kind == NodeKind::sinkGroup) continue;
            if (a.agent.empty() != b.agent.empty()) continue;
            if (rectOf(a, places.at(a.id)).intersects(rectOf(b, places.at(b.id)))) out += a.id + " and " + b.id + "\n";
        }
    }
    return out;
}

/// What stands in the row: the agent's frame, or the node itself when it is no part of one.
QRectF blockOf(const Graph& graph, const Places& places, const NodeId& id) {
    const Node* node = graph.find(id);
    const NodeId block = node->agent.empty() ? id : "agent/" + node->agent;
    return rectOf(*graph.find(block), places.at(block));
}

/// Wires that lead back: neither to the right nor on to a lower row.
std::string leftward(const Graph& graph, const Places& places) {
    std::string out;
    for (const Wire& wire : graph.wires) {
        if (places.at(wire.from).x < places.at(wire.to).x) continue;
        if (blockOf(graph, places, wire.from).bottom() < blockOf(graph, places, wire.to).top()) continue;
        out += wire.from + " -> " + wire.to + "\n";
    }
    return out;
}

QRectF bounds(const Graph& graph, const Places& places) {
    QRectF all;
    for (const auto& [id, place] : places)
        all |= rectOf(*graph.find(id), place);
    return all;
}

std::string withoutPlaces(const std::string& text) {
    std::string out;
    for (const QString& line : QString::fromStdString(text).split('\n')) {
        if (!line.startsWith("#@ at.")) out += line.toStdString() + "\n";
    }
    return out;
}

} // namespace

class TestLayout : public QObject {
    Q_OBJECT
private slots:
    void examplesFlowLeftToRightWithoutOverlap_data() {
        QTest::addColumn<QByteArray>("file");
        for (const char* name : {"weblog.conf", "chain.conf", "one-agent.conf", "fan-out.conf", "failover.conf",
                                 "load-balance.conf", "aggregation.conf", "peak-shaving.conf", "durable.conf",
                                 "lake.conf", "topic-channel.conf"}) {
            QTest::newRow(name) << QByteArray(name);
        }
    }
    void examplesFlowLeftToRightWithoutOverlap() {
        QFETCH(QByteArray, file);
        const Document document = parse(withoutPlaces(exampleFile(file.toStdString())));
        const Places places = layout(document.graph());
        QCOMPARE(QByteArray::fromStdString(overlaps(document.graph(), places)), QByteArray());
        QCOMPARE(QByteArray::fromStdString(leftward(document.graph(), places)), QByteArray());
        for (const auto& [id, place] : places) {
            QVERIFY2(std::fmod(place.x, metrics::kGridStep) == 0 && std::fmod(place.y, metrics::kGridStep) == 0,
                     id.c_str());
        }
        QVERIFY(places == layoutAll(document.graph()));
    }

    void aSimpleAgentIsOneRow() {
        const Document document = parse(withoutPlaces(exampleFile("one-agent.conf")));
        const Places places = layoutAll(document.graph());
        std::set<double> rows;
        for (const Node* part : document.graph().partsOf("edge"))
            rows.insert(places.at(part->id).y);
        QCOMPARE(rows.size(), std::size_t{1});
    }

    void topicStandsBetweenItsAgents() {
        const Document document = parse(withoutPlaces(exampleFile("weblog.conf")));
        const Places places = layoutAll(document.graph());
        QVERIFY(places.at("traffic/visitors").x < places.at("agent/web").x);
        const Position web = places.at("agent/web"), topic = places.at("topic/weblog"),
                       store = places.at("agent/store");
        QVERIFY(web.x + *web.width < topic.x);
        // A second row, below the first agent: in one row nothing could be read on a screen.
        QCOMPARE(store.x, web.x);
        QVERIFY(web.y + *web.height < store.y && topic.y + metrics::kTopicHeight < store.y);
    }

    void aLongFlowIsFoldedWhereAnAgentBegins_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<bool>("folded");
        QTest::newRow("agents one after the other") << QByteArray("chain.conf") << true;
        QTest::newRow("agents with a topic between them") << QByteArray("weblog.conf") << true;
        QTest::newRow("one agent") << QByteArray("one-agent.conf") << false;
        QTest::newRow("one agent that splits its events") << QByteArray("load-balance.conf") << false;
        QTest::newRow("many agents into one") << QByteArray("aggregation.conf") << false;
    }
    void aLongFlowIsFoldedWhereAnAgentBegins() {
        QFETCH(QByteArray, file);
        const Document document = parse(withoutPlaces(exampleFile(file.toStdString())));
        const Graph& graph = document.graph();
        const Places places = layoutAll(graph);
        const bool rows = std::ranges::any_of(
            graph.wires, [&](const Wire& wire) { return places.at(wire.from).x >= places.at(wire.to).x; });
        QTEST(rows, "folded");
        QVERIFY2(bounds(graph, places).width() <= 1850, qPrintable(QString::number(bounds(graph, places).width())));
    }

    void manyAgentsInARowBecomeASheet() {
        std::string text;
        for (int i = 0; i < 12; ++i) {
            const std::string a = "a" + std::to_string(i) + ".", port = std::to_string(10000 + i);
            text += a + "sources=s\n" + a + "channels=c\n" + a + "sinks=k\n" + a + "sources.s.type=avro\n" + a +
                    "sources.s.bind=h\n" + a + "sources.s.port=" + port + "\n" + a + "sources.s.channels=c\n" + a +
                    "channels.c.type=memory\n" + a + "sinks.k.type=avro\n" + a + "sinks.k.hostname=h\n" + a +
                    "sinks.k.port=" + std::to_string(10001 + i) + "\n" + a + "sinks.k.channel=c\n";
        }
        const Document document = parse(text);
        const Places places = layoutAll(document.graph());
        const QRectF sheet = bounds(document.graph(), places);
        QVERIFY2(sheet.width() / sheet.height() > 1 && sheet.width() / sheet.height() < 3.5,
                 qPrintable(QStringLiteral("%1 x %2").arg(sheet.width()).arg(sheet.height())));
        QCOMPARE(QByteArray::fromStdString(overlaps(document.graph(), places)), QByteArray());
        QCOMPARE(QByteArray::fromStdString(leftward(document.graph(), places)), QByteArray());
    }

    void placesOfTheFileAreKept() {
        const Document document = parse(exampleFile("weblog.conf"));
        for (const auto& [id, place] : layout(document.graph())) {
            const Node* node = document.graph().find(id);
            if (node->position) QVERIFY2(place == *node->position, id.c_str());
        }
    }

    void newPartsFindAPlaceBesideTheOthers() {
        Document document = parse(exampleFile("weblog.conf"));
        for (const auto& [kind, type] : {std::pair(NodeKind::channel, "memory"), std::pair(NodeKind::sink, "logger"),
                                         std::pair(NodeKind::source, "seq")}) {
            NewNode node;
            node.kind = kind;
            node.type = type;
            node.agent = "web";
            document = applied(document, addNode(document, node).value().edit);
        }
        NewNode agent;
        agent.kind = NodeKind::sink;
        agent.type = "avro";
        document = applied(document, addNode(document, agent).value().edit);
        const Places places = layout(document.graph());
        std::string parts;
        for (const Node& a : document.graph().nodes) {
            for (const Node& b : document.graph().nodes) {
                if (&a < &b && !a.agent.empty() && !b.agent.empty() &&
                    rectOf(a, places.at(a.id)).intersects(rectOf(b, places.at(b.id)))) {
                    parts += a.id + " and " + b.id + "\n";
                }
            }
        }
        QCOMPARE(QByteArray::fromStdString(parts), QByteArray());
        QCOMPARE(places.at("web/channels/memory").x, document.graph().find("web/channels/buffer")->position->x);
    }

    void circlesAreNoTrouble() {
        const Document document = parse(
            "#@ cluster.c.kind = external\n#@ cluster.c.servers = h:1\n#@ topic.t.cluster = "
            "c\na.sources=s\na.channels=c\na.sinks=k\n"
            "a.sources.s.type=org.apache.flume.source.kafka.KafkaSource\na.sources.s.kafka.bootstrap.servers=h:1\n"
            "a.sources.s.kafka.topics=t\na.sources.s.channels=c\na.channels.c.type=memory\n"
            "a.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.kafka.bootstrap.servers=h:1\n"
            "a.sinks.k.kafka.topic=t\na.sinks.k.channel=c\n");
        const Places places = layoutAll(document.graph());
        QCOMPARE(QByteArray::fromStdString(overlaps(document.graph(), places)), QByteArray());
    }

    void thousandNodes() {
        std::string text;
        for (int i = 0; i < 250; ++i) {
            const std::string a = "a" + std::to_string(i) + ".", port = std::to_string(10000 + i),
                              next = std::to_string(10001 + i);
            text += a + "sources=s\n" + a + "channels=c\n" + a + "sinks=k\n" + a + "sources.s.type=avro\n" + a +
                    "sources.s.bind=h\n" + a + "sources.s.port=" + port + "\n" + a + "sources.s.channels=c\n" + a +
                    "channels.c.type=memory\n" + a + "sinks.k.type=avro\n" + a + "sinks.k.hostname=h\n" + a +
                    "sinks.k.port=" + (i % 5 == 4 ? "9" : next) + "\n" + a + "sinks.k.channel=c\n";
        }
        const Document document = parse(text);
        Places places;
        QBENCHMARK {
            places = layoutAll(document.graph());
        }
        QCOMPARE(places.size(), std::size_t{1000});
        QCOMPARE(QByteArray::fromStdString(leftward(document.graph(), places)), QByteArray());
    }
};

MILLRACE_TEST(TestLayout)
#include "tst_layout.moc"
