#include "base/big_endian.h"
#include "base/crc32c.h"
#include "broker/handlers/handlers.h"
#include "broker/partitions/producer_snapshot.h"
#include "broker/support/core_fixture.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/fetch.h"
#include "wire/messages/list_offsets.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_for_leader_epoch.h"
#include "wire/messages/produce.h"
#include "wire/writer.h"

#include <fstream>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

/// Keeps what the broker tells.
class MemoryLog final : public Log {
public:
    void write(LogLevel, std::string_view, std::string_view text) override { lines.emplace_back(text); }
    std::vector<std::string> lines;
};

wire::BatchOptions sequence(std::int32_t first) {
    wire::BatchOptions options;
    options.producerId = 7;
    options.producerEpoch = 0;
    options.baseSequence = first;
    return options;
}

struct Sent {
    int error;
    std::int64_t offset;
};
Sent send(CoreFixture& broker, std::int32_t partition, const Bytes& batch, std::int16_t acks = 1) {
    wire::ProduceRequest request;
    request.acks = acks;
    auto& data = request.topicData.emplace_back();
    data.name = "t";
    data.partitionData.push_back({partition, batch});
    const auto asked = broker.get(produce, request, 9);
    const auto& answer = asked->responses.at(0).partitionResponses.at(0);
    return {answer.errorCode, answer.baseOffset};
}

int fetchError(CoreFixture& broker, std::int32_t partition, std::int32_t epoch = -1) {
    wire::FetchRequest request;
    request.maxBytes = 1'000'000;
    auto& topic = request.topics.emplace_back();
    topic.topic = "t";
    auto& asked = topic.partitions.emplace_back();
    asked.partition = partition;
    asked.currentLeaderEpoch = epoch;
    asked.partitionMaxBytes = 1'000'000;
    return broker.get(fetch, request, 11)->responses.at(0).partitions.at(0).errorCode;
}

int listError(CoreFixture& broker, std::int32_t partition, std::int64_t timestamp) {
    wire::ListOffsetsRequest request;
    auto& topic = request.topics.emplace_back();
    topic.name = "t";
    auto& asked = topic.partitions.emplace_back();
    asked.partitionIndex = partition;
    asked.timestamp = timestamp;
    return broker.get(listOffsets, request, 5)->topics.at(0).partitions.at(0).errorCode;
}

int epochError(CoreFixture& broker, std::int32_t partition) {
    wire::OffsetForLeaderEpochRequest request;
    auto& topic = request.topics.emplace_back();
    topic.topic = "t";
    auto& asked = topic.partitions.emplace_back();
    asked.partition = partition;
    asked.leaderEpoch = 0;
    return broker.get(offsetForLeaderEpoch, request, 3)->topics.at(0).partitions.at(0).errorCode;
}

wire::MetadataResponse::Topic described(CoreFixture& broker) {
    wire::MetadataRequest request;
    request.topics.emplace().push_back({{}, "t"});
    return broker.get(metadata, request, 9)->topics.at(0);
}

/// Partition 0 is offline, partition 1 works.
void compareFirstIsOffline(CoreFixture& broker) {
    QVERIFY(broker.replica("t")->offline());
    for (const std::int16_t acks : {1, -1})
        QCOMPARE(send(broker, 0, batchOf(1), acks).error, int(kStorageError));
    QCOMPARE(fetchError(broker, 0), int(kStorageError));
    for (const std::int64_t timestamp : {-1, -2, -3, 5})
        QCOMPARE(listError(broker, 0, timestamp), int(kStorageError));
    QCOMPARE(epochError(broker, 0), int(kStorageError));
    const auto topic = described(broker);
    QCOMPARE(topic.errorCode, kNone);
    QCOMPARE(topic.partitions.at(0).errorCode, kLeaderNotAvailable);
    QCOMPARE(topic.partitions.at(0).leaderId, -1);
    QCOMPARE(topic.partitions.at(0).offlineReplicas.size(), std::size_t(1));
    QVERIFY(topic.partitions.at(0).isrNodes.empty());

    QCOMPARE(send(broker, 1, batchOf(1)).error, int(kNone));
    QCOMPARE(fetchError(broker, 1), int(kNone));
    QCOMPARE(listError(broker, 1, -1), int(kNone));
    QCOMPARE(epochError(broker, 1), int(kNone));
    QCOMPARE(topic.partitions.at(1).errorCode, kNone);
    QVERIFY(topic.partitions.at(1).leaderId >= 0);
    QVERIFY(topic.partitions.at(1).offlineReplicas.empty());
}

std::filesystem::path snapshotOf(CoreFixture& broker) {
    return broker.replica("t")->directory() / "producers.snapshot";
}

void writeFile(const std::filesystem::path& path, const std::vector<std::uint8_t>& data) {
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(data.data()), static_cast<std::streamsize>(data.size()));
}

/// A snapshot without a version number, as it was written first: producer 7 has sent sequences 0 to 9 at offset 0.
std::vector<std::uint8_t> firstSnapshot(std::int64_t upTo) {
    wire::Writer writer(0, false);
    writer.field(upTo);
    std::vector<ProducerStates::Producer> producers{{7, 0, {{0, 9, 0, 5}}}};
    writer.field(producers);
    const auto content = writer.takeBuffer();
    std::vector<std::uint8_t> file(4);
    storeBigEndian(file.data(), crc32c(content));
    file.insert(file.end(), content.begin(), content.end());
    return file;
}

} // namespace

