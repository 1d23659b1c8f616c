// A broker that asks who comes, over TLS, and agents of ours that tell it: two programs, as two computers run them.
#include "session/support/headless.h"
#include "support/test_program.h"

#include <QDirIterator>
#include <QtTest>

namespace {

const QString kStores = QStringLiteral(MILLRACE_SOURCE_DIR "/tests/tls/data/");
const QString kUser = QStringLiteral("SCRAM-SHA-256=[name=alice,password=\"it is, secret\"]");

QStringList brokerArguments(const QString& directory, const QStringList& users) {
    QStringList arguments{"broker", "--dir", directory};
    for (const QString& config :
         {QString("listeners=SASL_SSL://127.0.0.1:0"), QString("sasl.enabled.mechanisms=SCRAM-SHA-256"),
          "ssl.keystore.location=" + kStores + "server.jks", QString("ssl.keystore.password=changeit")})
        arguments << "--config" << config;
    for (const QString& user : users)
        arguments << "--add-scram" << user;
    return arguments;
}

/// What both sides of Kafka need, below `prefix`; the certificate lies in the run directory.
QString secure(const QString& prefix, const QString& password) {
    const QString jaas("org.apache.kafka.common.security.scram.ScramLoginModule required username=\"alice\" "
                       "password=\"%1\";");
    return QString("%1security.protocol = SASL_SSL\n%1sasl.mechanism = SCRAM-SHA-256\n%1sasl.jaas.config = %2\n"
                   "%1ssl.truststore.type = PEM\n%1ssl.truststore.location = ca.pem\n")
        .arg(prefix, jaas.arg(password));
}

QString agents(const QString& servers, const QString& password) {
    return "a.sources = s\na.channels = c\na.sinks = k\na.sources.s.type = seq\na.sources.s.totalEvents = 300\n"
           "a.sources.s.channels = c\na.channels.c.type = memory\na.channels.c.transactionCapacity = 100\n"
           "a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.channel = c\na.sinks.k.kafka.topic = t\n"
           "a.sinks.k.kafka.bootstrap.servers = " +
           servers + '\n' + secure("a.sinks.k.kafka.producer.", password) +
           "b.sources = k\nb.channels = c\nb.sinks = f\nb.sources.k.type = org.apache.flume.source.kafka.KafkaSource\n"
           "b.sources.k.channels = c\nb.sources.k.kafka.topics = t\nb.sources.k.kafka.consumer.group.id = g\n"
           "b.sources.k.kafka.consumer.auto.offset.reset = earliest\nb.sources.k.kafka.bootstrap.servers = " +
           servers + '\n' + secure("b.sources.k.kafka.consumer.", password) +
           "b.channels.c.type = memory\nb.channels.c.capacity = 1000\nb.channels.c.transactionCapacity = 1000\n"
           "b.sinks.f.type = file_roll\nb.sinks.f.sink.directory = out\nb.sinks.f.channel = c\n";
}

qsizetype linesBelow(const QString& directory) {
    QSet<QByteArray> lines;
    for (QDirIterator files(directory, QDir::Files); files.hasNext();) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly)) continue;
        for (const QByteArray& line : file.readAll().split('\n'))
            if (!line.isEmpty()) lines << line;
    }
    return lines.size();
}

} // namespace

class TestSecureCluster : public QObject {
    Q_OBJECT
private:
    /// Empty when it does not come up.
    static QString addressOf(Headless& broker) {
        const auto printed = [&] { return broker.output().contains('\n'); };
        return QTest::qWaitFor(printed, 60'000) ? broker.output().section('\n', 0, 0) : QString();
    }
    static void write(Headless& agent, const QString& text) {
        QFile file(agent.path("agents.conf"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
        QVERIFY(QDir(agent.directory()).mkpath("run/out"));
        QVERIFY(QFile::copy(kStores + "ca.pem", agent.path("run/ca.pem")));
    }

private slots:
    void eventsGoThroughAClusterThatAsksWhoComes() {
        Headless broker, agent;
        broker.start(brokerArguments(broker.directory(), {kUser}));
        const QString address = addressOf(broker);
        QVERIFY2(!address.isEmpty(), qPrintable(broker.errors()));
        write(agent, agents(address, "it is, secret"));
        agent.start({"run", agent.path("agents.conf"), "--dir", agent.path("run")});
        QVERIFY2(agent.waitForError("Running."), qPrintable(agent.errors()));
        QTRY_COMPARE_WITH_TIMEOUT(linesBelow(agent.path("run/out")), 300, 60'000);
        QCOMPARE(agent.terminate(), 0);
        QCOMPARE(broker.terminate(), 0);
        QVERIFY2(!agent.errors().contains("ssl.truststore.type"), qPrintable(agent.errors())); // it has an effect
        QVERIFY2(!(broker.errors() + agent.errors()).contains("it is, secret"), qPrintable(broker.errors()));
    }

    void whoDoesNotKnowThePasswordIsToldAndNamed() {
        Headless broker, agent;
        broker.start(brokerArguments(broker.directory(), {kUser}));
        const QString address = addressOf(broker);
        QVERIFY2(!address.isEmpty(), qPrintable(broker.errors()));
        write(agent, agents(address, "a guess"));
        agent.start({"run", agent.path("agents.conf"), "--dir", agent.path("run"), "--drain-timeout", "0"});
        QVERIFY2(broker.waitForError("at listener SASL_SSL has not proven by SCRAM-SHA-256 that it is \"alice\""),
                 qPrintable(broker.errors()));
        QVERIFY2(agent.waitForError("SASL authentication error"), qPrintable(agent.errors()));
        QVERIFY2(!(broker.errors() + agent.errors()).contains("a guess"), qPrintable(agent.errors()));
        agent.terminate();
        QCOMPARE(broker.terminate(), 0);
    }

    void aUserThatCannotBeUnderstoodEndsTheCommand() {
        Headless broker;
        broker.start(brokerArguments(broker.directory(), {"alice=secret"}));
        QCOMPARE(broker.waitForEnd(), 2);
        QVERIFY2(broker.errors().contains("--add-scram: the mechanism is missing"), qPrintable(broker.errors()));
    }
};

MILLRACE_TEST(TestSecureCluster)
#include "tst_secure_cluster.moc"
