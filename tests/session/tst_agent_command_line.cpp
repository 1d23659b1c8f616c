#include "session/support/headless.h"
#include "support/test_program.h"

#include <QFile>
#include <QTcpServer>
#include <QtTest>

/// `millraced agent` is flume-ng's command line: scripts that start Flume start it.
class AgentCommandLineTest : public QObject {
    Q_OBJECT
private slots:
    void ofSeveralFilesTheLastWordCounts() {
        Headless run;
        written(run, "base.conf", agent("nul") + "a.sinks.k.batchSize = 7");
        written(run, "mine.conf", "a.sinks.k.type = null\n");
        run.start({"agent", "-n", "a", "-f", "base.conf", "-f", "mine.conf", "--dryrun"});
        QCOMPARE(run.waitForEnd(), 0);
        QCOMPARE(run.output(), "base.conf, mine.conf: no problems\n");
        run.start({"agent", "-n", "a", "-f", "mine.conf", "-f", "base.conf", "--dryrun"});
        QCOMPARE(run.waitForEnd(), 1);
        QVERIFY2(run.output().contains("base.conf:7:18: error:"), qPrintable(run.output()));
    }

    void aProblemIsToldAtItsPlaceInItsFile_data() {
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<QByteArray>("second");
        QTest::addColumn<QStringList>("told");
        const QByteArray good = agent("null");
        const QByteArray wrong = "\n\na.channels.c.capacity = many\n"; // Flume takes its default
        QTest::newRow("in the first") << good + wrong << QByteArray("# nothing\n")
                                      << QStringList{"first.conf:11:25: warning:"};
        QTest::newRow("in the second") << good << wrong << QStringList{"second.conf:3:25: warning:"};
        QTest::newRow("behind a first one without a last line end")
            << good + "# end" << wrong << QStringList{"second.conf:3:25: warning:"};
        QTest::newRow("behind a first one that ends within a line")
            << good + "# end\na.sinks.k.batchSize = 7\\" << wrong << QStringList{"second.conf:3:25: warning:"};
        QTest::newRow("twice in the second, lines ending as on Windows")
            << good << QByteArray("#\r\na.channels.c.capacity = 1000\r\na.channels.c.capacity = 1001\r\n")
            << QStringList{"second.conf:2:1: warning: This line has no effect, because line 3 sets"};
        QTest::newRow("in each") << good + wrong << QByteArray("a.sinks.k.batchSize = few\n")
                                 << QStringList{"first.conf:11:25: warning:", "second.conf:1:23: error:"};
        QTest::newRow("behind an empty one")
            << QByteArray() << good + wrong << QStringList{"second.conf:11:25: warning:"};
    }
    void aProblemIsToldAtItsPlaceInItsFile() {
        QFETCH(QByteArray, first);
        QFETCH(QByteArray, second);
        QFETCH(QStringList, told);
        Headless run;
        written(run, "first.conf", first);
        written(run, "second.conf", second);
        run.start({"agent", "-n", "a", "-f", "first.conf", "-f", "second.conf", "-d"});
        run.waitForEnd();
        const QString out = run.output();
        for (const QString& line : told)
            QVERIFY2(out.contains(line), qPrintable(out));
        QVERIFY2(out.count('\n') == told.size(), qPrintable(out));
    }

    void eachFileIsLookedAtForChanges() {
        Headless run;
        written(run, "base.conf", agent("null"));
        written(run, "mine.conf", "# nothing yet\n");
        run.start({"agent", "-n", "a", "-f", "base.conf", "-f", "mine.conf", "-i", "1"});
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        written(run, "mine.conf", "\na.channels.c.capacity = many\n"); // with the default in its place all goes on
        QVERIFY2(run.waitForError("mine.conf:2:25: warning:"), qPrintable(run.errors()));
        QVERIFY2(run.errors().contains("base.conf, mine.conf has changed"), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0);
    }

