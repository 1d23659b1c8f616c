#include "support/test_program.h"
#include "ui_canvas/support/playing.h"

#include "canvas/scene/ghost_tracker.h"

using namespace millrace;
using test::Table;

/// What runs and is not in the file.
class GhostsTest : public QObject, test::Playing {
    Q_OBJECT
private slots:
    void ghostsAreDrawnAndAdopted() {
        Table table(test::kLoadedWeblog);
        start(table);
        session::Snapshot snapshot = test::loadedWeblogAt(1);
        snapshot.topics.push_back({"local", "errors", false, {{0, 0, 12, 900}, {1, 0, 8, 700}}});
        snapshot.topics.push_back({"local", "__consumer_offsets", true, {{0, 0, 12, 900}}});
        snapshot.groups.push_back({"local", "kcat", "Stable", 1, {{"weblog", 0, 10, 15, 40, "rdkafka"}}});
        table.session->play(snapshot);
        QTRY_VERIFY(table.node("ghost/topic/local/errors"));
        QVERIFY(!table.node("ghost/topic/local/__consumer_offsets"));
        const auto* group = table.node("ghost/group/local/weblog/kcat");
        QVERIFY(group);
        QCOMPARE(group->face().name, QStringLiteral("group kcat · lag 5 · 40 ms"));
        QVERIFY(!group->rect().intersects(table.node("topic/weblog")->rect()));
        QVERIFY(!table.has("errors"));
        table.view->commands().adopt(QStringLiteral("ghost/topic/local/errors"));
        QVERIFY2(table.has("#@ topic.errors.partitions = 2"), table.text().c_str());
        QVERIFY(table.node("topic/errors"));
        table.session->play(snapshot);
        QTRY_VERIFY(!table.node("ghost/topic/local/errors"));
        QVERIFY(table.undoesTo(test::kLoadedWeblog));
    }

    void aPillTooSmallToBePaintedIsNotClicked_data() {
        QTest::addColumn<double>("zoom");
        QTest::addColumn<bool>("there");
        QTest::newRow("as large as drawn") << 1.0 << true;
        QTest::newRow("legible still") << 0.5 << true;
        QTest::newRow("so small that only outlines are painted") << 0.4 << false;
    }
    void aPillTooSmallToBePaintedIsNotClicked() {
        QFETCH(double, zoom);
        Table table(test::kLoadedWeblog);
        start(table);
        session::Snapshot snapshot = test::loadedWeblogAt(1);
        snapshot.groups.push_back({"local", "kcat", "Stable", 1, {{"weblog", 0, 10, 15, 40, "rdkafka"}}});
        table.session->play(snapshot);
        const char* const pill = "ghost/group/local/weblog/kcat";
        QTRY_VERIFY(table.node(pill));
        const QPointF at = table.middle(pill);
        table.view->setZoom(zoom, at, QPointF(700, 450));
        table.click(at, {}, Qt::RightButton);
        QTEST(table.view->target().id == QLatin1String(pill), "there");
    }

    void anExternalClusterShowsOnlyWhatIsReadOrWritten() {
        const std::string text = std::string(test::kLoadedWeblog) +
                                 "#@ cluster.far.kind = external\n"
                                 "#@ cluster.far.servers = far:9092\n#@ topic.bills.cluster = far\n"
                                 "#@ topic.bills.partitions = 4\n#@ at.topic.bills = 0 240\n";
        Table table(text);
        const QString typeLine = table.node("topic/bills")->face().typeLine;
        start(table);
        session::Snapshot snapshot = test::loadedWeblogAt(1);
        snapshot.clusters.push_back({"far", "far:9092", false, session::State::running, "", 0, "", {}});
        snapshot.topics.push_back({"far", "bills", false, {}});
        for (int i = 0; i < 600; ++i)
            snapshot.topics.push_back({"far", "t" + std::to_string(i), false, {}});
        snapshot.groups.push_back({"far", "hand", "Stable", 1, {{"t400", 0, 10, 15, {}, ""}}});
        table.session->play(snapshot);
        QTRY_VERIFY(table.node("ghost/topic/far/t400"));
        QCOMPARE(table.node("topic/bills")->face().typeLine, typeLine);
        QCOMPARE(table.node("topic/bills")->face().figure, QString());
        QVERIFY(table.node("ghost/group/far/t400/hand"));
        QVERIFY(!table.node("ghost/topic/far/t0"));
        QVERIFY(table.node("ghost/moreTopics/far")->face().name.startsWith(QStringLiteral("599 ")));
        // 240 px lower stands the store's agent: the ghosts keep off it.
        const auto& nodes = table.scene().nodes();
        for (const canvas::NodeItem* a : nodes) {
            if (!table.scene().ghost(a->id())) continue;
            for (const canvas::NodeItem* b : nodes)
                QVERIFY2(a == b || !a->rect().intersects(b->rect()), qPrintable(a->id() + b->id()));
            QVERIFY(!table.scene().frame(QStringLiteral("agent/store"))->rect().intersects(a->rect()));
        }
        table.view->zoomFit();
        QVERIFY2(table.view->zoom() > 0.6, qPrintable(QString::number(table.view->zoom())));
        table.view->commands().adopt(QStringLiteral("ghost/topic/far/t400"));
        QVERIFY2(!table.has("topic.t400.partitions = 0"), table.text().c_str()); // nobody has told how many
    }

    void theFewGhostsShownAreTheInterestingOnes() {
        canvas::GhostTracker tracker;
        session::Snapshot snapshot;
        snapshot.clusters = {{"local", "", true, session::State::running, "", 0, "", {}}};
        for (int i = 0; i < 20; ++i)
            snapshot.topics.push_back({"local", "t" + std::to_string(i), false, {{0, 0, 5, 9}}});
        const auto names = [](const std::vector<canvas::Ghost>& ghosts) {
            QStringList names;
            for (const canvas::Ghost& ghost : ghosts)
                names.append(QString::fromStdString(ghost.topic));
            return names;
        };
        auto ghosts = tracker.update(snapshot, {});
        QCOMPARE(names(ghosts), QStringLiteral("t0 t1 t2 t3 t4 t5 t6 t7 ").split(QLatin1Char(' ')));
        QCOMPARE(ghosts.back().count, 12);
        snapshot.monotonicUs += 100'000;
        snapshot.topics[15].partitions[0].logEnd = 6; // it is written
        ghosts = tracker.update(snapshot, {});
        QCOMPARE(names(ghosts), QStringLiteral("t15 t0 t1 t2 t3 t4 t5 t6 ").split(QLatin1Char(' ')));
        snapshot.topics.pop_back();
        QCOMPARE(tracker.update(snapshot, {}).back().count, 11);
    }

    void ghostsAreForgottenAfterTenIdleMinutes() {
        canvas::GhostTracker tracker;
        session::Snapshot snapshot;
        snapshot.monotonicUs = 1'000'000;
        snapshot.topics = {{"local", "errors", false, {{0, 0, 12, 900}}}};
        const topology::Graph nothing;
        QCOMPARE(tracker.update(snapshot, nothing).size(), std::size_t(1));
        snapshot.monotonicUs += 599'000'000;
        QCOMPARE(tracker.update(snapshot, nothing).size(), std::size_t(1));
        snapshot.monotonicUs += 2'000'000;
        QCOMPARE(tracker.update(snapshot, nothing).size(), std::size_t(0));
        snapshot.topics.front().partitions.front().logEnd = 13; // it moves again
        QCOMPARE(tracker.update(snapshot, nothing).size(), std::size_t(1));
    }
};

MILLRACE_TEST(GhostsTest)
#include "tst_ghosts.moc"
