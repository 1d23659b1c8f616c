#include "catalog/flume/components.h"
#include "flume/command/command_source.h"
#include "flume/support/command_script.h"
#include "flume/support/component_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

struct Bench : ComponentBench {
    explicit Bench(const QString& program, catalog::Properties values = {}) : ComponentBench(catalog::kCommandSource) {
        writeScript(context.runDirectory, "program.py", program);
        values.emplace("command", "python3 program.py");
        values.emplace("restartThrottle", "1");
        auto made = make(&makeCommandSource, std::move(values));
        if (!made) qFatal("%s", made.error().message.c_str());
        source = std::move(*made);
    }
    void start() {
        const Status started = source->start();
        if (!started) qFatal("%s", started.error().message.c_str());
    }
    /// Until the source tells a failure.
    std::string failure() {
        for (;;) {
            auto cycle = source->cycle(events);
            if (!cycle) return cycle.error().message;
            if (cycle->outcome == Cycle::Outcome::backoff) return cycle->failure->message;
            if (cycle->outcome == Cycle::Outcome::idle) wakeUp.wait({});
        }
    }
    const std::vector<std::string>& bodies(std::size_t count) {
        for (;;) {
            if (events.bodies.size() >= count) return events.bodies;
            auto cycle = source->cycle(events);
            if (cycle && cycle->outcome == Cycle::Outcome::idle) wakeUp.wait(cycle->wakeAt);
        }
    }
    void stop() {
        source->stop();
        while (!source->finished())
            (void)source->cycle(events);
        source->close();
    }
    QString fileText(const std::string& name) {
        QFile file(QString::fromStdString(path(name).string()));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    KeptEvents events;
    std::unique_ptr<Source> source;
};

const QString kPrintThree = "for i in range(3): print('{\"body\":\"%d\"}' % i, flush=True)\n";

} // namespace

class TestCommandSource : public QObject {
    Q_OBJECT
private slots:
    void theProgramOfThePageRuns() {
        Bench bench(documentedProgram(0), {{"restart", "false"}});
        writeScript(bench.context.runDirectory, "input.txt", "one\ntwo\nthree\n");
        bench.start();
        QCOMPARE(bench.bodies(3), (std::vector<std::string>{"one", "two", "three"}));
        QCOMPARE(QString::fromStdString(*bench.events.headers[0].find("file")), "input.txt");
        bench.stop();
        QCOMPARE(bench.fileText("done.txt"), "3");
        writeScript(bench.context.runDirectory, "input.txt", "one\ntwo\nthree\nfour\n");
        bench.start();
        QCOMPARE(bench.bodies(4).back(), std::string("four"));
        bench.stop();
        QCOMPARE(bench.fileText("done.txt"), "4");
    }

    void framesCarryAnyBytes() {
        Bench bench("import os, struct\n"
                    "event = b'E' + struct.pack('>I', 9) + b'{\"h\":\"v\"}' + b'\\x00\\xff\\n'\n"
                    "os.write(1, struct.pack('>I', len(event)) + event)\n"
                    "head = os.read(0, 4); note = os.read(0, struct.unpack('>I', head)[0])\n"
                    "open('note.txt', 'wb').write(note)\n",
                    {{"format", "frames"}, {"restart", "false"}});
        bench.start();
        QCOMPARE(QByteArray::fromStdString(bench.bodies(1)[0]), QByteArray("\x00\xff\n", 3));
        QCOMPARE(QString::fromStdString(*bench.events.headers[0].find("h")), "v");
        bench.stop();
        QCOMPARE(bench.fileText("note.txt"), "M{\"ack\":1}");
    }

    void nothingIsAcknowledgedBeforeTheChannelHasIt() {
        Bench bench("import sys\n" + kPrintThree + "open('first.txt', 'w').write(sys.stdin.readline())\n",
                    {{"batchSize", "2"}, {"restart", "false"}});
        bench.events.refusals = 2;
        bench.start();
        QCOMPARE(bench.failure(), std::string("the channel is full"));
        QCOMPARE(bench.fileText("first.txt"), "");
        bench.bodies(3);
        bench.stop();
        const QString first = bench.fileText("first.txt");
        QVERIFY2(first.startsWith("{\"ack\":"), qPrintable(first));
        for (const auto size : bench.events.batches)
            QVERIFY(size <= 2);
    }

