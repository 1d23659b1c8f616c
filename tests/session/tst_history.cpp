#include "session/history_recorder.h"
#include "session/support/running_session.h"
#include "support/test_program.h"

#include <QtTest>

#include <fmt/format.h>

#include <algorithm>

using namespace millrace;
using namespace millrace::session;

namespace {

NodeSnapshot source(const std::string& id, std::int64_t moved) {
    NodeSnapshot node;
    node.id = id;
    node.startedMs = 1;
    node.in = node.out = moved;
    return node;
}

GroupSnapshot group(const std::string& id, std::int64_t committed) {
    return {"local", id, "Stable", 1, {{"t", 0, committed, 500, 2000, "m"}}};
}

/// Feeds a recorder moment by moment.
struct Bench {
    void add(Snapshot snapshot, std::int64_t nowMs) {
        snapshot.running = true;
        snapshot.monotonicUs = nowMs * 1000;
        snapshot.wallMs = 1'000'000'000; // all started long ago
        recorder.add(snapshot);
    }
    void add(std::vector<NodeSnapshot> nodes, std::int64_t nowMs) {
        Snapshot snapshot;
        snapshot.nodes = std::move(nodes);
        add(std::move(snapshot), nowMs);
    }
    void add(std::vector<GroupSnapshot> groups, std::int64_t nowMs) {
        Snapshot snapshot;
        snapshot.groups = std::move(groups);
        add(std::move(snapshot), nowMs);
    }
    HistoryPage throughput(HistoryRequest request = {}) const {
        request.figure = HistoryRequest::kThroughput;
        return recorder.page(request);
    }
    HistoryPage lag(const std::string& group, std::string_view figure = HistoryRequest::kLagRecords) const {
        HistoryRequest request;
        request.figure = figure;
        request.cluster = "local";
        request.group = group;
        return recorder.page(request);
    }
    HistoryRecorder recorder;
};

std::vector<std::string> idsOf(const HistoryPage& page) {
    std::vector<std::string> ids;
    for (const HistoryLine& line : page.lines)
        ids.push_back(line.id);
    return ids;
}

double largestOf(const HistoryLine& line) {
    double largest = -1;
    for (const HistoryPiece& piece : line.pieces)
        largest = std::max(largest, *std::ranges::max_element(piece.high));
    return largest;
}

using Ids = std::vector<std::string>;

} // namespace

class HistoryTest : public QObject {
    Q_OBJECT
private slots:
    void theBusiestGetALineAndTheOthersOneTogether() {
        Bench bench;
        for (int second = 0; second <= 3; ++second) {
            std::vector<NodeSnapshot> nodes;
            for (int i = 0; i < 5; ++i)
                nodes.push_back(source(fmt::format("a/sources/s{}", i), second * (i + 1) * 10));
            bench.add(nodes, 1000 + second * 1000);
        }
        HistoryRequest request;
        request.maxLines = 2;
        HistoryPage page = bench.throughput(request);
        QCOMPARE(idsOf(page), (Ids{"a/sources/s4", "a/sources/s3"}));
        QCOMPARE(largestOf(page.lines[0]), 50.0);
        QCOMPARE(page.others, std::int64_t(3));
        QCOMPARE(page.otherIds, (Ids{"a/sources/s2", "a/sources/s1", "a/sources/s0"}));
        QCOMPARE(largestOf(*page.rest), 10.0 + 20 + 30);
        request.prefer = {"a/sources/s0"};
        page = bench.throughput(request);
        QCOMPARE(idsOf(page), (Ids{"a/sources/s0", "a/sources/s4"}));
    }

    void whatGoesIntoATopicHasALineAndWhatIsInternalNone() {
        Bench bench;
        for (int second = 0; second <= 1; ++second) {
            Snapshot snapshot;
            snapshot.topics = {{"local", "t", false, {{0, 0, second * 70, {}}, {1, 0, second * 30, {}}}},
                               {"local", "__offsets", true, {{0, 0, second * 5, {}}}},
                               {"far", "watched", false, {}}};
            bench.add(snapshot, 1000 + second * 1000);
        }
        const HistoryPage page = bench.throughput();
        QCOMPARE(idsOf(page), Ids{"topic/local/t"});
        QCOMPARE(largestOf(page.lines[0]), 100.0);
    }

