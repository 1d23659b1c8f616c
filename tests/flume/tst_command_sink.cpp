#include "catalog/flume/components.h"
#include "flume/command/command_sink.h"
#include "flume/support/command_script.h"
#include "flume/support/component_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

/// Acknowledges batches as the page says; `more` stands before an answer.
QString acknowledging(const QString& more = {}) {
    return "import json, sys, os\nbatch = []\nfor message in map(json.loads, sys.stdin):\n"
           "    if 'batch' not in message:\n        batch.append(message)\n        continue\n" +
           more + "    print(json.dumps({'ack': len(batch)}), flush=True)\n    batch = []\n";
}

struct Bench : ComponentBench {
    explicit Bench(const QString& program, catalog::Properties values = {}) : ComponentBench(catalog::kCommandSink) {
        writeScript(context.runDirectory, "program.py", program);
        values.emplace("command", "python3 program.py");
        values.emplace("restartThrottle", "1");
        auto made = make(&makeCommandSink, std::move(values));
        if (!made) qFatal("%s", made.error().message.c_str());
        sink = std::move(*made);
        const Status started = sink->start();
        if (!started) qFatal("%s", started.error().message.c_str());
    }
    void add(int count, std::vector<std::pair<std::string, std::string>> headers = {}) {
        for (int i = 0; i < count; ++i)
            transaction.add(std::to_string(i), headers);
    }
    /// "" or why the next batch did not go.
    QString cycle() {
        const auto done = sink->cycle(transaction);
        return done ? QString() : QString::fromStdString(done.error().message);
    }
    /// Cycles until all is gone, at most so often.
    void drain() {
        while (transaction.waiting() > 0)
            (void)sink->cycle(transaction);
    }
    QString fileText(const std::string& name) {
        QFile file(QString::fromStdString(path(name).string()));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    KeptTransaction transaction;
    std::unique_ptr<Sink> sink;
};

} // namespace

class TestCommandSink : public QObject {
    Q_OBJECT
private slots:
    void theProgramOfThePageRuns() {
        Bench bench(documentedProgram(1), {{"batchSize", "2"}});
        bench.add(3);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.transaction.committed, 3u);
        QCOMPARE(bench.fileText("out.txt"), "0\n1\n2\n");
        QCOMPARE(bench.count("EventDrainSuccessCount"), 3);
    }

    void framesCarryAnyBytes() {
        Bench bench("import os, struct\n"
                    "def take(n):\n"
                    "    data = b''\n"
                    "    while len(data) < n: data += os.read(0, n - len(data))\n"
                    "    return data\n"
                    "seen = []\n"
                    "while len(seen) < 2: seen.append(take(struct.unpack('>I', take(4))[0]))\n"
                    "open('seen.bin', 'wb').write(b'|'.join(seen))\n"
                    "answer = b'M{\"ack\":1}'\n"
                    "os.write(1, struct.pack('>I', len(answer)) + answer)\nos.read(0, 1)\n",
                    {{"format", "frames"}});
        bench.transaction.add(std::string_view("\x00\xff", 2), {{"h", "v"}});
        QCOMPARE(bench.cycle(), "");
        QFile file(QString::fromStdString(bench.path("seen.bin").string()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("E\0\0\0\x09{\"h\":\"v\"}\0\xff|M{\"batch\":1}", 29));
    }

    void aLargeBatchGoesThroughThePipe() {
        Bench bench(acknowledging("    open('size.txt', 'w').write(str(sum(len(e['body']) for e in batch)))\n"),
                    {{"batchSize", "100"}});
        const std::string body(200'000, 'x');
        for (int i = 0; i < 50; ++i)
            bench.transaction.add(body);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.fileText("size.txt"), "10000000");
    }

    void whatIsNotAcknowledgedComesAgain_data() {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("failure");
        const QString once = "    if not os.path.exists('was'):\n        open('was', 'w').close()\n";
        QTest::newRow("a refusal")
            << acknowledging(
                   once +
                   "        print('{\"error\": \"table locked\"}', flush=True)\n        batch = []\n        continue\n")
            << "the command refused the batch: table locked";
        QTest::newRow("an end") << acknowledging(once + "        sys.exit(4)\n") << "exit code 4";
        QTest::newRow("a wrong number") << acknowledging(once + "        print('{\"ack\": 1}', flush=True)\n")
                                        << "did not answer a batch of 3";
        QTest::newRow("an event as an answer")
            << acknowledging(once + "        print('{\"body\": \"1\"}', flush=True)\n")
            << "did not answer a batch of 3";
        QTest::newRow("no message") << acknowledging(once + "        print('done', flush=True)\n")
                                    << "message 1 of the command";
    }
    void whatIsNotAcknowledgedComesAgain() {
        QFETCH(QString, program);
        QFETCH(QString, failure);
        Bench bench(program);
        bench.add(3);
        const QString told = bench.cycle();
        QVERIFY2(told.contains(failure), qPrintable(told));
        QCOMPARE(bench.transaction.waiting(), 3u);
        QCOMPARE(bench.count("EventWriteFail"), 1);
        bench.drain();
        QCOMPARE(bench.transaction.committed, 3u);
    }

    void aSilentCommandIsEndedAndTheBatchComesAgain() {
        Bench bench("import sys\nfor line in sys.stdin: pass\n", {{"answerTimeout", "1"}});
        bench.add(2);
        QCOMPARE(bench.cycle(),
                 "the command has answered 0 of 2 events after 1 ms; it was ended and is started again with the same "
                 "events: raise answerTimeout, or give it fewer events at once");
        QCOMPARE(bench.transaction.waiting(), 2u);
    }

    void aCommandThatEndsWhileThereIsNothingToDoIsTold() {
        Bench bench("import sys\nsys.exit(5)\n");
        QString told;
        while (told.isEmpty()) {
            told = bench.cycle();
            if (told.isEmpty()) bench.wakeUp.wait({});
        }
        QVERIFY2(told.contains("exit code 5"), qPrintable(told));
    }

    void aStopEndsTheWaitForAnAnswer() {
        Bench bench("import sys\nopen('began', 'w').close()\nfor line in sys.stdin: pass\n");
        bench.add(1);
        std::thread stopper([&] {
            while (!std::filesystem::exists(bench.path("began")))
                std::this_thread::yield();
            bench.sink->interrupt();
        });
        const QString told = bench.cycle();
        stopper.join();
        QCOMPARE(told, "stopped while the command worked");
        QCOMPARE(bench.transaction.waiting(), 1u);
        bench.sink->stop();
    }

    void aStopEndsItsInputFirst() {
        Bench bench(acknowledging() + "open('end.txt', 'w').write('end')\n", {{"stopTimeout", "60000"}});
        bench.add(1);
        QCOMPARE(bench.cycle(), "");
        bench.sink->stop();
        QCOMPARE(bench.fileText("end.txt"), "end");
    }

    void batchSizeAndTimeChangeWhileItRuns() {
        Bench bench(acknowledging());
        catalog::ComponentConfig config;
        config.spec = &bench.spec;
        config.properties = {{"command", "python3 program.py"}, {"batchSize", "1"}};
        QVERIFY(bench.sink->reconfigure(config));
        bench.add(2);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.transaction.committed, 1u);
    }
};

MILLRACE_TEST(TestCommandSink)
#include "tst_command_sink.moc"
