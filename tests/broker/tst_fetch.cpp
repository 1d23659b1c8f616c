#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/fetch.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/produce.h"
#include "wire/record_batch.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

namespace {

struct Want {
    std::int32_t partition = 0;
    std::int64_t offset = 0;
    std::int32_t maxBytes = 1'000'000;
};

wire::FetchRequest requestOf(const std::string& topic, std::vector<Want> wants, std::int32_t minBytes = 1,
                             std::int32_t maxWaitMs = 500) {
    wire::FetchRequest request;
    request.minBytes = minBytes;
    request.maxBytes = 50'000'000;
    request.maxWaitMs = maxWaitMs;
    auto& entry = request.topics.emplace_back();
    entry.topic = topic;
    for (const Want& want : wants) {
        auto& partition = entry.partitions.emplace_back();
        partition.partition = want.partition;
        partition.fetchOffset = want.offset;
        partition.partitionMaxBytes = want.maxBytes;
    }
    return request;
}

const auto& partitionOf(const wire::FetchResponse& response, std::size_t index = 0) {
    return response.responses.at(0).partitions.at(index);
}

std::int64_t firstOffset(const wire::Records& records) {
    return records.pieces.empty() ? -1 : wire::readBatchHeader(records.pieces.front().span())->baseOffset;
}

} // namespace

class TestFetch : public QObject {
    Q_OBJECT

