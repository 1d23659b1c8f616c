#include "document/document_store.h"
#include "run/run_controller.h"
#include "look/theme.h"
#include "monitor/axis_range.h"
#include "monitor/chart_card.h"
#include "monitor/monitor_panel.h"
#include "support/test_program.h"
#include "ui_run/support/fake_session.h"

#include <QMenu>
#include <QToolButton>
#include <QtTest>

using namespace millrace;
using namespace millrace::studio;

namespace {

ChartSamples samples(std::int64_t fromMs, std::vector<double> values) {
    return {{{fromMs, values, values}}, 100};
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
        session->playAt(std::move(snapshot), nowMs);
    }
    DocumentStore store;
    test::FakeSession* session = new test::FakeSession;
    RunController run;
};

/// What stands in the legend of a card, in its order.
QStringList legendOf(const ChartCard* card) {
    QMap<int, QString> placed;
    for (const auto* entry : card->findChildren<QToolButton*>())
        if (entry->objectName().startsWith(QStringLiteral("legend:")))
            placed.insert(entry->y() * 10'000 + entry->x(), entry->text());
    return placed.values();
}

} // namespace

class TestMonitor : public QObject {
    Q_OBJECT

private slots:
    void aStepShowsItsSmallestAndItsLargestValue() {
        const ChartSamples line({{1'000, {1, 1, 1}, {1, 9, 1}}}, 1'000);
        QCOMPARE(line.maximum(), 9.0);
        QCOMPARE(*line.at(2'900), 9.0);
        QVERIFY(!line.at(999) && !line.at(4'000));
        const QList<QPointF> points{{1'000, 1}, {2'000, 1}, {2'500, 9}, {3'000, 1}};
        QCOMPARE(line.lines(), QList<QList<QPointF>>{points});
    }

    void gapsStayGaps() {
        const ChartSamples line({{0, {1, 2}, {1, 2}}, {5'000, {}, {}}, {9'000, {3}, {3}}}, 1'000, 0.5);
        QCOMPARE(line.lines().size(), 2);
        QCOMPARE(*line.at(9'000), 1.5);
        QVERIFY(!line.at(5'000));
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
        const CardLine large{QStringLiteral("a"), {}, Qt::blue, samples(1000, {150'000}), false, {}};
        const CardLine small{QStringLiteral("a"), {}, Qt::blue, samples(59'000, {8}), false, {}};
        ChartCard card(makeTimeChart(nullptr), 10, true, nullptr);
        card.setTexts({}, QStringLiteral("records"), {});
        card.display({large}, 0, 60'000);
        QCOMPARE(card.axisTop(), 150'000.0);
        card.setTexts({}, QStringLiteral("seconds"), {});
        card.display({small}, 0, 60'000);
        QCOMPARE(card.axisTop(), 10.0);
        card.display({large}, 0, 60'000);
        card.display({small}, 50'000, 60'000);
        QCOMPARE(card.axisTop(), 10.0);
    }

    void theLegendTellsTheValueUnderTheCrosshair() {
        ChartCard card(makeTimeChart(nullptr), 10, false, nullptr);
        card.display({{QStringLiteral("a"), QStringLiteral("line"), Qt::blue, samples(500, {42}), false, {}}}, 0, 1000);
        card.setCrosshair(500);
        QCOMPARE(card.findChild<QToolButton*>(QStringLiteral("legend:a"))->text(), QStringLiteral("line: 42"));
    }

    void whatHasNoLineOfItsOwnIsCountedNamedAndCanBeSeenAlone() {
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
                node.in = node.out = step * (100 - i);
                snapshot.nodes.push_back(node);
            }
            bench.play(snapshot, step * 1000);
        }
        const QStringList busiest{QStringLiteral("s0"), QStringLiteral("s1"), QStringLiteral("s2"), QStringLiteral("s3"),
                                  QStringLiteral("s4"), QStringLiteral("into t"), QStringLiteral("3 other(s), together")};
        const auto names = [&panel](QStringList expected) {
            QStringList shown = legendOf(panel.throughputCard());
            shown.sort();
            expected.sort();
            return shown == expected;
        };
        QTRY_VERIFY2(names(busiest), qPrintable(legendOf(panel.throughputCard()).join(QLatin1Char('|'))));
        QCOMPARE(panel.throughputCard()->axisTop(), 100'000.0);
        auto* menu = panel.throughputCard()->findChild<QToolButton*>(QStringLiteral("legend:rest"))->menu();
        emit menu->aboutToShow();
        QCOMPARE(menu->actions().size(), 3);
        QCOMPARE(menu->actions().last()->text(), QStringLiteral("a/s7"));
        menu->actions().last()->trigger();
        QStringList alone = busiest;
        alone.replace(4, QStringLiteral("s7"));
        QTRY_VERIFY2(names(alone), qPrintable(legendOf(panel.throughputCard()).join(QLatin1Char('|'))));
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
        Bench bench;
        MonitorPanel panel(bench.store, bench.run);
        panel.resize(900, 300);
        panel.show();
        bench.store.load("a.sources = in\na.channels = c\na.sources.in.type = seq\na.sources.in.channels = "
                         "c\na.channels.c.type = memory\n",
                         {});
        for (int step = 1; step <= 2; ++step)
            bench.play(moment(step * 100, 400), step * 1000);
        QTRY_COMPARE(legendOf(panel.throughputCard()), QStringList{QStringLiteral("in")});
        QCOMPARE(panel.throughputCard()->axisTop(), 100.0);
        // Never committed is unknown, not a lag of everything.
        QCOMPARE(legendOf(panel.lagCard()), QStringList{QStringLiteral("0")});
        QCOMPARE(panel.lagCard()->axisTop(), 100.0);
        panel.setLagInSeconds(true);
        QTRY_COMPARE(panel.lagCard()->axisTop(), 10.0);
        panel.lagCard()->setCrosshair(2000);
        QCOMPARE(legendOf(panel.lagCard()), QStringList{QStringLiteral("0: 2")});
        // The session hears of the new name later.
        bench.store.push(topology::rename(bench.store.document(), "a/sources/in", "count"), QStringLiteral("rename"));
        QTRY_COMPARE(legendOf(panel.throughputCard()), QStringList{QStringLiteral("count")});
        QCOMPARE(panel.throughputCard()->axisTop(), 100.0);
    }

    void aRenameBetweenTwoRunsIsToldToTheNext() {
        Bench bench;
        bench.store.load("a.sources = in\na.sources.in.type = seq\n", {});
        bench.run.stop();
        bench.session->answer();
        QTRY_COMPARE(bench.run.phase(), RunController::Phase::stopped);
        bench.store.push(topology::rename(bench.store.document(), "a/sources/in", "count"), QStringLiteral("rename"));
        QCOMPARE(bench.run.pendingRenames().size(), std::size_t(1));
        bench.run.start();
        QCOMPARE(bench.session->starts.back().renames,
                 (std::vector<session::RenamePair>{{"a/sources/in", "a/sources/count"}}));
        QVERIFY(bench.run.pendingRenames().empty());
    }

    void anotherDocumentShowsNothingOfTheOneBefore() {
        Bench bench;
        const char* const text = "a.sources = in\na.sources.in.type = seq\n";
        bench.store.load(text, {});
        MonitorPanel panel(bench.store, bench.run);
        panel.resize(900, 300);
        panel.show();
        for (int step = 1; step <= 2; ++step)
            bench.play(moment(step * 100, 400), step * 1000);
        QTRY_COMPARE(panel.throughputCard()->shownLines(), 1);
        bench.store.load(text, {});
        QTRY_COMPARE(panel.throughputCard()->shownLines(), 0);
        QCOMPARE(panel.lagCard()->shownLines(), 0);
        QTRY_COMPARE(bench.session->historyAsked.back().sinceMs, std::int64_t(2001));
        QCOMPARE(panel.throughputCard()->shownLines(), 0);
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
        ChartCard card(makeTimeChart(nullptr), 10, false, nullptr);
        card.setTexts(QStringLiteral("Throughput"), QStringLiteral("events / s"), {});
        card.resize(440, height);
        card.show();
        QList<CardLine> shown;
        for (int i = 0; i < lines; ++i)
            shown.append({QString::number(i), QStringLiteral("web%1/to-collector").arg(i), Qt::blue, {}, false, {}});
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
        for (int step = 1; step <= 2; ++step) {
            session::Snapshot snapshot;
            snapshot.running = true;
            for (const char* id : {"a/sources/in", "b/sources/in", "a/sinks/out"}) {
                session::NodeSnapshot node;
                node.id = id;
                node.startedMs = 1;
                node.in = node.out = step * 100;
                snapshot.nodes.push_back(node);
            }
            session->playAt(snapshot, step * 1000);
        }
        const auto names = [&panel] {
            QStringList all;
            for (const auto* entry : panel.findChildren<QToolButton*>())
                if (entry->objectName().startsWith(QStringLiteral("legend:"))) all.append(entry->text());
            all.sort();
            return all;
        };
        const QStringList expected{QStringLiteral("a/in"), QStringLiteral("b/in"), QStringLiteral("out")};
        QTRY_COMPARE(names(), expected);
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

    void aHiddenPanelAsksForNothingAndMissesNothing() {
        Bench bench;
        MonitorPanel panel(bench.store, bench.run);
        panel.resize(900, 300);
        bench.store.load("a.sources = in\na.sources.in.type = seq\n", {});
        QSignalSpy snapshots(&bench.run, &RunController::snapshotChanged);
        bench.play(moment(100, 400), 1000);
        QTRY_COMPARE(snapshots.count(), 1);
        bench.run.setWatched(false); // as minimised
        for (int step = 2; step <= 30; ++step)
            bench.play(moment(step * 100, 400), step * 1000);
        QVERIFY(bench.session->historyAsked.empty());
        panel.show();
        QTRY_COMPARE(panel.lagCard()->shownLines(), 1);
        QCOMPARE(panel.throughputCard()->shownLines(), 1);
        panel.throughputCard()->setCrosshair(15'000);
        QCOMPARE(legendOf(panel.throughputCard()), QStringList{QStringLiteral("in: 100")});
    }
};

MILLRACE_TEST(TestMonitor)
#include "tst_monitor.moc"