class TestOffline : public QObject {
    Q_OBJECT

private slots:
    void aFailedSyncTakesThePartitionOfflineAndNoOther() {
        test::FullDisk disk;
        MemoryLog log;
        CoreFixture broker({}, disk, log);
        broker.makeTopic("t", 2);
        QCOMPARE(send(broker, 0, batchOf(2)).error, int(kNone));
        log.lines.clear();
        disk.syncsFail = true;
        QCOMPARE(send(broker, 0, batchOf(1), -1).error, int(kStorageError));
        disk.syncsFail = false; // too late: what it has dropped is gone
        compareFirstIsOffline(broker);
        QCOMPARE(std::ranges::count_if(
                     log.lines, [](const std::string& line) { return line.find("offline") != std::string::npos; }),
                 1);
        broker.die();
        QVERIFY(!broker.replica("t")->offline());
        QCOMPARE(send(broker, 0, batchOf(1), -1).error, int(kNone));
    }

    void aPartitionThatCannotBeReadStopsNoBroker() {
        MemoryLog log;
        CoreFixture broker({}, posixFileSystem(), log);
        broker.makeTopic("t", 2);
        QCOMPARE(send(broker, 0, batchOf(2)).error, int(kNone));
        const auto directory = broker.replica("t")->directory();
        const std::string junk = "no offset";
        writeFile(directory / "log-start-offset", {junk.begin(), junk.end()});
        log.lines.clear();
        broker.die();
        compareFirstIsOffline(broker);
        QCOMPARE(log.lines.size(), std::size_t(1));
        QVERIFY2(log.lines[0].starts_with("topic t partition 0 is offline: "), log.lines[0].c_str());
        broker.restart(); // a clean stop writes nothing into it
        compareFirstIsOffline(broker);
        std::filesystem::remove(directory / "log-start-offset");
        broker.restart();
        QCOMPARE(send(broker, 0, batchOf(1)).offset, 2);
    }

    void leaderEpochsAreComparedWithTheBrokersOwn_data() {
        QTest::addColumn<int>("epoch");
        QTest::addColumn<int>("error");
        QTest::newRow("none is asked for") << -1 << int(kNone);
        QTest::newRow("its own") << 0 << int(kNone);
        QTest::newRow("one to come") << 1 << int(kUnknownLeaderEpoch);
    }
    void leaderEpochsAreComparedWithTheBrokersOwn() {
        QFETCH(int, epoch);
        QFETCH(int, error);
        CoreFixture broker;
        broker.makeTopic("t");
        QCOMPARE(int(broker.replica("t")->epochError(epoch)), error);
        QCOMPARE(fetchError(broker, 0, epoch), error);
    }

    void aSnapshotOfALogThatWasLostIsRemovedBeforeTheLogPassesIt() {
        CoreFixture broker;
        broker.makeTopic("t");
        QCOMPARE(send(broker, 0, batchOf(2, "v", sequence(0))).offset, 0);
        writeFile(snapshotOf(broker), encodeProducerSnapshot(broker.replica("t")->producers(), 4));
        broker.die();
        QVERIFY(!std::filesystem::exists(snapshotOf(broker)));
        QCOMPARE(send(broker, 0, batchOf(2, "v", sequence(2))).offset, 2);
        QCOMPARE(send(broker, 0, batchOf(2, "v", sequence(4))).offset, 4);
        broker.die();
        QCOMPARE(send(broker, 0, batchOf(2, "v", sequence(4))).offset, 4); // known, not appended twice
    }

    void snapshotsAreReadByTheirVersion_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("believed");
        QTest::newRow("the first form, without a number") << 0 << true;
        QTest::newRow("one that knows no aborted transactions") << 1 << true;
        QTest::newRow("today's") << 2 << true;
        QTest::newRow("one to come") << 3 << false;
    }
    void snapshotsAreReadByTheirVersion() {
        QFETCH(int, version);
        QFETCH(bool, believed);
        auto file = firstSnapshot(40);
        ProducerStates producers;
        if (version > 0) {
            QCOMPARE(decodeProducerSnapshot(file, 40, producers), std::optional<std::int64_t>(40));
            const auto content = producers.serialize(std::int16_t(version));
            file.resize(4 + sizeof(std::int16_t));
            storeBigEndian(file.data() + 4, std::int16_t(version));
            file.resize(file.size() + sizeof(std::int64_t));
            storeBigEndian(file.data() + 6, std::int64_t{40});
            file.insert(file.end(), content.begin(), content.end());
            storeBigEndian(file.data(), crc32c(std::span<const std::uint8_t>(file).subspan(4)));
            producers = {};
        }
        const auto offset = decodeProducerSnapshot(file, 40, producers);
        QCOMPARE(offset.has_value(), believed);
        QCOMPARE(producers.size(), std::size_t(believed ? 1 : 0));
        QVERIFY(!decodeProducerSnapshot(file, 39, producers));
    }

    void aDamagedSnapshotIsNone() {
        auto file = firstSnapshot(40);
        ProducerStates producers;
        for (std::size_t at = 0; at < file.size(); ++at) {
            file[at] ^= 1;
            QVERIFY(!decodeProducerSnapshot(file, 40, producers));
            QVERIFY(!decodeProducerSnapshot(std::span(file).first(at), 40, producers));
            file[at] ^= 1;
        }
    }
};

MILLRACE_TEST(TestOffline)
#include "tst_offline.moc"
