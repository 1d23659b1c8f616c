#include "base/log.h"
#include "kafka/admin.h"
#include "kafka/producer.h"
#include "net/address.h"
#include "session/support/headless.h"
#include "support/test_program.h"

#include <QDir>
#include <QFile>
#include <QTcpServer>
#include <QTcpSocket>
#include <QtTest>

using namespace millrace;

namespace {

constexpr std::chrono::seconds kPatience{60};

/// What a server on loopback answers, with its head.
QByteArray answerOf(int port, const QByteArray& path) {
    QTcpSocket client;
    client.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(port));
    if (!client.waitForConnected()) return {};
    client.write("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");
    while (client.waitForReadyRead(60'000)) {
    }
    return client.readAll();
}

/// `millraced broker` with options, until it has printed its address.
class BrokerProgram {
public:
    void start(const QStringList& options) {
        program.start(QStringList{"broker"} + options);
        QTRY_VERIFY_WITH_TIMEOUT(program.output().endsWith('\n') || program.process().state() == QProcess::NotRunning,
                                 60'000);
        address = program.output().trimmed().toStdString();
    }
    /// The file of the broker's settings.
    QString settings(const QByteArray& text) {
        QFile file(program.path("server.properties"));
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) qFatal("no file for the settings");
        return file.fileName();
    }
    /// Makes the topic by writing to it; how many partitions it has got.
    int partitionsOfANewTopic(const std::string& topic) {
        const auto toProducer = kafka::connectionFromJava(kafka::ClientRole::producer, address, {});
        const auto producer = kafka::Producer::make(*toProducer, silentLog(), "");
        kafka::OutRecord record;
        record.topic = topic;
        record.value = "value";
        if (const Status sent = (*producer)->send({&record, 1}); !sent) qFatal("%s", sent.error().message.c_str());
        const auto toAdmin = kafka::connectionFromJava(kafka::ClientRole::admin, address, {});
        const auto admin = kafka::Admin::make(*toAdmin, silentLog(), "");
        const auto topics = (*admin)->topics(kPatience);
        for (const kafka::TopicInfo& info : topics.value_or(std::vector<kafka::TopicInfo>{}))
            if (info.name == topic) return info.partitions;
        return -1;
    }

    Headless program;
    std::string address;
};

} // namespace

/// `millraced broker` with the settings of a Kafka that ran before.
class BrokerCommandTest : public QObject {
    Q_OBJECT
private slots:
    void aFileOfKafkasIsRunAsItIs() {
        BrokerProgram broker;
        const std::string port = std::to_string(net::freePort().value());
        const QString directory = broker.program.path("data");
        const QString file =
            broker.settings("process.roles=broker,controller\nnode.id=7\ncontroller.quorum.voters=7@localhost:9093\n"
                            "listeners=PLAINTEXT://127.0.0.1:" +
                            QByteArray::fromStdString(port) +
                            ",CONTROLLER://127.0.0.1:9093\n"
                            "controller.listener.names=CONTROLLER\nlog.dirs=" +
                            directory.toUtf8() + "\nnum.partitions=3\n");
        for (int start = 0; start < 2; ++start) {
            broker.start({"--config", file});
            QVERIFY2(broker.address == "127.0.0.1:" + port, qPrintable(broker.program.errors()));
            QCOMPARE(broker.partitionsOfANewTopic("topic" + std::to_string(start)), 3);
            QCOMPARE(broker.program.terminate(), 0);
        }
        QVERIFY(QDir(directory).exists("topic0-0"));
        QVERIFY(QDir(directory).exists("topic1-2"));
        QFile meta(directory + "/meta.properties");
        QVERIFY(meta.open(QIODevice::ReadOnly));
        QVERIFY(meta.readAll().contains("node.id=7"));
        QVERIFY(broker.program.errors().contains(file + ":3:1: information: controller.quorum.voters has no effect"));
    }

    void theCommandLineWinsOverTheFile() {
        BrokerProgram broker;
        const QString file =
            broker.settings("listeners=PLAINTEXT://203.0.113.1:1\nlog.dirs=/nowhere\nnum.partitions=3\n");
        broker.start({"--config", "num.partitions=2", "--config", file, "--listen", "127.0.0.1:0", "--dir",
                      broker.program.path("here")});
        QVERIFY2(broker.address.starts_with("127.0.0.1:"), qPrintable(broker.program.errors()));
        QCOMPARE(broker.partitionsOfANewTopic("t"), 2);
        QVERIFY(QDir(broker.program.path("here/broker/local")).exists("t-1"));
    }

