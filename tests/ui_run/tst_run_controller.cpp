#include "document/document_store.h"
#include "run/run_controller.h"
#include "support/test_program.h"
#include "ui_run/support/fake_session.h"

#include <QSignalSpy>
#include <QTest>

using namespace millrace;
using studio::DocumentStore;
using studio::RunController;
using Phase = RunController::Phase;

namespace {

const char* const kText = "a.sources = in\na.channels = c\na.sinks = out\n"
                          "a.sources.in.type = seq\na.sources.in.channels = c\na.channels.c.type = memory\n"
                          "a.sinks.out.type = logger\na.sinks.out.channel = c\n";

session::Issue problem(const char* code, const char* node, const char* message) {
    session::Issue issue;
    issue.severity = "error";
    issue.code = code;
    issue.node = node;
    issue.message = message;
    return issue;
}

session::Snapshot counting(std::int64_t in, std::int64_t startedMs) {
    session::Snapshot snapshot;
    snapshot.running = true;
    session::NodeSnapshot node;
    node.id = "a/sources/in";
    node.state = session::State::running;
    node.startedMs = startedMs;
    node.out = in;
    snapshot.nodes = {node};
    snapshot.topics = {{"local", "t", false, {{0, 0, in, {}}, {1, 0, in, {}}}}};
    return snapshot;
}

} // namespace

class RunControllerTest : public QObject {
    Q_OBJECT
private:
    struct Bench {
        Bench() {
            auto made = std::make_unique<test::FakeSession>();
            session = made.get();
            store.load(kText, {});
            run = std::make_unique<RunController>(store, std::move(made));
        }
        void start() {
            run->start();
            session->answer();
        }
        void edit(std::string_view key, std::string_view value) {
            store.push(topology::setProperty(store.document(), key, value), QStringLiteral("Set"));
        }
        DocumentStore store;
        test::FakeSession* session = nullptr;
        std::unique_ptr<RunController> run;
    };

private slots:
    void startRunsTheTextAndStopEndsIt() {
        Bench bench;
        QSignalSpy phases(bench.run.get(), &RunController::phaseChanged);
        bench.run->start();
        QCOMPARE(bench.run->phase(), Phase::starting);
        QCOMPARE(bench.session->starts.front().document, bench.store.document().text());
        QVERIFY(!bench.session->starts.front().runDirectory.empty());
        bench.session->answer();
        QTRY_COMPARE(bench.run->phase(), Phase::running);
        bench.run->stop();
        QCOMPARE(bench.run->phase(), Phase::stopping);
        bench.run->stop(); // "end at once" is handed on
        QCOMPARE(bench.session->open.size(), std::size_t(2));
        bench.session->answer();
        QTRY_COMPARE(bench.run->phase(), Phase::stopped);
        QCOMPARE(bench.run->elapsedMs(), 0);
        QCOMPARE(phases.count(), 4);
    }

    void aFailedStartIsStoppedWithItsIssues() {
        Bench bench;
        bench.run->start();
        bench.session->answer(false, {problem("addressInUse", "cluster/local", "127.0.0.1:9092 is taken")});
        QTRY_COMPARE(bench.run->phase(), Phase::stopped);
        QCOMPARE(bench.run->issues().size(), std::size_t(1));
    }

    void aChangeIsAppliedAfterAPause() {
        Bench bench;
        bench.start();
        QTRY_COMPARE(bench.run->phase(), Phase::running);
        QVERIFY(!bench.run->editedNotApplied());
        bench.edit("a.channels.c.capacity", "50");
        bench.edit("a.channels.c.capacity", "500");
        QVERIFY(bench.run->editedNotApplied());
        QVERIFY(bench.session->applies.empty());
        QTRY_COMPARE(bench.session->applies.size(), std::size_t(1));
        QCOMPARE(bench.session->applies.front().document, bench.store.document().text());
        bench.session->answer();
        QTRY_VERIFY(!bench.run->editedNotApplied());
    }

    void theEndOfAGestureAppliesAtOnce() {
        Bench bench;
        bench.start();
        QTRY_COMPARE(bench.run->phase(), Phase::running);
        bench.edit("a.channels.c.capacity", "500");
        bench.run->applyNow();
        QCOMPARE(bench.session->applies.size(), std::size_t(1));
    }

    void aDocumentWithErrorsIsNotApplied() {
        Bench bench;
        bench.start();
        QTRY_COMPARE(bench.run->phase(), Phase::running);
        bench.edit("a.sinks.out.channel", "nowhere");
        QVERIFY(bench.store.document().hasErrors());
        bench.run->applyNow();
        QVERIFY(bench.session->applies.empty());
        QVERIFY(bench.run->editedNotApplied());
        bench.store.undoStack().undo();
        QVERIFY(!bench.run->editedNotApplied());
    }

