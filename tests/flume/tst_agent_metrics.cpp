#include "flume/agent.h"
#include "flume/runtime/health_pages.h"
#include "flume/runtime/metrics_server.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/scripted_sink.h"
#include "net/client_socket.h"
#include "support/test_program.h"

#include <boost/json.hpp>

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

class AgentMetricsTest : public QObject {
    Q_OBJECT
private slots:
    void init() { SinkScript::forgetAll(); }
    void tapsShowWhatPasses();
    void whatIsCountedDuringTheStartCounts();
    void metricsAreFlumes();
    void metricsAreServedOverHttp();
    void prometheusReadsTheSameNumbers();
    void healthNamesWhatFails();
};

void AgentMetricsTest::tapsShowWhatPasses() {
    AgentFixture fixture(AgentText("a")
                             .source("s", kStress, {{"channels", "c"}, {"maxEventsPerSecond", "500"}, {"size", "40"}})
                             .channel("c", {})
                             .sink("k", "logger", {{"channel", "c"}}),
                         scriptedRegistry());
    fixture->start();
    for (const char* id : {"a/sources/s", "a/channels/c", "a/sinks/k"}) {
        QVERIFY(fixture->tap(id, 0, 5, 10)); // opens it
        std::vector<TappedEvent> seen;
        QTRY_VERIFY((seen = fixture->tap(id, 0, 5, 10).value().events).size() == 5);
        QCOMPARE(seen.front().body, std::string(10, '\x7f'));
        QCOMPARE(seen.front().bodySize, std::size_t(40));
        QCOMPARE(seen.back().sequence, seen.front().sequence + 4);
        const auto last = seen.back().sequence;
        QTRY_VERIFY(!(seen = fixture->tap(id, last, 5, 10).value().events).empty());
        QVERIFY(seen.front().sequence > last);
    }
    QVERIFY(!fixture->tap("a/sinks/none", 0, 5, 10));
}

void AgentMetricsTest::whatIsCountedDuringTheStartCounts() {
    /// A peer connects as soon as the port is open.
    class Greeted final : public Source {
    public:
        explicit Greeted(const ComponentServices& context) : open_((*context.counters)[FlumeCounter::openConnections]) {}
        Status start() override {
            open_.add(1);
            return ok();
        }
        void stop() override {}
        Result<Cycle> cycle(ChannelProcessor&) override { return Cycle::idle(); }

    private:
        Counter& open_;
    };
    Registry registry = scriptedRegistry();
    registry.add("org.apache.flume.source.AvroSource",
                 [](Settings&, const ComponentServices& context) -> Result<std::unique_ptr<Source>> {
                     return std::unique_ptr<Source>(std::make_unique<Greeted>(context));
                 });
    AgentText text("a");
    text.source("s", "avro", {{"channels", "c"}, {"bind", "127.0.0.1"}, {"port", "1"}}).channel("c", {});
    AgentFixture fixture(text, registry);
    fixture->start();
    QTRY_COMPARE(fixture.state("a/sources/s"), toString(NodeState::idle));
    QCOMPARE(fixture.counter("a/sources/s", "OpenConnectionCount"), 1);
}

void AgentMetricsTest::metricsAreFlumes() {
    AgentFixture fixture(AgentText("a")
                             .source("s", "seq", {{"channels", "c"}, {"totalEvents", "30"}})
                             .channel("c", {{"capacity", "1000"}})
                             .sink("k", "logger", {{"channel", "c"}})
                             .sink("n", "null", {{"channel", "c"}}),
                         scriptedRegistry());
    SinkScript::of("a/sinks/k").hold(true);
    fixture->start();
    QTRY_COMPARE(fixture.counter("a/sinks/n", "EventDrainSuccessCount"), 30);
    const auto all = boost::json::parse(fixture->metricsJson()).as_object();
    QCOMPARE(all.size(), std::size_t(2)); // Flume shows neither logger nor null
    const auto& source = all.at("SOURCE.s").as_object();
    QCOMPARE(source.at("Type").as_string(), "SOURCE");
    QCOMPARE(source.at("EventAcceptedCount").as_string(), "30");
    QCOMPARE(source.at("EventReceivedCount").as_string(), "0"); // as Flume's seq
    QCOMPARE(source.at("StopTime").as_string(), "0");
    QVERIFY(source.at("StartTime").as_string().size() == 13);
    const auto& channel = all.at("CHANNEL.c").as_object();
    QCOMPARE(channel.at("ChannelCapacity").as_string(), "1000");
    QCOMPARE(channel.at("ChannelFillPercentage").as_string(), "0.0");
    QCOMPARE(channel.at("EventPutSuccessCount").as_string(), "30");
}

