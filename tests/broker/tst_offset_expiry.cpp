#include "broker/groups/offset_expiry.h"
#include "broker/support/group_client.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace std::chrono_literals;

namespace {

constexpr EpochMs kCommitted = 1'000'000, kLeft = 1'500'000;
constexpr auto kRetention = 1000s;

/// With an offset of topic "t".
Group groupIn(GroupState state, const std::string& type, EpochMs expireTime = -1) {
    Group group;
    group.state = state;
    group.protocolType = type;
    group.emptySince = type.empty() ? 0 : kLeft;
    group.offsets[{"t", 0}] = {7, -1, {}, kCommitted, expireTime};
    if (state == GroupState::empty) return group;
    group.protocol = "range";
    auto& member = *group.members.emplace_back(std::make_unique<Member>());
    member.protocols.push_back({"range", subscriptionTo({"u"})});
    return group;
}

} // namespace

class TestOffsetExpiry : public QObject {
    Q_OBJECT

private slots:
    void anOffsetIsKeptUntil_data() {
        QTest::addColumn<int>("state");
        QTest::addColumn<QString>("type");
        QTest::addColumn<qint64>("expireTime");
        QTest::addColumn<qint64>("end"); ///< -1: for ever
        const int empty = int(GroupState::empty), stable = int(GroupState::stable);
        const qint64 afterCommit = kCommitted + 1'000'000, afterLeaving = kLeft + 1'000'000;
        QTest::newRow("nobody was ever a member: its commit") << empty << "" << qint64(-1) << afterCommit;
        QTest::newRow("the last member left") << empty << "consumer" << qint64(-1) << afterLeaving;
        QTest::newRow("the last member of another kind left") << empty << "connect" << qint64(-1) << afterLeaving;
        QTest::newRow("consumers want other topics: its commit") << stable << "consumer" << qint64(-1) << afterCommit;
        QTest::newRow("members of another kind may want it") << stable << "connect" << qint64(-1) << qint64(-1);
        QTest::newRow("who is there is not settled")
            << int(GroupState::preparingRebalance) << "consumer" << qint64(-1) << qint64(-1);
        QTest::newRow("the client has said so: earlier")
            << empty << "" << qint64(kCommitted + 5) << qint64(kCommitted + 5);
        QTest::newRow("the client has said so: later")
            << empty << "" << qint64(afterCommit * 2) << qint64(afterCommit * 2);
    }
    void anOffsetIsKeptUntil() {
        QFETCH(int, state);
        QFETCH(QString, type);
        QFETCH(qint64, expireTime);
        QFETCH(qint64, end);
        const Group group = groupIn(GroupState(state), type.toStdString(), expireTime);
        if (end < 0) {
            QVERIFY(expiredOffsets(group, INT64_MAX, kRetention).empty());
            return;
        }
        QVERIFY(expiredOffsets(group, end - 1, kRetention).empty());
        QCOMPARE(expiredOffsets(group, end, kRetention).size(), std::size_t(1));
    }

    void whatAConsumerWantsIsKept() {
        Group group = groupIn(GroupState::stable, "consumer");
        group.members[0]->protocols[0].metadata = subscriptionTo({"u", "t"});
        QVERIFY(expiredOffsets(group, INT64_MAX, kRetention).empty());
        group.members[0]->protocols[0].metadata = Bytes::copyOf("a riddle"); // it may want anything
        QVERIFY(expiredOffsets(group, INT64_MAX, kRetention).empty());
    }
};

MILLRACE_TEST(TestOffsetExpiry)
#include "tst_offset_expiry.moc"
