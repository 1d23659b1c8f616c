// Static members, other protocols, restarts: what becomes of members of the consumer protocol beside sharing.
#include "broker/support/consumer_client.h"
#include "broker/support/group_client.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/list_groups.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;
using Partitions = std::set<std::int32_t>;

class TestConsumerMembers : public QObject {
    Q_OBJECT

    static void restarts() {
        QTest::addColumn<bool>("clean");
        QTest::newRow("a clean restart") << true;
        QTest::newRow("the death of the process") << false;
    }
    static void startAnew(CoreFixture& broker, bool clean) {
        clean ? broker.restart() : broker.die();
        broker.core().startTimers();
    }

private slots:
    void aStaticMemberThatComesBackHasWhatItHad() {
        CoreFixture broker;
        broker.makeTopic("t", 4);
        ConsumerClient a{broker, "a", {"t"}, "instance-a"}, b{broker, "b"};
        a.join();
        b.join();
        settleConsumers({&a, &b});
        const auto had = a.has();
        const auto epoch = a.epoch;
        QCOMPARE(a.leave(-2), kNone);
        QCOMPARE(b.beat(), kNone);
        QVERIFY(!b.told);
        ConsumerClient back{broker, "a again", {"t"}, "instance-a"};
        QCOMPARE(back.join(), kNone);
        QCOMPARE(back.has(), had);
        QCOMPARE(back.epoch, epoch); // nothing was shared anew
        QCOMPARE(a.beat(), kFencedInstanceId);
        QCOMPARE(back.beat(), kNone);
    }

