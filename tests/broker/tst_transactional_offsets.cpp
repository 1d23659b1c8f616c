#include "broker/support/group_client.h"
#include "broker/support/transactional_client.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/offset_delete.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

using Answered = std::pair<std::int16_t, std::int64_t>;

/// Offsets that are committed with a transaction.
class TestTransactionalOffsets : public QObject {
    Q_OBJECT

private slots:
    void theyBecomeTheGroupsWithTheCommit_data() {
        QTest::addColumn<bool>("bumps");
        QTest::addColumn<bool>("dies");
        QTest::newRow("the group is added before") << false << false;
        QTest::newRow("it joins with its offsets") << true << false;
        QTest::newRow("the process dies in between") << false << true;
    }
    void theyBecomeTheGroupsWithTheCommit() {
        QFETCH(bool, bumps);
        QFETCH(bool, dies);
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100);
        QCOMPARE(GroupClient({broker, "alone"}).commit(7), kNone);
        TransactionalClient client{broker, bumps};
        client.init();
        const auto maybeDie = [&] {
            if (dies) broker.die();
        };
        for (const bool commit : {false, true}) {
            if (!bumps) QCOMPARE(client.addGroup(), kNone);
            QCOMPARE(client.commitOffset(40), kNone);
            maybeDie();
            QCOMPARE(offsetOf(broker, false), Answered(kNone, 7));
            QCOMPARE(offsetOf(broker, true), Answered(kUnstableOffsetCommit, -1));
            QCOMPARE(client.end(commit), kNone);
            maybeDie();
            QCOMPARE(offsetOf(broker, true), Answered(kNone, commit ? 40 : 7));
        }
    }

    void ofAGroupThatIsNotInTheTransactionTheyAreRefused() {
        CoreFixture broker;
        broker.makeTopic("t");
        TransactionalClient client{broker};
        client.init();
        QCOMPARE(client.commitOffset(1), kTransactionAbortable);
        QCOMPARE(client.addGroup("another"), kNone);
        QCOMPARE(client.commitOffset(1), kTransactionAbortable);
        QCOMPARE(client.addGroup(""), kInvalidGroupId);
        client.epoch = 5;
        QCOMPARE(client.commitOffset(1), kInvalidProducerEpoch);
        QVERIFY(!broker.groups().find("g"));
    }

    void onlyMembersOfTheGenerationMayCommit() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient member{broker, "a"};
        member.joined(member.join());
        member.sync({&member});
        TransactionalClient client{broker, true};
        client.init();
        QCOMPARE(client.commitOffset(1, "g", member.generation + 1, member.memberId), kIllegalGeneration);
        QCOMPARE(client.commitOffset(1, "g", member.generation, "stranger"), kUnknownMemberId);
        QCOMPARE(client.commitOffset(1, "none", 3, "stranger"), kIllegalGeneration);
        QCOMPARE(client.commitOffset(1, "g", member.generation, member.memberId), kNone);
        QCOMPARE(client.commitOffset(1), kNone); // who names no member is not asked
    }

    /// However little time lies between the two.
    void theLaterOfTwoCommitsStays_data() {
        QTest::addColumn<bool>("transactionFirst");
        QTest::addColumn<bool>("restart");
        QTest::addColumn<int>("stays");
        QTest::newRow("one outside of the transaction") << true << false << 20;
        QTest::newRow("that of the transaction") << false << false << 10;
        QTest::newRow("one outside, after a restart") << true << true << 20;
        QTest::newRow("that of the transaction, after a restart") << false << true << 10;
    }
    void theLaterOfTwoCommitsStays() {
        QFETCH(bool, transactionFirst);
        QFETCH(bool, restart);
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100);
        TransactionalClient client{broker, true};
        client.init();
        const auto ofTransaction = [&] { QCOMPARE(client.commitOffset(10), kNone); };
        const auto alone = [&] { QCOMPARE(GroupClient({broker, "alone"}).commit(20), kNone); };
        transactionFirst ? ofTransaction() : alone();
        if (restart) broker.restart();
        transactionFirst ? alone() : ofTransaction();
        broker.die();
        QCOMPARE(client.end(true), kNone);
        QTEST(int(offsetOf(broker, true).second), "stays");
    }

    void anOffsetThatIsDeletedDoesNotComeBackWithTheCommit_data() {
        QTest::addColumn<bool>("hasAnother");
        QTest::newRow("of a group that has committed it, too") << true;
        QTest::newRow("of a group that only waits") << false;
    }
    void anOffsetThatIsDeletedDoesNotComeBackWithTheCommit() {
        QFETCH(bool, hasAnother);
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100);
        if (hasAnother) QCOMPARE(GroupClient({broker, "alone"}).commit(20), kNone);
        TransactionalClient client{broker, true};
        client.init();
        QCOMPARE(client.commitOffset(10), kNone);
        wire::OffsetDeleteRequest request;
        request.groupId = "g";
        request.topics.push_back({"t", {{0}}});
        const auto asked = broker.get(offsetDelete, request, 0);
        QCOMPARE(asked->errorCode, kNone);
        QCOMPARE(asked->topics.at(0).partitions.at(0).errorCode, kNone);
        QCOMPARE(offsetOf(broker, true), Answered(kNone, -1)); // nothing is under way any more
        broker.die();
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(offsetOf(broker, true), Answered(kNone, -1));
    }

    void aGroupThatIsDeletedDoesNotComeBackWithTheCommit() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100);
        TransactionalClient client{broker, true};
        client.init();
        client.commitOffset(10);
        wire::DeleteGroupsRequest request;
        request.groupsNames = {"g", "none", "g"};
        const auto asked = broker.get(deleteGroups, request, 2);
        QCOMPARE(asked->results.size(), std::size_t(2));
        QCOMPARE(asked->results[0].errorCode, kNone);
        QCOMPARE(asked->results[1].errorCode, kGroupIdNotFound);
        broker.die();
        QCOMPARE(client.end(true), kNone);
        QVERIFY(!broker.groups().find("g"));
    }

    void aGroupThatIsDeletedWhileItsFirstOffsetsComeDoesNotComeBack() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100);
        QCOMPARE(GroupClient({broker, "alone"}).commit(7), kNone);
        TransactionalClient client{broker, true};
        client.init();
        wire::TxnOffsetCommitRequest offset;
        offset.transactionalId = client.id;
        offset.groupId = "g";
        offset.producerId = client.producerId;
        offset.producerEpoch = client.epoch;
        offset.topics.push_back({"t", {{0, 10, 0, "note"}}});
        const auto first = broker.ask(txnOffsetCommit, offset, 5);
        wire::DeleteGroupsRequest request;
        request.groupsNames = {"g"};
        const auto asked = broker.get(deleteGroups, request, 2);
        QCOMPARE(first->topics[0].partitions[0].errorCode, kNone);
        QCOMPARE(asked->results[0].errorCode, kNone);
        QCOMPARE(client.end(true), kNone);
        QVERIFY(!broker.groups().find("g"));
    }

    void aGroupWhoseOffsetsCannotBeForgottenIsNotDeleted() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t");
        broker.fill("t", 100);
        TransactionalClient client{broker, true};
        client.init();
        client.commitOffset(10);
        wire::DeleteGroupsRequest request;
        request.groupsNames = {"g"};
        disk.room = 0;
        QCOMPARE(broker.get(deleteGroups, request, 2)->results[0].errorCode, kCoordinatorNotAvailable);
        QVERIFY(broker.groups().find("g"));
        disk.room = std::numeric_limits<std::uint64_t>::max();
        QCOMPARE(broker.get(deleteGroups, request, 2)->results[0].errorCode, kNone);
        QCOMPARE(client.end(true), kNone);
        QVERIFY(!broker.groups().find("g"));
    }

    void offsetsOfATopicThatIsGoneAreForgottenWhenTheDiskHasRoomAgain() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t");
        broker.fill("t", 100);
        TransactionalClient client{broker, true};
        client.init();
        client.commitOffset(10);
        broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
        broker.slow.drain(); // that it goes is written
        disk.room = 0;
        broker.settle();
        disk.room = std::numeric_limits<std::uint64_t>::max();
        QVERIFY(!broker.metadata().find("t"));
        const auto* waiting = broker.core().context().transactions->find(client.id);
        QCOMPARE(waiting->groups.at("g").size(), std::size_t(1));
        broker.core().context().transactions->tick();
        broker.settle();
        QVERIFY(waiting->groups.at("g").empty());
    }

    void offsetsOfATopicThatIsGoneDoNotComeBackWithTheCommit() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100);
        TransactionalClient client{broker, true};
        client.init();
        client.commitOffset(10);
        broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
        broker.settle();
        broker.makeTopic("t");
        broker.fill("t", 100);
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(offsetOf(broker, true), Answered(kNone, -1));
    }

    void oneBehindTheEndOfItsLogIsSetBackToIt() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 40);
        TransactionalClient client{broker, true};
        client.init();
        QCOMPARE(client.commitOffset(50), kNone); // as if ten of fifty records had gone in a power cut
        broker.die();
        broker.fill("t", 20); // others take the lost offsets, and the group reads those
        broker.die();
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(offsetOf(broker, true), Answered(kNone, 40));
    }

    void aGroupThatOnlyWaitsStays() {
        CoreFixture broker;
        broker.core().startTimers();
        broker.makeTopic("t");
        broker.fill("t", 100);
        TransactionalClient client{broker, true};
        client.init(900'000);
        client.commitOffset(10);
        broker.groups().expire();
        broker.die();
        QCOMPARE(client.end(true), kNone);
        QCOMPARE(offsetOf(broker, false), Answered(kNone, 10));
        client.commitOffset(20, "brief");
        QVERIFY(broker.groups().find("brief"));
        client.end(false);
        QVERIFY(!broker.groups().find("brief"));
    }
};

MILLRACE_TEST(TestTransactionalOffsets)
#include "tst_transactional_offsets.moc"
