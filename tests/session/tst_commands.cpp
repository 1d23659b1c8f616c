#include "net/address.h"
#include "session/support/headless.h"
#include "support/test_program.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace millrace;

namespace {

struct Outcome {
    int code = -1;
    QByteArray out, err;
};

Outcome run(const QStringList& arguments) {
    QProcess process;
    process.start(QStringLiteral(MILLRACE_BINARY_DIR "/bin/millraced"), arguments);
    process.waitForFinished(-1);
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

/// One agent whose sink is of the type given.
QByteArray agent(const char* sink) {
    return QByteArray("a.sources = s\na.channels = c\na.sinks = k\na.sources.s.type = seq\na.sources.s.channels = c\n"
                      "a.channels.c.type = memory\na.sinks.k.type = ") +
           sink + "\na.sinks.k.channel = c\n";
}

} // namespace

class CommandsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QVERIFY(directory_.isValid()); }

    void checkEndsWithOneWhereTheFileHasErrors_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("a good file") << agent("null") << 0 << QByteArray("no problems");
        const QByteArray kudu = agent("org.apache.flume.sink.kudu.KuduSink") +
                                "a.sinks.k.masterAddresses = h:7051\na.sinks.k.tableName = t\na.sinks.k.batchSize = ";
        QTest::newRow("a sink that only Flume runs")
            << kudu + "50\n"
            << 0 << QByteArray(":7:18: warning: This sink cannot run here yet");
        QTest::newRow("a mistake in a sink that only Flume runs")
            << kudu + "500\n"
            << 1 << QByteArray("error: Flume would remove this sink, because its batch size 500 is greater");
        QTest::newRow("a type that nobody knows") << agent("nul") << 1 << QByteArray(":7:18: error:");
        QTest::newRow("no agent at all") << QByteArray("# nothing\n") << 0 << QByteArray("");
        QTest::newRow("an empty file") << QByteArray() << 0 << QByteArray("");
    }
    void checkEndsWithOneWhereTheFileHasErrors() {
        QFETCH(QByteArray, text);
        QFETCH(int, code);
        QFETCH(QByteArray, said);
        const Outcome outcome = run({QStringLiteral("check"), written(text)});
        QVERIFY2(outcome.out.contains(said), outcome.out + outcome.err);
        QCOMPARE(outcome.code, code);
    }

    void checkTakesPropertiesOfTheSystem() {
        const QString file = written(agent("${sys:kind}"));
        QCOMPARE(run({QStringLiteral("check"), file, QStringLiteral("-Dkind=null")}).code, 0);
        QCOMPARE(run({QStringLiteral("check"), file, QStringLiteral("-Dkind=nul")}).code, 1);
    }

    void aFileThatIsNotThereIsNamed() {
        const QString file = directory_.filePath(QStringLiteral("none.conf"));
        const Outcome outcome = run({QStringLiteral("check"), file});
        QVERIFY(outcome.code != 0);
        QVERIFY2(outcome.err.contains(file.toUtf8()), outcome.err);
    }

    void onePropertyIsSetReadAndTakenOut() {
        const QByteArray before = agent("null");
        const QString file = written(before), key = QStringLiteral("a.channels.c.capacity");
        QCOMPARE(run({QStringLiteral("set"), file, key, QStringLiteral("500")}).code, 0);
        QCOMPARE(run({QStringLiteral("get"), file, key}).out, QByteArray("500\n"));
        QCOMPARE(run({QStringLiteral("unset"), file, key}).code, 0);
        QVERIFY(run({QStringLiteral("get"), file, key}).code != 0);
        QFile now(file);
        QVERIFY(now.open(QIODevice::ReadOnly));
        QCOMPARE(now.readAll(), before);
    }

    void aWrongCommandLineEndsWithTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no command") << QStringList();
        QTest::newRow("no file") << QStringList{"run", "--dir", "."};
        QTest::newRow("an unknown option") << QStringList{"run", "x.conf", "--once"};
        QTest::newRow("a value out of range") << QStringList{"run", "x.conf", "--drain-timeout", "-1"};
        QTest::newRow("an override without a value") << QStringList{"run", written(agent("null")), "--set", "key"};
        QTest::newRow("an address without a port") << QStringList{"broker", "--listen", "here"};
    }
    void aWrongCommandLineEndsWithTwo() {
        QFETCH(QStringList, arguments);
        const Outcome outcome = run(arguments);
        QVERIFY2(outcome.code == 2, outcome.err);
        QCOMPARE(run({QStringLiteral("--help")}).code, 0);
    }

    void theFileMayStandBehindTheOptions_data() {
        QTest::addColumn<QStringList>("arguments");
        const QStringList set{"--set", "a.sinks.k.type=null"};
        QTest::newRow("first, with names between blanks") << QStringList{"FILE", "--only", "a", "b"} + set;
        QTest::newRow("behind names with commas") << set + QStringList{"--only", "a,b", "FILE"};
        QTest::newRow("behind names with blanks") << set + QStringList{"--only", "a", "b", "FILE"};
        QTest::newRow("behind overrides") << QStringList{"--only", "a,b"} + set + QStringList{"FILE"};
        QTest::newRow("between options") << QStringList{"--only", "a,b", "FILE"} + set;
    }
    void theFileMayStandBehindTheOptions() {
        QFETCH(QStringList, arguments);
        arguments.replaceInStrings(QRegularExpression("^FILE$"), written(agent("nul") + "b.channels = c\n"));
        Headless program;
        program.start(QStringList{"run"} + arguments + QStringList{"--dir", program.directory(), "--keep-going"});
        QVERIFY2(program.waitForError("Running."), qPrintable(program.errors()));
        QVERIFY2(!program.errors().contains("a/sinks/k"), qPrintable(program.errors()));
    }

    void errorsAtTheStartAreInTheExitCode_data() {
        QTest::addColumn<QStringList>("more");
        QTest::addColumn<int>("code");
        QTest::newRow("as it is") << QStringList() << 1;
        QTest::newRow("with --keep-going") << QStringList{"--keep-going"} << 0;
    }
    void errorsAtTheStartAreInTheExitCode() {
        QFETCH(QStringList, more);
        QFETCH(int, code);
        Headless program;
        const QByteArray port = QByteArray::number(net::freePort().value());
        const auto runWith = [&](const QByteArray& topic) {
            return QStringList{
                "run", "--dir", program.directory(),
                written("#@ version = 1\n#@ cluster.l.kind = embedded\n#@ cluster.l.listen = 127.0.0.1:" + port +
                        "\n#@ topic.t.cluster = l\n#@ topic.t.name = " + topic + '\n')};
        };
        program.start(runWith("t_t"));
        QVERIFY2(program.waitForError("Running."), qPrintable(program.errors()));
        QCOMPARE(program.terminate(), 0);
        // The broker has kept that topic, and refuses one that looks like it.
        program.start(runWith("t.t") + more);
        QVERIFY2(program.waitForError("Running."), qPrintable(program.errors()));
        QVERIFY2(program.errors().contains("topic/t: error:"), qPrintable(program.errors()));
        QCOMPARE(program.terminate(), code);
    }

    void aCurrentDirectoryThatIsGoneIsAnError() {
        QProcess shell;
        shell.setWorkingDirectory(directory_.path());
        shell.start("/bin/sh", {"-c", "mkdir gone && cd gone && rmdir ../gone && exec " MILLRACE_BINARY_DIR
                                      "/bin/millraced broker --listen 127.0.0.1:0"});
        QVERIFY(shell.waitForFinished(60'000));
        const QByteArray said = shell.readAllStandardError();
        QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
        QVERIFY2(shell.exitCode() == 1 && said.contains("run directory"), said);
    }

    void aSignalArrivesWhileNobodyReadsTheLog() {
        Headless program;
        const QByteArray pipe = program.path(QStringLiteral("stderr")).toUtf8();
        QCOMPARE(::mkfifo(pipe.constData(), 0600), 0);
        const int log = ::open(pipe.constData(), O_RDWR | O_NONBLOCK);
        const std::uint16_t port = net::freePort().value();
        program.process().setStandardErrorFile(QString::fromUtf8(pipe));
        program.start({QStringLiteral("run"), QStringLiteral("--drain-timeout"), QStringLiteral("0"),
                       written(agent("logger") +
                               "a.sources = s n\na.sources.n.type = netcat\na.sources.n.channels = c\n"
                               "a.sources.n.bind = 127.0.0.1\na.sources.n.port = " +
                               QByteArray::number(port) + '\n')});
        const auto listens = [port] {
            QTcpSocket client;
            client.connectToHost(QHostAddress::LocalHost, port);
            return client.waitForConnected();
        };
        pollfd full{log, POLLOUT, 0};
        QTRY_COMPARE_WITH_TIMEOUT(::poll(&full, 1, 0), 0, 60'000);
        QTRY_VERIFY_WITH_TIMEOUT(listens(), 60'000);
        program.signal(SIGTERM);
        QTRY_VERIFY_WITH_TIMEOUT(!listens(), 60'000);
        char page[4096];
        QTRY_VERIFY_WITH_TIMEOUT((::read(log, page, sizeof page), program.process().state() == QProcess::NotRunning),
                                 60'000);
        ::close(log);
        QCOMPARE(program.process().exitStatus(), QProcess::NormalExit);
    }

private:
    QString written(const QByteArray& text) {
        const QString path = directory_.filePath(QStringLiteral("%1.conf").arg(++files_));
        QFile file(path);
        if (file.open(QIODevice::WriteOnly)) file.write(text);
        return path;
    }
    QTemporaryDir directory_;
    int files_ = 0;
};

MILLRACE_TEST(CommandsTest)
#include "tst_commands.moc"
