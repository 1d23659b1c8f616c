#include "net/address.h"
#include "session/support/running_session.h"
#include "support/test_program.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

#include <fmt/format.h>

using namespace millrace;
using namespace millrace::session;

namespace {

std::string freePort() {
    return std::to_string(net::freePort().value());
}

std::string avroSinkTo(const std::string& agent, const std::string& port) {
    return fmt::format("{0}.sinks.k.type = avro\n{0}.sinks.k.hostname = 127.0.0.1\n{0}.sinks.k.port = {1}\n", agent,
                       port);
}

std::string fileSink(const std::string& agent) {
    return fmt::format(
        "{0}.sinks.k.type = file_roll\n{0}.sinks.k.sink.directory = out\n{0}.sinks.k.sink.rollInterval = 0\n", agent);
}

QStringList linesIn(const std::string& directory) {
    QStringList lines;
    const QDir dir(QString::fromStdString(directory));
    for (const QFileInfo& file : dir.entryInfoList(QDir::Files)) {
        QFile opened(file.filePath());
        if (opened.open(QIODevice::ReadOnly))
            lines += QString::fromUtf8(opened.readAll()).split('\n', Qt::SkipEmptyParts);
    }
    return lines;
}

QByteArray metricsAt(const std::string& port) {
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(std::stoi(port)));
    if (!socket.waitForConnected()) return "no connection";
    socket.write("GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    while (socket.waitForReadyRead()) {
    }
    return socket.readAll();
}

/// A source that is held up in a full channel for an hour unless somebody takes from it.
std::string stuck(int batchSize) {
    return fmt::format("a.sources = s\na.channels = c\na.sources.s.type = seq\na.sources.s.channels = c\n"
                       "a.sources.s.batchSize = {}\na.channels.c.type = memory\na.channels.c.capacity = 100\n"
                       "a.channels.c.keep-alive = 3600\n",
                       batchSize);
}

} // namespace

class SessionApplyTest : public QObject {
    Q_OBJECT
private slots:
    void aRenameKeepsWhatTheChannelHolds_data() {
        QTest::addColumn<QString>("agent");
        QTest::addColumn<QString>("channel");
        QTest::addColumn<bool>("sink");
        QTest::newRow("a channel whose sink reaches nobody") << "a"
                                                             << "d" << true;
        QTest::newRow("a channel that no sink empties") << "a"
                                                        << "d" << false;
        QTest::newRow("an agent whose sink reaches nobody") << "b"
                                                            << "c" << true;
        QTest::newRow("an agent without sinks") << "b"
                                                << "c" << false;
        QTest::newRow("agent and channel at once") << "b"
                                                   << "d" << true;
    }
    void aRenameKeepsWhatTheChannelHolds() {
        QFETCH(QString, agent);
        QFETCH(QString, channel);
        QFETCH(bool, sink);
        const std::string name = agent.toStdString(), renamed = channel.toStdString(), port = freePort();
        RunningSession session;
        const Answer started = session.start(fiftyNumbers("a", "c", sink ? avroSinkTo("a", port) : ""));
        QVERIFY2(started.ok, qPrintable(textOf(started)));
        QTRY_COMPARE(session.heldBy("a/channels/c"), 50);

        std::vector<RenamePair> renames;
        if (name != "a")
            renames = {
                {"a/sources/s", name + "/sources/s"}, {"a/sinks/k", name + "/sinks/k"}, {"agent/a", "agent/" + name}};
        renames.push_back({"a/channels/c", name + "/channels/" + renamed});
        const Answer applied = session.apply(fiftyNumbers(name, renamed, sink ? avroSinkTo(name, port) : ""), renames);
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QVERIFY(applied.left.empty());
        QVERIFY(applied.restarted.empty());
        QCOMPARE(session.heldBy(name + "/channels/" + renamed), 50);
        QVERIFY(session->snapshot()->node("a/channels/c") == nullptr);

        // The source was not begun anew: each number comes once.
        const Answer emptied = session.apply(fiftyNumbers(name, renamed, fileSink(name)));
        QVERIFY2(emptied.ok, qPrintable(textOf(emptied)));
        QTRY_COMPARE(session.heldBy(name + "/channels/" + renamed), 0);
        session.await(session->stop(std::chrono::seconds(60)));
        QStringList numbers = linesIn(session.directory() + "/out");
        QCOMPARE(numbers.removeDuplicates(), 0);
        QCOMPARE(numbers.size(), 50);
    }

