// A restart of the broker is nothing that the members of a group notice.
#include "broker/support/group_client.h"
#include "support/full_disk.h"
#include "support/test_program.h"
#include "wire/messages/delete_groups.h"
#include "wire/messages/list_groups.h"

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;
using namespace std::chrono_literals;

class TestKeptGroups : public QObject {
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
    void membersGoOnAfter_data() { restarts(); }
    void membersGoOnAfter() {
        QFETCH(bool, clean);
        CoreFixture broker;
        broker.makeTopic("t");
        broker.fill("t", 40);
        GroupClient a{broker, "a"}, b{broker, "b"};
        stabilise(a, b);
        QCOMPARE(a.commit(20), kNone);
        const auto before = described(broker);
        startAnew(broker, clean);
        QCOMPARE(a.heartbeat(), kNone);
        QCOMPARE(b.heartbeat(), kNone);
        QCOMPARE(a.commit(40), kNone);
        QCOMPARE(b.sync()->assignment, Bytes::copyOf("for b"));
        QCOMPARE(committed(broker), 40);
        QVERIFY(described(broker) == before);
        QCOMPARE(before.members.size(), std::size_t(2));
        QCOMPARE(before.members.at(0).clientId, std::string("a"));
        // The next generation follows the last one.
        QCOMPARE(b.leave(), kNone);
        QCOMPARE(a.heartbeat(), kRebalanceInProgress);
        QCOMPARE(a.join()->generationId, a.generation + 1);
    }

    void aSessionBeginsAnew() {
        CoreFixture broker;
        GroupClient a{broker, "a"}, b{broker, "b"};
        stabilise(a, b);
        broker.advance(9s);
        startAnew(broker, false);
        broker.advance(9s);
        QCOMPARE(a.heartbeat(), kNone);
        broker.advance(2s); // b says nothing
        QCOMPARE(b.heartbeat(), kUnknownMemberId);
        QCOMPARE(a.heartbeat(), kRebalanceInProgress);
    }

    void aFollowerThatAsksAgainIsToldTheGenerationItIsIn() {
        CoreFixture broker;
        GroupClient a{broker, "a"}, b{broker, "b"};
        a.protocols = b.protocols = {"cooperative-sticky", "range"};
        stabilise(a, b);
        startAnew(broker, false);
        const auto again = b.join();
        QVERIFY(again.answered());
        QCOMPARE(again->generationId, b.generation);
        QCOMPARE(*again->protocolName, std::string("cooperative-sticky"));
        QCOMPARE(again->leader, a.memberId);
        QCOMPARE(a.heartbeat(), kNone);
    }

    void aStaticMemberIsNotFencedAfter_data() { restarts(); }
    void aStaticMemberIsNotFencedAfter() {
        QFETCH(bool, clean);
        CoreFixture broker;
        GroupClient a{broker, "a", "instance-a"};
        a.joined(a.join(kStaticJoin));
        a.sync({&a});
        startAnew(broker, clean);
        QCOMPARE(a.heartbeat(), kNone);
        // It starts anew itself, and then the broker does.
        GroupClient former = a;
        a.memberId.clear();
        const auto back = a.join(kStaticJoin);
        QCOMPARE(back->errorCode, kNone);
        QCOMPARE(back->generationId, former.generation);
        a.joined(back);
        startAnew(broker, clean);
        QCOMPARE(a.heartbeat(), kNone);
        QCOMPARE(a.sync()->assignment, Bytes::copyOf("for a"));
        QCOMPARE(former.heartbeat(), kFencedInstanceId);
    }