    void aCommandWaitsWhileTheChannelIsFull() {
        // More than pipe and buffer hold: it can write on only when somebody reads.
        Bench bench("for i in range(40): print('{\"body\":\"%s\"}' % ('x' * 100000), flush=True)\n"
                    "open('written.txt', 'w').write('all')\n",
                    {{"batchSize", "1"}, {"restart", "false"}});
        bench.events.refusals = 3;
        bench.start();
        for (int i = 0; i < 3; ++i)
            QCOMPARE(bench.failure(), std::string("the channel is full"));
        QCOMPARE(bench.fileText("written.txt"), "");
        QCOMPARE(bench.bodies(40).size(), 40u);
    }

    void aCommandThatEndsIsToldAndStartedAgain_data() {
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("failure");
        QTest::newRow("by itself") << ""
                                   << "exit code 0";
        QTest::newRow("with a code") << "import sys; sys.exit(3)\n"
                                     << "exit code 3";
        QTest::newRow("by a signal") << "import os; os.kill(os.getpid(), 9)\n"
                                     << "exit code 137";
        QTest::newRow("in the middle of a message") << "print('{\"body\"', end='', flush=True)\n"
                                                    << "in the middle of message 4";
        QTest::newRow("with a line that is no message") << "print('hello', flush=True)\n"
                                                        << "message 4 of the command";
        QTest::newRow("with an answer to nothing") << "print('{\"ack\":1}', flush=True)\n"
                                                   << "other than an event";
    }
    void aCommandThatEndsIsToldAndStartedAgain() {
        QFETCH(QString, end);
        QFETCH(QString, failure);
        Bench bench(kPrintThree + end);
        bench.start();
        const std::string told = bench.failure();
        QVERIFY2(QString::fromStdString(told).contains(failure), told.c_str());
        QCOMPARE(bench.events.bodies.size(), 3u); // what came before counts
        QCOMPARE(bench.bodies(6).size(), 6u);
        bench.stop();
    }

    void withoutRestartACommandEndsForGood() {
        Bench bench(kPrintThree, {{"restart", "false"}});
        bench.start();
        bench.bodies(3);
        while (!bench.log.holds("the command has ended with exit code 0"))
            (void)bench.source->cycle(bench.events);
        QVERIFY(bench.source->cycle(bench.events)->outcome == Cycle::Outcome::idle);
        QCOMPARE(bench.events.bodies.size(), 3u);
    }

    void withoutRestartAFailureStays() {
        Bench bench("import sys; sys.exit(2)\n", {{"restart", "false"}});
        bench.start();
        for (int i = 0; i < 3; ++i)
            QVERIFY(QString::fromStdString(bench.failure()).contains("exit code 2"));
    }

    void acknowledgementsBeginAnewWithEachStart() {
        Bench bench("import sys\n" + kPrintThree +
                    "total = 0\n"
                    "while total < 3: line = sys.stdin.readline(); total = int(line.split(':')[1].strip('}\\n'))\n"
                    "open('acks.txt', 'a').write(line)\n");
        bench.start();
        bench.bodies(9);
        bench.stop();
        QVERIFY2(bench.fileText("acks.txt").startsWith("{\"ack\":3}\n{\"ack\":3}\n"),
                 qPrintable(bench.fileText("acks.txt")));
    }

    void itsErrorStreamGoesIntoTheLog() {
        Bench bench("import sys; sys.stderr.write('no such table\\n'); sys.exit(1)\n");
        bench.start();
        QVERIFY(QString::fromStdString(bench.failure()).contains("exit code 1"));
        QVERIFY(bench.log.holds("stderr: no such table"));
    }

    void aStopEndsItsInputFirst() {
        Bench bench("import sys\n" + kPrintThree + "sys.stdin.read()\nopen('end.txt', 'w').write('end')\n",
                    {{"stopTimeout", "60000"}});
        bench.start();
        bench.bodies(3);
        bench.stop();
        QCOMPARE(bench.fileText("end.txt"), "end");
    }

    void aCommandThatDoesNotEndIsKilled() {
        Bench bench("import signal\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n" + kPrintThree +
                        "while True: signal.pause()\n",
                    {{"stopTimeout", "0"}});
        bench.start();
        bench.bodies(3);
        bench.stop();
        QVERIFY(bench.log.holds("ended with exit code 137 when it was stopped"));
    }

    void whatCannotBeStartedIsAnError() {
        Bench bench("", {{"command", "/no/such/program"}});
        const Status started = bench.source->start();
        QVERIFY(!started);
        QVERIFY2(QString::fromStdString(started.error().message).contains("/no/such/program"),
                 started.error().message.c_str());
    }
};

MILLRACE_TEST(TestCommandSource)
#include "tst_command_source.moc"
