#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/theme.h"
#include "monitor/axis_range.h"
#include "monitor/chart_card.h"
#include "monitor/monitor_panel.h"
#include "run/sample_ring.h"
#include "support/test_program.h"
#include "ui_run/support/fake_session.h"

#include <QMenu>
#include <QToolButton>
#include <QtTest>

using namespace millrace;
using namespace millrace::studio;

namespace {

QList<QPointF> flat(const QList<QList<QPointF>>& pieces) {
    QList<QPointF> all;
    for (const auto& piece : pieces)
        all += piece;
    return all;
}

session::Snapshot moment(std::int64_t moved, std::optional<std::int64_t> committed) {
    session::Snapshot s;
    s.running = true;
    session::NodeSnapshot source;
    source.id = "a/sources/in";
    source.startedMs = 1;
    source.in = source.out = moved;
    s.nodes = {source};
    session::GroupSnapshot group{"local", "g", "Stable", 1, {}};
    group.offsets = {{"t", 0, committed, 500, 2000, "m"}, {"t", 1, std::nullopt, 500, std::nullopt, ""}};
    s.groups = {group};
    return s;
}

session::Snapshot groupsThatHave(const std::vector<std::string>& names, std::int64_t committed) {
    session::Snapshot s;
    for (const std::string& name : names)
        s.groups.push_back({"local", name, "Stable", 1, {{"t", 0, committed, 500, 2000, "m"}}});
    return s;
}

/// A run of a document that does nothing, whose snapshots come when the test says so.
struct Bench {
    Bench() : run(store, std::unique_ptr<session::Session>(session)) {
        run.start();
        session->answer();
    }
    void play(session::Snapshot snapshot, std::int64_t nowMs) const {
        snapshot.running = true;
        snapshot.revision = session->current->revision + 1;
        snapshot.monotonicUs = nowMs * 1000;
        session->current = std::make_shared<const session::Snapshot>(std::move(snapshot));
    }
    DocumentStore store;
    test::FakeSession* session = new test::FakeSession;
    RunController run;
};

} // namespace

