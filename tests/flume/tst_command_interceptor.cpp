#include "catalog/flume/components.h"
#include "flume/interceptor_failure.h"
#include "flume/support/agent_fixture.h"
#include "flume/support/command_script.h"
#include "flume/support/component_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

struct Bench : ComponentBench {
    explicit Bench(const QString& program, catalog::Properties values = {})
        : ComponentBench(catalog::kCommandInterceptor) {
        writeScript(context.runDirectory, "program.py", program);
        values.emplace("command", "python3 program.py");
        values.emplace("restartThrottle", "1");
        auto made = make(builtinRegistry().find<InterceptorFactory>(spec), std::move(values));
        if (!made) qFatal("%s", made.error().message.c_str());
        interceptor = std::move(*made);
    }
    /// "{k=v}body …" of what is left, or "! why".
    QString intercept(const std::vector<std::string>& bodies) {
        EventRanges events;
        for (const std::string& body : bodies)
            events.push_back({makeBatch({body}, {{"host", "h"}}), 0, 1});
        try {
            interceptor->intercept(events);
        } catch (const InterceptorFailure& failure) {
            return "! " + QString::fromStdString(failure.error().message);
        }
        QStringList all;
        for (const EventRange& range : events)
            for (std::size_t i = range.first; i < range.last; ++i) {
                QStringList headers;
                for (const auto& [name, value] : range.batch->headers(i).entries())
                    headers << QString::fromStdString(name + "=" + value);
                headers.sort();
                all << "{" + headers.join(",") + "}" + QString::fromStdString(std::string(range.batch->body(i)));
            }
        return all.join(' ');
    }
    std::unique_ptr<Interceptor> interceptor;
};

} // namespace

class TestCommandInterceptor : public QObject {
    Q_OBJECT
private slots:
    void theProgramOfThePageRuns() {
        Bench bench(documentedProgram(2));
        QCOMPARE(bench.intercept({"one", "#two", "three"}), "{host=h,length=3}one {host=h,length=5}three");
        QCOMPARE(bench.intercept({"#"}), "");
        QCOMPARE(bench.intercept({"four"}), "{host=h,length=4}four");
        QCOMPARE(bench.intercept({}), "");
    }

    void manyEventsGoThroughThePipe() {
        Bench bench("import sys\nfor line in sys.stdin: sys.stdout.write(line); sys.stdout.flush()\n");
        const std::vector<std::string> bodies(20'000, std::string(200, 'x'));
        QCOMPARE(bench.intercept(bodies).count('{'), 20'000);
    }

    void whatFailsIsTriedAgain_data() {
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("failure");
        QTest::newRow("an end") << "sys.exit(6)"
                                << "exit code 6";
        QTest::newRow("no message") << "print('hello', flush=True)"
                                    << "message 1 of the command";
        QTest::newRow("a note") << "print('{\"ack\":1}', flush=True)"
                                << "other than an event";
    }
    void whatFailsIsTriedAgain() {
        QFETCH(QString, first);
        QFETCH(QString, failure);
        Bench bench("import os, sys\nfor line in sys.stdin:\n    if not os.path.exists('was'):\n"
                    "        open('was', 'w').close()\n        " +
                    first + "\n    print(line, end='', flush=True)\n");
        const QString told = bench.intercept({"x"});
        QVERIFY2(told.startsWith("! ") && told.contains(failure), qPrintable(told));
        QString again = "! ";
        while (again.startsWith("! ")) // the pause is one of a millisecond
            again = bench.intercept({"x"});
        QCOMPARE(again, "{host=h}x");
    }

    void aSilentCommandIsEnded() {
        Bench bench("import sys\nfor line in sys.stdin: pass\n", {{"answerTimeout", "1"}});
        QVERIFY(bench.intercept({"x"}).contains("has answered 0 of 1 events after"));
    }

    void aSlowCommandIsLeftToIt() {
        // All together need longer than one may.
        Bench bench("import sys, time\nfor line in sys.stdin:\n    time.sleep(0.03)\n"
                    "    print(line, end='', flush=True)\n",
                    {{"answerTimeout", "2000"}});
        QCOMPARE(bench.intercept(std::vector<std::string>(100, "x")).count('{'), 100);
    }

    void anAnswerNowAndThenIsNotEnough() {
        Bench bench("import sys, time\nfor line in sys.stdin:\n    time.sleep(0.03)\n"
                    "    print(line, end='', flush=True)\n",
                    {{"answerTimeout", "100"}});
        QVERIFY(bench.intercept(std::vector<std::string>(1000, "x")).contains(" of 1000 events after "));
    }

    void aLongEventComesBack() {
        Bench bench("import sys\nfor line in sys.stdin: print(line, end='', flush=True)\n");
        QCOMPARE(bench.intercept({std::string((16 << 20) + 1, 'x')}).size(), (16 << 20) + 1 + 8);
    }

    void aStopEndsTheWait() {
        Bench bench("import sys\nfor line in sys.stdin: pass\n");
        bench.wakeUp.endWaits();
        QCOMPARE(bench.intercept({"x"}), "! stopped while the command worked");
    }

    void aSourceKeepsItsEventsWhileTheCommandFails() {
        QTemporaryDir directory;
        writeScript(directory.path().toStdString(), "twice.py",
                    "import os, sys\nname = os.path.join(os.path.dirname(sys.argv[0]), 'was')\n"
                    "for line in sys.stdin:\n    if not os.path.exists(name):\n"
                    "        open(name, 'w').close()\n        sys.exit(1)\n    print(line, end='', flush=True)\n");
        AgentText text = oneLine("3");
        auto& source = text.config().sources.front().properties;
        source["interceptors"] = "i";
        source["interceptors.i.type"] = "command";
        source["interceptors.i.command"] = "python3 " + directory.filePath("twice.py").toStdString();
        source["interceptors.i.restartThrottle"] = "1";
        AgentFixture fixture(text);
        fixture->start();
        QTRY_COMPARE(fixture.counter("a/sinks/k", "EventDrainSuccessCount"), 3);
        QVERIFY(fixture.log().contains("exit code 1"));
        QVERIFY(fixture->stop(std::chrono::seconds(60)).empty());
    }
};

MILLRACE_TEST(TestCommandInterceptor)
#include "tst_command_interceptor.moc"