void AgentMetricsTest::metricsAreServedOverHttp() {
    AgentFixture fixture(oneLine("5"), scriptedRegistry());
    fixture->start();
    const auto server = serveMetrics(fixture.agent(), 0);
    QVERIFY(server.has_value());
    const auto get = [&](const std::string& what) {
        auto socket = net::connectTo({"127.0.0.1", (*server)->port()}, 5s);
        const std::string request = what + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        std::string answer;
        if (!socket || !(*socket)->sendAll({reinterpret_cast<const std::uint8_t*>(request.data()), request.size()}, 5s))
            return answer;
        std::array<std::uint8_t, 4096> part;
        for (;;) {
            const auto got = (*socket)->receiveSome(part, 5s);
            if (!got || *got == 0) return answer;
            answer.append(reinterpret_cast<const char*>(part.data()), *got);
        }
    };
    const std::string metrics = get("GET /Metrics");
    QVERIFY(metrics.starts_with("HTTP/1.1 200"));
    QVERIFY(metrics.find("application/json;charset=utf-8") != std::string::npos);
    QVERIFY(metrics.find("\"SOURCE.s\":{\"EventReceivedCount\":") != std::string::npos);
    QVERIFY(get("GET /").starts_with("HTTP/1.1 200"));
    QVERIFY(get("GET /prometheus").find("\r\nContent-Type: text/plain;version=0.0.4;charset=utf-8\r\n") !=
            std::string::npos);
    QVERIFY(get("GET /health").ends_with("{\"status\":\"ok\"}\n"));
    QVERIFY(get("GET /other").starts_with("HTTP/1.1 404"));
    QVERIFY(get("OPTIONS /metrics").starts_with("HTTP/1.1 403"));
}

void AgentMetricsTest::prometheusReadsTheSameNumbers() {
    NodeStatus source{"a/sources/s",
                      "netcat",
                      NodeState::running,
                      {},
                      0,
                      1'500,
                      {{"EventReceivedCount", 3}, {"OpenConnectionCount", 1}},
                      {}};
    NodeStatus channel{
        "a/channels/c\"1", "memory", NodeState::failing, {}, 0, 0, {{"ChannelSize", 7}, {"StopTime", 0}}, {}};
    NodeStatus other = source;
    other.id = "a/sources/t";
    const std::vector<NodeStatus> nodes{source, channel, other};
    QCOMPARE(QString::fromStdString(prometheusPage(nodes)),
             QString("# HELP flume_event_received_total Apache Flume's EventReceivedCount.\n"
                     "# TYPE flume_event_received_total counter\n"
                     "flume_event_received_total{agent=\"a\",kind=\"sources\",name=\"s\",type=\"netcat\"} 3\n"
                     "flume_event_received_total{agent=\"a\",kind=\"sources\",name=\"t\",type=\"netcat\"} 3\n"
                     "# HELP flume_open_connection Apache Flume's OpenConnectionCount.\n"
                     "# TYPE flume_open_connection gauge\n"
                     "flume_open_connection{agent=\"a\",kind=\"sources\",name=\"s\",type=\"netcat\"} 1\n"
                     "flume_open_connection{agent=\"a\",kind=\"sources\",name=\"t\",type=\"netcat\"} 1\n"
                     "# HELP flume_channel_size Apache Flume's ChannelSize.\n"
                     "# TYPE flume_channel_size gauge\n"
                     "flume_channel_size{agent=\"a\",kind=\"channels\",name=\"c\\\"1\",type=\"memory\"} 7\n"
                     "# HELP flume_start_time_seconds When the component started, in seconds since 1970.\n"
                     "# TYPE flume_start_time_seconds gauge\n"
                     "flume_start_time_seconds{agent=\"a\",kind=\"sources\",name=\"s\",type=\"netcat\"} 1.500\n"
                     "flume_start_time_seconds{agent=\"a\",kind=\"sources\",name=\"t\",type=\"netcat\"} 1.500\n"
                     "# HELP flume_failing 1 while the component fails and is tried again.\n"
                     "# TYPE flume_failing gauge\n"
                     "flume_failing{agent=\"a\",kind=\"sources\",name=\"s\",type=\"netcat\"} 0\n"
                     "flume_failing{agent=\"a\",kind=\"channels\",name=\"c\\\"1\",type=\"memory\"} 1\n"
                     "flume_failing{agent=\"a\",kind=\"sources\",name=\"t\",type=\"netcat\"} 0\n"));
    QCOMPARE(prometheusPage({}), std::string());
}

void AgentMetricsTest::healthNamesWhatFails() {
    std::vector<NodeStatus> nodes(2);
    nodes[0].id = "a/sources/s";
    nodes[0].state = NodeState::idle;
    nodes[1].id = "a/sinks/k";
    QVERIFY(isHealthy(nodes));
    QVERIFY(isHealthy({}));
    nodes[1].state = NodeState::failing;
    nodes[1].failure.message = "no \"route\"";
    QVERIFY(!isHealthy(nodes));
    QCOMPARE(healthJson(nodes),
             std::string(
                 "{\"status\":\"failing\",\"failing\":[{\"node\":\"a/sinks/k\",\"reason\":\"no \\\"route\\\"\"}]}\n"));
}

MILLRACE_TEST(AgentMetricsTest)
#include "tst_agent_metrics.moc"
