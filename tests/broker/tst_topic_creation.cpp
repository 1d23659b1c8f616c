#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "broker/support/topic_requests.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/create_partitions.h"
#include "wire/messages/delete_topics.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

class TestTopicCreation : public QObject {
    Q_OBJECT

private slots:
    void namesThatKafkaRefusesAreRefused_data() {
        QTest::addColumn<QString>("name");
        for (const char* name : {"", ".", "..", "a/b", "../../etc/passwd", "with blank", "ümlaut", "a:b", "tab\there",
                                 "__consumer_offsets"})
            QTest::addRow("\"%s\"", name) << QString::fromUtf8(name);
        QTest::newRow("250 characters") << QString(250, 'x');
        QTest::newRow("a zero byte") << QString(QLatin1String("a\0b", 3));
    }
    void namesThatKafkaRefusesAreRefused() {
        QFETCH(QString, name);
        CoreFixture broker;
        QCOMPARE(broker.get(createTopics, creation(name.toStdString()), 5)->topics.at(0).errorCode, kInvalidTopic);
        const auto asked = broker.get(metadata, metadataOf(name.toStdString()), 9);
        QVERIFY(asked->topics.at(0).errorCode == kInvalidTopic ||
                asked->topics.at(0).errorCode == kUnknownTopicOrPartition);
        QVERIFY(broker.metadata().all().empty());
    }

    void creationsThatCannotBeAreRefused_data() {
        QTest::addColumn<int>("partitions");
        QTest::addColumn<int>("replicas");
        QTest::addColumn<QString>("config");
        QTest::addColumn<QString>("value");
        QTest::addColumn<int>("error");
        QTest::newRow("no partitions") << 0 << 1 << ""
                                       << "" << int(kInvalidPartitions);
        QTest::newRow("a hundred thousand and one partitions") << 100'001 << 1 << ""
                                                               << "" << int(kInvalidPartitions);
        QTest::newRow("three replicas on one broker") << 1 << 3 << ""
                                                      << "" << int(kInvalidReplicationFactor);
        QTest::newRow("an unknown config") << 1 << 1 << "no.such.config"
                                           << "1" << int(kInvalidConfig);
        QTest::newRow("a config that is no number") << 1 << 1 << "retention.ms"
                                                    << "soon" << int(kInvalidConfig);
        QTest::newRow("a config out of range") << 1 << 1 << "retention.ms"
                                               << "-2" << int(kInvalidConfig);
        QTest::newRow("a compression that Kafka has not") << 1 << 1 << "compression.type"
                                                          << "brotli" << int(kInvalidConfig);
    }
    void creationsThatCannotBeAreRefused() {
        QFETCH(int, partitions);
        QFETCH(int, replicas);
        QFETCH(QString, config);
        QFETCH(QString, value);
        QFETCH(int, error);
        CoreFixture broker;
        auto request = creation("t", partitions);
        request.topics[0].replicationFactor = std::int16_t(replicas);
        if (!config.isEmpty()) request.topics[0].configs.push_back({config.toStdString(), value.toStdString()});
        const auto asked = broker.get(createTopics, request, 5);
        QCOMPARE(int(asked->topics.at(0).errorCode), error);
        QVERIFY(asked->topics.at(0).errorMessage.has_value());
        QVERIFY(broker.metadata().all().empty());
    }

    void creationTellsEverythingAboutTheTopic() {
        CoreFixture broker(ConfigMap{{"num.partitions", "3"}});
        auto request = creation("t", -1, {{"retention.ms", "1000"}});
        request.topics[0].replicationFactor = -1;
        const auto asked = broker.get(createTopics, request, 7);
        const auto& topic = asked->topics.at(0);
        QCOMPARE(topic.errorCode, kNone);
        QCOMPARE(topic.numPartitions, 3);
        QCOMPARE(topic.replicationFactor, std::int16_t(1));
        QVERIFY(topic.topicId == broker.metadata().find("t")->id);
        QCOMPARE(topic.configs->size(), catalog::kafkaTopicSettings().size() - kOutdated);
        QCOMPARE(broker.get(createTopics, request, 7)->topics.at(0).errorCode, kTopicAlreadyExists);
        request.topics[0].name = "only-tried";
        request.validateOnly = true;
        QCOMPARE(broker.get(createTopics, request, 7)->topics.at(0).errorCode, kNone);
        QVERIFY(!broker.metadata().find("only-tried"));
    }

