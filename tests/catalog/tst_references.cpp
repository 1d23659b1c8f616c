#include "catalog/references.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace::catalog;

/// What a property names stands in the catalog, so that the form and the completion of the text offer the same.
class TestReferences : public QObject {
    Q_OBJECT
private slots:
    void aPropertyRefersTo_data() {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<int>("to");
        QTest::addColumn<char>("separator");
        const auto row = [](const char* name, ComponentKind kind, const char* type, const char* key, Reference to,
                            char separator) {
            QTest::newRow(name) << static_cast<int>(kind) << QByteArray(type) << QByteArray(key) << static_cast<int>(to)
                                << separator;
        };
        row("the channels of a source", ComponentKind::source, "exec", "channels", Reference::channel, ' ');
        row("the channels of a mapping", ComponentKind::source, "exec", "selector.mapping.DE", Reference::channel, ' ');
        row("the optional channels of a value", ComponentKind::source, "exec", "selector.optional.DE",
            Reference::channel, ' ');
        row("the header of a selector", ComponentKind::source, "exec", "selector.header", Reference::nothing, '\0');
        row("the channel of a sink", ComponentKind::sink, "logger", "channel", Reference::channel, '\0');
        row("the channel of a sink of no known type", ComponentKind::sink, "x.Y", "channel", Reference::channel, '\0');
        row("the members of a group", ComponentKind::sinkProcessor, "failover", "sinks", Reference::sink, ' ');
        row("the topic of a Kafka sink", ComponentKind::sink, "org.apache.flume.sink.kafka.KafkaSink", "kafka.topic",
            Reference::topic, '\0');
        row("the topics of a Kafka source", ComponentKind::source, "org.apache.flume.source.kafka.KafkaSource",
            "kafka.topics", Reference::topic, ',');
        row("the cluster of a topic", ComponentKind::topic, "", "cluster", Reference::cluster, '\0');
        row("the topic of traffic", ComponentKind::traffic, "", "topic", Reference::topicId, '\0');
        row("a number", ComponentKind::channel, "memory", "capacity", Reference::nothing, '\0');
        row("no key", ComponentKind::channel, "memory", "", Reference::nothing, '\0');
    }
    void aPropertyRefersTo() {
        QFETCH(int, kind);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, key);
        QFETCH(int, to);
        QFETCH(char, separator);
        const auto component = static_cast<ComponentKind>(kind);
        const RefersTo found =
            refersTo(component, flumeCatalog().find(component, type.toStdString()), key.toStdString());
        QCOMPARE(static_cast<int>(found.to), to);
        QCOMPARE(found.separator, separator);
    }
};

MILLRACE_TEST(TestReferences)
#include "tst_references.moc"
