#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

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
        QTest::newRow("a sink that only Flume runs") << agent("hdfs") + "a.sinks.k.hdfs.path = /x\n" << 0
                                                     << QByteArray(":7:18: warning: This sink cannot run here yet");
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

QTEST_GUILESS_MAIN(CommandsTest)
#include "tst_commands.moc"