    void aBurstWithinASecondIsSeenHoweverWideTheWindowIs() {
        Bench bench;
        std::int64_t moved = 0;
        for (int tick = 0; tick < 9'000; ++tick)
            bench.add({source("a/sources/s", moved += tick == 4'000 ? 2'000'000 : 1)}, 1000 + tick * 100);
        HistoryRequest request;
        request.windowMs = HistoryRequest::kMostMs;
        request.maxColumns = 50;
        QVERIFY(largestOf(bench.throughput(request).lines[0]) >= 2'000'000);
    }

    void lagIsToldForEachPartitionAndWhatWasNeverCommittedIsAbsent() {
        Bench bench;
        GroupSnapshot one = group("g", 400);
        one.offsets.push_back({"t", 1, std::nullopt, 500, std::nullopt, ""});
        bench.add(std::vector{one}, 1000);
        const HistoryPage records = bench.lag("g"), ms = bench.lag("g", HistoryRequest::kLagMs);
        QCOMPARE(idsOf(records), Ids{"t/0"});
        QCOMPARE(largestOf(records.lines[0]), 100.0);
        QCOMPARE(largestOf(ms.lines[0]), 2000.0);
        QCOMPARE(records.groups, (std::vector<GroupKey>{{"local", "g"}}));
    }

    void timesAreNotAddedUp() {
        Bench bench;
        GroupSnapshot many = group("g", 0);
        for (int i = 1; i < 10; ++i)
            many.offsets.push_back({"t", i, 0, 500, 1000 * i, "m"});
        bench.add(std::vector{many}, 1000);
        QCOMPARE(largestOf(*bench.lag("g").rest), 4 * 500.0);
        QCOMPARE(largestOf(*bench.lag("g", HistoryRequest::kLagMs).rest), 3000.0);
    }

    void ofManyGroupsThoseThatMovedLastAreKept() {
        Bench bench;
        std::vector<GroupSnapshot> groups;
        for (int i = 0; i < 60; ++i)
            groups.push_back(group(fmt::format("g{}", 100 + i), 0));
        bench.add(groups, 1000);
        QCOMPARE(bench.lag("").groups.size(), HistoryRecorder::kMostGroups);
        QVERIFY(bench.lag("g159").lines.empty());
        // One that was left out moves, when the others have been still for a while.
        groups.back().offsets.front().committed = 7;
        bench.add(groups, 120'000);
        QCOMPARE(bench.lag("g159").lines.size(), std::size_t(1));
        QCOMPARE(bench.lag("").groups.size(), HistoryRecorder::kMostGroups);
    }

    void aGroupThatIsGoneLeavesWithTheWindow() {
        Bench bench;
        bench.add(std::vector{group("stays", 0), group("goes", 0)}, 1000);
        bench.add(std::vector{group("stays", 0)}, 50'000);
        QCOMPARE(bench.lag("").groups.size(), std::size_t(2));
        bench.add(std::vector{group("stays", 0)}, 100'000);
        QCOMPARE(bench.lag("").groups, (std::vector<GroupKey>{{"local", "stays"}}));
    }

    void aRenamedNodeGoesOn_data() {
        QTest::addColumn<bool>("swapped");
        QTest::newRow("to a name of its own") << false;
        QTest::newRow("two exchange their names") << true;
    }
    void aRenamedNodeGoesOn() {
        QFETCH(bool, swapped);
        Bench bench;
        for (int second = 0; second <= 1; ++second)
            bench.add({source("a/sources/x", second * 10), source("a/sources/y", second * 70)}, 1000 + second * 1000);
        const std::string next = swapped ? "a/sources/y" : "a/sources/z";
        std::vector<RenamePair> renames{{"a/sources/x", next}};
        if (swapped) renames.push_back({"a/sources/y", "a/sources/x"});
        bench.recorder.rename(renames);
        bench.add({source(next, 20)}, 3000);
        const HistoryPage page = bench.throughput();
        QCOMPARE(idsOf(page), Ids{next});
        QCOMPARE(largestOf(page.lines[0]), 10.0);
        QVERIFY(page.lines[0].pieces.front().fromMs <= 2000); // and not from the rename on
    }

    void aDeletedNodeHasNoLine() {
        Bench bench;
        for (int second = 0; second <= 1; ++second)
            bench.add({source("a/sources/x", second * 10), source("a/sources/y", second * 70)}, 1000 + second * 1000);
        bench.add({source("a/sources/x", 20)}, 3000);
        QCOMPARE(idsOf(bench.throughput()), Ids{"a/sources/x"});
    }

    void whatWasBeforeAnotherDocumentIsNotAskedFor() {
        Bench bench;
        for (int second = 0; second <= 1; ++second)
            bench.add({source("a/sources/x", second * 10)}, 1000 + second * 1000);
        HistoryRequest request;
        request.sinceMs = bench.throughput().nowMs + 1'000;
        QVERIFY(bench.throughput(request).lines.empty());
    }

    void betweenTwoRunsThereIsAGap() {
        Bench bench;
        bench.add({source("a/sources/x", 0)}, 1000);
        bench.add({source("a/sources/x", 10)}, 2000);
        Snapshot rest;
        rest.monotonicUs = 9'000'000;
        bench.recorder.add(rest); // nothing runs
        QCOMPARE(bench.throughput().nowMs, std::int64_t(2000));
        NodeSnapshot again = source("a/sources/x", 0);
        again.startedMs = 2;
        bench.add({again}, 20'000);
        again.out = 5;
        bench.add({again}, 21'000);
        QCOMPARE(bench.throughput().lines[0].pieces.size(), std::size_t(2));
    }

    void aSessionGathersItWithoutBeingAsked() {
        RunningSession session;
        QVERIFY(session.start("a.sources = s\na.channels = c\na.sinks = k\na.sources.s.type = seq\na.sources.s.channels = c\n"
                              "a.channels.c.type = memory\na.sinks.k.type = null\na.sinks.k.channel = c\n")
                    .ok);
        HistoryRequest request;
        request.figure = HistoryRequest::kThroughput;
        request.windowMs = -5; // bounded like all that comes from outside
        request.maxColumns = 1'000'000'000;
        const auto moved = [&] {
            const Answer answer = session.await(session->history(request));
            return !answer.history->lines.empty() && largestOf(answer.history->lines[0]) > 0;
        };
        QTRY_VERIFY_WITH_TIMEOUT(moved(), 60'000);
    }
};

MILLRACE_TEST(HistoryTest)
#include "tst_history.moc"