    void whatOnlyFlumeCanRunStopsNoEdit() {
        const auto text = [](int batchSize) {
            return fmt::format(
                "a.sources = s\na.channels = c d\na.sinks = k h\na.sources.s.type = seq\n"
                "a.sources.s.channels = c\na.channels.c.type = memory\na.channels.d.type = memory\n"
                "a.sinks.k.type = null\na.sinks.k.channel = c\na.sinks.k.batchSize = {}\n"
                "a.sinks.h.type = org.apache.flume.sink.kudu.KuduSink\na.sinks.h.channel = d\n"
                "a.sinks.h.masterAddresses = h:7051\na.sinks.h.tableName = t\na.sinks.h.batchSize = 50\n",
                batchSize);
        };
        RunningSession session;
        QVERIFY(session.start(text(100)).ok);
        const Answer applied = session.apply(text(50));
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QVERIFY(!applied.changed.empty() || !applied.restarted.empty());
    }

    void whatFailsBesideAnAppliedChangeLeavesItApplied() {
        const auto text = [port = freePort()](const char* more) {
            return "#@ version = 1\n#@ cluster.one.kind = embedded\n#@ cluster.one.listen = 127.0.0.1:" + port +
                   "\n#@ topic.t.cluster = one\n" + more;
        };
        RunningSession session;
        const std::string agent = fiftyNumbers("a", "c", avroSinkTo("a", freePort()));
        QVERIFY(session.start(text("#@ topic.t.name = t_t\n") + agent).ok);
        // The broker keeps the topic that the drawing has no more, and refuses one that looks like it.
        const Answer applied =
            session.apply(text("#@ topic.t.name = t.t\n") + fiftyNumbers("b", "c", avroSinkTo("b", freePort())),
                          {{"agent/a", "agent/b"}});
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QVERIFY(std::any_of(applied.issues.begin(), applied.issues.end(),
                            [](const Issue& issue) { return issue.code == "topic-refused"; }));
        QVERIFY(session->snapshot()->node("b/channels/c") != nullptr);
    }

