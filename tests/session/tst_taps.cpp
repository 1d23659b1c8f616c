#include "net/address.h"
#include "session/support/running_session.h"
#include "support/test_program.h"

#include <QTest>

#include <filesystem>

using namespace millrace;
using namespace millrace::session;

namespace {

const char* const kText = R"(a.sources = s
a.channels = c
a.sinks = k
a.sources.s.type = seq
a.sources.s.channels = c
a.channels.c.type = memory
a.sinks.k.type = null
a.sinks.k.channel = c
)";

const char* const kTopic = "topic/local/t";

/// Fifty numbers of each agent that end in a topic of one partition.
std::string fiftyRecords(const std::string& port, const std::vector<std::string>& agents) {
    std::string text = fmt::format("#@ version = 1\n#@ cluster.local.kind = embedded\n"
                                   "#@ cluster.local.listen = 127.0.0.1:{}\n#@ topic.t.cluster = local\n",
                                   port);
    for (const std::string& agent : agents)
        text += fiftyNumbers(
            agent, "c",
            fmt::format("{0}.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink\n"
                        "{0}.sinks.k.kafka.bootstrap.servers = 127.0.0.1:{1}\n{0}.sinks.k.kafka.topic = t\n",
                        agent, port));
    return text;
}

std::string freePort() {
    return std::to_string(net::freePort().value());
}

bool holds(const Snapshot& snapshot, std::int64_t records) {
    return snapshot.topics.size() == 1 && snapshot.topics[0].partitions[0].logEnd == records;
}

TapPage readTap(RunningSession& session, const std::string& id, std::int64_t after) {
    const Answer answer = session.await(session->tap({id, after, 40, 2048}));
    return answer.tap.value_or(TapPage{});
}

} // namespace

class TapsTest : public QObject {
    Q_OBJECT
private slots:
    void whatPassesANodeIsSeen_data() {
        QTest::addColumn<QString>("node");
        for (const char* node : {"a/sources/s", "a/channels/c", "a/sinks/k"}) QTest::newRow(node) << QString(node);
    }
    void whatPassesANodeIsSeen() {
        QFETCH(QString, node);
        RunningSession session;
        QVERIFY(session.start(kText).ok);
        const auto read = [&](std::int64_t after) { return readTap(session, node.toStdString(), after); };
        QTRY_VERIFY(!read(0).events.empty());
        const TapPage first = read(0);
        QCOMPARE(first.next, first.events.back().sequence);
        TapPage later;
        QTRY_VERIFY(!(later = read(first.next)).events.empty());
        QVERIFY(later.events.front().sequence > first.next);
    }

    void aReaderGoesOnInTheNextRun() {
        RunningSession session;
        const std::string node = "a/channels/c";
        QVERIFY(session.start(kText).ok);
        readTap(session, node, 0);
        QTRY_VERIFY_WITH_TIMEOUT(readTap(session, node, 0).next > 1000, 30'000);
        const std::int64_t after = readTap(session, node, 0).next;
        session.await(session->stop(std::chrono::seconds(0)));
        QVERIFY(session.start(kText).ok);
        const TapPage begun = readTap(session, node, after);
        QVERIFY(begun.next < after);
        QCOMPARE(begun.skipped, 0);
        TapPage later;
        QTRY_VERIFY(!(later = readTap(session, node, begun.next)).events.empty());
    }

    void theEndOfAQuietTopicIsSeenAgain() {
        RunningSession session;
        QVERIFY(session.start(fiftyRecords(freePort(), {"a"})).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holds(*session->snapshot(), 50), 30'000);
        const TapPage first = readTap(session, kTopic, 0);
        QCOMPARE(first.events.size(), std::size_t(10));
        QCOMPARE(first.events.back().offset, std::optional<std::int64_t>(49));
        QVERIFY(readTap(session, kTopic, first.next).events.empty());
        const TapPage again = readTap(session, kTopic, 0);
        QCOMPARE(again.events, first.events);
        QCOMPARE(again.skipped, 0);
    }

    void twoReadersOfATopicSeeTheSame() {
        RunningSession session;
        const std::string port = freePort();
        QVERIFY(session.start(fiftyRecords(port, {"a"})).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holds(*session->snapshot(), 50), 30'000);
        const std::int64_t next = readTap(session, kTopic, 0).next;
        QVERIFY(session.apply(fiftyRecords(port, {"a", "b"})).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holds(*session->snapshot(), 100), 30'000);
        const TapPage one = readTap(session, kTopic, next), other = readTap(session, kTopic, next);
        QCOMPARE(one.events.size(), std::size_t(40));
        QCOMPARE(one.skipped, 10);
        QVERIFY(one == other);
    }

    void whatIsNotThereIsRefusedByItsAnswer_data() {
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("code");
        QTest::newRow("an agent that is not there") << "b/channels/c" << "node-not-running";
        QTest::newRow("a cluster that is not embedded here") << "topic/elsewhere:9092/t" << "records-out-of-reach";
        QTest::newRow("a topic without a cluster") << "topic/t" << "node-not-running";
    }
    void whatIsNotThereIsRefusedByItsAnswer() {
        QFETCH(QString, node);
        QFETCH(QString, code);
        RunningSession session;
        QVERIFY(session.start(kText).ok);
        const Answer answer = session.await(session->tap({node.toStdString(), 0, 40, 2048}));
        QCOMPARE(answer.verb, std::string("tap"));
        QVERIFY(!answer.ok && !answer.tap);
        QCOMPARE(QString::fromStdString(answer.issues.front().code), code);
    }

    void theLogIsReadByItsCursor() {
        RunningSession session;
        QVERIFY(session.start(std::string(kText) + "a.sources.s.totalEvents = 3\na.sinks.k.type = logger\n").ok);
        Answer all;
        QTRY_COMPARE((all = session.await(session->send(ReadLogsRequest{0, 1000}))).logs->lines.size(), std::size_t(3));
        QVERIFY(all.ok);
        const Answer rest = session.await(session->send(ReadLogsRequest{all.logs->lines[1].sequence, 1000}));
        QCOMPARE(rest.logs->lines, std::vector<LogLine>{all.logs->lines[2]});
    }

    void aTopicThatBeganAnewIsSeenFromItsBeginning() {
        RunningSession session;
        const std::string text = fiftyRecords(freePort(), {"a"});
        QVERIFY(session.start(text).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holds(*session->snapshot(), 50), 30'000);
        const std::int64_t after = readTap(session, kTopic, 0).next;
        session.await(session->stop(std::chrono::seconds(10)));
        std::filesystem::remove_all(session.directory() + "/broker");
        QVERIFY(session.start(text + "a.sources.s.totalEvents = 5\n").ok);
        QTRY_VERIFY_WITH_TIMEOUT(holds(*session->snapshot(), 5), 30'000);
        QCOMPARE(readTap(session, kTopic, after).events.size(), std::size_t(5));
    }
};

MILLRACE_TEST(TapsTest)
#include "tst_taps.moc"
