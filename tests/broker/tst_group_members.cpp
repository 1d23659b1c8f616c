#include "broker/support/group_client.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

class TestGroupMembers : public QObject {
    Q_OBJECT

private slots:
    void oneConsumerLeadsItself() {
        CoreFixture broker;
        GroupClient a{broker, "a"};
        const auto joined = a.join();
        QVERIFY(joined.answered());
        a.joined(joined);
        QCOMPARE(joined->errorCode, kNone);
        QCOMPARE(joined->generationId, 1);
        QCOMPARE(joined->leader, a.memberId);
        QCOMPARE(*joined->protocolName, std::string("range"));
        QCOMPARE(joined->members.size(), std::size_t(1));
        QCOMPARE(joined->members[0].metadata, Bytes::copyOf("a metadata"));
        QCOMPARE(a.heartbeat(), kNone);
        const auto synced = a.sync({&a});
        QCOMPARE(synced->assignment, Bytes::copyOf("for a"));
        QCOMPARE(described(broker).groupState, std::string("Stable"));
    }

    void whatConsumersAreGivenIsShown_data() {
        QTest::addColumn<QByteArray>("assignment");
        QTest::addColumn<QList<int>>("partitions");
        const QByteArray two("\0\1\0\0\0\1\0\1t\0\0\0\2\0\0\0\3\0\0\0\5", 21);
        QTest::newRow("two partitions of a topic") << two << QList<int>{3, 5};
        QTest::newRow("something of a later version behind them") << two + "more" << QList<int>{3, 5};
        QTest::newRow("none") << QByteArray("\0\1\0\0\0\0", 6) << QList<int>();
        QTest::newRow("what ends too early") << two.left(15) << QList<int>();
        QTest::newRow("what claims to be huge") << QByteArray("\0\1\x7f\xff\xff\xff", 6) << QList<int>();
    }
    void whatConsumersAreGivenIsShown() {
        QFETCH(QByteArray, assignment);
        QFETCH(QList<int>, partitions);
        CoreFixture broker;
        GroupClient a{broker, "a"};
        a.joined(a.join());
        wire::SyncGroupRequest request;
        request.groupId = "g";
        request.generationId = a.generation;
        request.memberId = a.memberId;
        request.assignments.push_back({a.memberId, Bytes::copyOf(assignment.toStdString())});
        QCOMPARE(broker.get(syncGroup, request, 3)->errorCode, kNone);
        const auto shown = [&] {
            QList<int> list;
            const BrokerSnapshot snapshot = broker.core().snapshot();
            for (const AssignedTopic& topic : snapshot.groups.at(0).members.at(0).assignment)
                for (const std::int32_t partition : topic.partitions)
                    list << partition;
            return list;
        };
        QCOMPARE(shown(), partitions);
        GroupClient b{broker, "b"};
        b.join(kOldJoin); // a rebalance begins: nobody has anything
        QCOMPARE(shown(), QList<int>());
    }

    void aNewMemberGetsItsIdFirst() {
        CoreFixture broker;
        GroupClient a{broker, "client-7"};
        const auto asked = broker.ask(joinGroup, a.joinRequest(), kJoin, a.name);
        QCOMPARE(asked->errorCode, kMemberIdRequired);
        QVERIFY(QString::fromStdString(asked->memberId).startsWith("client-7-"));
        QCOMPARE(asked->memberId.size(), std::string("client-7-").size() + 36);
        // Before KIP-394 clients joined at once.
        GroupClient old{broker, "old"};
        QVERIFY(!broker.ask(joinGroup, old.joinRequest(), kOldJoin, old.name)
                     .answered()); // the announced one is waited for
        broker.advance(10s);
        QCOMPARE(described(broker).members.size(), std::size_t(1));
    }

    void heartbeatsKeepAMemberAliveForEver() {
        CoreFixture broker;
        GroupClient a{broker, "a"};
        a.joined(a.join());
        a.sync({&a});
        for (int i = 0; i < 100; ++i) {
            broker.advance(9s);
            QCOMPARE(a.heartbeat(), kNone);
        }
        broker.advance(10s);
        QCOMPARE(a.heartbeat(), kUnknownMemberId);
        QCOMPARE(described(broker).groupState, std::string("Empty"));
    }

