#include "session/json.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace millrace;
using namespace millrace::session;

namespace {

using Dice = std::mt19937;

int roll(Dice& dice, int sides) {
    return std::uniform_int_distribution<int>(0, sides - 1)(dice);
}

Snapshot system(int nodes, int topics) {
    Snapshot snapshot;
    snapshot.revision = 1;
    snapshot.running = true;
    for (int i = 0; i < nodes; ++i) {
        NodeSnapshot node;
        node.id = "a/channels/c" + std::to_string(i);
        node.counters = {{"EventPutSuccessCount", i}, {"EventTakeSuccessCount", i}};
        snapshot.nodes.push_back(node);
    }
    snapshot.clusters = {{"local", "127.0.0.1:9092", true, State::running, {}, 3, {}, {}}};
    for (int i = 0; i < topics; ++i) {
        const std::string name = "t" + std::to_string(i);
        snapshot.topics.push_back({"local", name, false, {{0, 0, 100 + i, 1000}}});
        snapshot.groups.push_back({"local", "g" + std::to_string(i), "Stable", 1, {{name, 0, 90, 100 + i, 20, "m"}}});
    }
    return snapshot;
}

template <typename Part>
void shake(std::vector<Part>& parts, Dice& dice, auto&& changeOne, auto&& addOne) {
    for (Part& part : parts)
        if (roll(dice, 4) == 0) changeOne(part);
    std::erase_if(parts, [&](const Part&) { return roll(dice, 10) == 0; });
    if (roll(dice, 3) == 0) parts.insert(parts.begin() + roll(dice, static_cast<int>(parts.size()) + 1), addOne());
    if (roll(dice, 5) == 0) std::shuffle(parts.begin(), parts.end(), dice);
}

/// What may come of a snapshot: parts change, come, go and change places.
Snapshot after(Snapshot snapshot, Dice& dice) {
    static int fresh = 0;
    ++snapshot.revision;
    snapshot.monotonicUs += 100'000;
    snapshot.account.in += roll(dice, 9);
    const auto name = [] { return "new" + std::to_string(++fresh); };
    shake(
        snapshot.nodes, dice, [&](NodeSnapshot& node) { node.out = roll(dice, 100); },
        [&] { return NodeSnapshot{.id = name()}; });
    shake(
        snapshot.clusters, dice, [&](ClusterSnapshot& cluster) { cluster.connections = roll(dice, 9); },
        [&] { return ClusterSnapshot{.id = name()}; });
    shake(
        snapshot.topics, dice, [&](TopicSnapshot& topic) { topic.internal = roll(dice, 2) == 0; },
        [&] {
            return TopicSnapshot{"local", name(), false, {}};
        });
    shake(
        snapshot.groups, dice, [&](GroupSnapshot& group) { group.members = roll(dice, 9); },
        [&] {
            return GroupSnapshot{"local", name(), "Empty", 0, {}};
        });
    return snapshot;
}

} // namespace

class SnapshotDeltaTest : public QObject {
    Q_OBJECT
private slots:
    void aDeltaMakesTheNextSnapshotWhateverChanged() {
        for (unsigned seed = 1; seed <= 40; ++seed) {
            Dice dice(seed);
            Snapshot far = system(12, 5), near = far; // the one here and its picture on the other side
            for (int step = 0; step < 25; ++step) {
                const Snapshot next = after(near, dice);
                const auto delta = fromJson<SnapshotDelta>(toJson(difference(near, next)));
                QVERIFY(delta);
                const auto got = applied(far, *delta);
                QVERIFY(got);
                QVERIFY2(*got == next, qPrintable(QStringLiteral("seed %1, step %2").arg(seed).arg(step)));
                near = next;
                far = *got;
            }
        }
    }

    void aQuietSystemCostsNextToNothing() {
        const Snapshot before = system(1000, 200);
        Snapshot next = before;
        ++next.revision;
        next.nodes[500].counters[0].value += 7;
        const SnapshotDelta delta = difference(before, next);
        QCOMPARE(delta.nodes.size(), std::size_t(1));
        QVERIFY(delta.topics.empty() && delta.groups.empty() && delta.order == Order{} && delta.gone == Order{});
        QVERIFY(toJson(delta).size() * 100 < toJson(next).size());
    }

    void whatIsGoneIsNamed() {
        const Snapshot before = system(3, 2);
        Snapshot next = before;
        next.nodes.erase(next.nodes.begin() + 1);
        next.topics.clear();
        const SnapshotDelta delta = difference(before, next);
        QCOMPARE(delta.gone.nodes, std::vector<std::string>{"a/channels/c1"});
        QCOMPARE(delta.gone.topics.size(), std::size_t(2));
        QVERIFY(delta.nodes.empty());
    }

    void aDeltaOfAnotherSnapshotIsRefused() {
        Snapshot before = system(3, 2), next = before;
        ++next.revision;
        const SnapshotDelta delta = difference(before, next);
        before.revision = 9;
        const auto refused = applied(before, delta);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::protocol);
    }
};

MILLRACE_TEST(SnapshotDeltaTest)
#include "tst_snapshot_delta.moc"
