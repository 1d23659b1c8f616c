// What clients of before Kafka 2.0 ask in versions that Kafka 4 has dropped.
#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "broker/support/produce_requests.h"
#include "broker/support/topic_requests.h"
#include "net/support/recording_handlers.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/describe_configs.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/offset_fetch.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

class TestOldVersions : public QObject {
    Q_OBJECT

    static wire::OffsetFetchResponse::Topic fetched(CoreFixture& broker, wire::Version version) {
        wire::OffsetFetchRequest request;
        request.groupId = "g";
        request.topics.emplace().push_back({"t", {0, 1}});
        return broker.get(offsetFetch, request, version)->topics.at(0);
    }

private slots:
    void offsetsBeforeATimeAreListed_data() {
        QTest::addColumn<qint64>("timestamp");
        QTest::addColumn<int>("most");
        QTest::addColumn<QList<qint64>>("offsets");
        const qint64 first = 1'700'000'000'000; // of ten records, one a millisecond, of which three were deleted
        QTest::newRow("the end") << qint64(-1) << 1 << QList<qint64>{10};
        QTest::newRow("the end, and what there is before") << qint64(-1) << 5 << QList<qint64>{10, 3};
        QTest::newRow("the start") << qint64(-2) << 5 << QList<qint64>{3};
        QTest::newRow("a time in between") << first + 6 << 5 << QList<qint64>{6, 3};
        QTest::newRow("a time after all") << first + 60 << 1 << QList<qint64>{10};
        QTest::newRow("none are wanted") << qint64(-1) << 0 << QList<qint64>{};
        QTest::newRow("less than none are wanted") << qint64(-1) << -7 << QList<qint64>{};
    }
    void offsetsBeforeATimeAreListed() {
        QFETCH(qint64, timestamp);
        QFETCH(int, most);
        QFETCH(QList<qint64>, offsets);
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 10);
        QVERIFY(broker.replica("t")->log().setLogStart(3));
        wire::ListOffsetsRequest request;
        auto& topic = request.topics.emplace_back();
        topic.name = "t";
        topic.partitions.resize(2);
        topic.partitions[0].timestamp = timestamp;
        topic.partitions[0].maxNumOffsets = most;
        topic.partitions[1].partitionIndex = 1;
        const auto asked = broker.get(listOffsets, request, 0);
        const auto& told = asked->topics.at(0).partitions;
        QCOMPARE(told.at(0).errorCode, kNone);
        QCOMPARE(QList<qint64>(told.at(0).oldStyleOffsets.begin(), told.at(0).oldStyleOffsets.end()), offsets);
        QCOMPARE(told.at(1).errorCode, kUnknownTopicOrPartition);
        QVERIFY(told.at(1).oldStyleOffsets.empty());
    }

    void offsetsAreCommittedAndFetched() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        broker.fill("t", 10);
        QCOMPARE(fetched(broker, 0).partitions.at(0).errorCode, kUnknownTopicOrPartition);
        QCOMPARE(fetched(broker, 1).partitions.at(0).errorCode, kNone);
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        auto& partition = request.topics.emplace_back(wire::OffsetCommitRequest::Topic{"t", {}}).partitions;
        partition.emplace_back().committedOffset = 4;
        QCOMPARE(broker.get(offsetCommit, request, 0)->topics.at(0).partitions.at(0).errorCode, kNone);
        QCOMPARE(fetched(broker, 0).partitions.at(0).committedOffset, 4);
        QCOMPARE(fetched(broker, 0).partitions.at(0).errorCode, kNone);
        // The time that a client gives is what its offset expires by; none of the future, none before the group's last.
        const EpochMs now = broker.loop.epochMs();
        const std::map<std::string, EpochMs> given{{"past", now - 5000}, {"future", now + 5000}, {"g", now - 5000}};
        const std::map<std::string, EpochMs> kept{{"past", now - 5000}, {"future", now}, {"g", now + 1}};
        for (const auto& [group, time] : given) {
            request.groupId = group;
            partition[0].commitTimestamp = time;
            QCOMPARE(broker.get(offsetCommit, request, 1)->topics.at(0).partitions.at(0).errorCode, kNone);
            QCOMPARE(broker.groups().find(group)->offsets.at({"t", 0}).commitTime, kept.at(group));
        }
    }

    void topicsAreMadeAndDescribed() {
        CoreFixture broker;
        for (const wire::Version version : {0, 1}) {
            const std::string name = "v" + std::to_string(version);
            QCOMPARE(
                broker.get(createTopics, creation(name, 2, {{"retention.ms", "5"}}), version)->topics.at(0).errorCode,
                kNone);
            QCOMPARE(broker.metadata().find(name)->partitionCount(), 2);
        }
        wire::DescribeConfigsRequest request;
        request.resources.push_back({2, "v0", std::vector<std::string>{"retention.ms", "segment.ms"}});
        const auto asked = broker.get(describeConfigs, request, 0);
        const auto& configs = asked->results.at(0).configs;
        QCOMPARE(configs.at(0).name, std::string("retention.ms"));
        QVERIFY(!configs.at(0).isDefault);
        QVERIFY(configs.at(1).isDefault);
    }

    void recordsOfBeforeKafka011AreRefusedAndTheClientIsNamedOnce() {
        net::testing::MemoryLog log;
        CoreFixture broker({}, posixFileSystem(), log);
        broker.makeTopic("t");
        const Bytes message(std::vector<std::uint8_t>{0, 0, 0, 0, 0, 0, 0, 0,   0,   0,   0,   14, 1, 2, 3,
                                                      4, 1, 0, 0, 0, 0, 0, 255, 255, 255, 255, 0,  0, 0, 0});
        for (int i = 0; i < 2; ++i) {
            const auto asked = broker.ask(produce, requestOf("t", {{0, message}}), 2, "old-client");
            QCOMPARE(onlyPartition(*asked).errorCode, kUnsupportedForMessageFormat);
        }
        QCOMPARE(log.lines().size(), std::size_t(1));
        QVERIFY2(log.lines()[0].find("old-client") != std::string::npos, log.lines()[0].c_str());
    }
};

MILLRACE_TEST(TestOldVersions)
#include "tst_old_versions.moc"