class TestMonitor : public QObject {
    Q_OBJECT

private slots:
    void noPeakVanishesWhenPointsAreFew() {
        SampleRing ring(100, 10'000);
        for (int i = 0; i < 9000; ++i)
            ring.put(i * 100, i == 4321 ? 1e6 : 1.0);
        const auto points = flat(ring.pieces(0, 900'000, 200));
        QVERIFY2(points.size() <= 200, qPrintable(QString::number(points.size())));
        QVERIFY(std::any_of(points.begin(), points.end(), [](const QPointF& p) { return p.y() == 1e6; }));
        QCOMPARE(*ring.maximum(0, 900'000), 1e6);
    }

    void gapsStayGaps() {
        SampleRing ring(100, 100);
        for (int i = 0; i < 10; ++i)
            ring.put(i * 100, 1.0);
        ring.put(2000, 2.0);
        ring.put(2100, std::nullopt);
        ring.put(2200, 3.0);
        QCOMPARE(ring.pieces(0, 3000, 1000).size(), 3);
        QVERIFY(!ring.at(1500));
        QVERIFY(!ring.at(2100));
    }

    void aMissedStepIsNoGap() {
        SampleRing ring(100, 100);
        ring.put(0, 1.0);
        ring.put(300, 1.0);
        QCOMPARE(ring.pieces(0, 1000, 1000).size(), 1);
    }

    void oldSamplesMakeRoom() {
        SampleRing ring(100, 10);
        for (int i = 0; i < 25; ++i)
            ring.put(i * 100, i);
        QVERIFY(!ring.at(1400));
        QCOMPARE(*ring.at(1500), 15.0);
        QCOMPARE(*ring.maximum(0, 10'000), 24.0);
        ring.put(100'000, 1.0);
        QVERIFY(!ring.at(2400));
    }

    void theAxisGrowsAtOnceAndShrinksLate() {
        AxisRange axis(10);
        QCOMPARE(axis.top(), 10.0);
        QVERIFY(axis.update(101, 0));
        QCOMPARE(axis.top(), 150.0);
        QVERIFY(!axis.update(20, 1000));
        QVERIFY(!axis.update(40, 9000));
        QVERIFY(axis.update(20, 11'000));
        QCOMPARE(axis.top(), 40.0);
        QVERIFY(axis.ticks().size() <= 5);
        QCOMPARE(axis.ticks().constLast(), axis.top());
    }

    void theAxisFitsAnotherPictureAtOnce() {
        AxisRange axis(10);
        axis.update(15'000, 0);
        axis.beginAnew();
        QVERIFY(axis.update(20, 100));
        QCOMPARE(axis.top(), 20.0);
        QVERIFY(!axis.update(15, 200));
    }

    void anotherUnitOrStretchOfTimeGetsItsOwnAxis() {
        const auto large = std::make_shared<SampleRing>(100, 1000), small = std::make_shared<SampleRing>(100, 1000);
        large->put(1000, 150'000);
        small->put(60'000, 8);
        ChartCard card(makeTimeChart(nullptr), 10, true, nullptr);
        card.setTexts({}, QStringLiteral("records"), {});
        card.display({{QStringLiteral("a"), {}, Qt::blue, large}}, 0, 60'000);
        QCOMPARE(card.axisTop(), 150'000.0);
        card.setTexts({}, QStringLiteral("seconds"), {});
        card.display({{QStringLiteral("a"), {}, Qt::blue, small}}, 0, 60'000);
        QCOMPARE(card.axisTop(), 10.0);
        card.display({{QStringLiteral("a"), {}, Qt::blue, large}}, 0, 60'000);
        card.display({{QStringLiteral("a"), {}, Qt::blue, large}}, 50'000, 60'000);
        QCOMPARE(card.axisTop(), 10.0);
    }

    void aLineThatIsForgottenMayStillBePointedAt() {
        auto samples = std::make_shared<SampleRing>(100, 10);
        samples->put(500, 42);
        ChartCard card(makeTimeChart(nullptr), 10, false, nullptr);
        card.display({{QStringLiteral("a"), QStringLiteral("line"), Qt::blue, samples}}, 0, 1000);
        samples.reset();
        card.setCrosshair(500);
        QCOMPARE(card.findChild<QToolButton*>(QStringLiteral("legend:a"))->text(), QStringLiteral("line: 42"));
    }

    void whatHasNoLineOfItsOwnIsCountedAndWhatGoesIntoATopicIsDrawn() {
        Bench bench;
        std::string text = "#@ cluster.local.kind = embedded\n#@ topic.t.cluster = local\na.sources =";
        for (int i = 0; i < 8; ++i)
            text += " s" + std::to_string(i);
        bench.store.load(text + "\n", {});
        MonitorPanel panel(bench.store, bench.run);
        panel.resize(1600, 300);
        panel.show();
        for (int step = 1; step <= 2; ++step) {
            session::Snapshot snapshot;
            snapshot.topics = {{"local", "t", false, {{0, 0, step * 100'000, std::nullopt}}}};
            for (int i = 0; i < 8; ++i) {
                session::NodeSnapshot node;
                node.id = "a/sources/s" + std::to_string(i);
                node.startedMs = 1;
                node.in = node.out = step * 10;
                snapshot.nodes.push_back(node);
            }
            bench.play(snapshot, step * 1000);
            QTRY_COMPARE(panel.history().nowMs(), step * 1000);
        }
        const auto into = panel.history().throughput("topic/t");
        QVERIFY(into);
        QCOMPARE(*into->maximum(0, 2000), 100'000.0);
        QStringList names;
        for (const auto* entry : panel.throughputCard()->findChildren<QToolButton*>())
            if (entry->objectName().startsWith(QStringLiteral("legend:"))) names.append(entry->text());
        QVERIFY2(names.contains(QStringLiteral("into t")), qPrintable(names.join(' ')));
        QVERIFY2(names.filter(QStringLiteral("3 other")).size() == 1, qPrintable(names.join(' ')));
    }

    void theAxisIsRound_data() {
        QTest::addColumn<double>("value");
        QTest::addColumn<double>("top");
        QTest::newRow("nothing") << 0.0 << 1.0;
        QTest::newRow("just fits") << 20.0 << 20.0;
        QTest::newRow("a bit more") << 20.1 << 30.0;
        QTest::newRow("small") << 0.013 << 0.015;
        QTest::newRow("large") << 11'900.0 << 15'000.0;
    }
    void theAxisIsRound() {
        QFETCH(double, value);
        QFETCH(double, top);
        QVERIFY2(qAbs(AxisRange::roundedUp(value) - top) < top * 1e-9,
                 qPrintable(QString::number(AxisRange::roundedUp(value))));
    }

    void aRunFillsTheChartsAndARenameKeepsItsLine() {
        DocumentStore store;
        auto owned = std::make_unique<test::FakeSession>();
        test::FakeSession* session = owned.get();
        RunController run(store, std::move(owned));
        MonitorPanel panel(store, run);
        panel.resize(900, 300);
        panel.show();
        store.load("a.sources = in\na.channels = c\na.sources.in.type = seq\na.sources.in.channels = "
                   "c\na.channels.c.type = memory\n",
                   {});
        run.start();
        session->answer();
        std::int64_t moved = 0;
        QTRY_VERIFY([&] {
            session->play(moment(moved += 100, 400));
            QTest::qWait(20);
            const auto ring = panel.history().throughput("a/sources/in");
            return ring && ring->maximum(0, panel.history().nowMs()).value_or(0) > 0;
        }());
        QCOMPARE(panel.throughputCard()->shownLines(), 1);
        QCOMPARE(panel.lagCard()->shownLines(), 2);
        const auto* lag = panel.history().lag({"local", "g"});
        QVERIFY(lag);
        QCOMPARE(*lag->at({"t", 0}).records->maximum(0, panel.history().nowMs()), 100.0);
        QCOMPARE(*lag->at({"t", 0}).seconds->maximum(0, panel.history().nowMs()), 2.0);
        // Never committed is unknown, not a lag of everything.
        QVERIFY(!lag->at({"t", 1}).records->maximum(0, panel.history().nowMs()));
        store.push(topology::rename(store.document(), "a/sources/in", "count"), QStringLiteral("rename"));
        QVERIFY(!panel.history().throughput("a/sources/in"));
        QVERIFY(panel.history().throughput("a/sources/count"));
        QCOMPARE(panel.throughputCard()->shownLines(), 1);
    }

    void namesStayWholeInTheLegendOfANarrowCard_data() {
        QTest::addColumn<int>("lines");
        QTest::addColumn<int>("height");
        QTest::addColumn<bool>("allShown");
        QTest::newRow("in one line") << 1 << 260 << true;
        QTest::newRow("in two lines") << 4 << 260 << true;
        QTest::newRow("more than two lines hold") << 8 << 260 << false;
        QTest::newRow("on a low screen") << 4 << 150 << false;
    }
    void namesStayWholeInTheLegendOfANarrowCard() {
        QFETCH(int, lines);
        QFETCH(int, height);
        QFETCH(bool, allShown);
        const auto samples = std::make_shared<SampleRing>(100, 10);
        ChartCard card(makeTimeChart(nullptr), 10, false, nullptr);
        card.setTexts(QStringLiteral("Throughput"), QStringLiteral("events / s"), {});
        card.resize(440, height);
        card.show();
        QList<CardLine> shown;
        for (int i = 0; i < lines; ++i)
            shown.append({QString::number(i), QStringLiteral("web%1/to-collector").arg(i), Qt::blue, samples, false});
        const auto level = [&card] {
            card.setLegendLines(card.legendLinesWanted());
            QCoreApplication::processEvents();
        };
        card.display(shown, 0, 1000);
        level();
        auto* more = card.findChild<QToolButton*>(QStringLiteral("moreOfLegend"));
        QCOMPARE(more->isVisible(), !allShown);
        QStringList behind;
        for (auto* entry : card.findChildren<QToolButton*>()) {
            if (!entry->isVisible()) continue;
            if (entry->geometry().isEmpty()) {
                behind.append(entry->text());
                continue;
            }
            QVERIFY2(entry->width() >= entry->sizeHint().width(), qPrintable(entry->text()));
            QVERIFY(card.rect().contains(entry->geometry()));
            QVERIFY(!entry->geometry().intersects(card.chart()->geometry()));
        }
        // What has no room is one click away, and is switched there like the others.
        emit more->menu()->aboutToShow();
        QStringList offered;
        for (const QAction* action : more->menu()->actions())
            offered.append(action->text());
        offered.sort();
        behind.sort();
        QCOMPARE(offered, behind);
        if (!allShown) {
            more->menu()->actions().last()->trigger(); // after a stop nothing else draws it anew
            QCOMPARE(card.shownLines(), lines - 1);
        }
        // The chart keeps its own height, with its axis of time.
        QVERIFY(card.chart()->height() >= card.chart()->minimumSizeHint().height());
        QVERIFY(card.rect().contains(card.chart()->geometry()));
        card.resize(1800, height);
        QCoreApplication::processEvents();
        level();
        for (const auto* entry : card.findChildren<QToolButton*>())
            QVERIFY(entry == more || entry->geometry().top() < look::measure::kHitArea + look::measure::kSpace3); // beside the title
        QVERIFY(!more->isVisible());
    }

    void partsOfOneNameAreToldApartByTheirAgents() {
        DocumentStore store;
        store.load("a.sources = in\na.channels = c\na.sinks = out\na.sources.in.type = seq\n"
                   "a.sources.in.channels = c\na.channels.c.type = memory\na.sinks.out.type = null\n"
                   "a.sinks.out.channel = c\nb.sources = in\nb.channels = c\nb.sources.in.type = seq\n"
                   "b.sources.in.channels = c\nb.channels.c.type = memory\n",
                   {});
        auto owned = std::make_unique<test::FakeSession>();
        test::FakeSession* session = owned.get();
        RunController run(store, std::move(owned));
        MonitorPanel panel(store, run);
        panel.resize(1200, 300);
        panel.show();
        run.start();
        session->answer();
        std::int64_t moved = 0;
        const auto play = [session, &moved] {
            session::Snapshot snapshot;
            snapshot.running = true;
            moved += 100;
            for (const char* id : {"a/sources/in", "b/sources/in", "a/sinks/out"}) {
                session::NodeSnapshot node;
                node.id = id;
                node.startedMs = 1;
                node.in = node.out = moved;
                snapshot.nodes.push_back(node);
            }
            session->play(snapshot);
        };
        const auto names = [&panel] {
            QStringList all;
            for (const auto* entry : panel.findChildren<QToolButton*>())
                if (entry->objectName().startsWith(QStringLiteral("legend:"))) all.append(entry->text());
            all.sort();
            return all;
        };
        const QStringList expected{QStringLiteral("a/in"), QStringLiteral("b/in"), QStringLiteral("out")};
        QTRY_VERIFY([&] {
            play();
            QTest::qWait(20);
            return names() == expected;
        }());
    }

    void aGroupOfManyPartitionsShowsTheLargestAndTheRestAsOneLine() {
        Bench bench;
        MonitorPanel panel(bench.store, bench.run);
        panel.resize(1600, 300);
        panel.show();
        session::Snapshot snapshot = groupsThatHave({"g"}, 0);
        snapshot.groups.front().offsets.clear();
        for (int i = 0; i < 20; ++i)
            snapshot.groups.front().offsets.push_back({"t", i, 0, i == 3 ? 1000 : i, i * 1000, ""});
        bench.play(snapshot, 1000);
        QTRY_COMPARE(panel.lagCard()->shownLines(), 9);
        QStringList names;
        for (const auto* entry : panel.lagCard()->findChildren<QToolButton*>())
            if (entry->objectName().startsWith(QStringLiteral("legend:"))) names.append(entry->text());
        QVERIFY2(names.contains(QStringLiteral("3")) && names.contains(QStringLiteral("19")), qPrintable(names.join(' ')));
        QVERIFY2(names.filter(QStringLiteral("12 other")).size() == 1, qPrintable(names.join(' ')));
        // Others are the largest now: the legend keeps the order of the partitions, and the rest at its end.
        for (session::GroupOffset& offset : snapshot.groups.front().offsets)
            offset.logEnd += offset.partition < 4 ? 5000 : 0;
        bench.play(snapshot, 3000);
        const auto numbers = [&panel] {
            QMap<int, QString> placed;
            for (const auto* entry : panel.lagCard()->findChildren<QToolButton*>())
                if (entry->objectName().startsWith(QStringLiteral("legend:")))
                    placed.insert(entry->y() * 10'000 + entry->x(), entry->text().section(QLatin1Char(' '), 0, 0));
            return QStringList(placed.values()).join(QLatin1Char(' '));
        };
        QTRY_COMPARE(numbers(), QStringLiteral("0 1 2 3 16 17 18 19 12"));
    }

    void ofManyGroupsThoseThatMovedLastAreKept() {
        Bench bench;
        RunHistory history(bench.store, bench.run);
        std::vector<std::string> names;
        for (int i = 0; i < 60; ++i)
            names.push_back("g" + std::to_string(100 + i));
        session::Snapshot snapshot = groupsThatHave(names, 0);
        bench.play(snapshot, 1000);
        QTRY_COMPARE(history.groups().size(), RunHistory::kMostGroups);
        QVERIFY(!history.lag({"local", "g159"}));
        // One that was left out moves, when the others have been still for a while.
        snapshot.groups.back().offsets.front().committed = 7;
        bench.play(snapshot, 120'000);
        QTRY_VERIFY(history.lag({"local", "g159"}));
        QCOMPARE(history.groups().size(), RunHistory::kMostGroups);
    }

    void aGroupThatIsGoneIsForgottenWithItsLastSample() {
        Bench bench;
        RunHistory history(bench.store, bench.run);
        bench.play(groupsThatHave({"stays", "goes"}, 0), 1000);
        QTRY_COMPARE(history.groups().size(), std::size_t(2));
        bench.play(groupsThatHave({"stays"}, 0), 600'000);
        QTRY_COMPARE(history.nowMs(), 600'000);
        QVERIFY(history.lag({"local", "goes"}));
        bench.play(groupsThatHave({"stays"}, 0), 1'000'000);
        QTRY_VERIFY(!history.lag({"local", "goes"}));
        QVERIFY(history.lag({"local", "stays"}));
    }

    void aHiddenPanelDrawsNothing() {
        DocumentStore store;
        auto owned = std::make_unique<test::FakeSession>();
        test::FakeSession* session = owned.get();
        RunController run(store, std::move(owned));
        MonitorPanel panel(store, run);
        store.load("a.sources = in\na.sources.in.type = seq\n", {});
        run.start();
        session->answer();
        session->play(moment(100, 400));
        QTRY_VERIFY(panel.history().lag({"local", "g"}));
        QCOMPARE(panel.lagCard()->shownLines(), 0);
        panel.show();
        QCOMPARE(panel.lagCard()->shownLines(), 2);
    }
};

MILLRACE_TEST(TestMonitor)
#include "tst_monitor.moc"
