#include "net/address.h"
#include "session/support/gated_disk.h"
#include "session/support/running_session.h"
#include "support/test_program.h"

#include <QScopeGuard>
#include <QTest>

using namespace millrace;
using namespace millrace::session;

namespace {

const char* const kTopic = "topic/local/t";

std::string fiftyRecords() {
    const std::string port = std::to_string(net::freePort().value());
    return fmt::format("#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = 127.0.0.1:{}\n"
                       "#@ topic.t.cluster = local\n",
                       port) +
           fiftyNumbers("a", "c",
                        fmt::format("a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink\n"
                                    "a.sinks.k.kafka.bootstrap.servers = 127.0.0.1:{}\na.sinks.k.kafka.topic = t\n",
                                    port));
}

bool holdsAll(const Snapshot& snapshot) {
    return snapshot.topics.size() == 1 && snapshot.topics[0].partitions[0].logEnd == 50;
}

} // namespace

/// The disk below a broker hangs: whoever waits for it waits, and the caller's thread is not among them. A call that
/// did wait would keep this thread from ever opening the gate.
class StuckBrokerTest : public QObject {
    Q_OBJECT
private slots:
    void nothingThatTheCallerDoesWaits() {
        GatedDisk disk;
        RunningSession session(disk);
        const auto opens = qScopeGuard([&disk] { disk.open(); }); // a test that fails ends too
        const std::string text = fiftyRecords();
        QVERIFY(session.start(text).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holdsAll(*session->snapshot()), 60'000);
        disk.shut();
        const RequestId look = session->tap({kTopic, 0, 40, 2048});
        QTRY_VERIFY(disk.waiting() > 0);
        const RequestId again = session->tap({kTopic, 0, 40, 2048});
        const RequestId made = session.postApply(text + "#@ topic.u.cluster = local\n");
        const RequestId node = session->stopNode("a/sources/s");
        const RequestId burst = session->burst("traffic/none", 1, std::chrono::seconds(1));
        QVERIFY(session->capabilities().has<TapRequest>());
        QVERIFY(session->logs(0, 10).next >= 0);
        // The loop of this thread turns, and what goes on elsewhere is seen.
        const auto before = session->snapshot()->revision;
        QTRY_VERIFY(session->snapshot()->revision > before + 3);
        const RequestId stop = session->stop(std::chrono::seconds(1)), atOnce = session->stop(std::chrono::seconds(1));
        QVERIFY(!session.answer(look) && !session.answer(again));
        disk.open();
        for (const RequestId id : {look, again, made, node, burst, stop, atOnce})
            QCOMPARE(session.await(id).request, id);
        QCOMPARE(session.await(look).tap->events.size(), std::size_t(10));
    }

    void aLookAtABrokerThatHangsHoldsUpNoCommand() {
        GatedDisk disk;
        RunningSession session(disk);
        const auto opens = qScopeGuard([&disk] { disk.open(); }); // a test that fails ends too
        QVERIFY(session.start(fiftyRecords()).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holdsAll(*session->snapshot()), 60'000);
        disk.shut();
        const RequestId look = session->tap({kTopic, 0, 40, 2048});
        QTRY_VERIFY(disk.waiting() > 0);
        QVERIFY(session.await(session->stopNode("a/sinks/k")).ok);
        QVERIFY(session.await(session->startNode("a/sinks/k")).ok);
        QVERIFY(!session.answer(look));
        disk.open();
        QVERIFY(session.await(look).ok);
    }

    void whatStandsInMemoryIsToldWhileALookHangs() {
        GatedDisk disk;
        RunningSession session(disk);
        const auto opens = qScopeGuard([&disk] { disk.open(); }); // a test that fails ends too
        QVERIFY(session.start(fiftyRecords()).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holdsAll(*session->snapshot()), 60'000);
        disk.shut();
        const RequestId look = session->tap({kTopic, 0, 40, 2048});
        QTRY_VERIFY(disk.waiting() > 0);
        QVERIFY(session.await(session->send(ReadLogsRequest{})).logs);
        HistoryRequest history;
        history.figure = HistoryRequest::kThroughput;
        QVERIFY(!session.await(session->history(history)).history->lines.empty());
        QVERIFY(!session.answer(look));
    }

    void theEndIsNotHeldUpByALookThatHangs() {
        static GatedDisk disk; // what hangs ends when the gate is open, perhaps after this test
        RunningSession session(disk, std::chrono::milliseconds(0));
        const auto opens = qScopeGuard([] { disk.open(); }); // a test that fails ends too
        QVERIFY(session.start(fiftyRecords()).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holdsAll(*session->snapshot()), 60'000);
        disk.shut();
        const RequestId look = session->tap({kTopic, 0, 40, 2048});
        QTRY_VERIFY(disk.waiting() > 0);
        session.end();
        QVERIFY(disk.waiting() > 0);
        disk.open();
        QTRY_COMPARE_WITH_TIMEOUT(disk.openFiles(), 0, 60'000);
        QVERIFY(!session.answer(look)); // nobody is told any more
    }

    void moreLooksThanCanBeAnsweredAreRefused() {
        GatedDisk disk;
        RunningSession session(disk);
        const auto opens = qScopeGuard([&disk] { disk.open(); }); // a test that fails ends too
        QVERIFY(session.start(fiftyRecords()).ok);
        QTRY_VERIFY_WITH_TIMEOUT(holdsAll(*session->snapshot()), 60'000);
        disk.shut();
        std::vector<RequestId> looks;
        for (int i = 0; i < 300; ++i)
            looks.push_back(session->tap({kTopic, 0, 40, 2048}));
        disk.open();
        QVERIFY(session.await(looks.front()).ok);
        const Answer last = session.await(looks.back());
        QVERIFY(!last.ok);
        QCOMPARE(last.issues.front().code, std::string("busy"));
    }
};

MILLRACE_TEST(StuckBrokerTest)
#include "tst_stuck_broker.moc"
