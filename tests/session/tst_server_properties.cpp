#include "session/server_properties.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using session::readServerProperties;

namespace {

/// "12:3: warning: text" of each.
QStringList remarksOf(const session::ServerProperties& properties) {
    QStringList all;
    for (const topology::Diagnostic& remark : properties.remarks)
        all << QString("%1:%2: %3: %4")
                   .arg(remark.line)
                   .arg(remark.column)
                   .arg(topology::toString(remark.severity), QString::fromStdString(remark.message));
    return all;
}

} // namespace

class ServerPropertiesTest : public QObject {
    Q_OBJECT
private slots:
    void whatKafkaReadsIsRead_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::newRow("a plain line") << QByteArray("num.partitions=3\n") << "num.partitions"
                                      << "3";
        QTest::newRow("blanks and another separator") << QByteArray("  num.partitions : 3 ") << "num.partitions"
                                                      << "3";
        QTest::newRow("a boolean in capitals") << QByteArray("delete.topic.enable=FALSE") << "delete.topic.enable"
                                               << "false";
        QTest::newRow("a value over two lines") << QByteArray("log.dirs=/a,\\\n  /b\n") << "log.dirs"
                                                << "/a,/b";
        QTest::newRow("escapes") << QByteArray("log.dirs=/t\\u00e4glich") << "log.dirs"
                                 << "/täglich";
        QTest::newRow("behind a comment") << QByteArray("# num.partitions=9\n!x\nnum.partitions=2") << "num.partitions"
                                          << "2";
        QTest::newRow("DOS line ends") << QByteArray("broker.id=1\r\nnum.partitions=4\r\n") << "num.partitions"
                                       << "4";
        QTest::newRow("the last of two") << QByteArray("num.partitions=1\nnum.partitions=5") << "num.partitions"
                                         << "5";
        QTest::newRow("a default of topics") << QByteArray("log.segment.bytes=1048576") << "log.segment.bytes"
                                             << "1048576";
        QTest::newRow("hours") << QByteArray("log.retention.hours=24") << "log.retention.hours"
                               << "24";
        QTest::newRow("what has no effect") << QByteArray("num.io.threads=2") << "num.io.threads"
                                            << "2";
        QTest::newRow("what nobody knows") << QByteArray("confluent.x=2") << "confluent.x" << QString();
        QTest::newRow("our own comment lines")
            << QByteArray("#@ num.partitions = 3\n") << "num.partitions" << QString();
        QTest::newRow("nothing") << QByteArray() << "num.partitions" << QString();
    }
    void whatKafkaReadsIsRead() {
        QFETCH(QByteArray, text);
        QFETCH(QString, name);
        QFETCH(QString, value);
        const auto properties = readServerProperties(text.toStdString());
        QVERIFY2(!properties.refused(), qPrintable(remarksOf(properties).join('\n')));
        const auto it = properties.configs.find(name.toStdString());
        QCOMPARE(it == properties.configs.end() ? QString() : QString::fromStdString(it->second), value);
    }

    void aLineIsRemarkedUpon_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("remarks"); ///< how they begin
        QTest::newRow("a value that is refused")
            << QByteArray("\nnum.partitions = none\n")
            << QStringList{"2:18: error: num.partitions = none: a whole number from 1 to 100000 is needed"};
        QTest::newRow("a word that is refused")
            << QByteArray("log.message.timestamp.type=Now")
            << QStringList{"1:28: error: log.message.timestamp.type: message.timestamp.type = Now: this broker offers "
                           "CreateTime,LogAppendTime"};
        QTest::newRow("no value") << QByteArray("num.partitions=")
                                  << QStringList{"1:1: error: num.partitions = : a whole number"};
        QTest::newRow("a slip") << QByteArray("num.partition=3")
                                << QStringList{"1:1: warning: Kafka's brokers have no setting num.partition: it has no "
                                               "effect; did you mean num.partitions?"};
        QTest::newRow("a stranger")
            << QByteArray("wholly.unlike=3")
            << QStringList{"1:1: warning: Kafka's brokers have no setting wholly.unlike: it has no effect"};
        QTest::newRow("no effect") << QByteArray("é=1\n  num.io.threads=8")
                                   << QStringList{"1:1: warning: Kafka's brokers have no setting",
                                                  "2:3: information: num.io.threads has no effect here"};
        QTest::newRow("ways of proving oneself that the broker has not")
            << QByteArray("sasl.kerberos.service.name=kafka\n"
                          "listener.name.far.oauthbearer.sasl.oauthbearer.jwks.endpoint.url=https://h/keys")
            << QStringList{"1:1: information: sasl.kerberos.service.name has no effect here",
                           "2:1: information: listener.name.far.oauthbearer.sasl.oauthbearer.jwks.endpoint.url has no "
                           "effect here"};
        QTest::newRow("TLS of Java's")
            << QByteArray("ssl.provider=SunJSSE\nlistener.name.far.ssl.engine.factory.class=com.example.Engines")
            << QStringList{"1:1: information: ssl.provider has no effect here",
                           "2:1: information: listener.name.far.ssl.engine.factory.class has no effect here"};
        QTest::newRow("samples of quotas") << QByteArray("quota.window.num=0\nquota.window.num=11")
                                           << QStringList{"1:1: warning: quota.window.num is set again in line 2",
                                                          "2:1: information: quota.window.num has no effect here"};
        QTest::newRow("before Kafka 4")
            << QByteArray("zookeeper.connect=h:2181")
            << QStringList{"1:1: information: zookeeper.connect has no effect here, nor in Kafka 4.0"};
        QTest::newRow("twice") << QByteArray("num.partitions=x\n\nnum.partitions=5")
                               << QStringList{"1:1: warning: num.partitions is set again in line 3, which counts"};
        QTest::newRow("half an escape") << QByteArray("log.dirs=/a\\u12")
                                        << QStringList{"1:12: error: \\u needs four hexadecimal digits"};
        QTest::newRow("a path of Windows")
            << QByteArray("log.dirs=C:\\data") << QStringList{"1:12: warning: this backslash is dropped"};
        QTest::newRow("a byte order mark")
            << QByteArray("\xEF\xBB\xBFnum.partitions=5")
            << QStringList{"1:1: error: the file begins with a byte order mark", "1:1: warning:"};
        QTest::newRow("providers of values")
            << QByteArray("config.providers=file")
            << QStringList{"1:1: error: config.providers is not available in this broker"};
    }
    void aLineIsRemarkedUpon() {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, remarks);
        const auto said = remarksOf(readServerProperties(text.toStdString()));
        QCOMPARE(said.size(), remarks.size());
        for (qsizetype i = 0; i < said.size(); ++i)
            QVERIFY2(said[i].startsWith(remarks[i]), qPrintable(said[i]));
    }
};

MILLRACE_TEST(ServerPropertiesTest)
#include "tst_server_properties.moc"
