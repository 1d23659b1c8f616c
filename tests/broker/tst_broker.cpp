#include "broker/broker.h"
#include "broker/support/in_process_broker.h"
#include "broker/support/raw_client.h"
#include "support/test_program.h"
#include "wire/batch_builder.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/fetch.h"
#include "wire/messages/heartbeat.h"
#include "wire/messages/metadata.h"
#include "wire/messages/produce.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::broker;
using namespace std::chrono_literals;

namespace {

Bytes batchOf(int count) {
    std::vector<wire::Record> records(
        std::size_t(count),
        {.offset = 0, .timestamp = 1000, .key = {}, .value = Bytes::copyOf("value"), .headers = {}});
    return *wire::buildBatch(records);
}

wire::ProduceRequest producing(const Bytes& batch, std::int16_t acks) {
    wire::ProduceRequest request;
    request.acks = acks;
    request.topicData.push_back({"t", {{0, batch}}});
    return request;
}

wire::FetchRequest fetching(std::int64_t offset) {
    wire::FetchRequest request;
    request.maxWaitMs = 60'000;
    request.minBytes = 1;
    request.maxBytes = 1'000'000;
    auto& topic = request.topics.emplace_back();
    topic.topic = "t";
    auto& partition = topic.partitions.emplace_back();
    partition.fetchOffset = offset;
    partition.partitionMaxBytes = 1'000'000;
    return request;
}

std::size_t recordBytes(const wire::FetchResponse& response) {
    if (response.responses.empty() || response.responses.front().partitions.empty()) return 0;
    return response.responses.front().partitions.front().records.size();
}

} // namespace

class TestBroker : public QObject {
    Q_OBJECT
private slots:
    void aRequestForMoreThanThereCanBeIsNotServed() {
        InProcessBroker broker;
        RawClient bold(broker), modest(broker);
        wire::MetadataRequest request;
        request.allowAutoTopicCreation = false;
        request.topics.emplace(250'001, wire::MetadataRequest::Topic{{}, "t"});
        bold.request(request, 9, 1);
        QVERIFY(bold.closedByBroker());
        request.topics->pop_back();
        modest.request(request, 9, 1);
        std::int32_t correlationId = 0;
        const auto response = modest.response<wire::MetadataResponse>(9, correlationId);
        QCOMPARE(correlationId, 1);
        QCOMPARE(response.topics.size(), std::size_t(1));
    }

    void aTakenPortIsNamed() {
        InProcessBroker first;
        BrokerConfig config;
        config.listen = {"127.0.0.1", first.port()};
        QTemporaryDir directory;
        config.dataDir = directory.path().toStdString();
        const auto second = Broker::start(config, posixFileSystem(), silentLog());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::addressInUse);
        QVERIFY(second.error().message.find(first.address()) != std::string::npos);
    }

