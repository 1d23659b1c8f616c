// A disk that is full for a while: what cannot be kept is refused, what was acknowledged stays, and it goes on later.
#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "net/support/recording_handlers.h"
#include "storage/journal.h"
#include "storage/log_format.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/produce.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using millrace::test::FullDisk;

namespace {

constexpr std::uint64_t kRoom = std::numeric_limits<std::uint64_t>::max();

QStringList directoriesOf(const CoreFixture& broker) {
    return QDir(broker.directory.path()).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

std::vector<std::vector<std::uint8_t>> entry(std::string_view text) {
    return {{text.begin(), text.end()}};
}

QStringList entriesOf(const std::filesystem::path& path) {
    QStringList entries;
    auto journal =
        storage::Journal::open(posixFileSystem(), path, "", silentLog(), [&](std::span<const std::uint8_t> content) {
            entries << QString::fromLatin1(reinterpret_cast<const char*>(content.data()), int(content.size()));
            return ok();
        });
    return journal ? entries : QStringList{QString::fromStdString(journal.error().message)};
}

} // namespace

class TestFullDisk : public QObject {
    Q_OBJECT

    static std::int16_t send(CoreFixture& broker, const std::string& text, std::int16_t acks,
                             const std::string& topic = "t") {
        wire::ProduceRequest request;
        request.acks = acks;
        request.topicData.push_back({topic, {{0, batchOf(1, text)}}});
        return broker.get(produce, request, 9)->responses.at(0).partitionResponses.at(0).errorCode;
    }
    static std::int16_t commit(CoreFixture& broker, std::int64_t offset) {
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        auto& topic = request.topics.emplace_back();
        topic.name = "t";
        auto& partition = topic.partitions.emplace_back();
        partition.committedOffset = offset;
        return broker.get(offsetCommit, request, 2)->topics.at(0).partitions.at(0).errorCode;
    }

private slots:
    void recordsAreRefusedMeanwhileAndTheAcknowledgedOnesAreThere_data() {
        QTest::addColumn<int>("acks");
        QTest::newRow("acks=1") << 1;
        QTest::newRow("acks=all") << -1;
    }
    void recordsAreRefusedMeanwhileAndTheAcknowledgedOnesAreThere() {
        QFETCH(int, acks);
        const auto wanted = static_cast<std::int16_t>(acks);
        FullDisk disk;
        net::testing::MemoryLog log;
        CoreFixture broker({}, disk, log);
        broker.makeTopic("t");
        QCOMPARE(send(broker, "before", wanted), kNone);
        for (std::uint64_t room = 0; room < 60; room += 7) {
            disk.room = room;
            QCOMPARE(send(broker, "lost", wanted), kStorageError);
        }
        disk.room = kRoom;
        QCOMPARE(send(broker, "after", wanted), kNone);
        // A client tries again all the time: the log tells of the beginning and of the end.
        QCOMPARE(log.lines().size(), std::size_t(2));
        QVERIFY(log.lines()[0].find("the disk is full") != std::string::npos);
        QCOMPARE(log.lines()[1], std::string("topic t partition 0 takes records again"));
        broker.die();
        QCOMPARE(broker.replica("t")->log().nextOffset(), 2);
    }

    void aTopicThatCannotBeMadeLeavesNothingBehind() {
        FullDisk disk;
        CoreFixture broker({}, disk);
        disk.room = 10;
        for (int i = 0; i < 3; ++i)
            broker.makeTopic("t", 3);
        QVERIFY(!broker.metadata().find("t"));
        QCOMPARE(directoriesOf(broker), QStringList());
        disk.room = kRoom;
        broker.makeTopic("t", 3);
        QCOMPARE(directoriesOf(broker), (QStringList{"t-0", "t-1", "t-2"}));
    }

    void aTopicThatCannotBeDeletedKeepsItsRecords() {
        FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t", 2);
        QCOMPARE(send(broker, "kept", -1), kNone);
        disk.room = 10;
        wire::DeleteTopicsRequest request;
        request.topicNames = {"t"};
        QCOMPARE(broker.get(deleteTopics, request, 4)->responses.at(0).errorCode, kStorageError);
        disk.room = kRoom;
        broker.die();
        QCOMPARE(broker.replica("t")->log().nextOffset(), 1);
        QCOMPARE(broker.get(deleteTopics, request, 4)->responses.at(0).errorCode, kNone);
        broker.settle();
        QCOMPARE(directoriesOf(broker), QStringList());
    }

    void aRefusedChangeOfTwoTopicsHasNotHappenedAfterARestart_data() {
        QTest::addColumn<int>("room");
        QTest::addColumn<bool>("syncsFail");
        for (int room = 10; room < 80; room += 20) // an entry of the journal is about 40 bytes
            QTest::addRow("room for %d bytes of the journal", room) << room << false;
        QTest::newRow("the journal cannot be synced") << std::numeric_limits<int>::max() << true;
    }
    void aRefusedChangeOfTwoTopicsHasNotHappenedAfterARestart() {
        QFETCH(int, room);
        QFETCH(bool, syncsFail);
        FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("a");
        broker.makeTopic("b");
        wire::DeleteTopicsRequest removal;
        removal.topicNames = {"a", "b"};
        disk.room = static_cast<std::uint64_t>(room);
        disk.syncsFail = syncsFail;
        const auto removed = broker.get(deleteTopics, removal, 4);
        for (const auto& response : removed->responses)
            QCOMPARE(response.errorCode, kStorageError);
        disk.room = kRoom;
        disk.syncsFail = false;
        QCOMPARE(send(broker, "acknowledged", -1, "a"), kNone);
        QCOMPARE(send(broker, "acknowledged", -1, "b"), kNone);
        broker.die();
        for (const char* name : {"a", "b"}) {
            QVERIFY2(broker.metadata().find(name), name);
            QCOMPARE(broker.replica(name)->log().nextOffset(), 1);
        }
        // The journal takes entries again, and they are read behind what was cut.
        broker.makeTopic("c");
        broker.die();
        QCOMPARE(broker.metadata().all().size(), std::size_t(3));
    }

