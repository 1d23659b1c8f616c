#include "broker/support/group_client.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

class TestGroupOffsets : public QObject {
    Q_OBJECT

private slots:
    void oldGenerationsMayNeitherSyncNorCommit() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient a{broker, "a"};
        a.joined(a.join());
        QCOMPARE(a.commit(3), kRebalanceInProgress); // before the assignment is known
        a.sync({&a});
        QCOMPARE(a.commit(3), kNone);
        a.generation = 0;
        QCOMPARE(a.commit(4), kIllegalGeneration);
        QCOMPARE(a.heartbeat(), kIllegalGeneration);
        QCOMPARE(a.sync()->errorCode, kIllegalGeneration);
        a.memberId = "other";
        QCOMPARE(a.commit(4), kUnknownMemberId);
        QCOMPARE(committed(broker), 3);
    }

    void offsetsComeBackAsCommitted() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        GroupClient standalone{broker, "alone"};
        QCOMPARE(standalone.commit(17, "t", 1, "remember"), kNone);
        QCOMPARE(standalone.commit(1, "none"), kUnknownTopicOrPartition);
        QCOMPARE(standalone.commit(1, "t", 0, std::string(5000, 'x')), kOffsetMetadataTooLarge);
        wire::OffsetFetchRequest request;
        auto& group = request.groups.emplace_back();
        group.groupId = "g";
        const auto all = broker.get(offsetFetch, request, 8);
        QCOMPARE(all->groups[0].topics.size(), std::size_t(1));
        const auto& partition = all->groups[0].topics[0].partitions.at(0);
        QCOMPARE(partition.partitionIndex, 1);
        QCOMPARE(partition.committedOffset, 17);
        QCOMPARE(partition.committedLeaderEpoch, 0);
        QCOMPARE(*partition.metadata, std::string("remember"));
        QCOMPARE(committed(broker), -1);
        QCOMPARE(committed(broker, "unknown group"), -1);
    }

    void offsetsSurvive_data() {
        QTest::addColumn<bool>("clean");
        QTest::newRow("a clean restart") << true;
        QTest::newRow("the death of the process") << false;
    }
    void offsetsSurvive() {
        QFETCH(bool, clean);
        CoreFixture broker;
        broker.makeTopic("t", 2);
        broker.fill("t", 100);
        broker.fill("t", 5, 1);
        GroupClient standalone{broker, "alone"};
        for (int i = 0; i < 100; ++i)
            QCOMPARE(standalone.commit(i), kNone);
        QCOMPARE(standalone.commit(5, "t", 1), kNone);
        if (clean)
            broker.restart();
        else
            broker.die();
        QCOMPARE(committed(broker), 99);
        QCOMPARE(committed(broker, "g", 1), 5);
        QCOMPARE(described(broker).groupState, std::string("Empty"));
    }

    void anOffsetBehindTheEndOfItsLogIsSetBackToIt() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        broker.fill("t", 40);
        GroupClient standalone{broker, "alone"};
        QCOMPARE(standalone.commit(50), kNone); // as if ten of fifty records had gone in a power cut
        QCOMPARE(standalone.commit(0, "t", 1), kNone);
        broker.die();
        QCOMPARE(committed(broker), 40);
        QCOMPARE(committed(broker, "g", 1), 0);
        // Others take the lost offsets, and the group reads those, whatever happens.
        broker.fill("t", 20);
        broker.die();
        QCOMPARE(committed(broker), 40);
    }

    void anOffsetOfATopicThatIsGoneIsForgottenBeforeOneOfItsNameIsMade() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 40);
        GroupClient standalone{broker, "alone"};
        QCOMPARE(standalone.commit(30), kNone);
        int told = 0;
        broker.topics().change({{RemoveTopic{"t"}}}, [&](const auto&) { ++told; });
        broker.topics().change({{CreateTopic{"t", 1}}}, [&](const auto&) { ++told; });
        broker.slow.drain();
        broker.loop.drain();
        QCOMPARE(told, 0); // the offsets' end is not on stable storage yet
        broker.io.drain();
        broker.loop.drain();
        QCOMPARE(told, 1);
        broker.settle();
        QCOMPARE(told, 2);
        broker.fill("t", 40);
        broker.die();
        QCOMPARE(committed(broker), -1);
    }

    void ofAPartitionThatIsNamedAgainAndAgainTheLastOffsetIsKept() {
        CoreFixture broker;
        broker.makeTopic("t");
        constexpr int kTimes = 100'000;
        broker.fill("t", kTimes);
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        auto& topic = request.topics.emplace_back();
        topic.name = "t";
        for (int i = 0; i <= kTimes; ++i)
            topic.partitions.push_back({0, i, 0, std::nullopt});
        QCOMPARE(broker.get(offsetCommit, request, 7)->topics.at(0).partitions.back().errorCode, kNone);
        QVERIFY(QFileInfo(broker.directory.filePath("offsets.journal")).size() < kTimes);
        broker.die();
        QCOMPARE(committed(broker), kTimes);
    }

    void offsetsOfADeletedTopicAreForgotten() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient{broker, "alone"}.commit(5);
        broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
        broker.settle();
        broker.makeTopic("t");
        QCOMPARE(committed(broker), -1);
        broker.restart();
        QCOMPARE(committed(broker), -1);
    }

    void theJournalOfOffsetsIsCompactedWhileCommitsGoOn() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100'000);
        GroupClient alone{broker, "alone"};
        const std::string note(4000, 'n');
        std::int64_t offset = 0;
        const auto path = broker.directory.filePath("offsets.journal");
        qint64 largest = 0, size = 0;
        while (size >= largest) {
            QVERIFY2(offset < 100'000, "the journal only grows");
            largest = size;
            // Without settling in between, so that commits fall into a compaction under way.
            for (int i = 0; i < 20; ++i) {
                wire::OffsetCommitRequest request;
                request.groupId = "g";
                request.topics.push_back({"t", {{0, ++offset, 0, note}}});
                QCOMPARE(broker.ask(offsetCommit, request, 7)->topics[0].partitions[0].errorCode, kNone);
            }
            broker.settle();
            size = QFileInfo(path).size();
            broker.loop.advance(1s); // when it has grown enough, a compaction begins, and the next commits fall into it
        }
        QCOMPARE(committed(broker), offset);
        broker.die();
        QCOMPARE(committed(broker), offset);
    }
};

MILLRACE_TEST(TestGroupOffsets)
#include "tst_group_offsets.moc"
