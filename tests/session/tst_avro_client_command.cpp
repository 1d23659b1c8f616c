#include "net/address.h"
#include "session/support/headless.h"
#include "support/test_program.h"

#include <QDirIterator>
#include <QFile>
#include <QtTest>

namespace {

void write(const QString& path, const QByteArray& text) {
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly)) qFatal("cannot write %s", qPrintable(path));
    file.write(text);
}

/// An agent that files what comes to its avro source, with the headers, and the client.
struct Place {
    explicit Place(const char* capacity = "1000") {
        write(agent.path("a.conf"),
              QByteArray("a.sources = s\na.channels = c\na.sinks = k\na.sources.s.type = avro\n"
                         "a.sources.s.bind = 127.0.0.1\na.sources.s.channels = c\na.channels.c.type = memory\n"
                         "a.channels.c.transactionCapacity = ") +
                  capacity + "\na.channels.c.capacity = " + capacity +
                  "\na.sinks.k.type = file_roll\na.sinks.k.sink.directory = out\na.sinks.k.sink.batchSize = 1\n"
                  "a.sinks.k.sink.serializer = header_and_text\na.sinks.k.channel = c\na.sources.s.port = " +
                  QByteArray::number(port) + '\n');
        agent.start({"agent", "-n", "a", "-f", "a.conf"});
        if (!agent.waitForError("Running.")) qFatal("%s", qPrintable(agent.errors()));
    }
    /// What is in the files once the agent has ended.
    QByteArray filed() {
        if (agent.terminate() != 0) qFatal("%s", qPrintable(agent.errors()));
        QByteArray all;
        for (QDirIterator files(agent.path("out"), QDir::Files); files.hasNext();) {
            QFile file(files.next());
            if (file.open(QIODevice::ReadOnly)) all += file.readAll();
        }
        return all;
    }
    /// Runs the client with these words and that for its standard input. The exit code.
    int send(const QStringList& words, const QByteArray& input = {}) {
        client.start(QStringList{"avro-client", "-H", "127.0.0.1", "-p", QString::number(port)} + words);
        client.process().write(input);
        client.process().closeWriteChannel();
        return client.waitForEnd();
    }
    const int port = millrace::net::freePort().value();
    Headless agent, client;
};

} // namespace

class AvroClientCommandTest : public QObject {
    Q_OBJECT
private slots:
    void eachLineIsAnEvent_data() {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<QByteArray>("filed");
        QTest::newRow("lines, one empty, with both kinds of end")
            << QByteArray("one\n\nthree\r\n") << QByteArray("{} one\n{} \n{} three\n");
        QTest::newRow("a last line without an end")
            << QByteArray("\xe4\xb8\xad\nend") << QByteArray("{} \xe4\xb8\xad\n{} end\n");
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("more than a batch") << QByteArray("x\n").repeated(250) << QByteArray("{} x\n").repeated(250);
    }
    void eachLineIsAnEvent() {
        QFETCH(QByteArray, input);
        QFETCH(QByteArray, filed);
        Place place;
        QCOMPARE(place.send({}, input), 0);
        const QString told = QString("%1 events are in the channels of 127.0.0.1:").arg(filed.count('\n'));
        QVERIFY2(place.client.errors().startsWith(told), qPrintable(place.client.errors()));
        QCOMPARE(place.filed(), filed);
    }

    void aFileIsSentWithHeaders() {
        Place place;
        write(place.client.path("lines"), "one\ntwo\n");
        write(place.client.path("headers"), "# of all\nhost = web-1\nhost = web-2\n");
        QCOMPARE(place.send({"-F", "lines", "-R", "headers"}), 0);
        QCOMPARE(place.filed(), QByteArray("{host=web-2} one\n{host=web-2} two\n"));
    }

    void theFilesOfADirectoryAreSentOnce() {
        Place place;
        QVERIFY(QDir(place.client.directory()).mkdir("in"));
        write(place.client.path("in/b"), "2\n");
        write(place.client.path("in/a"), "1\n");
        write(place.client.path("in/.hidden"), "no\n");
        QCOMPARE(place.send({"--dirname", "in"}), 0);
        QCOMPARE(QDir(place.client.path("in")).entryList(QDir::Files, QDir::Name),
                 (QStringList{"a.COMPLETED", "b.COMPLETED"}));
        QCOMPARE(place.send({"--dirname", "in"}), 0);
        write(place.client.path("in/a"), "again\n");
        QCOMPARE(place.send({"--dirname", "in"}), 1);
        QVERIFY2(place.client.errors().contains("a.COMPLETED is there already"), qPrintable(place.client.errors()));
        QCOMPARE(place.filed(), QByteArray("{} 1\n{} 2\n"));
    }

    void whatIsRefusedIsTold() {
        Place place("10"); // a batch that does not fit
        QCOMPARE(place.send({}, QByteArray("x\n").repeated(50)), 1);
        QVERIFY2(place.client.errors().contains("the source answered FAILED"), qPrintable(place.client.errors()));
        QVERIFY2(place.client.errors().startsWith("0 events are in"), qPrintable(place.client.errors()));
        QCOMPARE(place.filed(), QByteArray());
    }

    void theExitCodeSaysWhatWentWrong_data() {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("told");
        QTest::newRow("no port") << QStringList{"-H", "h"} << 2 << "--port";
        QTest::newRow("a port that is none") << QStringList{"-p", "70000"} << 2 << "70000";
        QTest::newRow("a file and a directory")
            << QStringList{"-p", "1", "-F", "f", "--dirname", "d"} << 2 << "--dirname";
        QTest::newRow("properties of Java's client") << QStringList{"-p", "1", "-P", "rpc.properties"} << 2 << "--host";
        QTest::newRow("nobody listens") << QStringList{"-H", "127.0.0.1", "-p", "1"} << 1 << "127.0.0.1:1";
        QTest::newRow("no file of headers") << QStringList{"-p", "1", "-R", "none"} << 1 << "none";
    }
    void theExitCodeSaysWhatWentWrong() {
        QFETCH(QStringList, words);
        QFETCH(int, code);
        QFETCH(QString, told);
        Headless client;
        client.start(QStringList{"avro-client"} + words);
        QCOMPARE(client.waitForEnd(), code);
        QVERIFY2((client.errors() + client.output()).contains(told), qPrintable(client.errors() + client.output()));
    }
};

MILLRACE_TEST(AvroClientCommandTest)
#include "tst_avro_client_command.moc"