    void aTopicThatCouldNotBeSyncedIsNotThereAfterARestart() {
        FullDisk disk;
        CoreFixture broker({}, disk);
        disk.syncsFail = true;
        broker.makeTopic("t");
        QVERIFY(!broker.metadata().find("t"));
        disk.syncsFail = false;
        broker.die();
        QVERIFY(!broker.metadata().find("t"));
    }

    void aDiskThatFailsAtTheRegularFlushIsToldOnce() {
        FullDisk disk;
        net::testing::MemoryLog log;
        CoreFixture broker({}, disk, log);
        broker.makeTopic("t");
        broker.makeTopic("u");
        broker.core().startTimers();
        QCOMPARE(send(broker, "not synced yet", 1), kNone);
        disk.syncsFail = true;
        broker.advance(std::chrono::minutes(30)); // six checks
        QCOMPARE(log.lines().size(), std::size_t(1));
        QVERIFY2(log.lines()[0].find("the disk fails") != std::string::npos, log.lines()[0].c_str());
        // Another that fails is news.
        QCOMPARE(send(broker, "not synced yet", 1, "u"), kNone);
        broker.advance(std::chrono::minutes(30));
        QCOMPARE(log.lines().size(), std::size_t(2));
        QVERIFY2(log.lines()[1].find("u-0: taken offline") != std::string::npos, log.lines()[1].c_str());
        broker.core().stopTimers();
    }

    void aLogIsClosedEvenWhenItsProducersCannotBeKept() {
        net::testing::MemoryLog log;
        CoreFixture broker({}, posixFileSystem(), log);
        broker.makeTopic("t");
        QCOMPARE(send(broker, "kept", 1), kNone);
        QVERIFY(QDir(broker.directory.path()).mkpath("t-0/producers.snapshot.new")); // in the way of the new one
        QVERIFY(broker.core().close());
        QVERIFY(QFileInfo::exists(broker.directory.filePath("t-0/" + QString(storage::kCleanStopName))));
        QCOMPARE(log.lines().size(), std::size_t(1));
        QVERIFY2(log.lines()[0].starts_with("t-0: "), log.lines()[0].c_str());
    }

    void aDiskThatIsSlowIsNotAskedToFlushTwice() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        broker.core().startTimers();
        broker.loop.advance(std::chrono::minutes(30)); // the slow lane does not come to it
        QCOMPARE(broker.slow.drain(), std::size_t(1)); // one log; the other when that has come back
        broker.loop.drain();
        QCOMPARE(broker.slow.drain(), std::size_t(1));
        broker.loop.drain();
        QCOMPARE(broker.slow.drain(), std::size_t(0));
        broker.loop.advance(std::chrono::minutes(5)); // and the next one begins
        QCOMPARE(broker.slow.drain(), std::size_t(1));
        broker.settle();
        broker.core().stopTimers();
    }

    void aCommitIsRefusedOrKept() {
        FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t");
        broker.fill("t", 5);
        QCOMPARE(commit(broker, 1), kNone);
        disk.room = 11;
        QVERIFY(commit(broker, 2) != kNone);
        disk.room = kRoom;
        QCOMPARE(commit(broker, 3), kNone);
        broker.die();
        QCOMPARE(broker.groups().find("g")->offsets.at({"t", 0}).offset, 3);
    }

    void aJournalThatCannotBeReplacedGoesOnAsItWas_data() {
        QTest::addColumn<int>("roomForCopy");
        QTest::addColumn<int>("roomForRest");
        QTest::newRow("no room for the copy") << 5 << 0;
        QTest::newRow("no room for what came meanwhile") << 1000 << 5;
    }
    void aJournalThatCannotBeReplacedGoesOnAsItWas() {
        QFETCH(int, roomForCopy);
        QFETCH(int, roomForRest);
        QTemporaryDir directory;
        const std::filesystem::path path = directory.filePath("a.journal").toStdString();
        FullDisk disk;
        auto journal = storage::Journal::open(disk, path, "", silentLog(), [](auto) { return ok(); });
        QVERIFY((*journal)->append(entry("first")));
        disk.room = static_cast<std::uint64_t>(roomForCopy);
        const auto live = entry("live"), since = entry("since");
        const bool copied = storage::Journal::writeBeside(disk, path, live).has_value();
        disk.room = kRoom;
        QVERIFY((*journal)->append(since));
        disk.room = static_cast<std::uint64_t>(roomForRest);
        QVERIFY(!copied || !(*journal)->adopt(since));
        disk.room = kRoom;
        QVERIFY((*journal)->append(entry("last")));
        QCOMPARE(entriesOf(path), (QStringList{"first", "since", "last"}));
        QCOMPARE(QDir(directory.path()).entryList(QDir::Files), QStringList{"a.journal"});
        // And when there is room it works.
        QVERIFY(storage::Journal::writeBeside(disk, path, live));
        QVERIFY((*journal)->adopt(since));
        QVERIFY((*journal)->append(entry("later")));
        QCOMPARE(entriesOf(path), (QStringList{"live", "since", "later"}));
    }
};

MILLRACE_TEST(TestFullDisk)
#include "tst_full_disk.moc"
