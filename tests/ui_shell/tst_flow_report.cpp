#include "support/test_program.h"
#include "ui_shell/support/studio.h"

#include "shell/document_files.h"
#include "shell/flow_report.h"
#include "shell/trust.h"

using namespace millrace;
using test::Studio;

namespace {

const char* const kText = "a.sources = in\na.channels = c\na.sinks = out\n"
                          "a.sources.in.type = seq\na.sources.in.channels = c\n"
                          "a.channels.c.type = memory\na.channels.c.capacity = 1000\n"
                          "a.sinks.out.type = file_roll\na.sinks.out.sink.directory = out\na.sinks.out.channel = c\n";

session::NodeSnapshot node(const char* id, session::State state, std::int64_t in, std::int64_t out) {
    session::NodeSnapshot one;
    one.id = id;
    one.state = state;
    one.startedMs = 1;
    one.in = in;
    one.out = out;
    return one;
}

} // namespace

class TestFlowReport : public QObject {
    Q_OBJECT

private slots:
    void tellsWhatHoldsTheFlowBack_data() {
        QTest::addColumn<int>("inStep");
        QTest::addColumn<int>("outStep");
        QTest::addColumn<int>("waiting");
        QTest::addColumn<QString>("failure");
        QTest::addColumn<QString>("sentence");
        QTest::newRow("all is well") << 10 << 10 << 3 << ""
                                     << "Everything flows";
        QTest::newRow("nothing arrives") << 0 << 0 << 0 << ""
                                         << "no events arrive";
        QTest::newRow("a sink is slower") << 20 << 10 << 700 << ""
                                          << "Channel c is full in";
        QTest::newRow("the channel is full") << 10 << 10 << 1000 << ""
                                             << "what comes before it waits";
        QTest::newRow("a sink fails") << 10 << 0 << 700 << "disk gone"
                                      << "out (file_roll) fails and is tried again: disk gone";
    }
    void tellsWhatHoldsTheFlowBack() {
        QFETCH(int, inStep);
        QFETCH(int, outStep);
        QFETCH(int, waiting);
        QFETCH(QString, failure);
        QFETCH(QString, sentence);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        studio.window->store().load(kText, {});
        studio.window->startRun();
        studio.session->answer();
        std::int64_t in = 5000, out = 4000;
        QSignalSpy seen(&studio.window->run(), &studio::RunController::snapshotChanged);
        const auto step = [&] {
            session::Snapshot s;
            s.nodes = {
                node("a/sources/in", session::State::running, in, in),
                node("a/channels/c", session::State::running, in, out),
                node("a/sinks/out", failure.isEmpty() ? session::State::running : session::State::failing, out, out)};
            s.nodes[1].level = session::Level{waiting, 1000, 0};
            s.nodes[2].message = failure.toStdString();
            in += inStep;
            out += outStep;
            const auto before = seen.count();
            studio.play(s);
            QTRY_VERIFY(seen.count() > before);
        };
        // Rates are those of a second: after so many tenths of one the sentence speaks of them.
        for (int tenth = 0; tenth < 15; ++tenth)
            step();
        const QString told = studio::flowSentence(studio.window->store(), studio.window->run());
        QVERIFY2(told.contains(sentence), qPrintable(told));
    }

    void aRunInWhichNothingRunsIsToldAsSuch() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        studio.window->store().load(kText, {});
        session::Snapshot s;
        s.nodes = {node("a/sources/in", session::State::foreign, 0, 0),
                   node("a/channels/c", session::State::notRun, 0, 0),
                   node("a/sinks/out", session::State::notRun, 0, 0)};
        studio.start(s);
        const auto sentence = [&] { return studio::flowSentence(studio.window->store(), studio.window->run()); };
        QTRY_VERIFY2(sentence().contains("nothing of this file runs here"), qPrintable(sentence()));
        QVERIFY(studio::nothingRuns(studio.window->store(), studio.window->run()));
        s.nodes[1].state = session::State::idle;
        studio.play(s);
        QTRY_VERIFY(!studio::nothingRuns(studio.window->store(), studio.window->run()));
        QVERIFY2(sentence().contains("1 component of this file does not run"), qPrintable(sentence()));
        s.nodes[0].state = s.nodes[2].state = session::State::idle;
        studio.play(s);
        QTRY_VERIFY2(sentence().contains("no events arrive"), qPrintable(sentence()));
    }

    void aGroupForWhichNobodyReadsIsNamed() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        studio.window->store().load(kText, {});
        session::Snapshot s;
        s.nodes = {node("a/sources/in", session::State::idle, 0, 0), node("a/channels/c", session::State::idle, 0, 0),
                   node("a/sinks/out", session::State::idle, 0, 0)};
        s.groups = {{"local", "reports", "Empty", 0, {{"access", 0, 10, 5000, std::nullopt, ""}}}};
        studio.start(s);
        QTRY_COMPARE(studio.window->run().snapshot()->revision, 1);
        s.groups.front().offsets.front().logEnd = 5100;
        studio.play(s);
        const auto sentence = [&] { return studio::flowSentence(studio.window->store(), studio.window->run()); };
        QTRY_VERIFY2(sentence().contains("Nobody reads for group reports"), qPrintable(sentence()));
    }

    void anotherDocumentHasNoAccountYet() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        session::Snapshot s;
        s.account.in = 7;
        studio.start(s);
        QTRY_VERIFY(studio::accountText(studio.window->run()).contains(QLatin1Char('7')));
        studio.window->run().stop();
        studio.session->answer();
        QTRY_VERIFY(studio.window->run().phase() == studio::RunController::Phase::stopped);
        QVERIFY(!studio::accountText(studio.window->run()).isEmpty());
        studio.window->store().load(kText, {});
        QCOMPARE(studio::accountText(studio.window->run()), QString());
    }

    void countsWhatAFileFromElsewhereReaches_data() {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<bool>("reaches");
        QTest::newRow("a relative path") << QByteArray("a.sinks.out.sink.directory = out") << false;
        QTest::newRow("inside its folder") << QByteArray("a.sinks.out.sink.directory = /home/u/flume/out") << false;
        QTest::newRow("an absolute path as Hadoop has it")
            << QByteArray("a.sinks.out.hdfs.path = file:/etc") << true;
        QTest::newRow("an absolute path") << QByteArray("a.sinks.out.sink.directory = /etc") << true;
        QTest::newRow("a folder with the same beginning")
            << QByteArray("a.sinks.out.sink.directory = /home/u/flume2") << true;
        QTest::newRow("climbing out") << QByteArray("a.sinks.out.sink.directory = out/../../x") << true;
        QTest::newRow("the home folder") << QByteArray("a.sinks.out.sink.directory = ~/x") << true;
        QTest::newRow("a traffic file") << QByteArray("#@ traffic.t.kind = weblog\n#@ traffic.t.file = /tmp/x") << true;
        QTest::newRow("a command") << QByteArray("a.sources.in.type = exec\na.sources.in.command = date") << true;
    }
    void countsWhatAFileFromElsewhereReaches() {
        QFETCH(QByteArray, line);
        QFETCH(bool, reaches);
        const auto document = topology::Document::parse(kText + line.toStdString() + "\n", catalog::flumeCatalog());
        QCOMPARE(!studio::reachOf(document, QStringLiteral("/home/u/flume")).isEmpty(), reaches);
    }
};

MILLRACE_TEST(TestFlowReport)
#include "tst_flow_report.moc"