    void aGroupThatWasSharingAnewIsWhatItWasBefore() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient a{broker, "a"}, b{broker, "b"}, c{broker, "c"};
        stabilise(a, b);
        (void)c.join();
        QCOMPARE(a.heartbeat(), kRebalanceInProgress);
        startAnew(broker, false);
        QCOMPARE(a.heartbeat(), kNone);
        QCOMPARE(b.sync()->assignment, Bytes::copyOf("for b"));
        QCOMPARE(c.heartbeat(), kUnknownMemberId);
    }

    void anEmptyGroupKeepsItsTypeAndItsGeneration() {
        CoreFixture broker;
        GroupClient a{broker, "a"};
        a.joined(a.join());
        a.sync({&a});
        QCOMPARE(a.leave(), kNone);
        startAnew(broker, false);
        QCOMPARE(described(broker).groupState, std::string("Empty"));
        QCOMPARE(described(broker).protocolType, std::string("consumer"));
        GroupClient b{broker, "b"};
        QCOMPARE(b.join()->generationId, a.generation + 2); // its end was a generation, too
    }

    void aDeletedGroupDoesNotComeBack() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient a{broker, "a"};
        a.joined(a.join());
        a.sync({&a});
        QCOMPARE(a.commit(0), kNone);
        a.leave();
        wire::DeleteGroupsRequest remove;
        remove.groupsNames = {"g"};
        QCOMPARE(broker.get(deleteGroups, remove, 1)->results.at(0).errorCode, kNone);
        startAnew(broker, false);
        QVERIFY(broker.get(listGroups, wire::ListGroupsRequest{}, 4)->groups.empty());
        QCOMPARE(committed(broker), -1);
    }

    void whatIsWrittenOfGroupsIsBounded() {
        CoreFixture broker;
        broker.makeTopic("t");
        GroupClient a{broker, "a"}, b{broker, "b"};
        a.metadata = b.metadata = Bytes(std::vector<std::uint8_t>(20'000, 'm'));
        stabilise(a, b);
        QCOMPARE(a.commit(0), kNone);
        const auto path = broker.directory.filePath("offsets.journal");
        qint64 largest = 0;
        for (int i = 0; i < 200; ++i) { // 8 MB of generations
            const auto rejoined = a.join();
            b.joined(b.join());
            a.joined(rejoined);
            const auto waiting = b.sync();
            QCOMPARE(a.sync({&a, &b})->errorCode, kNone);
            broker.advance(1s);
            largest = std::max(largest, QFileInfo(path).size());
        }
        QVERIFY2(largest < 1'200'000, qPrintable(QString::number(largest)));
        startAnew(broker, false);
        QCOMPARE(a.heartbeat(), kNone);
        QCOMPARE(b.sync()->assignment, Bytes::copyOf("for b"));
        QCOMPARE(committed(broker), 0);
    }

    void membersThatCannotBeKeptAreToldAndShareAnew_data() {
        QTest::addColumn<bool>("full");
        QTest::addColumn<int>("error");
        QTest::newRow("the disk is full") << true << int(kCoordinatorNotAvailable);
        QTest::newRow("they want too much") << false << int(kUnknownServerError);
    }
    void membersThatCannotBeKeptAreToldAndShareAnew() {
        QFETCH(bool, full);
        QFETCH(int, error);
        test::FullDisk disk;
        CoreFixture broker({}, disk);
        GroupClient a{broker, "a"}, b{broker, "b"};
        stabilise(a, b);
        const Bytes small = a.metadata;
        if (!full) a.metadata = Bytes(std::vector<std::uint8_t>(17 * 1024 * 1024, 'm'));
        const auto first = a.join();
        b.joined(b.join());
        a.joined(first);
        if (full) disk.room = 10;
        const auto waiting = b.sync();
        QCOMPARE(int(a.sync({&a, &b})->errorCode), error);
        QCOMPARE(int(waiting->errorCode), error);
        QCOMPARE(b.heartbeat(), kRebalanceInProgress);
        // It is put right, and they come again.
        disk.room = std::numeric_limits<std::uint64_t>::max();
        a.metadata = small;
        const auto again = a.join();
        b.joined(b.join());
        a.joined(again);
        const auto last = b.sync();
        QCOMPARE(a.sync({&a, &b})->errorCode, kNone);
        startAnew(broker, false);
        QCOMPARE(b.heartbeat(), kNone);
    }
};

MILLRACE_TEST(TestKeptGroups)
#include "tst_kept_groups.moc"