    void aPortThatIsTakenLeavesEverythingAsItWas() {
        const std::string port = freePort();
        const auto text = [&](const std::string& listen, const std::string& name) {
            return fmt::format("#@ version = 1\n#@ cluster.one.kind = embedded\n#@ cluster.one.listen = 127.0.0.1:{}\n",
                               listen) +
                   fiftyNumbers(name, "c", fileSink(name));
        };
        QTcpServer stranger;
        QVERIFY(stranger.listen(QHostAddress::LocalHost));
        RunningSession session;
        QVERIFY(session.start(text(port, "a")).ok);
        const Answer applied = session.apply(text(std::to_string(stranger.serverPort()), "b"));
        QVERIFY(!applied.ok);
        const auto taken = std::find_if(applied.issues.begin(), applied.issues.end(),
                                        [](const Issue& issue) { return !issue.freeAddress.empty(); });
        QVERIFY(taken != applied.issues.end());
        const auto snapshot = session->snapshot();
        QCOMPARE(snapshot->clusters.size(), std::size_t(1));
        QCOMPARE(snapshot->clusters.front().address, "127.0.0.1:" + port);
        QVERIFY(snapshot->node("a/channels/c") != nullptr);
        QVERIFY(snapshot->node("b/channels/c") == nullptr);
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(std::stoi(port)));
        QVERIFY(client.waitForConnected());
    }

    void aRenamedClusterKeepsItsRecords() {
        const std::string port = freePort();
        const auto text = [&](const std::string& cluster) {
            return fmt::format("#@ version = 1\n#@ cluster.{0}.kind = embedded\n#@ cluster.{0}.listen = 127.0.0.1:{1}\n"
                               "#@ topic.t.cluster = {0}\n",
                               cluster, port) +
                   fiftyNumbers("a", "c", "") +
                   fmt::format("a.sinks = k\na.sinks.k.channel = c\n"
                               "a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink\n"
                               "a.sinks.k.kafka.bootstrap.servers = 127.0.0.1:{}\na.sinks.k.kafka.topic = t\n",
                               port);
        };
        const auto records = [](const Session& session) {
            std::int64_t all = 0;
            const auto snapshot = session.snapshot(); // held: the next one may take its place meanwhile
            for (const TopicSnapshot& topic : snapshot->topics)
                for (const PartitionSnapshot& partition : topic.partitions)
                    all += partition.logEnd;
            return all;
        };
        RunningSession session;
        QVERIFY(session.start(text("one")).ok);
        QTRY_COMPARE_WITH_TIMEOUT(records(*session.operator->()), 50, 30'000);
        const Answer applied = session.apply(text("two"), {{"cluster/one", "cluster/two"}});
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QCOMPARE(session->snapshot()->clusters.front().id, std::string("two"));
        QTRY_COMPARE(records(*session.operator->()), 50);
    }

    void brokerDataStayInTheRunDirectory() {
        const std::string port = freePort();
        const auto text = [&](const std::string& cluster) {
            return fmt::format("#@ cluster.{0}.kind = embedded\n#@ cluster.{0}.listen = 127.0.0.1:{1}\n", cluster,
                               port);
        };
        RunningSession session;
        const QDir directory(QString::fromStdString(session.directory()));
        session.start(text("../outside"));
        QVERIFY(!QDir(directory.filePath("outside")).exists());
        session.await(session->stop(std::chrono::seconds(1)));
        QVERIFY(session.start(text("one")).ok);
        QVERIFY(QDir(directory.filePath("broker/one")).exists());
        session.apply(text("two"), {{"cluster/one", "cluster/../outside"}});
        QVERIFY(!QDir(directory.filePath("outside")).exists());
        QVERIFY(QDir(directory.filePath("broker/one")).exists());
    }

    void twoAgentsSwapTheirNames() {
        const std::string port = freePort();
        const auto both = [&](const std::string& first, const std::string& second) {
            return fiftyNumbers(first, "c", avroSinkTo(first, port)) +
                   fiftyNumbers(second, "d", avroSinkTo(second, port));
        };
        RunningSession session;
        QVERIFY(session.start(both("a", "b")).ok);
        QTRY_COMPARE(session.heldBy("a/channels/c"), 50);
        QTRY_COMPARE(session.heldBy("b/channels/d"), 50);
        const Answer applied = session.apply(both("b", "a"), {{"agent/a", "agent/b"}, {"agent/b", "agent/a"}});
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QVERIFY(applied.left.empty());
        QCOMPARE(session.heldBy("b/channels/c"), 50);
        QCOMPARE(session.heldBy("a/channels/d"), 50);
    }

    void anAgentTakesTheNameOfOneThatWasRemoved() {
        const std::string port = freePort();
        RunningSession session;
        QVERIFY(
            session.start(fiftyNumbers("a", "c", avroSinkTo("a", port)) + fiftyNumbers("b", "d", fileSink("b"))).ok);
        QTRY_COMPARE(session.heldBy("a/channels/c"), 50);
        const Answer applied = session.apply(fiftyNumbers("b", "c", avroSinkTo("b", port)), {{"agent/a", "agent/b"}});
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QVERIFY(applied.left.empty());
        QCOMPARE(session.heldBy("b/channels/c"), 50);
        QCOMPARE(linesIn(session.directory() + "/out").size(), 50); // what the removed one held was drained
    }

    void metricsAreOfTheAgentThatRunsNow() {
        RunningSession session;
        StartRequest request;
        request.document = fiftyNumbers("a", "before", fileSink("a"));
        const std::string port = freePort();
        request.metricsPort = std::stoi(port);
        QVERIFY(session.start(request).ok);
        QVERIFY(metricsAt(port).contains("CHANNEL.before"));
        QVERIFY(session.apply(fiftyNumbers("b", "after", fileSink("b"))).ok);
        QVERIFY(metricsAt(port).contains("CHANNEL.after"));
    }

    void aClusterMovesToAnotherPortWithItsTopics() {
        const auto document = [](const std::string& port) {
            return "#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = 127.0.0.1:" + port +
                   "\n#@ topic.t.cluster = local\n#@ topic.t.partitions = 2\n";
        };
        RunningSession session;
        const Answer started = session.start(document(freePort()));
        QVERIFY2(started.ok, qPrintable(textOf(started)));
        const std::string port = freePort();
        const Answer moved = session.apply(document(port));
        QVERIFY2(moved.ok, qPrintable(textOf(moved)));
        const auto snapshot = session->snapshot();
        QCOMPARE(snapshot->clusters.size(), std::size_t(1));
        QCOMPARE(snapshot->clusters.front().address, "127.0.0.1:" + port);
        QVERIFY(std::any_of(snapshot->topics.begin(), snapshot->topics.end(), [](const TopicSnapshot& topic) {
            return topic.name == "t" && topic.partitions.size() == 2;
        }));
    }

    void anApplyThatWaitsForAFullChannelHoldsNobodyElseUp() {
        RunningSession session;
        QVERIFY(session.start(stuck(10)).ok);
        QTRY_COMPARE(session.heldBy("a/channels/c"), 100);
        const auto before = session->snapshot()->revision;
        const RequestId apply = session.postApply(stuck(20));
        QTRY_VERIFY(session->snapshot()->revision > before + 3); // the sampler goes on
        QVERIFY(session.await(session->tap({"a/channels/c", 0, 1, 10})).ok);
        QVERIFY(!session.answer(apply));
        // The second stop is the impatient one: it ends the wait.
        const RequestId stop = session->stop(std::chrono::hours(1)), again = session->stop(std::chrono::hours(1));
        QCOMPARE(session.await(again).verb, "stop");
        QVERIFY(session.answer(apply) && session.answer(stop));
        QCOMPARE(session.answer(stop)->left.size(), std::size_t(1));
        QCOMPARE(session.answer(stop)->left.front().events, 100);
    }

    void anAgentThatDrainsAfterItsRemovalHoldsNobodyElseUp() {
        RunningSession session;
        const std::string other = fiftyNumbers("b", "d", fileSink("b"));
        QVERIFY(session.start(fiftyNumbers("a", "c", avroSinkTo("a", freePort())) + other).ok);
        QTRY_COMPARE(session.heldBy("a/channels/c"), 50);
        const RequestId apply = session.postApply(other);
        const auto before = session->snapshot()->revision;
        QTRY_VERIFY(session->snapshot()->revision > before + 3);
        QVERIFY(!session.answer(apply));
        QCOMPARE(session.heldBy("a/channels/c"), 50); // it is still seen while it drains
        const RequestId stop = session->stop(std::chrono::hours(1));
        session->stop(std::chrono::hours(1));
        QVERIFY(session.await(stop).ok);
        QVERIFY(session.answer(apply));
        QCOMPARE(session.answer(apply)->left.size(), std::size_t(1));
        QVERIFY(session.answer(apply)->left.front().lost);
    }
};

MILLRACE_TEST(SessionApplyTest)
#include "tst_apply.moc"
