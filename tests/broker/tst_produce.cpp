#include "base/big_endian.h"
#include "base/crc32c.h"
#include "broker/support/produce_requests.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/record_reader.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

std::vector<std::uint8_t> copied(const Bytes& bytes) {
    return {bytes.data(), bytes.data() + bytes.size()};
}

Bytes withCrc(std::vector<std::uint8_t> bytes) {
    storeBigEndian(bytes.data() + wire::kCrcAt, crc32c(std::span(bytes).subspan(wire::kAttributesAt)));
    return Bytes(std::move(bytes));
}

Bytes with(const Bytes& batch, std::size_t at, auto value) {
    auto bytes = copied(batch);
    storeBigEndian(bytes.data() + at, value);
    return withCrc(std::move(bytes));
}

} // namespace

class TestProduce : public QObject {
    Q_OBJECT

private slots:
    void offsetsFollowEachOther() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        const auto first = broker.ask(produce, requestOf("t", {{0, batchOf(3)}, {1, batchOf(1)}}), 9);
        const auto second = broker.ask(produce, requestOf("t", {{0, batchOf(2)}}), 9);
        QCOMPARE(first->responses[0].partitionResponses[0].baseOffset, 0);
        QCOMPARE(first->responses[0].partitionResponses[1].baseOffset, 0);
        QCOMPARE(onlyPartition(*second).baseOffset, 3);
        QCOMPARE(onlyPartition(*second).logAppendTimeMs, -1);
        QCOMPARE(broker.replica("t")->log().nextOffset(), 5);
    }

    void topicsAreNamedByTheirIds() {
        CoreFixture broker;
        broker.makeTopic("t");
        auto request = requestOf("", {{0, batchOf(1)}}, -1);
        request.topicData[0].topicId = broker.metadata().find("t")->id;
        request.topicData.push_back({"t", {{0, batchOf(1)}}, wire::Uuid{}}); // the name is not on the wire
        const auto asked = broker.get(produce, request, 13);
        QCOMPARE(onlyPartition(*asked).errorCode, kNone);
        QVERIFY(asked->responses[0].topicId == request.topicData[0].topicId);
        QCOMPARE(asked->responses[1].partitionResponses[0].errorCode, kUnknownTopicId);
        QCOMPARE(broker.replica("t")->log().nextOffset(), 1);
    }

    void whatNobodyWaitedForIsFlushedAtTheRetentionCheck() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"segment.bytes", "200"}, {"retention.ms", "-1"}});
        broker.core().startTimers();
        const std::filesystem::path partition = broker.replica("t")->directory();
        QCOMPARE(send(broker, batchOf(3)).error, kNone);
        QCOMPARE(send(broker, batchOf(3)).error, kNone); // begins another segment
        const auto firstIndex = partition / "00000000000000000000.index";
        QVERIFY(!std::filesystem::exists(firstIndex));
        broker.advance(std::chrono::seconds(30));
        QVERIFY(std::filesystem::exists(firstIndex)); // written once the segment is on stable storage, not before
        // The next look comes without anybody asking.
        QCOMPARE(send(broker, batchOf(3)).error, kNone);
        broker.advance(std::chrono::minutes(5));
        QVERIFY(std::filesystem::exists(partition / "00000000000000000003.index"));
        broker.core().stopTimers();
    }

    void onlyThePartitionThatIsBrokenFails() {
        CoreFixture broker;
        broker.makeTopic("t", 3);
        broker.makeTopic("u");
        QCOMPARE(send(broker, batchOf(1)).error, kNone);
        std::filesystem::remove_all(broker.replica("t")->directory());
        // All of one round.
        const auto alone = broker.ask(produce, requestOf("u", {{0, batchOf(1)}}, -1), 9);
        const Bytes batch = batchOf(1);
        const auto mixed = broker.ask(produce, requestOf("t", {{7, batch}, {1, batch}, {0, batch}, {2, batch}}, -1), 9);
        broker.settle();
        QCOMPARE(onlyPartition(*alone).errorCode, kNone);
        const auto& partitions = mixed->responses.at(0).partitionResponses;
        QCOMPARE(partitions.at(0).errorCode, kUnknownTopicOrPartition);
        QCOMPARE(partitions.at(1).errorCode, kNone);
        QCOMPARE(partitions.at(1).baseOffset, 0);
        QCOMPARE(partitions.at(2).errorCode, kStorageError);
        QCOMPARE(partitions.at(2).index, 0);
        QCOMPARE(partitions.at(2).baseOffset, -1);
        QCOMPARE(partitions.at(3).errorCode, kNone);
    }

    void whatCannotBeKeptIsRefused_data() {
        QTest::addColumn<QByteArray>("batch");
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("error");
        const auto row = [](const char* name, const Bytes& batch, int version, int error) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(batch.data()), int(batch.size())) << version
                                << error;
        };
        const Bytes good = batchOf(3);
        auto flipped = copied(good);
        flipped.back() ^= 1;
        row("a byte that the CRC does not cover as sent", Bytes(flipped), 9, kCorruptMessage);
        row("half a batch", good.slice(0, good.size() / 2), 9, kCorruptMessage);
        row("nothing", Bytes(), 9, kInvalidRecord);
        auto two = copied(good);
        two.insert(two.end(), good.data(), good.data() + good.size());
        row("two batches for one partition", Bytes(two), 9, kInvalidRecord);
        auto old = copied(good);
        old[wire::kMagicAt] = 1;
        row("the message format of Kafka 0.10", Bytes(old), 2, kUnsupportedForMessageFormat);
        row("a base offset other than 0", batchOf(3, "x", {.baseOffset = 5}), 9, kInvalidRecord);
        row("zstd in a version that does not know it", batchOf(3, "x", {.codec = wire::Codec::zstd}), 6,
            kUnsupportedCompressionType);
        row("an unknown codec", with(good, wire::kAttributesAt, std::int16_t(6)), 9, kUnsupportedCompressionType);
        row("a record count that is not the offsets'", with(good, 57, std::int32_t(9)), 9, kInvalidRecord);
        row("no records", with(with(good, 57, std::int32_t(0)), 23, std::int32_t(-1)), 9, kInvalidRecord);
        row("a control batch", with(good, wire::kAttributesAt, std::int16_t(32)), 9, kInvalidRecord);
        row("a transactional batch", with(good, wire::kAttributesAt, std::int16_t(16)), 9,
            kTransactionalIdAuthorizationFailed);
        row("a producer id without a sequence", batchOf(1, "x", {.producerId = 4, .producerEpoch = 0}), 9,
            kInvalidRecord);
        row("a client's LogAppendTime", with(good, wire::kAttributesAt, std::int16_t(8)), 9, kInvalidTimestamp);
        row("a day in the future", batchOf(1, "x", {}, 1'700'000'000'000 + 86'400'000), 9, kInvalidTimestamp);
        row("records that are none", withCrc([&] {
                auto bytes = copied(good);
                std::fill(bytes.begin() + std::ptrdiff_t(wire::kBatchHeaderBytes), bytes.end(), 0xff);
                return bytes;
            }()),
            9, kUnknownServerError);
        row("a count of two over three records", with(with(good, 57, std::int32_t(2)), 23, std::int32_t(1)), 9,
            kInvalidRecord);
        row("more than max.message.bytes", batchOf(1, std::string(3000, 'x')), 9, kMessageTooLarge);
    }
    void whatCannotBeKeptIsRefused() {
        QFETCH(QByteArray, batch);
        QFETCH(int, version);
        QFETCH(int, error);
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"max.message.bytes", "2000"}});
        const Bytes bytes = Bytes::copyOf(std::string_view(batch.constData(), std::size_t(batch.size())));
        const Sent sent = send(broker, bytes, wire::Version(version));
        QCOMPARE(int(sent.error), error);
        QCOMPARE(sent.offset, -1);
        QCOMPARE(broker.replica("t")->log().nextOffset(), 0);
        QCOMPARE(int(send(broker, batchOf(1)).error), int(kNone));
    }

    void placesThatAreNotThereAreRefused() {
        CoreFixture broker;
        broker.makeTopic("t");
        QCOMPARE(onlyPartition(*broker.get(produce, requestOf("other", {{0, batchOf(1)}}), 9)).errorCode,
                 kUnknownTopicOrPartition);
        QCOMPARE(onlyPartition(*broker.get(produce, requestOf("t", {{1, batchOf(1)}}), 9)).errorCode,
                 kUnknownTopicOrPartition);
        QCOMPARE(onlyPartition(*broker.get(produce, requestOf("t", {{-1, batchOf(1)}}), 9)).errorCode,
                 kUnknownTopicOrPartition);
        QCOMPARE(onlyPartition(*broker.get(produce, requestOf("t", {{0, std::nullopt}}), 9)).errorCode, kInvalidRecord);
        QCOMPARE(onlyPartition(*broker.get(produce, requestOf("__consumer_offsets", {{0, batchOf(1)}}), 9)).errorCode,
                 kInvalidTopic);
        QCOMPARE(onlyPartition(*broker.get(produce, requestOf("t", {{0, batchOf(1)}}, 2), 9)).errorCode,
                 kInvalidRequiredAcks);
    }

    void acksAllIsAnsweredOnlyWhenTheDiskHasIt() {
        CoreFixture broker;
        broker.makeTopic("t");
        const auto first = broker.ask(produce, requestOf("t", {{0, batchOf(1)}}, -1), 9);
        const auto second = broker.ask(produce, requestOf("t", {{0, batchOf(1)}}, -1), 9);
        broker.loop.drain();
        QVERIFY(!first.answered());
        QCOMPARE(broker.io.drain(), std::size_t(1)); // one round for both
        QVERIFY(!first.answered());
        broker.loop.drain();
        QVERIFY(first.answered());
        QVERIFY(second.answered());
        QCOMPARE(onlyPartition(*second).baseOffset, 1);
    }

    void acksZeroIsSilentAndClosesOnlyOnFailure() {
        CoreFixture broker;
        broker.makeTopic("t");
        const auto good = broker.get(produce, requestOf("t", {{0, batchOf(1)}}, 0), 9);
        QVERIFY(good.silent() && !good.closes());
        QVERIFY(broker.get(produce, requestOf("t", {{9, batchOf(1)}}, 0), 9).closes());
    }

    void logAppendTimeIsTheBrokersTime() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"message.timestamp.type", "LogAppendTime"}});
        broker.advance(std::chrono::hours(48)); // the client's timestamps are far away now
        const auto asked = broker.get(produce, requestOf("t", {{0, batchOf(2)}}), 9);
        QCOMPARE(onlyPartition(*asked).errorCode, kNone);
        QCOMPARE(onlyPartition(*asked).logAppendTimeMs, broker.loop.epochMs());
        const auto read = broker.replica("t")->log().readCold(0, 1000);
        auto reader = wire::RecordReader::open(read->pieces.at(0));
        QCOMPARE((**reader->next()).timestamp, broker.loop.epochMs());
        QVERIFY(wire::crcMatches(read->pieces.at(0).span()));
    }

    void recordsOfLogAppendTimeAreFoundAndKeptByTheBrokersTime() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"message.timestamp.type", "LogAppendTime"}});
        broker.advance(std::chrono::hours(8 * 24));
        QCOMPARE(send(broker, batchOf(2)).error, kNone); // by the client's clock eight days old
        auto& log = broker.replica("t")->log();
        const auto found = log.offsetForTime(broker.loop.epochMs() - 3'600'000);
        QVERIFY(found && *found);
        QCOMPARE((*found)->offset, 0);
        QCOMPARE((*found)->timestamp, broker.loop.epochMs());
        (void)log.applyRetention(broker.loop.epochMs()); // seven days
        QCOMPARE(log.logStart(), 0);
        QCOMPARE(log.nextOffset(), 2);
    }

    void aCompactedTopicNamesTheRecordsWithoutKey() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"cleanup.policy", "compact"}});
        std::vector<wire::Record> records(3);
        records[1].key = Bytes::copyOf(std::string_view("k"));
        const auto asked = broker.get(produce, requestOf("t", {{0, *wire::buildBatch(records)}}), 9);
        const auto& partition = onlyPartition(*asked);
        QCOMPARE(partition.errorCode, kInvalidRecord);
        QCOMPARE(partition.recordErrors.size(), std::size_t(2));
        QCOMPARE(partition.recordErrors[1].batchIndex, 2);
        QVERIFY(partition.errorMessage && partition.recordErrors[1].batchIndexErrorMessage);
    }

    void whatGrowsTooLargeByTheTopicsCompressionIsRefused() {
        CoreFixture broker;
        broker.makeTopic("t", 1, {{"compression.type", "uncompressed"}, {"max.message.bytes", "1000"}});
        wire::BatchOptions options;
        options.codec = wire::Codec::zstd;
        const Bytes batch = batchOf(100, std::string(100, 'v'), options);
        QVERIFY(batch.size() < 1000);
        QCOMPARE(send(broker, batch).error, kMessageTooLarge);
    }

    void timesThatLieTooFarAreRefusedByTheSettingInForce_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("newer"); // its value for the time before, empty: not set
        QTest::addColumn<int>("error");
        QTest::newRow("the one of before Kafka 3.6") << "message.timestamp.difference.max.ms"
                                                     << "" << int(kInvalidTimestamp);
        QTest::newRow("a newer one beside it wins") << "message.timestamp.difference.max.ms"
                                                    << "9223372036854775807" << int(kNone);
        QTest::newRow("the newer one") << "message.timestamp.before.max.ms"
                                       << "" << int(kInvalidTimestamp);
    }
    void timesThatLieTooFarAreRefusedByTheSettingInForce() {
        QFETCH(QString, name);
        QFETCH(QString, newer);
        QFETCH(int, error);
        CoreFixture broker;
        ConfigMap configs{{name.toStdString(), "1000"}};
        if (!newer.isEmpty()) configs["message.timestamp.before.max.ms"] = newer.toStdString();
        broker.makeTopic("t", 1, configs);
        QCOMPARE(int(send(broker, batchOf(1, "v", {}, broker.loop.epochMs() - 2000)).error), error);
    }

    void offsetsWithGapsAreStoredWithout() {
        CoreFixture broker;
        broker.makeTopic("t");
        auto gaps = copied(batchOf(2));
        // The second record's offset delta, behind its length, attributes and timestamp.
        const std::size_t second = gaps.size() - (gaps.size() - wire::kBatchHeaderBytes) / 2;
        QCOMPARE(gaps[second + 3], 2);
        gaps[second + 3] = 10;
        QCOMPARE(send(broker, withCrc(std::move(gaps))).error, kNone);
        QCOMPARE(send(broker, batchOf(2)).offset, 2);
        const auto read = broker.replica("t")->log().readCold(0, 1000);
        std::vector<std::int64_t> offsets;
        auto reader = wire::RecordReader::open(read->pieces.at(0));
        for (auto record = reader->next(); record && *record; record = reader->next())
            offsets.push_back((*record)->offset);
        QCOMPARE(offsets, (std::vector<std::int64_t>{0, 1}));
    }
};

MILLRACE_TEST(TestProduce)
#include "tst_produce.moc"
