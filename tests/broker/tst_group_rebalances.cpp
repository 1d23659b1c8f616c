#include "broker/support/group_client.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

class TestGroupRebalances : public QObject {
    Q_OBJECT

private slots:
    void aSecondConsumerMakesTheFirstRejoin() {
        CoreFixture broker;
        GroupClient a{broker, "a"}, b{broker, "b"};
        auto first = a.join();
        a.joined(first);
        a.sync({&a});
        const auto second = b.join();
        QVERIFY(!second.answered());
        QCOMPARE(a.heartbeat(), kRebalanceInProgress);
        first = a.join();
        QVERIFY(first.answered() && second.answered());
        QCOMPARE(first->generationId, 2);
        QCOMPARE(second->generationId, 2);
        QCOMPARE(first->members.size(), std::size_t(2));
        QVERIFY(second->members.empty()); // only the leader learns who is there
        a.joined(first);
        b.joined(second);
        const auto waiting = b.sync();
        QVERIFY(!waiting.answered());
        const auto led = a.sync({&a, &b});
        QVERIFY(waiting.answered());
        QCOMPARE(waiting->assignment, Bytes::copyOf("for b"));
        QCOMPARE(led->assignment, Bytes::copyOf("for a"));
    }

    void aMemberThatDoesNotRejoinIsDropped() {
        CoreFixture broker;
        GroupClient a{broker, "a"}, b{broker, "b"};
        a.session = b.session = 30s;
        a.rebalance = b.rebalance = 20s;
        a.joined(a.join());
        a.sync({&a});
        const auto second = b.join();
        broker.advance(19s);
        QVERIFY(!second.answered());
        broker.advance(1s);
        QVERIFY(second.answered());
        QCOMPARE(second->leader, second->memberId);
        QCOMPARE(a.heartbeat(), kUnknownMemberId);
    }

    void aSilentMemberIsRemovedAndTheRestSharesAnew() {
        CoreFixture broker;
        GroupClient a{broker, "a"}, b{broker, "b"};
        stabilise(a, b);
        for (int i = 0; i < 3; ++i) {
            broker.advance(4s);
            (void)a.heartbeat();
        }
        QCOMPARE(a.heartbeat(), kRebalanceInProgress);
        QCOMPARE(b.heartbeat(), kUnknownMemberId);
        const auto again = a.join();
        QVERIFY(again.answered());
        QCOMPARE(again->members.size(), std::size_t(1));
    }

    void membersThatWaitInSyncAreToldOfTheNextRebalance() {
        CoreFixture broker;
        GroupClient a{broker, "a"}, b{broker, "b"}, c{broker, "c"};
        a.joined(a.join());
        a.sync({&a});
        const auto second = b.join();
        const auto first = a.join();
        a.joined(first);
        b.joined(second);
        const auto waiting = b.sync();
        const auto third = c.join();
        QVERIFY(waiting.answered());
        QCOMPARE(waiting->errorCode, kRebalanceInProgress);
        QVERIFY(!third.answered());
    }

    void aLeaderThatNeverSyncsIsRemoved() {
        CoreFixture broker;
        GroupClient a{broker, "a"}, b{broker, "b"};
        a.rebalance = b.rebalance = 5s;
        a.joined(a.join());
        a.sync({&a});
        const auto second = b.join();
        a.joined(a.join());
        b.joined(second);
        const auto waiting = b.sync(); // the leader stays away
        broker.advance(5s);
        QVERIFY(waiting.answered());
        QCOMPARE(waiting->errorCode, kRebalanceInProgress);
        const auto again = b.join();
        QVERIFY(again.answered());
        QCOMPARE(again->leader, b.memberId);
    }

    void theMostWantedCommonProtocolIsChosen() {
        CoreFixture broker;
        GroupClient a{broker, "a", std::nullopt, {"sticky", "range", "own"}},
            b{broker, "b", std::nullopt, {"range", "sticky"}}, c{broker, "c", std::nullopt, {"range"}};
        const auto first = a.join();
        a.joined(first);
        QCOMPARE(*first->protocolName, std::string("sticky"));
        const auto second = b.join();
        const auto third = c.join();
        const auto again = a.join();
        QVERIFY(again.answered() && second.answered() && third.answered());
        QCOMPARE(*again->protocolName, std::string("range"));
        GroupClient stranger{broker, "stranger", std::nullopt, {"other"}};
        QCOMPARE(stranger.join()->errorCode, kInconsistentGroupProtocol);
        wire::JoinGroupRequest connect = GroupClient{broker, "connect"}.joinRequest();
        connect.protocolType = "connect";
        QCOMPARE(broker.get(joinGroup, connect, kJoin)->errorCode, kInconsistentGroupProtocol);
    }

    void theFirstRebalanceWaitsForMoreWhenConfigured() {
        CoreFixture broker(ConfigMap{{"group.initial.rebalance.delay.ms", "3000"}});
        GroupClient a{broker, "a"}, b{broker, "b"};
        const auto first = a.join();
        broker.advance(2s);
        const auto second = b.join();
        broker.advance(2s);
        QVERIFY(!first.answered()); // somebody came, so it waits once more
        broker.advance(2s);
        QVERIFY(first.answered() && second.answered());
        QCOMPARE(first->generationId, 1);
    }
};

MILLRACE_TEST(TestGroupRebalances)
#include "tst_group_rebalances.moc"