    void ofSeveralDirectoriesTheFirstIsUsedAndThatIsTold() {
        BrokerProgram broker;
        const QString first = broker.program.path("a"), second = broker.program.path("b");
        broker.start({"--listen", "127.0.0.1:0", "--config", "log.dirs=" + first + "," + second});
        QVERIFY2(broker.program.waitForError("log.dirs names 2 directories"), qPrintable(broker.program.errors()));
        QVERIFY(QDir(first).exists());
        QVERIFY(!QDir(second).exists());
    }

    void whoWatchesItReadsItsPages() {
        BrokerProgram broker;
        const int port = net::freePort().value();
        broker.start({"--listen", "127.0.0.1:0", "--metrics-port", QString::number(port)});
        QCOMPARE(broker.partitionsOfANewTopic("seen"), 1);
        QByteArray page;
        QTRY_VERIFY_WITH_TIMEOUT((page = answerOf(port, "/prometheus"))
                                     .contains("\nkafka_log_log_logendoffset{topic=\"seen\",partition=\"0\"} 1\n"),
                                 60'000);
        QVERIFY(page.startsWith("HTTP/1.1 200"));
        QVERIFY(page.contains("\nprocess_resident_memory_bytes "));
        QVERIFY(answerOf(port, "/metrics")
                    .contains("\nkafka_server_brokertopicmetrics_messagesin_total{topic=\"seen\"} 1\n"));
        QVERIFY(answerOf(port, "/health").endsWith("{\"status\":\"ok\"}\n"));
        QVERIFY(answerOf(port, "/nothing").startsWith("HTTP/1.1 404"));
        QCOMPARE(broker.program.terminate(), 0);
    }

    void aPortOfItsPagesThatIsTakenIsAnError() {
        QTcpServer taken;
        QVERIFY(taken.listen(QHostAddress::LocalHost));
        BrokerProgram broker;
        broker.start({"--listen", "127.0.0.1:0", "--metrics-port", QString::number(taken.serverPort())});
        QVERIFY2(broker.program.waitForError("cluster/local: error:"), qPrintable(broker.program.errors()));
        QCOMPARE(broker.program.terminate(), 1);
    }

    void aWrongFileEndsWithTwoAndTheLine_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("a wrong value") << QByteArray("\nnum.partitions=many\n")
                                       << QByteArray("server.properties:2:16: error: ");
        QTest::newRow("a listener that there cannot be")
            << QByteArray("listeners=PLAINTEXT://127.0.0.1:1,INSIDE://127.0.0.1:2\n")
            << QByteArray("listeners = PLAINTEXT://127.0.0.1:1,INSIDE://127.0.0.1:2: ");
        QTest::newRow("a listener without a port")
            << QByteArray("listeners=PLAINTEXT://here\n") << QByteArray("listeners");
    }
    void aWrongFileEndsWithTwoAndTheLine() {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, said);
        BrokerProgram broker;
        broker.start({"--config", broker.settings(text)});
        QCOMPARE(broker.program.waitForEnd(), 2);
        QVERIFY2(broker.program.errors().contains(QString::fromUtf8(said)), qPrintable(broker.program.errors()));
    }

    void aFileThatIsNotThereIsNamed() {
        BrokerProgram broker;
        broker.start({"--config", "./no.properties"});
        QCOMPARE(broker.program.waitForEnd(), 2);
        QVERIFY2(broker.program.errors().contains("no.properties"), qPrintable(broker.program.errors()));
    }

    void aConfigThatIsNoneIsToldByItsNameAlone() {
        BrokerProgram broker;
        broker.start({"--config", "ssl.keystore.password =geheim"});
        QCOMPARE(broker.program.waitForEnd(), 2);
        QVERIFY2(broker.program.errors().contains("ssl.keystore.password"), qPrintable(broker.program.errors()));
        QVERIFY2(!broker.program.errors().contains("geheim"), qPrintable(broker.program.errors()));
    }
};

MILLRACE_TEST(BrokerCommandTest)
#include "tst_broker_command.moc"
