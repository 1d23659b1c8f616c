#include "session/support/headless.h"
#include "support/test_program.h"

#include <QFile>
#include <QProcess>
#include <QtTest>

#include <csignal>

namespace {

struct Outcome {
    int code = -1;
    QByteArray out, err;
};

/// `millraced topics`, `groups`, `configs`, `produce` and `consume` as their users call them, against a broker of ours.
class Cluster {
public:
    Cluster() {
        broker_.start({"broker", "--listen", "127.0.0.1:0", "--dir", broker_.path("data")});
        if (!QTest::qWaitFor([this] { return broker_.output().endsWith('\n'); }, 60'000))
            qFatal("no broker: %s", qPrintable(broker_.errors()));
        address = broker_.output().trimmed();
    }

    Outcome run(const QStringList& arguments, const QByteArray& input = {}) const {
        QProcess process;
        start(process, arguments);
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished(-1);
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2, process.readAllStandardOutput(),
                process.readAllStandardError()};
    }
    void start(QProcess& process, const QStringList& arguments) const {
        process.start(QStringLiteral(MILLRACE_BINARY_DIR "/bin/millraced"), arguments + QStringList{"-b", address});
        process.waitForStarted(-1);
    }
    /// Prints what is wrong when it fails.
    QByteArray output(const QStringList& arguments, const QByteArray& input = {}) const {
        const Outcome outcome = run(arguments, input);
        return outcome.code == 0 ? outcome.out : "exit code " + QByteArray::number(outcome.code) + ": " + outcome.err;
    }
    QString path(const QString& name) const { return broker_.path(name); }
    QString address;

private:
    Headless broker_;
};

} // namespace

class CompanionsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { cluster_ = std::make_unique<Cluster>(); }
    void cleanupTestCase() { cluster_.reset(); }

    void topicsAreMadeLookedAtChangedAndDeleted() {
        QCOMPARE(cluster_->output({"topics", "create", "made", "--partitions", "2", "--set", "retention.ms=5"}),
                 QByteArray());
        QVERIFY(cluster_->output({"topics", "list"}).contains("\nmade"));
        QVERIFY(cluster_->output({"topics", "list", "--json"}).contains("{\"topic\":\"made\",\"partitions\":2}\n"));
        QCOMPARE(cluster_->run({"topics", "create", "made"}).code, 1);
        QCOMPARE(cluster_->run({"topics", "create", "made", "--if-missing"}).code, 0);
        QCOMPARE(cluster_->output(
                     {"topics", "alter", "made", "-p", "3", "--set", "segment.bytes=99999", "--unset", "retention.ms"}),
                 QByteArray());
        QCOMPARE(cluster_->output({"topics", "describe", "made", "--json"}).count('\n'), 3);
        const QByteArray settings = cluster_->output({"configs", "describe", "-t", "made"});
        QVERIFY2(settings.contains("segment.bytes") && !settings.contains("retention.ms"), settings);
        QCOMPARE(cluster_->output({"topics", "delete", "made"}), QByteArray());
        const Outcome gone = cluster_->run({"topics", "describe", "made"});
        QCOMPARE(gone.code, 1);
        QVERIFY2(gone.err.contains("there is no topic made"), gone.err);
    }

