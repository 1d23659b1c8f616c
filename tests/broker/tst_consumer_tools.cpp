// What clients and tools are told of groups of the consumer protocol, and what their members may commit.
#include "broker/support/consumer_client.h"
#include "broker/support/group_client.h"
#include "support/test_program.h"
#include "wire/messages/api_versions.h"
#include "wire/messages/list_groups.h"
#include "wire/messages/metadata.h"
#include "wire/messages/offset_delete.h"
#include "wire/messages/txn_offset_commit.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

std::int16_t commit(CoreFixture& broker, const std::string& memberId, std::int32_t epoch, wire::Version version = 9,
                    std::optional<std::string> instanceId = std::nullopt) {
    wire::OffsetCommitRequest request;
    request.groupId = "g";
    request.memberId = memberId;
    request.generationIdOrMemberEpoch = epoch;
    request.groupInstanceId = std::move(instanceId);
    auto& topic = request.topics.emplace_back();
    topic.name = "t";
    topic.partitions.push_back({0, 5, -1, "", -1});
    return broker.get(offsetCommit, request, version)->topics.at(0).partitions.at(0).errorCode;
}

wire::OffsetFetchResponse::Group fetched(CoreFixture& broker, std::optional<std::string> memberId, std::int32_t epoch) {
    wire::OffsetFetchRequest request;
    auto& group = request.groups.emplace_back();
    group.groupId = "g";
    group.memberId = std::move(memberId);
    group.memberEpoch = epoch;
    return broker.get(offsetFetch, request, 9)->groups.at(0);
}

QStringList listed(CoreFixture& broker, std::vector<std::string> states, std::vector<std::string> types) {
    wire::ListGroupsRequest request;
    request.statesFilter = std::move(states);
    request.typesFilter = std::move(types);
    QStringList all;
    const auto answer = broker.get(listGroups, request, 5);
    for (const auto& group : answer->groups)
        all << QString::fromStdString(group.groupId + " " + group.protocolType + " " + group.groupState + " " +
                                      group.groupType);
    return all;
}

} // namespace

