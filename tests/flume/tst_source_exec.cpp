#include "catalog/flume/components.h"
#include "flume/sources/exec_source.h"
#include "flume/support/component_bench.h"
#include "flume/support/temporary_file.h"
#include "support/test_program.h"

#include <QtTest>

#include <csignal>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

struct Exec : ComponentBench {
    explicit Exec(catalog::Properties values) : ComponentBench(catalog::kExecSource) {
        values.insert_or_assign("channels", "c");
        auto made = make(&makeExecSource, std::move(values));
        if (!made) {
            error = made.error().message;
            return;
        }
        source = std::move(*made);
        const Status started = source->start();
        if (!started) error = started.error().message;
    }
    const std::vector<std::string>& bodies(std::size_t count) {
        runUntil(*source, events, wakeUp, [&] { return events.bodies.size() >= count; });
        return events.bodies;
    }
    KeptEvents events;
    std::unique_ptr<Source> source;
    std::string error;
};

} // namespace

class TestSourceExec : public QObject {
    Q_OBJECT

private slots:
    void linesOfACommandAreEvents_data() {
        QTest::addColumn<QString>("shell");
        QTest::addColumn<QString>("command");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("words without quoting") << ""
                                               << "echo a  'b c'" << QStringList{"a 'b c'"};
        QTest::newRow("a pipe in a shell") << "/bin/sh -c"
                                           << "printf 'b\\na\\n' | sort" << QStringList{"a", "b"};
        QTest::newRow("a last line without end") << "/bin/sh -c"
                                                 << "printf 'a\\nb'" << QStringList{"a", "b"};
        QTest::newRow("carriage returns are cut") << "/bin/sh -c"
                                                  << "printf 'a\\r\\nb\\r\\n'" << QStringList{"a", "b"};
        QTest::newRow("empty lines count") << "/bin/sh -c"
                                           << "printf '\\n\\n'" << QStringList{"", ""};
    }
    void linesOfACommandAreEvents() {
        QFETCH(QString, shell);
        QFETCH(QString, command);
        QFETCH(QStringList, expected);
        catalog::Properties values{{"command", command.toStdString()}};
        if (!shell.isEmpty()) values["shell"] = shell.toStdString();
        Exec exec(values);
        QVERIFY2(exec.error.empty(), exec.error.c_str());
        QStringList got;
        for (const auto& body : exec.bodies(static_cast<std::size_t>(expected.size())))
            got << QString::fromStdString(body);
        QCOMPARE(got, expected);
    }