    void aRefusedChangeStaysEditedUntilItIsChangedAgain() {
        Bench bench;
        bench.start();
        QTRY_COMPARE(bench.run->phase(), Phase::running);
        bench.edit("a.channels.c.type", "file");
        bench.run->applyNow();
        QSignalSpy answered(bench.run.get(), &RunController::answered);
        bench.session->answer(false, {problem("lossy", "a/channels/c", "420 events would be lost")});
        QTRY_COMPARE(answered.count(), 1);
        QVERIFY(bench.run->editedNotApplied());
        QCOMPARE(bench.run->issues().size(), std::size_t(1));
        bench.run->applyDespiteLoss();
        QCOMPARE(bench.session->applies.size(), std::size_t(2));
        QVERIFY(bench.session->applies.back().allowLoss);
    }

    void renamesAreCountedFromWhatRuns() {
        Bench bench;
        bench.start();
        QTRY_COMPARE(bench.run->phase(), Phase::running);
        for (const char* name : {"d", "e"}) {
            const topology::NodeId from = name == std::string("d") ? "a/channels/c" : "a/channels/d";
            bench.store.push(topology::rename(bench.store.document(), from, name), QStringLiteral("Rename"));
        }
        bench.run->applyNow();
        QCOMPARE(bench.session->applies.size(), std::size_t(1));
        const auto& renames = bench.session->applies.front().renames;
        QCOMPARE(renames.size(), std::size_t(1));
        QCOMPARE(renames.front().from, std::string("a/channels/c"));
        QCOMPARE(renames.front().to, std::string("a/channels/e"));
    }

    void ratesAreDifferencesOfOneStart() {
        Bench bench;
        bench.start();
        QSignalSpy snapshots(bench.run.get(), &RunController::snapshotChanged);
        const QString id = QStringLiteral("a/sources/in");
        for (int tenth = 0; tenth < 4; ++tenth) {
            bench.session->play(counting(tenth * 100, 1));
            QTRY_COMPARE(snapshots.count(), tenth + 1);
        }
        QCOMPARE(*bench.run->rates(id).outPerSecond, 1000.0);
        QVERIFY(!bench.run->rates(id).inPerSecond);
        QCOMPARE(*bench.run->topicRate(QStringLiteral("local/t")), 2000.0);
        bench.session->play(counting(5, 2)); // began again
        QTRY_COMPARE(snapshots.count(), 5);
        QVERIFY(!bench.run->rates(id).outPerSecond);
        bench.session->play(counting(25, 2));
        QTRY_COMPARE(snapshots.count(), 6);
        QCOMPARE(*bench.run->rates(id).outPerSecond, 200.0);
    }

    void whatNobodyWatchesIsNotFetched() {
        Bench bench;
        bench.start();
        QTRY_COMPARE(bench.run->phase(), Phase::running);
        bench.run->setWatched(false);
        QSignalSpy snapshots(bench.run.get(), &RunController::snapshotChanged);
        bench.session->play(counting(1, 1));
        bench.run->setWatched(true);
        QTRY_COMPARE(snapshots.count(), 1);
    }

    void aTakenAddressIsReplacedEverywhereAndTheRunBeginsAgain() {
        Bench bench;
        bench.store.load("#@ version = 1\n#@ cluster.local.kind = embedded\n#@ cluster.local.listen = 127.0.0.1:9092\n"
                         "a.sources = in\na.channels = c\na.sources.in.type = org.apache.flume.source.kafka.KafkaSource\n"
                         "a.sources.in.kafka.bootstrap.servers = localhost:9092\na.sources.in.kafka.topics = t\n"
                         "a.sources.in.channels = c\na.channels.c.type = memory\n",
                         {});
        const std::string before = bench.store.document().text();
        bench.run->start();
        bench.session->answer(false);
        QTRY_COMPARE(bench.run->phase(), Phase::stopped);
        bench.run->useFreeAddress(QStringLiteral("127.0.0.1:9092"), QStringLiteral("127.0.0.1:19092"));
        QVERIFY(bench.store.document().text().find(":9092") == std::string::npos);
        QCOMPARE(bench.store.undoStack().count(), 1);
        QCOMPARE(bench.session->starts.size(), std::size_t(2));
        bench.store.undoStack().undo();
        QCOMPARE(bench.store.document().text(), before);
    }

    void twoFilesOfOneNameRunInDifferentFolders() {
        Bench bench;
        bench.run->setRunDirectory({}); // the file's own
        bench.store.load(kText, QStringLiteral("/one/a.conf"));
        const QString one = bench.run->runDirectory();
        bench.store.load(kText, QStringLiteral("/two/a.conf"));
        QVERIFY(one != bench.run->runDirectory());
        bench.run->setRunDirectory(QStringLiteral("/runs/mine"));
        QCOMPARE(bench.run->runDirectory(), QStringLiteral("/runs/mine"));
    }
};

MILLRACE_TEST(RunControllerTest)
#include "tst_run_controller.moc"
