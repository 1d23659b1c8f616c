#include "broker/handlers/handlers.h"
#include "broker/support/core_fixture.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/describe_groups.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/offset_delete.h"
#include "wire/messages/offset_fetch.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

namespace {
constexpr wire::Version kOldJoin = 2, kJoin = 5, kStaticJoin = 7;
} // namespace

class TestGroups : public QObject {
    Q_OBJECT

    /// One consumer as a client library would drive it.
    struct Client {
        CoreFixture& broker;
        std::string name;
        std::optional<std::string> instanceId = std::nullopt;
        std::vector<std::string> protocols = {"range"};
        std::string memberId = {};
        std::int32_t generation = -1;
        std::chrono::milliseconds session = 10s;
        std::chrono::milliseconds rebalance = 60s;

        wire::JoinGroupRequest joinRequest() const {
            wire::JoinGroupRequest request;
            request.groupId = "g";
            request.sessionTimeoutMs = std::int32_t(session.count());
            request.rebalanceTimeoutMs = std::int32_t(rebalance.count());
            request.memberId = memberId;
            request.groupInstanceId = instanceId;
            request.protocolType = "consumer";
            for (const auto& protocol : protocols)
                request.protocols.push_back({protocol, Bytes::copyOf(name + " metadata")});
            return request;
        }
        /// Two rounds when the broker hands out an id first.
        Asked<wire::JoinGroupResponse> join(wire::Version version = kJoin) {
            auto asked = broker.ask(joinGroup, joinRequest(), version, name);
            broker.settle();
            if (asked.answered() && asked->errorCode == kMemberIdRequired) {
                memberId = asked->memberId;
                asked = broker.ask(joinGroup, joinRequest(), version, name);
                broker.settle();
            }
            return asked;
        }
        void joined(const Asked<wire::JoinGroupResponse>& asked) {
            memberId = asked->memberId;
            generation = asked->generationId;
        }
        Asked<wire::SyncGroupResponse> sync(const std::vector<Client*>& assigned = {}) {
            wire::SyncGroupRequest request;
            request.groupId = "g";
            request.generationId = generation;
            request.memberId = memberId;
            request.groupInstanceId = instanceId;
            for (const Client* client : assigned)
                request.assignments.push_back({client->memberId, Bytes::copyOf("for " + client->name)});
            return broker.get(syncGroup, request, 3);
        }
        std::int16_t heartbeat() {
            wire::HeartbeatRequest request;
            request.groupId = "g";
            request.generationId = generation;
            request.memberId = memberId;
            request.groupInstanceId = instanceId;
            return broker.get(broker::heartbeat, request, 3)->errorCode;
        }
        std::int16_t commit(std::int64_t offset, const std::string& topic = "t", std::int32_t partition = 0,
                            std::string metadata = "note") {
            wire::OffsetCommitRequest request;
            request.groupId = "g";
            request.generationIdOrMemberEpoch = generation;
            request.memberId = memberId;
            request.groupInstanceId = instanceId;
            auto& entry = request.topics.emplace_back();
            entry.name = topic;
            entry.partitions.push_back({partition, offset, 0, std::move(metadata)});
            return broker.get(offsetCommit, request, 7)->topics.at(0).partitions.at(0).errorCode;
        }
        std::int16_t leave() {
            wire::LeaveGroupRequest request;
            request.groupId = "g";
            request.memberId = memberId;
            return broker.get(leaveGroup, request, 1)->errorCode;
        }
    };

    static std::int64_t committed(CoreFixture& broker, const std::string& group = "g", std::int32_t partition = 0) {
        wire::OffsetFetchRequest request;
        request.groupId = group;
        request.topics.emplace().push_back({"t", {partition}});
        return broker.get(offsetFetch, request, 5)->topics.at(0).partitions.at(0).committedOffset;
    }
    static wire::DescribeGroupsResponse::Group described(CoreFixture& broker, wire::Version version = 4) {
        wire::DescribeGroupsRequest request;
        request.groups = {"g"};
        return broker.get(describeGroups, request, version)->groups.at(0);
    }
    /// Both in the group and synced; `a` leads.
    static void stabilise(Client& a, Client& b) {
        auto first = a.join();
        a.joined(first);
        a.sync({&a});
        auto second = b.join();
        first = a.join();
        a.joined(first);
        b.joined(second);
        const auto waiting = b.sync();
        a.sync({&a, &b});
    }

private slots:
    void oneConsumerLeadsItself() {
        CoreFixture broker;
        Client a{broker, "a"};
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
        Client a{broker, "a"};
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
        Client b{broker, "b"};
        b.join(kOldJoin); // a rebalance begins: nobody has anything
        QCOMPARE(shown(), QList<int>());
    }