    void anInstanceThatIsInUseIsNotGivenAway() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a", {"t"}, "instance"}, other{broker, "b", {"t"}, "instance"};
        QCOMPARE(a.join(), kNone);
        QCOMPARE(other.join(), kUnreleasedInstanceId);
        QCOMPARE(other.leave(), kFencedInstanceId);
        ConsumerClient unknown{broker, "c", {"t"}, "nobody"};
        QCOMPARE(unknown.leave(), kUnknownMemberId);
        QCOMPARE(a.join(), kNone); // its own answer was lost
        QCOMPARE(a.leave(), kNone);
        QCOMPARE(other.join(), kNone);
    }

    void aStaticMemberThatDoesNotComeBackIsGone() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a", {"t"}, "instance"}, b{broker, "b"};
        a.join();
        b.join();
        settleConsumers({&a, &b});
        a.leave(-2);
        for (int i = 0; i < 10; ++i) {
            broker.advance(5s);
            QCOMPARE(b.beat(), kNone);
        }
        QCOMPARE(b.has(), (Partitions{0, 1}));
    }

    void membersGoOnAfter_data() { restarts(); }
    void membersGoOnAfter() {
        QFETCH(bool, clean);
        CoreFixture broker;
        broker.makeTopic("t", 4);
        ConsumerClient a{broker, "a"}, b{broker, "b"}, c{broker, "c", {}, "instance", "t.*"};
        a.join();
        b.join();
        settleConsumers({&a, &b});
        c.join();
        a.beat(); // in the middle of it
        const auto before = describedConsumers(broker);
        startAnew(broker, clean);
        QVERIFY(describedConsumers(broker) == before);
        QCOMPARE(before.members.size(), std::size_t(3));
        settleConsumers({&a, &b, &c});
        QCOMPARE(a.has().size() + b.has().size() + c.has().size(), std::size_t(4));
        QCOMPARE(describedConsumers(broker).groupState, std::string("Stable"));
        QCOMPARE(describedConsumers(broker).groupEpoch, before.groupEpoch); // the restart was nothing
    }

    void sessionsBeginAnew() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a"};
        a.join();
        broker.advance(40s);
        startAnew(broker, false);
        broker.advance(40s);
        QCOMPARE(a.beat(), kNone);
        broker.advance(50s);
        QCOMPARE(a.beat(), kUnknownMemberId);
    }

    void whatIsWrittenOfGroupsIsBounded() {
        CoreFixture broker;
        broker.makeTopic("t", 4);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        a.topics.push_back(std::string(20'000, 'm'));
        a.join();
        qint64 largest = 0;
        for (int i = 0; i < 100; ++i) { // 4 MB of changes
            QCOMPARE(b.join(), kNone);
            settleConsumers({&a, &b});
            QCOMPARE(b.leave(), kNone);
            broker.advance(1s);
            largest = std::max(largest, QFileInfo(broker.directory.filePath("offsets.journal")).size());
        }
        QVERIFY2(largest < 1'200'000, qPrintable(QString::number(largest)));
        startAnew(broker, false);
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.has().size(), std::size_t(4));
    }

    void aChangeThatCannotBeKeptIsNone() {
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        QCOMPARE(a.join(), kNone);
        disk.room = 10;
        QCOMPARE(b.join(), kCoordinatorNotAvailable);
        QCOMPARE(describedConsumers(broker).members.size(), std::size_t(1));
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.has(), (Partitions{0, 1}));
        broker.advance(46s); // nor can its end be kept
        QCOMPARE(a.beat(), kNone);
        disk.room = std::numeric_limits<std::uint64_t>::max();
        broker.advance(100s);
        QCOMPARE(a.beat(), kUnknownMemberId);
        QCOMPARE(b.join(), kNone);
        QCOMPARE(b.has(), (Partitions{0, 1}));
    }

    void whatAMemberWantsIsBounded() {
        CoreFixture broker;
        ConsumerClient a{broker, "a"};
        for (int i = 0; i < 300; ++i)
            a.topics.push_back(std::to_string(i) + std::string(30'000, 't'));
        QCOMPARE(a.join(), kUnknownServerError);
        QVERIFY(broker.groups().all().empty());
    }

    void manyMembersThatWantManyTopicsCome() {
        CoreFixture broker;
        std::vector<std::string> topics;
        for (int i = 0; i < 50; ++i) {
            topics.push_back("t" + std::to_string(i));
            broker.makeTopic(topics.back(), 4);
        }
        std::vector<ConsumerClient> members;
        for (int i = 0; i < 100; ++i)
            members.push_back({broker, std::to_string(i), topics});
        std::vector<ConsumerClient*> all;
        for (ConsumerClient& member : members) {
            QCOMPARE(member.join(), kNone);
            all.push_back(&member);
        }
        settleConsumers(all);
        for (const ConsumerClient& member : members)
            QCOMPARE(member.owned.size(), std::size_t(2));
    }

    void aGroupTakesTheProtocolOfWhoeverComesWhenItIsEmpty() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        broker.fill("t", 40);
        GroupClient classic{broker, "a"};
        classic.joined(classic.join());
        classic.sync({&classic});
        QCOMPARE(classic.commit(7), kNone);
        ConsumerClient modern{broker, "m"};
        auto refused = modern.send(modern.joinRequest());
        QCOMPARE(refused->errorCode, kGroupIdNotFound);
        QVERIFY(refused->errorMessage->starts_with("Group g is not a consumer group"));
        classic.leave();
        QCOMPARE(modern.join(), kNone);
        QCOMPARE(modern.has(), (Partitions{0, 1}));
        QCOMPARE(committed(broker), 7);

        GroupClient late{broker, "b"};
        QCOMPARE(late.join()->errorCode, kInconsistentGroupProtocol);
        QCOMPARE(late.heartbeat(), kUnknownMemberId);
        startAnew(broker, false);
        QCOMPARE(modern.beat(), kNone);
        const auto epoch = modern.epoch;
        QCOMPARE(modern.leave(), kNone);
        late.joined(late.join());
        QVERIFY(late.generation > epoch);
        QCOMPARE(late.sync({&late})->errorCode, kNone);
        QCOMPARE(modern.join(), kGroupIdNotFound);
        startAnew(broker, false);
        QCOMPARE(late.heartbeat(), kNone);
        QCOMPARE(committed(broker), 7);
    }

    void membersOfADamagedJournalJoinAnew() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a"};
        a.join();
        // As if the entry in which somebody gave it up had been lost.
        ConsumerChange change{2, 2, std::nullopt, {}, {}};
        ConsumerMember other;
        other.id = "b";
        other.assigned.emplace(broker.metadata().find("t")->id, 0);
        change.members["b"] = std::make_shared<const ConsumerMember>(other);
        const std::filesystem::path path = broker.directory.filePath("offsets.journal").toStdString();
        auto journal =
            openGroupJournal(posixFileSystem(), path, silentLog(), {[](auto) {}, [](auto&, auto&) {}, [](auto&) {}});
        QVERIFY((*journal)->append(*encodedConsumers("g", change, 0, false)));
        startAnew(broker, false);
        QCOMPARE(a.beat(), kUnknownMemberId);
        startAnew(broker, false); // before anybody has joined
        QCOMPARE(describedConsumers(broker).members.size(), std::size_t(0));
        QCOMPARE(a.join(), kNone);
        QCOMPARE(a.has(), Partitions{0});
        QVERIFY(a.epoch > 2);
        startAnew(broker, false); // once is enough
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(describedConsumers(broker).members.size(), std::size_t(1));
    }

    void theTimeOfTheLastCommitOutlivesACompactionOfTheJournal() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        broker.fill("t", 10);
        ConsumerClient a{broker, "a"};
        a.join();
        GroupClient commits{broker, "a"};
        a.leave();
        QCOMPARE(commits.commit(5), kNone);
        const auto after = broker.groups().commitTime("g", 0);
        QVERIFY(after > 0);
        // As a compaction leaves it: the group is told whole, behind its offsets.
        const std::filesystem::path path = broker.directory.filePath("offsets.journal").toStdString();
        auto journal =
            openGroupJournal(posixFileSystem(), path, silentLog(), {[](auto) {}, [](auto&, auto&) {}, [](auto&) {}});
        QVERIFY((*journal)->append(*encodedConsumers("g", ConsumerChange{2, 2, TopicShapes{}, {}, {}}, 0, true)));
        startAnew(broker, false);
        QCOMPARE(committed(broker), 5);
        QCOMPARE(broker.groups().commitTime("g", 0), after);
    }

    void entriesAreBoundedWhateverIsLongInThem() {
        const std::string text(30'000, 'x');
        ConsumerChange change{1, 1, TopicShapes{}, {}, {}};
        for (int i = 0; i < 400; ++i) {
            ConsumerMember member;
            member.id = std::to_string(i);
            member.instanceId = member.rackId = member.clientId = text;
            change.members[member.id] = std::make_shared<const ConsumerMember>(member);
            change.topics->emplace("t" + std::to_string(i), TopicShape{});
            change.gone.insert(std::to_string(i) + text);
        }
        const auto entries = encodedConsumers("g", change, 0, false);
        QVERIFY(entries);
        ConsumerGroup read;
        for (const auto& content : *entries) {
            QVERIFY2(content.size() < 2 * 1024 * 1024, qPrintable(QString::number(content.size())));
            EntryReader reader{[](auto) {}, [](auto&, auto&) {}, [&](auto& entry) { apply(changeOf(entry), read); }};
            QVERIFY(reader.read(content));
        }
        QCOMPARE(read.members.size(), std::size_t(400));
        QCOMPARE(read.topics.size(), std::size_t(400));
    }

    void aDeletedGroupDoesNotComeBack() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a"};
        a.join();
        wire::DeleteGroupsRequest remove;
        remove.groupsNames = {"g"};
        QCOMPARE(broker.get(deleteGroups, remove, 1)->results.at(0).errorCode, kNonEmptyGroup);
        a.leave();
        QCOMPARE(broker.get(deleteGroups, remove, 1)->results.at(0).errorCode, kNone);
        startAnew(broker, false);
        QVERIFY(broker.get(listGroups, wire::ListGroupsRequest{}, 4)->groups.empty());
    }

    void anEmptyGroupStaysAsLongAsItsOffsets() {
        CoreFixture broker(ConfigMap{{"offsets.retention.minutes", "60"}});
        broker.makeTopic("t", 1);
        broker.fill("t", 10);
        ConsumerClient a{broker, "a"};
        a.join();
        GroupClient commits{broker, "a"};
        a.leave();
        QCOMPARE(commits.commit(5), kNone);
        startAnew(broker, false);
        broker.loop.advance(59min);
        broker.groups().expire();
        QCOMPARE(describedConsumers(broker).groupState, std::string("Empty"));
        broker.loop.advance(2min);
        broker.groups().expire();
        QVERIFY(broker.groups().all().empty());
    }
};

MILLRACE_TEST(TestConsumerMembers)
#include "tst_consumer_members.moc"
