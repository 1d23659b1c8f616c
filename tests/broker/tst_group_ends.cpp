#include "broker/support/group_client.h"
#include "support/test_program.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/offset_delete.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

class TestGroupEnds : public QObject {
    Q_OBJECT

private slots:
    void groupsAreListedDescribedAndDeleted() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient a{broker, "a"};
        a.joined(a.join());
        a.sync({&a});
        QCOMPARE(a.commit(3), kNone);
        const auto listed = broker.get(listGroups, wire::ListGroupsRequest{}, 4);
        QCOMPARE(listed->groups.size(), std::size_t(1));
        QCOMPARE(listed->groups[0].groupState, std::string("Stable"));
        wire::ListGroupsRequest empty;
        empty.statesFilter = {"empty"};
        QVERIFY(broker.get(listGroups, empty, 4)->groups.empty());
        const auto group = described(broker);
        QCOMPARE(group.protocolData, std::string("range"));
        QCOMPARE(group.members.at(0).clientId, std::string("a"));
        QCOMPARE(group.members.at(0).clientHost, std::string("/127.0.0.1"));
        QCOMPARE(group.members.at(0).memberAssignment, Bytes::copyOf("for a"));

        wire::DeleteGroupsRequest remove;
        remove.groupsNames = {"g"};
        QCOMPARE(broker.get(deleteGroups, remove, 1)->results.at(0).errorCode, kNonEmptyGroup);
        a.leave();
        QCOMPARE(broker.get(listGroups, empty, 4)->groups.size(), std::size_t(1));
        QCOMPARE(broker.get(deleteGroups, remove, 1)->results.at(0).errorCode, kNone);
        QCOMPARE(broker.get(deleteGroups, remove, 1)->results.at(0).errorCode, kGroupIdNotFound);
        QCOMPARE(committed(broker), -1);
        QCOMPARE(described(broker, 5).groupState, std::string("Dead"));
        QCOMPARE(described(broker, 5).errorCode, kNone);
        QCOMPARE(described(broker, 6).errorCode, kGroupIdNotFound);
    }

    void whatIsNamedAgainAndAgainIsAnsweredOnce() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        GroupClient{broker, "alone"}.commit(17, "t", 1, "a long note");
        wire::DescribeGroupsRequest description;
        description.groups = {"g", "none", "g", "none"};
        QCOMPARE(broker.get(describeGroups, description, 5)->groups.size(), std::size_t(2));
        wire::OffsetFetchRequest request;
        for (int i = 0; i < 2; ++i) {
            auto& group = request.groups.emplace_back();
            group.groupId = "g";
            group.topics.emplace() = {{"t", {1, 0, 1}}, {"u", {1}}, {"t", {1}}};
        }
        const auto asked = broker.get(offsetFetch, request, 8);
        QCOMPARE(asked->groups.size(), std::size_t(1));
        const auto& topics = asked->groups[0].topics;
        QCOMPARE(topics.at(0).partitions.size(), std::size_t(2));
        QCOMPARE(topics.at(0).partitions[0].committedOffset, 17);
        QCOMPARE(topics.at(1).partitions.size(), std::size_t(1));
        QCOMPARE(topics.at(2).partitions.size(), std::size_t(0));
    }

    void whatExpiresIsForgottenAndAGroupOfWhichNothingIsLeftIsGone() {
        CoreFixture broker(ConfigMap{{"offsets.retention.minutes", "60"}});
        broker.makeTopic("t", 2);
        broker.core().startTimers();
        GroupClient alone{broker, "alone"};
        QCOMPARE(alone.commit(5), kNone);
        broker.advance(30min);
        QCOMPARE(alone.commit(6, "t", 1), kNone);
        broker.advance(29min);
        QCOMPARE(committed(broker), 5);
        broker.advance(12min); // it is looked for every ten minutes
        QCOMPARE(committed(broker), -1);
        QCOMPARE(committed(broker, "g", 1), 6);
        broker.advance(30min);
        QVERIFY(!broker.groups().find("g"));
        broker.die();
        QVERIFY(!broker.groups().find("g"));
    }

    void aClientMaySayHowLongItsOffsetsAreKept() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 10);
        wire::OffsetCommitRequest request;
        request.groupId = "g";
        request.retentionTimeMs = 60'000;
        request.topics.push_back({"t", {{0, 5, -1, std::nullopt}}});
        QCOMPARE(broker.get(offsetCommit, request, 2)->topics.at(0).partitions.at(0).errorCode, kNone);
        broker.die();
        broker.core().startTimers();
        broker.groups().expire();
        QCOMPARE(committed(broker), 5);
        broker.advance(10min);
        QCOMPARE(committed(broker), -1);
    }

    void aGroupThatWasStaysEmptyUntilItIsLookedAt_data() {
        QTest::addColumn<int>("story");
        QTest::newRow("its last member left") << 0;
        QTest::newRow("its last member was silent") << 1;
        QTest::newRow("its members left while it waited for more") << 2;
    }
    void aGroupThatWasStaysEmptyUntilItIsLookedAt() {
        QFETCH(int, story);
        CoreFixture broker(ConfigMap{{"group.initial.rebalance.delay.ms", story == 2 ? "3000" : "0"}});
        GroupClient a{broker, "a"};
        const auto asked = a.join();
        if (asked.answered()) {
            a.joined(asked);
            a.sync({&a});
        }
        story == 1 ? broker.advance(11s) : (void)a.leave();
        broker.advance(3s);
        QCOMPARE(described(broker).groupState, std::string("Empty"));
        QCOMPARE(described(broker).protocolType, std::string("consumer"));
        QCOMPARE(broker.get(listGroups, wire::ListGroupsRequest{}, 4)->groups.size(), std::size_t(1));
        QCOMPARE(a.heartbeat(), kUnknownMemberId);
        broker.makeTopic("t");
        QCOMPARE(a.generation < 0 ? kUnknownMemberId : a.commit(3), kUnknownMemberId); // too late
        broker.groups().expire();
        QVERIFY(!broker.groups().find("g"));
    }

    void aGroupThatNeverWasIsGone_data() {
        QTest::addColumn<int>("story");
        QTest::newRow("nobody came with the id that was given out") << 0;
        QTest::newRow("the id that was given out was given back") << 1;
        QTest::newRow("its only join was refused") << 2;
    }
    void aGroupThatNeverWasIsGone() {
        QFETCH(int, story);
        CoreFixture broker;
        GroupClient a{broker, "a"};
        if (story == 2) {
            a.protocols = {};
            QCOMPARE(a.join()->errorCode, kInconsistentGroupProtocol);
        } else {
            const auto asked = broker.get(joinGroup, a.joinRequest(), kJoin);
            QCOMPARE(asked->errorCode, kMemberIdRequired);
            QVERIFY(broker.groups().find("g"));
            a.memberId = asked->memberId;
            story == 1 ? (void)a.leave() : broker.advance(11s);
        }
        QVERIFY(!broker.groups().find("g"));
    }

    void offsetsThatNobodyWantsAnyMoreCanBeDeleted_data() {
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("topic");
        QTest::addColumn<int>("error");
        QTest::newRow("a topic that a consumer reads") << "consumer"
                                                       << "t" << int(kGroupSubscribedToTopic);
        QTest::newRow("a topic that no consumer reads") << "consumer"
                                                        << "u" << int(kNone);
        QTest::newRow("a topic that is not there") << "consumer"
                                                   << "v" << int(kUnknownTopicOrPartition);
        QTest::newRow("a consumer that does not say what it reads") << "riddle"
                                                                    << "u" << int(kGroupSubscribedToTopic);
        QTest::newRow("a group without members") << "nobody"
                                                 << "t" << int(kNone);
    }
    void offsetsThatNobodyWantsAnyMoreCanBeDeleted() {
        QFETCH(QString, who);
        QFETCH(QString, topic);
        QFETCH(int, error);
        CoreFixture broker;
        for (const char* name : {"t", "u"})
            broker.makeTopic(name);
        GroupClient a{broker, "a"};
        if (who == "consumer") a.metadata = subscriptionTo({"t"});
        a.joined(a.join());
        a.sync({&a});
        QCOMPARE(a.commit(3, "t"), kNone);
        QCOMPARE(a.commit(4, "u"), kNone);
        if (who == "nobody") a.leave();
        wire::OffsetDeleteRequest request;
        request.groupId = "g";
        request.topics.push_back({topic.toStdString(), {{0}}});
        const auto asked = broker.get(offsetDelete, request, 0);
        QCOMPARE(int(asked->errorCode), int(kNone));
        QCOMPARE(int(asked->topics.at(0).partitions.at(0).errorCode), error);
        const auto& left = broker.groups().find("g")->offsets;
        QCOMPARE(left.size(), std::size_t(error == kNone ? 1 : 2));
    }
};

MILLRACE_TEST(TestGroupEnds)
#include "tst_group_ends.moc"