    void leavingIsSeenAtOnce() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient a{broker, "a"}, b{broker, "b"};
        stabilise(a, b);
        QCOMPARE(b.leave(), kNone);
        QCOMPARE(b.leave(), kUnknownMemberId);
        QCOMPARE(a.heartbeat(), kRebalanceInProgress);
        a.joined(a.join());
        a.sync({&a});
        QCOMPARE(a.commit(1), kNone);
        QCOMPARE(a.leave(), kNone);
        QCOMPARE(described(broker).groupState, std::string("Empty"));
    }

    void joinsThatCannotBeAreRefused() {
        CoreFixture broker;
        GroupClient a{broker, "a"};
        a.session = 1s;
        QCOMPARE(a.join()->errorCode, kInvalidSessionTimeout);
        a.session = 10s;
        a.memberId = "never seen";
        QCOMPARE(a.join()->errorCode, kUnknownMemberId);
        auto request = GroupClient{broker, "a"}.joinRequest();
        request.groupId.clear();
        QCOMPARE(broker.get(joinGroup, request, kJoin)->errorCode, kInvalidGroupId);
        request = GroupClient{broker, "a"}.joinRequest();
        request.protocols.clear();
        QCOMPARE(broker.get(joinGroup, request, kJoin)->errorCode, kInconsistentGroupProtocol);
    }

    void aFullGroupTakesNobodyElse() {
        CoreFixture broker(ConfigMap{{"group.max.size", "1"}});
        GroupClient a{broker, "a"}, b{broker, "b"};
        a.joined(a.join());
        QCOMPARE(b.join()->errorCode, kGroupMaxSizeReached);
    }

    void aStaticMemberComesBackWithoutARebalance() {
        CoreFixture broker;
        GroupClient a{broker, "a", "instance-a"}, b{broker, "b", "instance-b"};
        auto first = a.join(kStaticJoin);
        a.joined(first);
        a.sync({&a});
        auto second = b.join(kStaticJoin);
        first = a.join(kStaticJoin);
        a.joined(first);
        b.joined(second);
        const auto waiting = b.sync();
        a.sync({&a, &b});
        GroupClient former = b;
        b.memberId.clear();
        const auto back = b.join(kStaticJoin);
        QVERIFY(back.answered());
        QCOMPARE(back->errorCode, kNone);
        QCOMPARE(back->generationId, 2);
        QVERIFY(back->memberId != former.memberId);
        b.joined(back);
        QCOMPARE(b.sync()->assignment, Bytes::copyOf("for b"));
        QCOMPARE(a.heartbeat(), kNone);
        QCOMPARE(former.heartbeat(), kFencedInstanceId);
        QCOMPARE(former.join(kStaticJoin)->errorCode, kFencedInstanceId);
    }

    void aStaticMemberIsRemovedByItsInstance() {
        CoreFixture broker;
        GroupClient a{broker, "a", "instance-a"};
        a.joined(a.join(kStaticJoin));
        a.sync({&a});
        wire::LeaveGroupRequest request;
        request.groupId = "g";
        request.members.push_back({"", "instance-a", std::nullopt});
        request.members.push_back({"", "nobody", std::nullopt});
        const auto left = broker.get(leaveGroup, request, 4);
        QCOMPARE(left->members.at(0).errorCode, kNone);
        QCOMPARE(left->members.at(1).errorCode, kUnknownMemberId);
    }

    void anIdWhoseOwnerNeverComesDisturbsNobody_data() {
        QTest::addColumn<bool>("leaves");
        QTest::newRow("it expires") << false;
        QTest::newRow("its owner leaves") << true;
    }
    void anIdWhoseOwnerNeverComesDisturbsNobody() {
        QFETCH(bool, leaves);
        CoreFixture broker(ConfigMap{{"group.initial.rebalance.delay.ms", "0"}});
        GroupClient a{broker, "a"};
        a.joined(a.join());
        QCOMPARE(a.sync({&a})->errorCode, kNone);
        GroupClient b{broker, "b"};
        const auto asked = broker.get(joinGroup, b.joinRequest(), kJoin);
        QCOMPARE(asked->errorCode, kMemberIdRequired);
        b.memberId = asked->memberId;
        if (leaves) QCOMPARE(b.leave(), kNone);
        for (int i = 0; i < 4; ++i) {
            QCOMPARE(a.heartbeat(), kNone);
            broker.advance(5s);
        }
        QCOMPARE(described(broker).groupState, std::string("Stable"));
        QCOMPARE(a.heartbeat(), kNone);
    }
};

MILLRACE_TEST(TestGroupMembers)
#include "tst_group_members.moc"