    void flumesSpellingsAreUnderstood_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QString>("told");
        QTest::newRow("long names behind one dash") << QStringList{"-name", "a", "-conf-file", "a.conf"} << QString();
        QTest::newRow("long names with a value") << QStringList{"--name=a", "-conf-file=a.conf"} << QString();
        QTest::newRow("a user and a password")
            << QStringList{"-n", "a",    "-f", "a.conf", "-user",
                           "me", "-pwd", "pw", "-a",     "org.apache.flume.node.net.BasicAuthorizationProvider"}
            << QString();
        QTest::newRow("an address of a file") << QStringList{"-n", "a", "-conf-uri", "file:a.conf"} << QString();
        QTest::newRow("an address counts more than a file")
            << QStringList{"-n", "a", "-u", "a.conf", "-f", "b.conf"} << "b.conf: not read, as -u is given too";
        QTest::newRow("Java's options")
            << QStringList{"-c", ".", "-n", "a", "-f", "a.conf", "-Xmx512m", "-javaagent:x.jar=1", "-C", "lib/*"}
            << "-Xmx512m, -javaagent:x.jar=1, --classpath: no effect, there is no Java here";
        QTest::newRow("a directory of Flume's")
            << QStringList{"-c", "conf", "-n", "a", "-f", "a.conf"} << "conf/flume-env.sh: not read";
    }
    void flumesSpellingsAreUnderstood() {
        QFETCH(QStringList, words);
        QFETCH(QString, told);
        Headless run;
        written(run, "a.conf", agent("null"));
        QVERIFY(QDir(run.directory()).mkdir("conf"));
        written(run, "conf/flume-env.sh", "JAVA_OPTS=-Xmx1g\n");
        run.start(QStringList{"agent", "--dryrun"} + words);
        QCOMPARE(run.waitForEnd(), 0);
        QCOMPARE(run.output(), "a.conf: no problems\n");
        QVERIFY2(told.isEmpty() ? run.errors().isEmpty() : run.errors().contains(told), qPrintable(run.errors()));
    }

    void theExitCodeSaysWhatWentWrong_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("told");
        const QStringList fine{"-n", "a", "-f", "a.conf"};
        QTest::newRow("ZooKeeper") << QStringList{"-n", "a", "-z", "zk:2181", "-p", "/flume"} << 2 << "give it with -f";
        QTest::newRow("a class that provides") << fine + QStringList{"-prov", "com.x.Provider"} << 2 << "a Java class";
        QTest::newRow("a class that authorises") << fine + QStringList{"-a", "com.x.Auth"} << 2 << "a Java class";
        QTest::newRow("the class path") << QStringList{"-n", "a", "-u", "classpath:a.conf"} << 2
                                        << "give the file with -f";
        QTest::newRow("no file at all") << QStringList{"-n", "a"} << 2 << "-f or -u";
        QTest::newRow("no name") << QStringList{"-f", "a.conf"} << 2 << "--name";
        QTest::newRow("another monitoring")
            << fine + QStringList{"-Dflume.monitoring.type=ganglia"} << 2 << "only http is supported";
        QTest::newRow("a port that is none")
            << fine + QStringList{"-Dflume.monitoring.type=http", "-Dflume.monitoring.port=x"} << 2
            << "expected 1 to 65535";
        QTest::newRow("a level that is none") << fine + QStringList{"-Dflume.root.logger=LOUD,console"} << 2
                                              << "-Dflume.root.logger: \"LOUD\" is no level";
        QTest::newRow("a part's level that is none")
            << fine + QStringList{"--log-level", "a/sinks=3"} << 2 << "\"3\" is no level";
        QTest::newRow("a file that is not there") << fine + QStringList{"-f", "none.conf"} << 1 << "none.conf";
        QTest::newRow("an agent that is not there") << QStringList{"-n", "b", "-f", "a.conf"} << 1 << "a.conf: error:";
    }
    void theExitCodeSaysWhatWentWrong() {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        QFETCH(QString, told);
        for (const QStringList& start : {QStringList{"agent"}, QStringList{"agent", "--dryrun"}}) {
            Headless run;
            written(run, "a.conf", agent("null"));
                run.start(start + words);
            QCOMPARE(run.waitForEnd(), code);
            QVERIFY2((run.errors() + run.output()).contains(told), qPrintable(run.errors() + run.output()));
        }
    }

    void linesOfTheLogArePrintedByTheirLevel_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<bool>("printed");
        QTest::newRow("as it is") << QStringList{} << true;
        QTest::newRow("Flume's root logger") << QStringList{"-Dflume.root.logger=WARN,console"} << false;
        QTest::newRow("a part says more")
            << QStringList{"-Dflume.root.logger=ERROR,LOGFILE", "--log-level", "a/sinks=debug"} << true;
        QTest::newRow("a part says less") << QStringList{"--log-level", "a/sinks/k=off"} << false;
        QTest::newRow("the nearest part counts")
            << QStringList{"--log-level", "a/sinks=off", "--log-level", "a/sinks/k=Info"} << true;
        QTest::newRow("another part") << QStringList{"--log-level", "a/sinks/k2=off"} << true;
    }
    void linesOfTheLogArePrintedByTheirLevel() {
        QFETCH(QStringList, words);
        QFETCH(bool, printed);
        Headless run;
        written(run, "a.conf", agent("logger") + "a.sources.s.totalEvents = 3\n");
        run.start(QStringList{"agent", "-n", "a", "-f", "a.conf"} + words);
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0); // prints what is left to print
        QCOMPARE(run.errors().contains("info a/sinks/k: "), printed);
    }

    void itRunsWhenItsSourcesListen() {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress::LocalHost));
        Headless run;
        written(run, "a.conf",
                agent("null") + "a.sources.s.type = netcat\na.sources.s.bind = 127.0.0.1\na.sources.s.port = " +
                    QByteArray::number(other.serverPort()) + '\n');
        run.start({"agent", "-n", "a", "-f", "a.conf"});
        QVERIFY2(run.waitForError("a/sources/s has not started yet"), qPrintable(run.errors()));
        QVERIFY2(!run.errors().contains("Running."), qPrintable(run.errors()));
        other.close();
        QVERIFY2(run.waitForError("Running."), qPrintable(run.errors()));
        QCOMPARE(run.terminate(), 0);
    }

private:
    static QByteArray agent(const char* sink) {
        return QByteArray(
                   "a.sources = s\na.channels = c\na.sinks = k\na.sources.s.type = seq\na.sources.s.channels = c\n"
                   "a.channels.c.type = memory\na.sinks.k.type = ") +
               sink + "\na.sinks.k.channel = c\n";
    }
    static void written(const Headless& run, const QString& name, const QByteArray& text) {
        QFile file(run.path(name));
        if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(file.fileName()));
        file.write(text);
    }
};

MILLRACE_TEST(AgentCommandLineTest)
#include "tst_agent_command_line.moc"