    void aNameTwiceInOneRequestIsRefused() {
        CoreFixture broker;
        auto request = creation("t");
        request.topics.push_back(request.topics[0]);
        const auto asked = broker.get(createTopics, request, 5);
        QCOMPARE(asked->topics.at(0).errorCode, kInvalidRequest);
        QCOMPARE(asked->topics.at(1).errorCode, kInvalidRequest);
    }

    void namesThatDifferOnlyInDotsAndUnderscoresAreOneTooMany_data() {
        QTest::addColumn<QString>("there");
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("refused");
        QTest::newRow("a dot for an underscore") << "a_b"
                                                 << "a.b" << true;
        QTest::newRow("an underscore for a dot") << "a.b"
                                                 << "a_b" << true;
        QTest::newRow("both, the other way round") << "a.b_c"
                                                   << "a_b.c" << true;
        QTest::newRow("another letter") << "a.b"
                                        << "a.c" << false;
        QTest::newRow("a longer name") << "a.b"
                                       << "a.b.c" << false;
        QTest::newRow("a shorter name") << "a.b"
                                        << "a." << false;
        QTest::newRow("a hyphen") << "a.b"
                                  << "a-b" << false;
    }
    void namesThatDifferOnlyInDotsAndUnderscoresAreOneTooMany() {
        QFETCH(QString, there);
        QFETCH(QString, name);
        QFETCH(bool, refused);
        const std::int16_t error = refused ? kInvalidTopic : kNone;
        const auto first = creation(there.toStdString()), second = creation(name.toStdString());
        {
            CoreFixture broker;
            broker.makeTopic(there.toStdString());
            const auto asked = broker.get(createTopics, second, 5)->topics.at(0);
            QCOMPARE(asked.errorCode, error);
            QVERIFY(!refused || asked.errorMessage->find("topic " + there.toStdString()) != std::string::npos);
            // Also for a client that would ask for metadata again and again.
            QCOMPARE(broker.get(metadata, metadataOf(name.toStdString()), 9)->topics.at(0).errorCode, error);
            QCOMPARE(broker.get(createTopics, first, 5)->topics.at(0).errorCode, kTopicAlreadyExists);
            wire::DeleteTopicsRequest removal;
            removal.topicNames = {there.toStdString()};
            QCOMPARE(broker.get(deleteTopics, removal, 4)->responses.at(0).errorCode, kNone);
            const std::int16_t now = refused ? kNone : kTopicAlreadyExists;
            QCOMPARE(broker.get(createTopics, second, 5)->topics.at(0).errorCode, now);
        }
        CoreFixture broker;
        auto both = first;
        both.topics.push_back(second.topics.at(0));
        const auto asked = broker.get(createTopics, both, 5);
        QCOMPARE(asked->topics.at(0).errorCode, kNone);
        QCOMPARE(asked->topics.at(1).errorCode, error);
        broker.restart();
        QCOMPARE(broker.get(createTopics, second, 5)->topics.at(0).errorCode,
                 refused ? kInvalidTopic : kTopicAlreadyExists);
    }

    void partitionsOnlyGrow() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        wire::CreatePartitionsRequest request;
        request.topics.push_back({"t", 5, std::nullopt});
        QCOMPARE(broker.get(createPartitions, request, 1)->results.at(0).errorCode, kNone);
        QCOMPARE(broker.metadata().find("t")->partitions.size(), std::size_t(5));
        request.topics[0].count = 5;
        QCOMPARE(broker.get(createPartitions, request, 1)->results.at(0).errorCode, kInvalidPartitions);
        request.topics[0].name = "unknown";
        QCOMPARE(broker.get(createPartitions, request, 1)->results.at(0).errorCode, kUnknownTopicOrPartition);
    }
};

MILLRACE_TEST(TestTopicCreation)
#include "tst_topic_creation.moc"
