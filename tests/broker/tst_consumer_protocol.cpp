#include "broker/support/consumer_client.h"
#include "broker/support/group_client.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;
using Partitions = std::set<std::int32_t>;

/// Members of a group of the consumer protocol (KIP-848), request by request.
class TestConsumerProtocol : public QObject {
    Q_OBJECT
private slots:
    void aloneAMemberHasAll() {
        CoreFixture broker;
        broker.makeTopic("t", 3);
        ConsumerClient a{broker, "a"};
        QCOMPARE(a.join(), kNone);
        QCOMPARE(a.epoch, 1);
        QCOMPARE(a.has(), (Partitions{0, 1, 2}));
        QCOMPARE(a.beat(), kNone);
        QVERIFY(!a.told); // nothing has changed
        QCOMPARE(a.send(a.beatRequest(false))->heartbeatIntervalMs, 5000);
    }

    void theBrokerNamesAMemberThatDoesNotNameItself() {
        CoreFixture broker;
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, ""};
        QCOMPARE(a.join(), kInvalidRequest); // since version 1 a client does
        a.version = 0;
        QCOMPARE(a.join(), kNone);
        QVERIFY(!a.memberId.empty());
        QCOMPARE(a.beat(), kNone);
    }

    void whatIsToMoveIsGivenUpBeforeItIsGivenAway() {
        CoreFixture broker;
        broker.makeTopic("t", 4);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        QCOMPARE(a.join(), kNone);
        QCOMPARE(b.join(), kNone);
        QVERIFY(b.has().empty());
        QCOMPARE(b.epoch, 2); // it has come into the group's epoch, and waits
        QCOMPARE(describedConsumers(broker).groupState, std::string("Reconciling"));

        auto before = a.owned;
        QCOMPARE(a.follow(a.send(a.beatRequest(false))), kNone);
        QCOMPARE(a.has().size(), std::size_t(2)); // it is told, and has said nothing yet
        QCOMPARE(a.epoch, 1);
        QCOMPARE(b.beat(), kNone);
        QVERIFY(b.has().empty());
        std::swap(before, a.owned); // it still has all
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.epoch, 1);
        QCOMPARE(b.beat(), kNone);
        QVERIFY(b.has().empty());

        a.owned = before; // now it has given up
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.epoch, 2);
        QCOMPARE(b.beat(), kNone);
        QCOMPARE(b.has().size(), std::size_t(2));
        QCOMPARE(describedConsumers(broker).groupState, std::string("Stable"));
    }

    void whoLeavesLeavesAllToTheOthers() {
        CoreFixture broker;
        broker.makeTopic("t", 4);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        a.join();
        b.join();
        settleConsumers({&a, &b});
        QCOMPARE(b.leave(), kNone);
        QCOMPARE(describedConsumers(broker).groupState, std::string("Assigning"));
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.has().size(), std::size_t(4));
        QCOMPARE(b.beat(), kUnknownMemberId);
        QCOMPARE(a.leave(), kNone);
        QCOMPARE(describedConsumers(broker).groupState, std::string("Empty"));
    }

    void whoIsSilentForASessionIsGone() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        a.join();
        b.join();
        settleConsumers({&a, &b});
        for (int i = 0; i < 9; ++i) {
            broker.advance(5s);
            QCOMPARE(a.beat(), kNone);
        }
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.has(), (Partitions{0, 1}));
        QCOMPARE(b.beat(), kUnknownMemberId);
    }

    void whoDoesNotGiveUpInTimeIsGone() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        a.join();
        b.join();
        const auto all = a.owned;
        QCOMPARE(a.beat(), kNone);
        for (int i = 0; i < 5; ++i) {
            broker.advance(10s);
            a.owned = all;
            QCOMPARE(a.beat(), kNone); // alive, but it holds on to what it has
            QCOMPARE(b.beat(), kNone);
            QVERIFY(b.has().empty());
        }
        broker.advance(11s);
        QCOMPARE(a.beat(), kUnknownMemberId);
        QCOMPARE(b.beat(), kNone);
        QCOMPARE(b.has(), (Partitions{0, 1}));
    }

    void aTopicThatComesOrGrowsIsShared() {
        CoreFixture broker;
        ConsumerClient a{broker, "a"};
        QCOMPARE(a.join(), kNone); // before there is one
        QVERIFY(a.owned.empty());
        const auto epoch = a.epoch;
        broker.makeTopic("t", 1);
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.has(), Partitions{0});
        QCOMPARE(a.epoch, epoch + 1);
        broker.topics().change({{GrowTopic{"t", 3}}}, [](const auto&) {});
        broker.settle();
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.has(), (Partitions{0, 1, 2}));
        broker.makeTopic("other", 1); // which it does not want
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.epoch, epoch + 2);
        broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
        broker.settle();
        QCOMPARE(a.beat(), kNone);
        QVERIFY(a.owned.empty());
    }

    void whatGrowsWhenAStaticMemberGoesForAWhileIsNotMissed() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"}, b{broker, "b", {"t"}, "instance"};
        a.join();
        b.join();
        settleConsumers({&a, &b});
        broker.topics().change({{GrowTopic{"t", 4}}}, [](const auto&) {});
        broker.settle();
        QCOMPARE(b.leave(-2), kNone);
        settleConsumers({&a});
        QCOMPARE(a.has().size(), std::size_t(2));
        QCOMPARE(describedConsumers(broker).groupEpoch, 3);
    }

    void aPatternSubscribesToWhatItMatches() {
        CoreFixture broker;
        broker.makeTopic("web-1", 1);
        broker.makeTopic("db-1", 1);
        ConsumerClient a{broker, "a", {}, std::nullopt, "web-.*"};
        QCOMPARE(a.join(), kNone);
        QCOMPARE(a.owned, (ConsumerClient::Owned{{"web-1", 0}}));
        broker.makeTopic("web-2", 1);
        broker.makeTopic("my-web-3", 1); // the whole name counts
        QCOMPARE(a.beat(), kNone);
        QCOMPARE(a.owned, (ConsumerClient::Owned{{"web-1", 0}, {"web-2", 0}}));
        QCOMPARE(*describedConsumers(broker).members.at(0).subscribedTopicRegex, std::string("web-.*"));
    }

    void aPatternIsOneOfRe2_data() {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<int>("error");
        QTest::newRow("alternatives") << "(a|b)+\\d{2,3}?" << int(kNone);
        QTest::newRow("signs in a class mean themselves") << "[(?=*+\\]]+" << int(kNone);
        QTest::newRow("flags and groups that are not kept") << "(?i)(?:web)" << int(kNone);
        QTest::newRow("a parenthesis that is not closed") << "(a" << int(kInvalidRegularExpression);
        QTest::newRow("looking ahead") << "(?!__).*" << int(kInvalidRegularExpression);
        QTest::newRow("looking behind") << ".*(?<=x)" << int(kInvalidRegularExpression);
        QTest::newRow("a reference back") << "(a)\\1" << int(kInvalidRegularExpression);
        QTest::newRow("a possessive repetition") << "a++" << int(kInvalidRegularExpression);
        QTest::newRow("a class that is not closed") << "[a" << int(kInvalidRegularExpression);
        QTest::newRow("a backslash at its end") << "a\\" << int(kInvalidRegularExpression);
        QTest::newRow("a long one") << QString(10'001, 'a') << int(kInvalidRegularExpression);
        QTest::newRow("one that takes for ever elsewhere") << "(a+)+(b+)+c" << int(kNone);
    }
    void aPatternIsOneOfRe2() {
        QFETCH(QString, pattern);
        QFETCH(int, error);
        CoreFixture broker;
        broker.makeTopic(std::string(200, 'a'), 1);
        ConsumerClient a{broker, "a", {}, std::nullopt, pattern.toStdString()};
        QCOMPARE(int(a.join()), error);
    }

    void aPatternThatHasToTryALotFindsTheLongestNames_data() {
        QTest::addColumn<QString>("pattern");
        QTest::newRow("words somewhere") << ".*[wz]eb.*[ln]og[a-z]*9";
        QTest::newRow("the same letter again and again") << ".*b.*b.*b.*b.*9";
        QTest::newRow("parts with signs between them") << "([a-z]+[.-]?)+[0-9]";
        QTest::newRow("a beginning that may be there") << "(prod|test|dev)?.*(\\.|-)[a-z]+[0-9]$";
    }
    void aPatternThatHasToTryALotFindsTheLongestNames() {
        QFETCH(QString, pattern);
        CoreFixture broker;
        std::string name = "web.";
        while (name.size() < 240)
            name += "a.b-log";
        broker.makeTopic(name + "9", 1);
        ConsumerClient a{broker, "a", {}, std::nullopt, pattern.toStdString()};
        QCOMPARE(a.join(), kNone);
        QCOMPARE(a.owned.size(), std::size_t(1));
    }

    void theAssignorIsTheOneThatMembersWant() {
        CoreFixture broker;
        for (const char* topic : {"t", "u"})
            broker.makeTopic(topic, 2);
        ConsumerClient a{broker, "a", {"t", "u"}}, b{broker, "b", {"t", "u"}};
        a.assignor = b.assignor = "range";
        a.join();
        b.join();
        settleConsumers({&a, &b});
        QCOMPARE(a.owned, (ConsumerClient::Owned{{"t", 0}, {"u", 0}}));
        QCOMPARE(describedConsumers(broker).assignorName, std::string("range"));
        ConsumerClient c{broker, "c"};
        c.assignor = "mine";
        QCOMPARE(c.join(), kUnsupportedAssignor);
    }

    void anAnswerThatWasLostIsGivenAgain() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        QCOMPARE(a.send(a.joinRequest())->errorCode, kNone); // lost
        QCOMPARE(a.join(), kNone);
        QCOMPARE(a.epoch, 1);
        QCOMPARE(a.has(), (Partitions{0, 1}));
        b.join();
        a.beat();
        ConsumerClient lost = a;
        QCOMPARE(lost.beat(), kNone);
        QCOMPARE(lost.epoch, 2);
        QCOMPARE(a.beat(), kNone); // from the epoch before, with no more than it may have
        QCOMPARE(a.epoch, 2);
    }

    void whoIsInAnotherEpochIsFenced() {
        CoreFixture broker;
        broker.makeTopic("t", 2);
        ConsumerClient a{broker, "a"}, b{broker, "b"}, c{broker, "c"};
        a.join();
        ConsumerClient behind = a;
        b.join();
        settleConsumers({&a, &b});
        c.join();
        settleConsumers({&a, &b, &c});
        ConsumerClient ahead = a;
        ahead.epoch = 17;
        QCOMPARE(ahead.beat(), kFencedMemberEpoch);
        QCOMPARE(behind.beat(), kFencedMemberEpoch);
        QCOMPARE(behind.join(), kNone); // it has given up all, and begins anew
        QCOMPARE(behind.has(), a.has());
    }

    void aGroupHasSoManyMembersAndNoMore() {
        CoreFixture broker(ConfigMap{{"group.consumer.max.size", "1"}});
        broker.makeTopic("t", 1);
        ConsumerClient a{broker, "a"}, b{broker, "b"};
        QCOMPARE(a.join(), kNone);
        QCOMPARE(b.join(), kGroupMaxSizeReached);
        QCOMPARE(a.join(), kNone);
    }

    void whatIsNoHeartbeatIsRefused_data() {
        QTest::addColumn<std::function<void(wire::ConsumerGroupHeartbeatRequest&)>>("spoil");
        using Change = std::function<void(wire::ConsumerGroupHeartbeatRequest&)>;
        QTest::newRow("no group") << Change([](auto& r) { r.groupId = " "; });
        QTest::newRow("no member") << Change([](auto& r) { r.memberId.clear(); });
        QTest::newRow("an empty instance") << Change([](auto& r) { r.instanceId = ""; });
        QTest::newRow("an empty rack") << Change([](auto& r) { r.rackId = ""; });
        QTest::newRow("a join that owns something") << Change([](auto& r) { r.topicPartitions->push_back({{}, {0}}); });
        QTest::newRow("a join that does not say what it owns") << Change([](auto& r) { r.topicPartitions.reset(); });
        QTest::newRow("a join without a timeout") << Change([](auto& r) { r.rebalanceTimeoutMs = -1; });
        QTest::newRow("a join that wants nothing") << Change([](auto& r) { r.subscribedTopicNames.reset(); });
        QTest::newRow("an epoch that is none") << Change([](auto& r) { r.memberEpoch = -3; });
        QTest::newRow("no instance comes back") << Change([](auto& r) { r.memberEpoch = -2; });
    }
    void whatIsNoHeartbeatIsRefused() {
        QFETCH(std::function<void(wire::ConsumerGroupHeartbeatRequest&)>, spoil);
        CoreFixture broker;
        ConsumerClient a{broker, "a"};
        auto request = a.joinRequest();
        spoil(request);
        const auto answer = a.send(request);
        QCOMPARE(answer->errorCode, kInvalidRequest);
        QVERIFY(!answer->errorMessage->empty());
        QVERIFY(broker.groups().all().empty());
    }

    void aGroupThatIsNotThereHasNoMembers() {
        CoreFixture broker;
        ConsumerClient a{broker, "a"};
        a.epoch = 3;
        QCOMPARE(a.beat(), kUnknownMemberId);
        QCOMPARE(a.leave(), kUnknownMemberId);
        QVERIFY(broker.groups().all().empty());
    }
};

Q_DECLARE_METATYPE(std::function<void(wire::ConsumerGroupHeartbeatRequest&)>)
MILLRACE_TEST(TestConsumerProtocol)
#include "tst_consumer_protocol.moc"