    void append(CoreFixture& broker, std::int32_t partition, const Bytes& batch) {
        wire::ProduceRequest request;
        request.acks = 1;
        auto& data = request.topicData.emplace_back();
        data.name = "t";
        data.partitionData.push_back({partition, batch});
        QCOMPARE(broker.ask(produce, request, 9)->responses.at(0).partitionResponses.at(0).errorCode, kNone);
    }

private slots:
    void aClientFromBeforeZstdIsToldThatItCannotRead() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"compression.type", "zstd"}});
        append(broker, 0, batchOf(1));
        QCOMPARE(partitionOf(*broker.get(fetch, requestOf("t", {{0}}), 9)).errorCode, kUnsupportedCompressionType);
        const auto asked = broker.get(fetch, requestOf("t", {{0}}), 10);
        QCOMPARE(partitionOf(*asked).errorCode, kNone);
        QCOMPARE(firstOffset(partitionOf(*asked).records), 0);
    }

    void whatIsThereIsAnsweredAtOnce() {
        CoreFixture broker;
        broker.makeTopic("t");
        append(broker, 0, batchOf(3));
        append(broker, 0, batchOf(2));
        const auto asked = broker.get(fetch, requestOf("t", {{0, 4}}), 11);
        QVERIFY(asked.answered());
        QCOMPARE(partitionOf(*asked).highWatermark, 5);
        QCOMPARE(partitionOf(*asked).lastStableOffset, 5);
        QCOMPARE(partitionOf(*asked).preferredReadReplica, -1);
        QCOMPARE(firstOffset(partitionOf(*asked).records), 3); // the whole batch that holds offset 4
    }

    void aPartitionIsAnsweredOnceHoweverOftenItIsNamed() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        append(broker, 0, batchOf(3));
        const auto asked = broker.get(fetch, requestOf("t", {{0, 0}, {1, 0}, {0, 2}, {1, 0}}), 11);
        QCOMPARE(asked->responses.size(), std::size_t(1));
        QCOMPARE(asked->responses[0].partitions.size(), std::size_t(2));
        QCOMPARE(partitionOf(*asked, 0).partitionIndex, 0);
        QCOMPARE(firstOffset(partitionOf(*asked, 0).records), 0);
        QCOMPARE(partitionOf(*asked, 1).partitionIndex, 1);
    }

    void anEmptyAnswerComesWhenTheWaitIsOver() {
        CoreFixture broker;
        broker.makeTopic("t");
        const auto asked = broker.get(fetch, requestOf("t", {{0, 0}}), 11);
        QVERIFY(!asked.answered());
        broker.advance(499ms);
        QVERIFY(!asked.answered());
        broker.advance(1ms);
        QVERIFY(asked.answered());
        QCOMPARE(partitionOf(*asked).errorCode, kNone);
        QCOMPARE(partitionOf(*asked).records.size(), std::size_t(0));
    }

    void aParkedFetchWakesWhenEnoughBytesHaveCome() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        const Bytes batch = batchOf(10);
        const auto enough = std::int32_t(2 * batch.size());
        const auto asked = broker.get(fetch, requestOf("t", {{0, 0}, {1, 0}}, enough), 11);
        append(broker, 0, batch);
        broker.settle();
        QVERIFY(!asked.answered());
        append(broker, 1, batch);
        QVERIFY(!asked.answered()); // not inside the append: what comes in the same turn goes along
        append(broker, 1, batch);
        broker.settle();
        QVERIFY(asked.answered());
        QCOMPARE(partitionOf(*asked, 0).records.size(), batch.size());
        QCOMPARE(partitionOf(*asked, 1).records.size(), 2 * batch.size());
        broker.advance(1s); // its timer is gone
    }

    void severalWaitingFetchesShareOneBuffer() {
        CoreFixture broker;
        broker.makeTopic("t");
        const auto first = broker.get(fetch, requestOf("t", {{0, 0}}), 11);
        const auto second = broker.get(fetch, requestOf("t", {{0, 0}}), 11);
        append(broker, 0, batchOf(100, "a longer value so that the body is worth sharing"));
        broker.settle();
        const Bytes& last = partitionOf(*first).records.pieces.back();
        QCOMPARE(partitionOf(*second).records.pieces.back().data(), last.data());
    }

    void theFirstBatchComesWholeHoweverSmallTheLimits() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        append(broker, 0, batchOf(50));
        append(broker, 1, batchOf(50));
        auto request = requestOf("t", {{0, 0, 10}, {1, 0, 10}});
        request.maxBytes = 20;
        const auto asked = broker.get(fetch, request, 11);
        QCOMPARE(partitionOf(*asked, 0).records.size(), batchOf(50).size());
        QCOMPARE(partitionOf(*asked, 1).records.size(), std::size_t(0));
    }

    void errorsAreAnsweredWithoutWaiting_data() {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<int>("partition");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<int>("epoch");
        QTest::addColumn<int>("error");
        QTest::newRow("unknown topic") << "other" << 0 << qint64(0) << -1 << int(kUnknownTopicOrPartition);
        QTest::newRow("unknown partition") << "t" << 7 << qint64(0) << -1 << int(kUnknownTopicOrPartition);
        QTest::newRow("behind the end") << "t" << 0 << qint64(4) << -1 << int(kOffsetOutOfRange);
        QTest::newRow("before the start") << "t" << 0 << qint64(-2) << -1 << int(kOffsetOutOfRange);
        QTest::newRow("a leader epoch to come") << "t" << 0 << qint64(0) << 3 << int(kUnknownLeaderEpoch);
    }
    void errorsAreAnsweredWithoutWaiting() {
        QFETCH(QString, topic);
        QFETCH(int, partition);
        QFETCH(qint64, offset);
        QFETCH(int, epoch);
        QFETCH(int, error);
        CoreFixture broker;
        broker.makeTopic("t");
        append(broker, 0, batchOf(3));
        auto request = requestOf(topic.toStdString(), {{partition, offset}});
        request.topics[0].partitions[0].currentLeaderEpoch = epoch;
        const auto asked = broker.get(fetch, request, 11);
        QVERIFY(asked.answered());
        QCOMPARE(int(partitionOf(*asked).errorCode), error);
        QCOMPARE(partitionOf(*asked).highWatermark, -1);
    }

    void topicsAreFoundByIdFromVersion13() {
        CoreFixture broker;
        broker.makeTopic("t");
        append(broker, 0, batchOf(1));
        auto request = requestOf("", {{0, 0}});
        request.topics[0].topicId = broker.metadata().find("t")->id;
        QCOMPARE(partitionOf(*broker.get(fetch, request, 13)).errorCode, kNone);
        request.topics[0].topicId.bytes[3] ^= 1;
        QCOMPARE(partitionOf(*broker.get(fetch, request, 13)).errorCode, kUnknownTopicId);
    }

    void deletingTheTopicEndsTheWait() {
        CoreFixture broker;
        broker.makeTopic("t");
        const auto asked = broker.get(fetch, requestOf("t", {{0, 0}}), 11);
        broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
        broker.settle();
        QVERIFY(asked.answered());
        QCOMPARE(partitionOf(*asked).errorCode, kUnknownTopicOrPartition);
    }

    void aClientThatWentAwayLeavesNothingBehind() {
        CoreFixture broker;
        broker.makeTopic("t");
        auto asked = broker.get(fetch, requestOf("t", {{0, 0}}), 11);
        asked.giveUp();
        append(broker, 0, batchOf(1));
        broker.advance(10s);
        QVERIFY(!asked.answered());
    }

    void sessionsAreDeclined() {
        CoreFixture broker;
        broker.makeTopic("t");
        auto request = requestOf("t", {{0, 0}}, 1, 0);
        request.sessionEpoch = 0;
        const auto full = broker.get(fetch, request, 11);
        QCOMPARE(full->sessionId, 0);
        QCOMPARE(full->errorCode, kNone);
        request.sessionId = 5;
        request.sessionEpoch = 2;
        QCOMPARE(broker.get(fetch, request, 11)->errorCode, kFetchSessionIdNotFound);
    }

    void offsetsAreFoundByTime_data() {
        QTest::addColumn<qint64>("timestamp");
        QTest::addColumn<qint64>("offset");
        QTest::addColumn<qint64>("found");
        QTest::newRow("latest") << qint64(-1) << qint64(20) << qint64(-1);
        QTest::newRow("earliest") << qint64(-2) << qint64(0) << qint64(-1);
        QTest::newRow("a time inside the second batch")
            << qint64(1'700'000'100'004) << qint64(14) << qint64(1'700'000'100'004);
        QTest::newRow("a time between batches") << qint64(1'700'000'050'000) << qint64(10) << qint64(1'700'000'100'000);
        QTest::newRow("before everything") << qint64(0) << qint64(0) << qint64(1'700'000'000'000);
        QTest::newRow("the newest record, first of several") << qint64(-3) << qint64(19) << qint64(1'700'000'100'009);
        QTest::newRow("after everything") << qint64(1'800'000'000'000) << qint64(-1) << qint64(-1);
    }
    void offsetsAreFoundByTime() {
        QFETCH(qint64, timestamp);
        QFETCH(qint64, offset);
        QFETCH(qint64, found);
        CoreFixture broker;
        broker.makeTopic("t");
        append(broker, 0, batchOf(10, "first", {}, 1'700'000'000'000));
        append(broker, 0, batchOf(10, "second", {}, 1'700'000'100'000));
        wire::ListOffsetsRequest request;
        auto& topic = request.topics.emplace_back();
        topic.name = "t";
        topic.partitions.emplace_back().timestamp = timestamp;
        const auto asked = broker.get(listOffsets, request, 5);
        QVERIFY(asked.answered());
        QCOMPARE(asked->topics[0].partitions[0].errorCode, kNone);
        QCOMPARE(asked->topics[0].partitions[0].offset, offset);
        QCOMPARE(asked->topics[0].partitions[0].timestamp, found);
    }
};

MILLRACE_TEST(TestFetch)
#include "tst_fetch.moc"