    void aDirectoryThatAnotherBrokerHasIsNamedBeforeThePort() {
        InProcessBroker first;
        BrokerConfig config;
        config.listen = {"127.0.0.1", first.port()};
        config.dataDir = first.directory.path().toStdString();
        const auto second = Broker::start(config, posixFileSystem(), silentLog());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::alreadyExists);
        QVERIFY(second.error().message.find(config.dataDir.string()) != std::string::npos);
        first.restart(); // which lets go of it in between
    }

    void aDirectoryThatCannotBeWrittenIsNamed() {
        BrokerConfig config;
        config.listen = {"127.0.0.1", 0};
        config.dataDir = "/proc/nowhere";
        const auto broker = Broker::start(config, posixFileSystem(), silentLog());
        QVERIFY(!broker);
        QVERIFY(broker.error().message.find("/proc/nowhere") != std::string::npos);
    }

    void aBadConfigIsNamed() {
        BrokerConfig config;
        QTemporaryDir directory;
        config.dataDir = directory.path().toStdString();
        config.configs = {{"log.retention.ms", "often"}};
        const auto broker = Broker::start(config, posixFileSystem(), silentLog());
        QVERIFY(!broker);
        QCOMPARE(broker.error().code, ErrorCode::invalidArgument);
        QVERIFY(broker.error().message.find("log.retention.ms") != std::string::npos);
    }

    void declaredTopicsAreMadeGrownAndAltered() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("weblog", 2, {{"retention.bytes", "1000"}}));
        QVERIFY(broker->createTopic("weblog", 2, {{"retention.bytes", "1000"}}));
        QVERIFY(broker->createTopic("weblog", 3, {}));
        QVERIFY(broker->createTopic("weblog", 1, {{"retention.ms", "5000"}}));
        const auto snapshot = broker->snapshot();
        QCOMPARE(snapshot.topics.size(), std::size_t(1));
        QCOMPARE(snapshot.topics[0].partitions.size(), std::size_t(3));
        QCOMPARE(broker->createTopic("a/b", 1).error().code, ErrorCode::invalidArgument);
        QCOMPARE(broker->createTopic("weblog", 1, {{"nonsense", "1"}}).error().code, ErrorCode::invalidArgument);
        QVERIFY(broker->deleteTopic("weblog"));
        QCOMPARE(broker->deleteTopic("weblog").error().code, ErrorCode::notFound);
        broker.stop();
    }

    void afterTheStopEverybodyIsTold() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        QVERIFY(broker->stop());
        QVERIFY(broker->stop());
        QCOMPARE(broker->createTopic("u", 1).error().code, ErrorCode::closed);
        QVERIFY(broker->snapshot().topics.empty());
        QCOMPARE(broker->peek("t", 0, 0, 1, 1000).error().code, ErrorCode::closed);
    }

    void recordsAreSeenInSnapshotAndPeek() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        RawClient client(broker);
        client.request(producing(batchOf(5), -1), 9, 1);
        std::int32_t id = 0;
        QCOMPARE(client.response<wire::ProduceResponse>(9, id).responses.at(0).partitionResponses.at(0).errorCode,
                 std::int16_t(0));
        const auto snapshot = broker->snapshot();
        QCOMPARE(snapshot.topics.at(0).partitions.at(0).nextOffset, 5);
        QCOMPARE(snapshot.recordsIn, std::uint64_t(5));
        QCOMPARE(snapshot.bytesIn, std::uint64_t(batchOf(5).size()));
        QCOMPARE(snapshot.connections, std::size_t(1));
        const auto records = broker->peek("t", 0, 2, 2, 1'000'000);
        QVERIFY(records);
        QCOMPARE(records->size(), std::size_t(2));
        QCOMPARE(records->at(0).offset, 2);
        QCOMPARE(*records->at(1).value, Bytes::copyOf("value"));
        QVERIFY(broker->peek("t", 0, 5, 2, 1000)->empty());
        QCOMPARE(broker->peek("t", 1, 0, 2, 1000).error().code, ErrorCode::notFound);
    }

    void aPeekEndsOnceItsBatchesHaveOpenedToVeryMuch() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        RawClient client(broker);
        wire::Record record;
        record.timestamp = 1'700'000'000'000;
        record.value = Bytes(std::vector<std::uint8_t>(40 << 20));
        wire::BatchOptions options;
        options.codec = wire::Codec::zstd;
        const auto bomb = wire::buildBatch({&record, 1}, options);
        QVERIFY(bomb && bomb->size() < 10'000);
        std::int32_t id = 0;
        for (int i = 0; i < 3; ++i) {
            client.request(producing(*bomb, -1), 9, i);
            QCOMPARE(client.response<wire::ProduceResponse>(9, id).responses.at(0).partitionResponses.at(0).errorCode,
                     std::int16_t(0));
        }
        QCOMPARE(broker->peek("t", 0, 0, 100, 1'000'000)->size(), std::size_t(2));
        QCOMPARE(broker->peek("t", 0, 2, 100, 1'000'000)->size(), std::size_t(1));
    }

    void answersLeaveInTheOrderOfTheRequests() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        RawClient client(broker);
        client.request(producing(batchOf(1), -1), 9, 1); // waits for the disk
        client.request(wire::HeartbeatRequest{}, 3, 2);  // could be answered at once
        client.request(producing(batchOf(1), 0), 9, 3);  // has no answer
        client.request(producing(batchOf(1), 1), 9, 4);
        std::int32_t id = 0;
        client.response<wire::ProduceResponse>(9, id);
        QCOMPARE(id, 1);
        client.response<wire::HeartbeatResponse>(3, id);
        QCOMPARE(id, 2);
        QCOMPARE(client.response<wire::ProduceResponse>(9, id).responses.at(0).partitionResponses.at(0).baseOffset, 2);
        QCOMPARE(id, 4);
    }

    void oneFetchOfAConnectionIsServedAtATime() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        RawClient client(broker), other(broker);
        std::int32_t id = 0;
        client.request(producing(batchOf(1), 1), 9, 1);
        client.response<wire::ProduceResponse>(9, id);
        client.request(fetching(1), 4, 2); // waits at the end
        client.request(fetching(0), 4, 3);
        client.request(wire::HeartbeatRequest{}, 3, 4);
        client.request(fetching(1), 4, 5);
        other.request(producing(batchOf(1), 1), 9, 1);
        other.response<wire::ProduceResponse>(9, id);
        const std::size_t one = recordBytes(client.response<wire::FetchResponse>(4, id));
        QCOMPARE(id, 2);
        QVERIFY(one > 0);
        // Served only after the first, which is seen by the record that came meanwhile.
        QCOMPARE(recordBytes(client.response<wire::FetchResponse>(4, id)), 2 * one);
        QCOMPARE(id, 3);
        client.response<wire::HeartbeatResponse>(3, id);
        QCOMPARE(id, 4);
        QCOMPARE(recordBytes(client.response<wire::FetchResponse>(4, id)), one);
        QCOMPARE(id, 5);
    }

    void manyRequestsAtOnceAreAllAnswered() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        RawClient client(broker);
        constexpr int kRequests = 500; // far more than are let in at a time
        std::thread writer([&] {
            for (int i = 0; i < kRequests; ++i)
                client.request(producing(batchOf(1), -1), 9, i);
        });
        for (int i = 0; i < kRequests; ++i) {
            std::int32_t id = 0;
            const auto response = client.response<wire::ProduceResponse>(9, id);
            if (id != i || response.responses.at(0).partitionResponses.at(0).baseOffset != i) {
                writer.join();
                QFAIL("an answer is missing or out of order");
            }
        }
        writer.join();
    }

    void everyVersionToComeOfApiVersionsIsAnswered() {
        InProcessBroker broker;
        RawClient client(broker);
        client.send(QByteArray::fromHex("0000000f 0012 0063 00000007 0003 726177 00 00"));
        std::int32_t id = 0;
        const auto response = client.response<wire::ApiVersionsResponse>(0, id);
        QCOMPARE(id, 7);
        QCOMPARE(int(response.errorCode), 35);
        QCOMPARE(response.apiKeys.size(), std::size_t(1));
        QCOMPARE(int(response.apiKeys[0].maxVersion), 4);
        client.request(wire::ApiVersionsRequest{"raw", "1.0"}, 3, 8);
        const auto all = client.response<wire::ApiVersionsResponse>(3, id);
        QCOMPARE(id, 8);
        QVERIFY(all.apiKeys.size() > 20);
        QCOMPARE(int(all.apiKeys.at(0).minVersion), 0); // Produce from 0: librdkafka decides by it
        client.request(wire::ApiVersionsRequest{"no blanks, please", "1.0"}, 3, 9);
        QCOMPARE(int(client.response<wire::ApiVersionsResponse>(3, id).errorCode), 42);
    }

    void whatIsNoKafkaIsClosedAndTheRestGoesOn_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a length of 2 GB") << QByteArray::fromHex("7fffffff 0000");
        QTest::newRow("a negative length") << QByteArray::fromHex("fffffff0 0000");
        QTest::newRow("an empty frame") << QByteArray::fromHex("00000000");
        QTest::newRow("a web browser") << QByteArray("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        QTest::newRow("a TLS hello") << QByteArray::fromHex("16030102000100");
        QTest::newRow("an unknown API") << QByteArray::fromHex("0000000a 03e7 0000 00000001 ffff");
        QTest::newRow("an unknown version of a known API") << QByteArray::fromHex("0000000a 0003 0063 00000001 ffff");
        QTest::newRow("a header cut short") << QByteArray::fromHex("00000003 000300");
        QTest::newRow("a client id longer than the frame") << QByteArray::fromHex("0000000a 0003 0001 00000001 7fff");
        QTest::newRow("a count of two thousand million topics")
            << QByteArray::fromHex("0000000e 0003 0001 00000001 ffff 7fffffff");
    }
    void whatIsNoKafkaIsClosedAndTheRestGoesOn() {
        QFETCH(QByteArray, bytes);
        InProcessBroker broker;
        RawClient good(broker), bad(broker);
        bad.send(bytes);
        QVERIFY(bad.closedByBroker());
        std::int32_t id = 0;
        good.request(wire::MetadataRequest{}, 4, 5);
        good.response<wire::MetadataResponse>(4, id);
        QCOMPARE(id, 5);
    }

    void aClientThatStopsInTheMiddleOfAFrameHoldsNobodyUp() {
        InProcessBroker broker;
        {
            RawClient half(broker);
            half.send(QByteArray::fromHex("00100000 0003 0001"));
            RawClient good(broker);
            std::int32_t id = 0;
            good.request(wire::MetadataRequest{}, 4, 5);
            good.response<wire::MetadataResponse>(4, id);
            QCOMPARE(id, 5);
        }
        QTRY_COMPARE(broker->snapshot().connections, std::size_t(0));
    }

    void aFailedRequestWithoutAnAnswerClosesTheConnection() {
        InProcessBroker broker;
        RawClient client(broker);
        client.request(producing(batchOf(1), 0), 9, 1); // the topic is not there
        QVERIFY(client.closedByBroker());
    }

    void whatWasAcknowledgedIsThereAfterKill() {
        InProcessBroker broker;
        QVERIFY(broker->createTopic("t", 1));
        // What kill -9 leaves: the files as the kernel has them at that moment, with no stop and no flush.
        QTemporaryDir image;
        RawClient client(broker);
        std::int64_t acknowledged = 0;
        for (int i = 0; i < 50; ++i) {
            client.request(producing(batchOf(3), 1), 9, i);
            std::int32_t id = 0;
            acknowledged =
                client.response<wire::ProduceResponse>(9, id).responses.at(0).partitionResponses.at(0).baseOffset + 3;
        }
        std::filesystem::copy(broker.directory.path().toStdString(), image.path().toStdString(),
                              std::filesystem::copy_options::recursive);
        client.request(producing(batchOf(3), 1), 9, 99);
        BrokerConfig config;
        config.listen = {"127.0.0.1", 0};
        config.dataDir = image.path().toStdString();
        const auto again = Broker::start(config, posixFileSystem(), silentLog());
        QVERIFY2(again, again ? "" : again.error().message.c_str());
        QVERIFY((*again)->snapshot().topics.at(0).partitions.at(0).nextOffset >= acknowledged);
        QCOMPARE((*again)->peek("t", 0, acknowledged - 1, 1, 1000)->at(0).offset, acknowledged - 1);
    }
};

MILLRACE_TEST(TestBroker)
#include "tst_broker.moc"
