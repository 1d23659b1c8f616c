// A run of some parts of a file: the others are for Apache Flume, another computer or another time.
#include "net/address.h"
#include "session/support/running_session.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>

using namespace millrace;
using namespace millrace::session;

namespace {

const char* const kKuduSink = "f.sinks.k.type = org.apache.flume.sink.kudu.KuduSink\nf.sinks.k.batchSize = 50\n"
                              "f.sinks.k.masterAddresses = h:7051\nf.sinks.k.tableName = t\n";
const char* const kNullSink = "a.sinks.k.type = null\n";

std::string cluster() {
    return fmt::format("#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = 127.0.0.1:{}\n"
                       "#@ topic.t.cluster = local\n#@ traffic.visitors.kind = weblog\n#@ traffic.visitors.topic = t\n",
                       net::freePort().value());
}

StartRequest only(std::vector<std::string> parts, const std::string& document) {
    StartRequest request;
    request.document = document;
    request.only = std::move(parts);
    request.keepGoing = false;
    return request;
}

} // namespace

class SelectionTest : public QObject {
    Q_OBJECT
private slots:
    void agentsThatAreLeftToFlumeStopNoStart() {
        RunningSession session;
        const Answer started =
            session.start(only({"local", "visitors"}, cluster() + fiftyNumbers("f", "c", kKuduSink)));
        QVERIFY2(started.ok, qPrintable(textOf(started)));
        const auto snapshot = session->snapshot();
        QCOMPARE(snapshot->clusters.size(), std::size_t(1));
        QVERIFY(snapshot->node("traffic/visitors") != nullptr);
        QVERIFY(snapshot->node("f/sinks/k") == nullptr);
    }

    void anErrorOfWhatIsChosenStopsTheStart() {
        RunningSession session;
        QVERIFY(!session.start(only({"local", "f"}, cluster() + fiftyNumbers("f", "c", kKuduSink))).ok);
    }

    void aNameThatTheFileHasNotIsRefusedWithThoseItHas_data() {
        QTest::addColumn<QString>("name");
        QTest::newRow("no such name") << "locla";
        QTest::newRow("a name of another kind") << "agent/local";
    }
    void aNameThatTheFileHasNotIsRefusedWithThoseItHas() {
        QFETCH(QString, name);
        RunningSession session;
        StartRequest request = only({name.toStdString()}, cluster() + fiftyNumbers("a", "c", kNullSink));
        request.keepGoing = true;
        const Answer started = session.start(request);
        QVERIFY(!started.ok);
        QVERIFY2(textOf(started).contains(name), qPrintable(textOf(started)));
        QVERIFY2(textOf(started).contains("agent/a, cluster/local, traffic/visitors"), qPrintable(textOf(started)));
        QVERIFY(session->snapshot()->clusters.empty());
    }

    void anAgentIsReloadedWhateverIsWrongWithAnother() {
        RunningSession session;
        QVERIFY(session.start(only({"agent/a"}, fiftyNumbers("a", "c", kNullSink))).ok);
        const Answer applied =
            session.apply(fiftyNumbers("a", "d", kNullSink) + fiftyNumbers("f", "c", "f.sinks.k.type = nul\n"));
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QVERIFY(session->snapshot()->node("a/channels/d") != nullptr);
    }

    void aReloadThatKeepsGoingLeavesOutWhatIsWrong() {
        RunningSession session;
        QVERIFY(session.start(only({"agent/a"}, fiftyNumbers("a", "c", kNullSink))).ok);
        ApplyRequest request;
        request.document =
            fiftyNumbers("a", "d", kNullSink) + "a.sinks = k l\na.sinks.l.type = nul\na.sinks.l.channel = d\n";
        QVERIFY(!session.await(session->apply(request)).ok);
        request.keepGoing = true;
        const Answer applied = session.await(session->apply(request));
        QVERIFY2(applied.ok, qPrintable(textOf(applied)));
        QVERIFY(session->snapshot()->node("a/channels/d") != nullptr);
    }

    void aReloadWithoutTheAgentLeavesItRunning() {
        RunningSession session;
        QVERIFY(session.start(only({"agent/a"}, fiftyNumbers("a", "c", kNullSink))).ok);
        QVERIFY(!session.apply("# being written\n").ok);
        QVERIFY(session->snapshot()->node("a/channels/c") != nullptr);
    }
};

MILLRACE_TEST(SelectionTest)
#include "tst_selection.moc"