    void aCharsetIsReadAndWrittenAgain_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::addColumn<QByteArray>("command");
        QTest::addColumn<QByteArrayList>("expected");
        QTest::newRow("GBK") << QByteArray("GBK") << QByteArray("printf '\\304\\343\\n\\272\\303'")
                             << QByteArrayList{"\xc4\xe3", "\xba\xc3"};
        QTest::newRow("GBK cut in a character")
            << QByteArray("GBK") << QByteArray("printf '\\304\\343\\n\\272'") << QByteArrayList{"\xc4\xe3", "?"};
        QTest::newRow("a character that comes in two pieces")
            << QByteArray("GBK") << QByteArray("printf '\\304'; sleep 0.1; printf '\\343\\n'")
            << QByteArrayList{"\xc4\xe3"};
        QTest::newRow("Latin-1") << QByteArray("ISO-8859-1") << QByteArray("printf 'k\\374hl\\n'")
                                 << QByteArrayList{"k\xfchl"};
        QTest::newRow("UTF-16, whose line ends have two bytes")
            << QByteArray("UTF-16LE") << QByteArray("printf 'a\\000\\012\\000b\\000'")
            << QByteArrayList{QByteArray("a\0", 2), QByteArray("b\0", 2)};
        QTest::newRow("malformed UTF-8 is passed on")
            << QByteArray("UTF-8") << QByteArray("printf 'k\\374hl\\n'") << QByteArrayList{"k\xfchl"};
    }
    void aCharsetIsReadAndWrittenAgain() {
        QFETCH(QByteArray, charset);
        QFETCH(QByteArray, command);
        QFETCH(QByteArrayList, expected);
        Exec exec(catalog::Properties{
            {"command", command.toStdString()}, {"shell", "/bin/sh -c"}, {"charset", charset.toStdString()}});
        QVERIFY2(exec.error.empty(), exec.error.c_str());
        QByteArrayList got;
        for (const auto& body : exec.bodies(static_cast<std::size_t>(expected.size())))
            got << QByteArray::fromStdString(body);
        QCOMPARE(got, expected);
    }

    void aCharsetThatCannotBeReadIsRefused_data() {
        QTest::addColumn<QByteArray>("charset");
        QTest::newRow("Java has none of this name") << QByteArray("latin-9x");
        QTest::newRow("only Java reads it") << QByteArray("x-MacDingbat");
    }
    void aCharsetThatCannotBeReadIsRefused() {
        QFETCH(QByteArray, charset);
        Exec exec(catalog::Properties{{"command", "date"}, {"charset", charset.toStdString()}});
        QVERIFY2(exec.error.find(charset.toStdString()) != std::string::npos, exec.error.c_str());
    }

    void aCommandRunsInTheRunDirectory() {
        Exec exec(catalog::Properties{{"command", "pwd -P"}});
        QCOMPARE(exec.bodies(1)[0], std::filesystem::canonical(exec.context.runDirectory).string());
    }

    void batchesAreBounded() {
        Exec exec(catalog::Properties{{"command", "seq 50"}, {"batchSize", "20"}});
        exec.bodies(50);
        for (const auto size : exec.events.batches)
            QVERIFY(size <= 20);
    }

    void refusedLinesAreKeptInOrder() {
        Exec exec(catalog::Properties{{"command", "seq 3"}});
        exec.events.refusals = 3;
        QCOMPARE(exec.bodies(3), (std::vector<std::string>{"1", "2", "3"}));
    }

    void aCommandThatEndsIsToldAndRestartedWhenAsked() {
        Exec exec(catalog::Properties{{"command", "echo x"}, {"restart", "true"}, {"restartThrottle", "1"}});
        exec.bodies(3);
        QVERIFY(exec.log.holds("ended with 0; it starts again"));
    }

    void aCommandThatCannotBeStartedAgainIsTriedAgainUntilItCan() {
        ComponentBench place(catalog::kExecSource);
        const auto script = place.path("once.sh");
        const auto writeScript = [&] { // under its name only when it is whole
            const auto draft = place.path("draft");
            appendTo(draft, "#!/bin/sh\necho x\nrm \"$0\"\n");
            std::filesystem::permissions(draft, std::filesystem::perms::owner_all);
            std::filesystem::rename(draft, script);
        };
        writeScript();
        Exec exec(catalog::Properties{{"command", script.string()}, {"restart", "true"}, {"restartThrottle", "1"}});
        QCOMPARE(exec.bodies(1).size(), 1u);
        const auto tellsWhy = [&] {
            const auto cycle = exec.source->cycle(exec.events);
            return cycle && cycle->failure && cycle->failure->message.find("once.sh") != std::string::npos;
        };
        QTRY_VERIFY(tellsWhy());
        for (int i = 0; i < 100; ++i)
            QVERIFY(tellsWhy());
        writeScript();
        QCOMPARE(exec.bodies(2).size(), 2u);
    }

    void withoutRestartTheExitCodeIsLogged() {
        Exec exec(catalog::Properties{{"command", "echo x; exit 3"}, {"shell", "/bin/sh -c"}});
        runUntil(*exec.source, exec.events, exec.wakeUp, [&] { return exec.log.holds("ended with 3"); });
        QCOMPARE(exec.bodies(1)[0], "x");
    }

    void standardErrorIsLoggedWhenAsked() {
        Exec exec(catalog::Properties{{"command", "echo oops >&2"}, {"shell", "/bin/sh -c"}, {"logStdErr", "true"}});
        runUntil(*exec.source, exec.events, exec.wakeUp, [&] { return exec.log.holds("stderr: oops"); });
        QVERIFY(exec.events.bodies.empty());
    }

    void stopEndsTheWholeGroup() {
        Exec exec(
            catalog::Properties{{"command", "trap '' TERM; sleep 1000 & echo $!; wait"}, {"shell", "/bin/sh -c"}});
        const auto grandchild = static_cast<pid_t>(std::stol(exec.bodies(1)[0]));
        exec.source->stop();
        // A process that was killed and not reaped by its new parent yet still has its id.
        const auto gone = [&] {
            if (::kill(grandchild, 0) != 0) return true;
            const std::string stat = "/proc/" + std::to_string(grandchild) + "/stat";
            QFile file(QString::fromStdString(stat));
            return !file.open(QIODevice::ReadOnly) || file.readAll().contains(") Z ");
        };
        QTRY_VERIFY(gone());
    }

    void aCommandThatPrintsFasterThanChannelsTakeIsHeldBack() {
        Exec exec(catalog::Properties{{"command", "seq 400000"}, {"batchSize", "1000"}});
        exec.events.refusals = 5;
        const auto& bodies = exec.bodies(400'000);
        QCOMPARE(bodies.front(), "1");
        QCOMPARE(bodies.back(), "400000");
    }

    void aLineWithoutEndIsCutAndMemoryStaysBounded() {
        Exec exec(catalog::Properties{{"command", "head -c 20000000 /dev/zero"}});
        const auto& bodies = exec.bodies(2);
        QCOMPARE(bodies[0].size(), ExecSource::kLongestLine);
        QCOMPARE(bodies[0].size() + bodies[1].size(), 20'000'000u);
    }

    void aCommandThatDoesNotExistFailsTheStart() {
        Exec exec(catalog::Properties{{"command", "/no/such/program x"}});
        QVERIFY2(exec.error.find("/no/such/program") != std::string::npos, exec.error.c_str());
    }
};

MILLRACE_TEST(TestSourceExec)
#include "tst_source_exec.moc"
