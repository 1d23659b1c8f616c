// Each example of the gallery, run headless as it is (on free ports), ended politely, its output counted.
#include "session/support/headless.h"
#include "support/test_program.h"

#include <QTcpSocket>
#include <QtTest>

namespace {

/// How often each sequence number must occur below a directory after a drained stop.
struct Expectation {
    QString directory;
    int times;
    bool throughTopic = false;
};

} // namespace
Q_DECLARE_METATYPE(Expectation)

class TestExamples : public QObject {
    Q_OBJECT
private slots:
    void everyEventArrivesAsOftenAsTheDrawingSays_data() {
        QTest::addColumn<QString>("example");
        QTest::addColumn<Expectation>("expected");
        QTest::newRow("through Kafka once") << "weblog" << Expectation{"out", 1, true};
        QTest::newRow("over one Avro hop once") << "chain" << Expectation{"out", 1};
        QTest::newRow("copied to the archive, and once to a country") << "fan-out" << Expectation{"out", 2};
        QTest::newRow("through the main sink of a failover group") << "failover" << Expectation{"out/main", 1};
        QTest::newRow("spread over three collectors") << "load-balance" << Expectation{"out", 1};
        QTest::newRow("through a channel on the disk once") << "durable" << Expectation{"out", 1};
        QTest::newRow("into a directory for the hour once") << "lake" << Expectation{"lake", 1};
        QTest::newRow("through a topic that is the channel") << "topic-channel" << Expectation{"out", 1, true};
        QTest::newRow("from a topic at the reader's pace") << "peak-shaving" << Expectation{"out", 1, true};
    }
    void everyEventArrivesAsOftenAsTheDrawingSays() {
        QFETCH(QString, example);
        QFETCH(Expectation, expected);
        Headless run;
        const QString file = run.takeExample(example);
        run.start({"run", file});
        const QString out = run.path(expected.directory);
        QTRY_VERIFY_WITH_TIMEOUT(unbroken(sequenceNumbersIn(out)) >= 300, 60'000);
        QCOMPARE(run.terminate(), 0);
        const auto numbers = sequenceNumbersIn(out);
        // A topic is not drained at the end: the newest records may still wait in it, in one of its partitions more than
        // in another. What left it came once.
        if (!expected.throughTopic) QCOMPARE(firstGap(numbers), QString());
        for (const auto& [number, times] : numbers)
            QVERIFY2(times == expected.times, qPrintable(QString("%1 came %2 times\n%3").arg(number).arg(times).arg(run.errors())));
    }

    void everyBranchOfTheFanOutGetsItsOrders() {
        Headless run;
        run.start({"run", run.takeExample("fan-out")});
        for (const char* branch : {"out/de", "out/cn", "out/rest"})
            QTRY_VERIFY2_WITH_TIMEOUT(sequenceNumbersIn(run.path(branch)).size() >= 20, branch, 60'000);
        QCOMPARE(run.terminate(), 0);
    }

    void threeWebServersMeetInOneCollector() {
        Headless run;
        run.start({"run", run.takeExample("aggregation")});
        QTRY_VERIFY_WITH_TIMEOUT(sequenceNumbersIn(run.path("out")).size() >= 200, 60'000);
        QCOMPARE(run.terminate(), 0);
        std::map<qint64, int> written;
        for (const auto& [number, times] : sequenceNumbersIn(run.path("logs"))) written[number] = times;
        QCOMPARE(sequenceNumbersIn(run.path("out")), written);
    }

    void theSmallestAgentPrintsWhatIsTyped() {
        Headless run;
        run.start({"run", run.takeExample("one-agent")});
        QVERIFY2(run.waitForError("edge/sinks/show: Event: { headers:{} body: "), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0);
    }

    void onlyTheNamedPartsRun() {
        Headless run;
        run.start({"run", run.takeExample("weblog"), "--only", "local,visitors"});
        QVERIFY(run.waitForError("Running."));
        QTRY_VERIFY_WITH_TIMEOUT(sequenceNumbersIn(run.path("logs")).size() >= 20, 60'000);
        QCOMPARE(run.terminate(), 0);
        QVERIFY(!QDir(run.path("out")).exists());
    }

    void oneAgentRunsWithTheOptionsOfFlumeNg() {
        Headless run;
        const QString file = run.takeExample("one-agent");
        run.start({"agent", "-n", "edge", "-f", file, "--no-reload-conf"});
        QVERIFY(run.waitForError("Running."));
        QTcpSocket typist;
        // The agent runs; its source listens as soon as its own thread has come to it.
        const auto connects = [&] {
            if (typist.state() == QAbstractSocket::ConnectedState) return true;
            typist.connectToHost("127.0.0.1", static_cast<quint16>(run.portFor(44444)));
            return typist.waitForConnected();
        };
        QTRY_VERIFY(connects());
        typist.write("hello\n");
        QVERIFY2(run.waitForError("Event: { headers:{} body: 68 65 6C 6C 6F"), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0);
    }

    void anOverrideIsUsedAndNotWritten() {
        Headless run;
        const QString file = run.takeExample("weblog");
        QFile original(file);
        QVERIFY(original.open(QIODevice::ReadOnly));
        const QByteArray before = original.readAll();
        run.start({"run", file, "--set", "store.sinks.archive.sink.directory=elsewhere"});
        QTRY_VERIFY_WITH_TIMEOUT(sequenceNumbersIn(run.path("elsewhere")).size() >= 20, 60'000);
        QCOMPARE(run.terminate(), 0);
        original.seek(0);
        QCOMPARE(original.readAll(), before);
    }
};

MILLRACE_TEST(TestExamples)
#include "tst_examples.moc"