    void settingsAreSetAndTakenBack() {
        cluster_->output({"topics", "create", "set"});
        QCOMPARE(cluster_->output({"configs", "set", "-t", "set", "retention.ms=7", "cleanup.policy=compact"}),
                 QByteArray());
        QCOMPARE(cluster_->output({"configs", "unset", "-t", "set", "cleanup.policy"}), QByteArray());
        QCOMPARE(
            cluster_->output({"configs", "describe", "-t", "set", "--json"}),
            QByteArray("{\"name\":\"retention.ms\",\"value\":\"7\",\"source\":\"topic\",\"changeable\":\"yes\"}\n"));
        QVERIFY(cluster_->output({"configs", "describe", "--broker", "0", "--all"}).contains("\nnum.partitions "));
        const Outcome refused = cluster_->run({"configs", "set", "-t", "set", "retention.ms=soon"});
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains("retention.ms = soon"), refused.err);
    }

    void whatIsWrittenIsRead_data() {
        QTest::addColumn<QStringList>("writing");
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QStringList>("reading");
        QTest::addColumn<QByteArray>("output");
        const QByteArray bytes("\xFF\x01\x80", 3);
        QTest::newRow("lines") << QStringList() << QByteArray("a\nb\n") << QStringList() << QByteArray("a\nb\n");
        QTest::newRow("a last line without an end")
            << QStringList() << QByteArray("a\nb") << QStringList() << QByteArray("a\nb\n");
        QTest::newRow("empty lines") << QStringList() << QByteArray("\n\nx\n") << QStringList()
                                     << QByteArray("\n\nx\n");
        QTest::newRow("nothing") << QStringList() << QByteArray() << QStringList() << QByteArray();
        QTest::newRow("keys and headers")
            << QStringList{"-K", ":", "-H", "h=1", "-k", "other"} << QByteArray("a:1\n2\n")
            << QStringList{"-f", "%k=%s %h\\n"} << QByteArray("a=1 h=1\nother=2 h=1\n");
        QTest::newRow("bytes") << QStringList() << bytes + '\n' << QStringList{"-f", "%S:%s"} << "3:" + bytes;
        QTest::newRow("another delimiter") << QStringList{"--delimiter", "\\0"} << QByteArray("a\nb\0c", 5)
                                           << QStringList{"-f", "<%s>"} << QByteArray("<a\nb><c>");
        QTest::newRow("compressed") << QStringList{"-z", "zstd"} << QByteArray(5000, 'x') + "\n"
                                    << QStringList{"-f", "%S\\n"} << QByteArray("5000\n");
        QTest::newRow("the first two") << QStringList() << QByteArray("a\nb\nc\n") << QStringList{"-c", "2"}
                                       << QByteArray("a\nb\n");
        QTest::newRow("none") << QStringList() << QByteArray("a\n") << QStringList{"-c", "0"} << QByteArray();
        QTest::newRow("the last two") << QStringList() << QByteArray("a\nb\nc\n") << QStringList{"-o", "-2"}
                                      << QByteArray("b\nc\n");
        QTest::newRow("more than there are")
            << QStringList() << QByteArray("a\n") << QStringList{"-o", "-99"} << QByteArray("a\n");
        QTest::newRow("from an offset") << QStringList() << QByteArray("a\nb\nc\n")
                                        << QStringList{"-o", "1", "-f", "%o%s "} << QByteArray("1b 2c ");
        QTest::newRow("from the end") << QStringList() << QByteArray("a\n") << QStringList{"-o", "end"} << QByteArray();
        QTest::newRow("since 1970") << QStringList() << QByteArray("a\n") << QStringList{"-o", "@0"}
                                    << QByteArray("a\n");
        QTest::newRow("from the year 2500")
            << QStringList() << QByteArray("a\n") << QStringList{"-o", "@16725225600000"} << QByteArray();
        QTest::newRow("more than a batch")
            << QStringList() << QByteArray("x\n").repeated(5000) << QStringList() << QByteArray("x\n").repeated(5000);
    }
    void whatIsWrittenIsRead() {
        QFETCH(QStringList, writing);
        QFETCH(QByteArray, input);
        QFETCH(QStringList, reading);
        QFETCH(QByteArray, output);
        const QString topic = "t" + QString::number(++topics_);
        cluster_->output({"topics", "create", topic, "-p", "1"});
        QCOMPARE(cluster_->output(QStringList{"produce", "-t", topic} + writing, input), QByteArray());
        QCOMPARE(cluster_->output(QStringList{"consume", topic, "-e"} + reading), output);
    }

    void filesAreReadOneAfterTheOther() {
        for (const QString& name : {"one", "two"}) {
            QFile file(cluster_->path(name));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(name.toUtf8() + "1\n" + name.toUtf8() + '2');
        }
        cluster_->output({"topics", "create", "files"});
        QCOMPARE(cluster_->output({"produce", "-t", "files", cluster_->path("one"), cluster_->path("two")}),
                 QByteArray());
        QCOMPARE(cluster_->output({"consume", "files", "-e"}), QByteArray("one1\none2\ntwo1\ntwo2\n"));
        const Outcome missing = cluster_->run({"produce", "-t", "files", cluster_->path("three")});
        QCOMPARE(missing.code, 1);
        QVERIFY2(missing.err.contains("three: No such file"), missing.err);
    }

    void aLineThatIsRefusedIsNamed() {
        cluster_->output({"topics", "create", "small", "--set", "max.message.bytes=500"});
        const Outcome outcome = cluster_->run({"produce", "-t", "small"}, "short\n" + QByteArray(2000, 'x') + "\n");
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("stdin:"), outcome.err);
        const Outcome partition = cluster_->run({"produce", "-t", "small", "-p", "7", "--timeout", "5"}, "x\n");
        QCOMPARE(partition.code, 1);
        QVERIFY2(partition.err.contains("stdin:1: "), partition.err);
    }

    void aGroupGoesOnWhereItWasAndIsSetBack() {
        cluster_->output({"topics", "create", "grouped"});
        cluster_->output({"produce", "-t", "grouped"}, "1\n2\n3\n4\n");
        QCOMPARE(cluster_->output({"consume", "grouped", "-g", "g", "-c", "2"}), QByteArray("1\n2\n"));
        QVERIFY(cluster_->output({"groups", "list"}).contains("\ng "));
        const auto lag = [this] { return cluster_->output({"groups", "describe", "g", "--json"}); };
        QVERIFY2(lag().contains("\"partition\":0,\"committed\":2,\"end\":4,\"lag\":2,"), lag());
        QCOMPARE(cluster_->output({"consume", "grouped", "-g", "g", "-c", "2"}), QByteArray("3\n4\n"));
        const QStringList reset{"groups", "reset", "g", "--topic", "grouped:0", "--to", "-3"};
        QVERIFY(cluster_->run(reset).err.contains("--execute"));
        QVERIFY2(lag().contains("\"committed\":4,"), lag());
        QVERIFY(cluster_->output(reset + QStringList{"--execute"}).contains(" 1\n"));
        QVERIFY2(lag().contains("\"committed\":1,"), lag());
        QCOMPARE(cluster_->output({"groups", "delete", "g"}), QByteArray());
        QCOMPARE(cluster_->run({"groups", "describe", "g"}).code, 1);
    }

    void aSignalEndsIt_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("a reader at the end") << QStringList{"consume", "signals"};
        QTest::newRow("a member of a group") << QStringList{"consume", "signals", "-g", "waiting"};
        QTest::newRow("a writer without input") << QStringList{"produce", "-t", "signals"};
    }
    void aSignalEndsIt() {
        QFETCH(QStringList, arguments);
        cluster_->output({"topics", "create", "signals", "--if-missing"});
        const bool reads = arguments.front() == "consume";
        cluster_->output({"produce", "-t", "signals"}, "seen\n");
        QProcess process;
        cluster_->start(process, arguments);
        if (reads)
            QTRY_VERIFY_WITH_TIMEOUT(process.bytesAvailable() > 0, 60'000);
        else
            process.write("from the writer\n");
        if (!reads)
            QTRY_VERIFY_WITH_TIMEOUT(cluster_->output({"consume", "signals", "-e"}).contains("from the writer"),
                                     60'000);
        ::kill(static_cast<pid_t>(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(60'000));
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), 0);
    }

    void aReaderThatIsNotReadEndsQuietly() {
        cluster_->output({"topics", "create", "pipe"});
        cluster_->output({"produce", "-t", "pipe"}, QByteArray("line\n").repeated(20'000));
        QProcess piped;
        piped.start("/bin/sh", {"-c", "( " MILLRACE_BINARY_DIR "/bin/millraced consume pipe -b " + cluster_->address +
                                          "; echo \"code $?\" >&2 ) | head -n 1"});
        QVERIFY(piped.waitForFinished(60'000));
        QCOMPARE(piped.readAllStandardOutput(), QByteArray("line\n"));
        QCOMPARE(piped.readAllStandardError(), QByteArray("code 0\n"));
    }

    void aWrongCommandLineEndsWithTwo_data() {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no verb") << QStringList{"topics"};
        QTest::newRow("no topic") << QStringList{"consume"};
        QTest::newRow("a format with a mistake") << QStringList{"consume", "t", "-f", "%x"};
        QTest::newRow("a place that there is not") << QStringList{"consume", "t", "-o", "middle"};
        QTest::newRow("a group with an end") << QStringList{"consume", "t", "-g", "g", "-e"};
        QTest::newRow("a compression that there is not") << QStringList{"produce", "-t", "t", "-z", "rar"};
        QTest::newRow("nobody's settings") << QStringList{"configs", "describe"};
    }
    void aWrongCommandLineEndsWithTwo() {
        QFETCH(QStringList, arguments);
        const Outcome outcome = cluster_->run(arguments);
        QVERIFY2(outcome.code == 2, outcome.err);
        QVERIFY(!outcome.err.isEmpty());
    }

    void propertiesOfClientsAreTaken() {
        QFile file(cluster_->path("client.properties"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("security.protocol=PLAINTEXT\nclient.id=from-file\n");
        file.close();
        QCOMPARE(cluster_->run({"topics", "list", "--config", file.fileName(), "-X", "socket.nagle.disable=true"}).code,
                 0);
        const Outcome wrong = cluster_->run({"topics", "list", "-X", "no.such.property=1"});
        QCOMPARE(wrong.code, 1);
        QVERIFY2(wrong.err.contains("no.such.property"), wrong.err);
        QCOMPARE(cluster_->run({"topics", "list", "--config", cluster_->path("none")}).code, 1);
    }

    void aClusterThatIsNotThereIsAnErrorInTime() {
        const QString saved = std::exchange(cluster_->address, "127.0.0.1:1");
        const Outcome outcome = cluster_->run({"topics", "list", "--timeout", "0.5"});
        cluster_->address = saved;
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("127.0.0.1:1"), outcome.err);
    }

private:
    std::unique_ptr<Cluster> cluster_;
    int topics_ = 0;
};

MILLRACE_TEST(CompanionsTest)
#include "tst_companions.moc"
