// The loop waits for no disk, and what has time holds up nobody who has none.
#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "broker/topics/removal.h"
#include "support/real_disk.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_records.h"
#include "wire/messages/delete_topics.h"
#include "wire/messages/offset_commit.h"
#include "wire/messages/produce.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

/// Notes what is asked of it on the loop though it may take long: fsync, and removal of files.
class WatchedDisk final : public test::RealDisk {
public:
    bool onLoop = false;
    QStringList waited;

private:
    Status before(Act act, const std::filesystem::path& path) override {
        if (onLoop && act != Act::read)
            waited << QString("%1 %2").arg(act == Act::remove ? "removes" : "syncs",
                                           QString::fromStdString(path.filename().string()));
        return ok();
    }
};

wire::ProduceRequest records(const std::string& topic, std::int16_t acks, int count = 1) {
    wire::ProduceRequest request;
    request.acks = acks;
    request.topicData.push_back({topic, {{0, batchOf(count, "some text")}}});
    return request;
}

wire::OffsetCommitRequest commitOf(std::int64_t offset) {
    wire::OffsetCommitRequest request;
    request.groupId = "g";
    auto& topic = request.topics.emplace_back();
    topic.name = "t";
    topic.partitions.emplace_back().committedOffset = offset;
    return request;
}

wire::DeleteRecordsRequest deletionUpTo(std::int64_t offset) {
    wire::DeleteRecordsRequest request;
    request.topics.push_back({"t", {{0, offset}}});
    return request;
}

wire::DeleteTopicsRequest removalOf(const std::string& topic) {
    wire::DeleteTopicsRequest request;
    request.topicNames = {topic};
    return request;
}

/// A broker whose topic "t" has many segments.
struct Busy {
    explicit Busy(FileSystem& disk = posixFileSystem()) : broker({}, disk) {
        broker.makeTopic("t", 1, {{"segment.bytes", "200"}, {"retention.bytes", "400"}});
        for (int i = 0; i < 20; ++i)
            (void)broker.get(produce, records("t", 1), 9);
    }
    int segments() const { return int(QDir(broker.directory.filePath("t-0")).entryList({"*.log"}).size()); }
    CoreFixture broker;
};

} // namespace

class TestLanes : public QObject {
    Q_OBJECT

private slots:
    void theLoopWaitsForNoDisk_data() {
        QTest::addColumn<QString>("work");
        for (const char* work : {"produce with acks=all", "retention", "DeleteRecords", "DeleteTopics", "CreateTopics",
                                 "commit of offsets", "a journal of offsets that is rewritten"})
            QTest::newRow(work) << work;
    }
    void theLoopWaitsForNoDisk() {
        QFETCH(QString, work);
        WatchedDisk disk;
        Busy busy(disk);
        CoreFixture& broker = busy.broker;
        // Settled, with every closure of the loop watched.
        const auto settle = [&] {
            for (std::size_t ran = 1; ran > 0;) {
                disk.onLoop = true;
                ran = broker.loop.drain();
                disk.onLoop = false;
                ran += broker.io.drain() + broker.slow.drain();
            }
        };
        disk.onLoop = true;
        if (work.startsWith("produce")) {
            (void)broker.ask(produce, records("t", -1), 9);
        } else if (work == "retention") {
            broker.core().startTimers();
            broker.loop.advance(std::chrono::minutes(1));
            broker.core().stopTimers();
        } else if (work == "DeleteRecords") {
            (void)broker.ask(deleteRecords, deletionUpTo(15), 1);
        } else if (work == "DeleteTopics") {
            (void)broker.ask(deleteTopics, removalOf("t"), 4);
        } else if (work == "CreateTopics") {
            broker.topics().change({{CreateTopic{"u", 3}}}, [](const auto&) {});
        } else if (work.startsWith("commit")) {
            (void)broker.ask(offsetCommit, commitOf(3), 2);
            broker.loop.advance(std::chrono::seconds(2));
        } else {
            auto request = commitOf(3);
            request.topics[0].partitions[0].committedMetadata = std::string(4000, 'm');
            for (int i = 0; i < 400; ++i)
                (void)broker.ask(offsetCommit, request, 2);
            broker.loop.advance(std::chrono::seconds(2));
        }
        settle();
        QCOMPARE(disk.waited, QStringList());
    }

    void whileFilesAreRemovedEverybodyElseIsAnswered_data() {
        QTest::addColumn<QString>("work");
        QTest::newRow("retention") << "retention";
        QTest::newRow("DeleteRecords") << "DeleteRecords";
        QTest::newRow("a large topic that is deleted") << "DeleteTopics";
    }
    void whileFilesAreRemovedEverybodyElseIsAnswered() {
        QFETCH(QString, work);
        Busy busy;
        CoreFixture& broker = busy.broker;
        broker.makeTopic("u");
        const int before = busy.segments();
        QVERIFY(before > 5);
        if (work == "retention") {
            broker.core().startTimers();
            broker.loop.advance(std::chrono::minutes(1));
            broker.core().stopTimers();
        } else if (work == "DeleteRecords") {
            (void)broker.ask(deleteRecords, deletionUpTo(15), 1);
        } else {
            (void)broker.ask(deleteTopics, removalOf("t"), 4);
        }
        // The slow lane does not come to it: its disk is busy.
        const auto answered = [&](const auto& asked) {
            while (broker.loop.drain() + broker.io.drain() > 0) {
            }
            return asked.answered();
        };
        QVERIFY(answered(broker.ask(produce, records("u", 1), 9)));
        QVERIFY(answered(broker.ask(produce, records("u", -1), 9)));
        QVERIFY(answered(broker.ask(offsetCommit, commitOf(1), 2)));
        QCOMPARE(busy.segments(), before);
        broker.settle();
        QVERIFY(busy.segments() < before);
    }

    void deletedRecordsAreUnreadableAtOnceAndAnsweredWhenTheyAreGoneForGood() {
        Busy busy;
        CoreFixture& broker = busy.broker;
        const auto asked = broker.ask(deleteRecords, deletionUpTo(15), 1);
        QCOMPARE(broker.replica("t")->log().logStart(), 15);
        broker.loop.drain();
        QVERIFY(!asked.answered());
        broker.settle();
        QCOMPARE(asked->topics.at(0).partitions.at(0).lowWatermark, 15);
        broker.die();
        QCOMPARE(broker.replica("t")->log().logStart(), 15);
    }

    void otherWorkComesBetweenTwoFilesOfADirectoryThatIsRemoved() {
        QTemporaryDir root;
        QVERIFY(QDir(root.path()).mkpath("t.deleted"));
        for (const char* name : {"a", "b", "c"})
            QVERIFY(QFile(root.filePath(QString("t.deleted/") + name)).open(QIODevice::WriteOnly));
        ManualExecutor lane;
        removeBitByBit(posixFileSystem(), root.filePath("t.deleted").toStdString(), lane, silentLog());
        qsizetype left = -1;
        lane.post([&] { left = QDir(root.filePath("t.deleted")).entryList(QDir::Files).size(); });
        lane.drain();
        QCOMPARE(left, 2);
        QVERIFY(!QFileInfo::exists(root.filePath("t.deleted")));
    }
};

MILLRACE_TEST(TestLanes)
#include "tst_lanes.moc"