class TestConsumerTools : public QObject {
    Q_OBJECT
private slots:
    void groupsAreListedByTypeAndState() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        b.group = "h";
        GroupClient classic{broker, "c"};
        a.group = "modern";
        a.join();
        b.join();
        b.leave();
        classic.joined(classic.join());
        classic.sync({&classic});
        QCOMPARE(listed(broker, {}, {}), (QStringList{"g consumer Stable classic", "h consumer Empty consumer",
                                                      "modern consumer Stable consumer"}));
        QCOMPARE(listed(broker, {}, {"Consumer"}).size(), 2);
        QCOMPARE(listed(broker, {"stable"}, {"consumer"}), QStringList{"modern consumer Stable consumer"});
        QCOMPARE(listed(broker, {}, {"classic"}).size(), 1);
        QCOMPARE(listed(broker, {}, {"share"}).size(), 0);
    }

    void eachDescriptionIsForItsProtocol() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a", {"t"}, "instance"};
        a.join();
        auto classic = described(broker, 6);
        QCOMPARE(classic.errorCode, kGroupIdNotFound);
        QCOMPARE(*classic.errorMessage, std::string("Group g is not a classic group."));
        QCOMPARE(described(broker, 5).errorCode, kNone);
        QCOMPARE(described(broker, 5).groupState, std::string("Dead"));

        const auto group = describedConsumers(broker);
        QCOMPARE(group.groupState, std::string("Stable"));
        QCOMPARE(group.groupEpoch, 1);
        QCOMPARE(group.assignmentEpoch, 1);
        QCOMPARE(group.assignorName, std::string("uniform"));
        const auto& member = group.members.at(0);
        QCOMPARE(member.memberId, std::string("a"));
        QCOMPARE(*member.instanceId, std::string("instance"));
        QCOMPARE(member.memberEpoch, 1);
        QCOMPARE(member.clientHost, std::string("/127.0.0.1"));
        QCOMPARE(member.subscribedTopicNames, std::vector<std::string>{"t"});
        QVERIFY(!member.subscribedTopicRegex);
        QCOMPARE(int(member.memberType), 1);
        QCOMPARE(member.assignment.topicPartitions.at(0).topicName, std::string("t"));
        QCOMPARE(member.assignment.topicPartitions.at(0).partitions, (std::vector<std::int32_t>{0, 1}));
        QVERIFY(member.assignment == member.targetAssignment);
        QCOMPARE(describedConsumers(broker, "nobody").errorCode, kGroupIdNotFound);
        a.leave();
        GroupClient other{broker, "c"};
        other.joined(other.join());
        QCOMPARE(*describedConsumers(broker).errorMessage, std::string("Group g is not a consumer group."));
    }

    void theStudioSeesMembersAndWhatTheyHave() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"};
        a.join();
        const auto groups = broker.core().snapshot().groups;
        QCOMPARE(groups.at(0).state, std::string("Stable"));
        QCOMPARE(groups.at(0).members.at(0).id, std::string("a"));
        QCOMPARE(groups.at(0).members.at(0).assignment, (std::vector<AssignedTopic>{{"t", {0, 1}}}));
    }

    void onlyWhoIsInTheEpochCommits_data() {
        QTest::addColumn<QString>("member");
        QTest::addColumn<int>("epoch");
        QTest::addColumn<int>("version");
        QTest::addColumn<int>("error");
        QTest::newRow("a member in its epoch") << "a" << 1 << 9 << int(kNone);
        QTest::newRow("in another epoch") << "a" << 2 << 9 << int(kStaleMemberEpoch);
        QTest::newRow("somebody else") << "b" << 1 << 9 << int(kUnknownMemberId);
        QTest::newRow("a tool while there are members") << "" << -1 << 9 << int(kUnknownMemberId);
        QTest::newRow("a version that knows no epochs") << "a" << 1 << 8 << int(kUnsupportedVersion);
        QTest::newRow("the same by somebody else") << "b" << 1 << 8 << int(kUnknownMemberId);
    }
    void onlyWhoIsInTheEpochCommits() {
        QFETCH(QString, member);
        QFETCH(int, epoch);
        QFETCH(int, version);
        QFETCH(int, error);
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a"};
        a.join();
        QCOMPARE(int(commit(broker, member.toStdString(), epoch, wire::Version(version))), error);
    }

    void aToolMayCommitWhenNobodyIsInTheGroup() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a", {"t"}, "instance"};
        a.join();
        QCOMPARE(commit(broker, "other", 1, 9, "instance"), kFencedInstanceId);
        QCOMPARE(commit(broker, "a", 1, 9, "nobody"), kUnknownMemberId);
        a.leave();
        QCOMPARE(commit(broker, "", -1), kNone);
        QCOMPARE(committed(broker), 5);
    }

    void offsetsAreToldToMembersInTheirEpochAndToTools() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a"};
        a.join();
        commit(broker, "a", 1);
        QCOMPARE(fetched(broker, "a", 1).topics.at(0).partitions.at(0).committedOffset, 5);
        QCOMPARE(fetched(broker, "a", 0).errorCode, kStaleMemberEpoch);
        QVERIFY(fetched(broker, "a", 0).topics.empty());
        QCOMPARE(fetched(broker, "b", 1).errorCode, kUnknownMemberId);
        QCOMPARE(fetched(broker, std::nullopt, -1).topics.size(), std::size_t(1));
    }

    void aTransactionOfAMemberIsCheckedByItsEpoch() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a"};
        a.join();
        wire::TxnOffsetCommitRequest request;
        request.groupId = "g";
        request.memberId = "a";
        request.generationId = 1;
        QCOMPARE(broker.groups().checkTransactionalCommit(request), kNone);
        request.generationId = 7;
        QCOMPARE(broker.groups().checkTransactionalCommit(request), kIllegalGeneration);
        request.memberId = "b";
        QCOMPARE(broker.groups().checkTransactionalCommit(request), kUnknownMemberId);
        request.memberId.clear();
        request.generationId = -1;
        QCOMPARE(broker.groups().checkTransactionalCommit(request), kNone);
    }

    void offsetsOfWhatIsReadStay() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        broker.makeTopic("u", 1);
        ConsumerClient a{broker, "a", {"u"}};
        a.join();
        commit(broker, "a", 1);
        wire::OffsetDeleteRequest request;
        request.groupId = "g";
        for (const char* name : {"t", "u"}) {
            auto& topic = request.topics.emplace_back();
            topic.name = name;
            topic.partitions.push_back({0});
        }
        const auto answer = broker.get(offsetDelete, request, 0);
        QCOMPARE(answer->topics.at(0).partitions.at(0).errorCode, kNone);
        QCOMPARE(answer->topics.at(1).partitions.at(0).errorCode, kGroupSubscribedToTopic);
        QCOMPARE(committed(broker), -1);
    }

    void aTopicIsFoundByTheIdThatWasAssigned_data() {
        QTest::addColumn<bool>("named");
        QTest::newRow("without a name") << false;
        QTest::newRow("with an empty one, as Java's clients ask") << true;
    }
    void aTopicIsFoundByTheIdThatWasAssigned() {
        QFETCH(bool, named);
        CoreFixture broker;
        broker.makeTopic("t", 1);
        wire::MetadataRequest request;
        auto& asked = request.topics.emplace().emplace_back();
        asked.topicId = broker.metadata().find("t")->id;
        if (named) asked.name = "";
        const auto answer = broker.get(metadata, request, 13);
        QCOMPARE(answer->topics.at(0).errorCode, kNone);
        QCOMPARE(*answer->topics.at(0).name, std::string("t"));
    }

    void clientsAreToldThatThereIsTheProtocol() {
        CoreFixture broker;
        wire::ApiVersionsRequest request{"apache-kafka-java", "4.1.1"};
        const auto answer = broker.get(apiVersions, request, 4);
        QCOMPARE(answer->finalizedFeatures.at(1).name, std::string("group.version"));
        QCOMPARE(answer->finalizedFeatures.at(1).maxVersionLevel, std::int16_t(1));
        QCOMPARE(answer->supportedFeatures.at(1).maxVersion, std::int16_t(1));
    }
};

MILLRACE_TEST(TestConsumerTools)
#include "tst_consumer_tools.moc"