    void aNewMemberGetsItsIdFirst() {
        CoreFixture broker;
        Client a{broker, "client-7"};
        const auto asked = broker.ask(joinGroup, a.joinRequest(), kJoin, a.name);
        QCOMPARE(asked->errorCode, kMemberIdRequired);
        QVERIFY(QString::fromStdString(asked->memberId).startsWith("client-7-"));
        QCOMPARE(asked->memberId.size(), std::string("client-7-").size() + 36);
        // Before KIP-394 clients joined at once.
        Client old{broker, "old"};
        QVERIFY(!broker.ask(joinGroup, old.joinRequest(), kOldJoin, old.name)
                     .answered()); // the announced one is waited for
        broker.advance(10s);
        QCOMPARE(described(broker).members.size(), std::size_t(1));
    }

    void aSecondConsumerMakesTheFirstRejoin() {
        CoreFixture broker;
        Client a{broker, "a"}, b{broker, "b"};
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
        Client a{broker, "a"}, b{broker, "b"};
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
        Client a{broker, "a"}, b{broker, "b"};
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

    void heartbeatsKeepAMemberAliveForEver() {
        CoreFixture broker;
        Client a{broker, "a"};
        a.joined(a.join());
        a.sync({&a});
        for (int i = 0; i < 100; ++i) {
            broker.advance(9s);
            QCOMPARE(a.heartbeat(), kNone);
        }
        broker.advance(10s);
        QCOMPARE(a.heartbeat(), kUnknownMemberId);
        QCOMPARE(described(broker).groupState, std::string("Dead"));
    }

    void leavingIsSeenAtOnce() {
        CoreFixture broker;
        broker.makeTopic("t");
        Client a{broker, "a"}, b{broker, "b"};
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

    void membersThatWaitInSyncAreToldOfTheNextRebalance() {
        CoreFixture broker;
        Client a{broker, "a"}, b{broker, "b"}, c{broker, "c"};
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
        Client a{broker, "a"}, b{broker, "b"};
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
        Client a{broker, "a", std::nullopt, {"sticky", "range", "own"}},
            b{broker, "b", std::nullopt, {"range", "sticky"}}, c{broker, "c", std::nullopt, {"range"}};
        const auto first = a.join();
        a.joined(first);
        QCOMPARE(*first->protocolName, std::string("sticky"));
        const auto second = b.join();
        const auto third = c.join();
        const auto again = a.join();
        QVERIFY(again.answered() && second.answered() && third.answered());
        QCOMPARE(*again->protocolName, std::string("range"));
        Client stranger{broker, "stranger", std::nullopt, {"other"}};
        QCOMPARE(stranger.join()->errorCode, kInconsistentGroupProtocol);
        wire::JoinGroupRequest connect = Client{broker, "connect"}.joinRequest();
        connect.protocolType = "connect";
        QCOMPARE(broker.get(joinGroup, connect, kJoin)->errorCode, kInconsistentGroupProtocol);
    }

    void joinsThatCannotBeAreRefused() {
        CoreFixture broker;
        Client a{broker, "a"};
        a.session = 1s;
        QCOMPARE(a.join()->errorCode, kInvalidSessionTimeout);
        a.session = 10s;
        a.memberId = "never seen";
        QCOMPARE(a.join()->errorCode, kUnknownMemberId);
        auto request = Client{broker, "a"}.joinRequest();
        request.groupId.clear();
        QCOMPARE(broker.get(joinGroup, request, kJoin)->errorCode, kInvalidGroupId);
        request = Client{broker, "a"}.joinRequest();
        request.protocols.clear();
        QCOMPARE(broker.get(joinGroup, request, kJoin)->errorCode, kInconsistentGroupProtocol);
    }

    void aFullGroupTakesNobodyElse() {
        CoreFixture broker(ConfigMap{{"group.max.size", "1"}});
        Client a{broker, "a"}, b{broker, "b"};
        a.joined(a.join());
        QCOMPARE(b.join()->errorCode, kGroupMaxSizeReached);
    }

    void aStaticMemberComesBackWithoutARebalance() {
        CoreFixture broker;
        Client a{broker, "a", "instance-a"}, b{broker, "b", "instance-b"};
        auto first = a.join(kStaticJoin);
        a.joined(first);
        a.sync({&a});
        auto second = b.join(kStaticJoin);
        first = a.join(kStaticJoin);
        a.joined(first);
        b.joined(second);
        const auto waiting = b.sync();
        a.sync({&a, &b});
        Client former = b;
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
        Client a{broker, "a", "instance-a"};
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

    void theFirstRebalanceWaitsForMoreWhenConfigured() {
        CoreFixture broker(ConfigMap{{"group.initial.rebalance.delay.ms", "3000"}});
        Client a{broker, "a"}, b{broker, "b"};
        const auto first = a.join();
        broker.advance(2s);
        const auto second = b.join();
        broker.advance(2s);
        QVERIFY(!first.answered()); // somebody came, so it waits once more
        broker.advance(2s);
        QVERIFY(first.answered() && second.answered());
        QCOMPARE(first->generationId, 1);
    }

    void oldGenerationsMayNeitherSyncNorCommit() {
        CoreFixture broker;
        broker.makeTopic("t");
        Client a{broker, "a"};
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
        Client standalone{broker, "alone"};
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
        Client standalone{broker, "alone"};
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
        Client standalone{broker, "alone"};
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
        Client standalone{broker, "alone"};
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

    void anIdWhoseOwnerNeverComesDisturbsNobody_data() {
        QTest::addColumn<bool>("leaves");
        QTest::newRow("it expires") << false;
        QTest::newRow("its owner leaves") << true;
    }
    void anIdWhoseOwnerNeverComesDisturbsNobody() {
        QFETCH(bool, leaves);
        CoreFixture broker(ConfigMap{{"group.initial.rebalance.delay.ms", "0"}});
        Client a{broker, "a"};
        a.joined(a.join());
        QCOMPARE(a.sync({&a})->errorCode, kNone);
        Client b{broker, "b"};
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
        Client{broker, "alone"}.commit(5);
        broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
        broker.settle();
        broker.makeTopic("t");
        QCOMPARE(committed(broker), -1);
        broker.restart();
        QCOMPARE(committed(broker), -1);
    }

    void groupsAreListedDescribedAndDeleted() {
        CoreFixture broker;
        broker.makeTopic("t");
        Client a{broker, "a"};
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
        Client{broker, "alone"}.commit(17, "t", 1, "a long note");
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

    void emptyGroupsExpire() {
        CoreFixture broker(ConfigMap{{"offsets.retention.minutes", "60"}});
        broker.makeTopic("t");
        Client{broker, "alone"}.commit(5);
        broker.advance(59min);
        broker.groups().expireOffsets();
        QCOMPARE(committed(broker), 5);
        broker.advance(2min);
        broker.groups().expireOffsets();
        QCOMPARE(committed(broker), -1);
    }

    void aGroupOfWhichNothingIsLeftIsGone_data() {
        QTest::addColumn<int>("story");
        QTest::newRow("its last member left") << 0;
        QTest::newRow("its last member was silent") << 1;
        QTest::newRow("nobody came with the id that was given out") << 2;
        QTest::newRow("the id that was given out was given back") << 3;
        QTest::newRow("its members left while it waited for more") << 4;
        QTest::newRow("its only join was refused") << 5;
        QTest::newRow("its last offset was deleted") << 6;
    }
    void aGroupOfWhichNothingIsLeftIsGone() {
        QFETCH(int, story);
        CoreFixture broker(ConfigMap{{"group.initial.rebalance.delay.ms", story == 4 ? "3000" : "0"}});
        broker.makeTopic("t");
        Client a{broker, "a"};
        if (story <= 1) {
            a.joined(a.join());
            a.sync({&a});
            story == 0 ? (void)a.leave() : broker.advance(11s);
        } else if (story <= 3) {
            const auto asked = broker.get(joinGroup, a.joinRequest(), kJoin);
            QCOMPARE(asked->errorCode, kMemberIdRequired);
            QVERIFY(broker.groups().find("g"));
            a.memberId = asked->memberId;
            story == 3 ? (void)a.leave() : broker.advance(11s);
        } else if (story == 4) {
            const auto asked = a.join();
            QVERIFY(!asked.answered());
            QVERIFY(broker.groups().find("g"));
            (void)a.leave();
            broker.advance(3s);
        } else if (story == 5) {
            a.protocols = {};
            QCOMPARE(a.join()->errorCode, kInconsistentGroupProtocol);
        } else {
            QCOMPARE(Client(broker, "alone").commit(5), kNone);
            wire::OffsetDeleteRequest request;
            request.groupId = "g";
            request.topics.push_back({"t", {{0}}});
            QCOMPARE(broker.get(offsetDelete, request, 0)->errorCode, kNone);
            broker.groups().expireOffsets();
        }
        QVERIFY(!broker.groups().find("g"));
    }

    void theJournalOfOffsetsIsCompactedWhileCommitsGoOn() {
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 100'000);
        Client alone{broker, "alone"};
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

MILLRACE_TEST(TestGroups)
#include "tst_groups.moc"
