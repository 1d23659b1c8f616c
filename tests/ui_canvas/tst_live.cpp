#include "support/test_program.h"
#include "ui_canvas/support/playing.h"

#include "look/theme.h"

#include <QTimer>

#include <algorithm>
#include <utility>

using namespace millrace;
using look::Glyph;
using test::Table;

/// What the canvas shows while something runs, and that it costs nothing when nothing changes.
class LiveTest : public QObject, test::Playing {
    Q_OBJECT
private:
    static const canvas::WireLayer::Strand* strand(Table& table, const char* from, const char* to) {
        for (const auto& strand : table.scene().wires().strands())
            if (strand.drawn.from == QLatin1String(from) && strand.drawn.to == QLatin1String(to)) return &strand;
        return nullptr;
    }
    static bool clockRuns(const QObject& of) {
        return std::ranges::any_of(of.findChildren<QTimer*>(QString(), Qt::FindDirectChildrenOnly), &QTimer::isActive);
    }
    static void settle(Table& table) {
        // Until two rounds of events have painted nothing more.
        int before = -1;
        QTRY_VERIFY_WITH_TIMEOUT((QCoreApplication::processEvents(), std::exchange(before, table.view->paintCount()) ==
                                                                         table.view->paintCount()), 20'000);
    }

private slots:
    void init() {
        beginAnew();
        look::Theme::instance().setReducedMotion(false);
    }

    void facesSayWhatRuns() {
        Table table(test::kLoadedWeblog);
        QVERIFY(!table.node("web/sources/access")->face().status);
        start(table);
        playUntil(table, [&] { return table.node("web/sources/access")->face().figure == QStringLiteral("12.0 k/s"); });
        QCOMPARE(table.node("web/sources/access")->face().status, Glyph::running);
        const canvas::NodeFace& buffer = table.node("web/channels/buffer")->face();
        QCOMPARE(*buffer.fill, 0.42);
        QCOMPARE(buffer.figure, QString::fromUtf16(u"42 % · 420 of 1\u2009000"));
        QCOMPARE(table.node("store/sinks/archive")->face().status, Glyph::waiting);
        const canvas::NodeFace& console = table.node("store/sinks/console")->face();
        QCOMPARE(console.status, Glyph::failing);
        QCOMPARE(console.figure, QStringLiteral("retrying, attempt 3"));
        QVERIFY(table.scene().live().explanation(QStringLiteral("store/sinks/console")).contains(QStringLiteral("closed")));
        QCOMPARE(table.node("topic/weblog")->face().shares.size(), 3);
        QVERIFY(table.node("topic/weblog")->face().figure.endsWith(QStringLiteral("412 MB")));
    }

    void wiresSayWhatFlows() {
        Table table(test::kLoadedWeblog);
        QCOMPARE(strand(table, "topic/weblog", "store/sources/from-weblog")->face.label, QStringList("group store"));
        start(table);
        playUntil(table, [&] {
            const auto* wire = strand(table, "web/channels/buffer", "web/sinks/to-weblog");
            const auto* group = strand(table, "topic/weblog", "store/sources/from-weblog");
            return qRound(wire->face.rate.value_or(0)) == 11'900 && group->face.label.size() == 3;
        });
        QVERIFY(strand(table, "store/sources/from-weblog", "store/channels/disk")->face.hot);
        QVERIFY(!strand(table, "web/sources/access", "web/channels/buffer")->face.hot);
        const auto* subscription = strand(table, "topic/weblog", "store/sources/from-weblog");
        QCOMPARE(subscription->face.label, QStringList({"group store", "lag 41.2 k", "5.1 s"}));
        QVERIFY(subscription->face.worrying);
        QCOMPARE(subscription->drawn.style, canvas::WireStyle::dashed);
        QCOMPARE(strand(table, "store/sources/from-weblog", "store/channels/look")->drawn.style, canvas::WireStyle::twin);
    }

    void anIdleCanvasIsNotPainted() {
        Table table(test::kLoadedWeblog);
        settle(table);
        const int before = table.view->paintCount();
        QVERIFY(!clockRuns(*table.view)); // nothing is left that could paint
        QCOMPARE(table.view->paintCount(), before);
    }

    void aRunInWhichNothingMovesIsNotPainted() {
        look::Theme::instance().setReducedMotion(true); // what fails blinks at first
        Table table(test::kLoadedWeblog);
        start(table);
        session::Snapshot still = test::loadedWeblogAt(3);
        QSignalSpy seen(table.run.get(), &studio::RunController::snapshotChanged);
        for (int i = 0; i < 14; ++i) {
            table.session->play(still);
            QTRY_COMPARE(seen.count(), i + 1);
        }
        settle(table);
        const int before = table.view->paintCount();
        for (int i = 14; i < 18; ++i) {
            table.session->play(still);
            QTRY_COMPARE(seen.count(), i + 1);
        }
        QCOMPARE(table.view->paintCount(), before);
    }

    void dotsMoveUnlessLessMotionIsWanted() {
        Table table(test::kLoadedWeblog);
        start(table);
        play(table, 5);
        const auto phase = [&] { return strand(table, "web/sources/access", "web/channels/buffer")->phase; };
        playUntil(table, [&] { return phase() > 0; });
        look::Theme::instance().setReducedMotion(true);
        const double stopped = phase();
        play(table, 3);
        QCOMPARE(phase(), stopped);
        look::Theme::instance().setReducedMotion(false);
        QTRY_VERIFY(phase() > stopped);
    }

    void whatBeginsToFailBlinksThreeTimes() {
        Table table(test::kLoadedWeblog);
        start(table);
        play(table, 1);
        for (int i = 0; i < 3; ++i) {
            QTRY_VERIFY(table.node("store/sinks/console")->dark());
            QTRY_VERIFY(!table.node("store/sinks/console")->dark());
        }
        play(table, 2);
        QTRY_VERIFY(!clockRuns(table.scene())); // no fourth, no half of one that goes on
        QVERIFY(!table.node("store/sinks/console")->dark());
        QVERIFY(!table.node("store/sinks/archive")->dark());
    }

    void aFailureIsSeenAtEveryZoom() {
        look::Theme::instance().setReducedMotion(true); // no blinking
        Table table(test::kLoadedWeblog);
        start(table);
        play(table, 3);
        const QColor fail = look::colours().fail;
        for (const double zoom : {1.0, 0.6, 0.3, 0.08}) {
            const QPointF middle = table.middle("store/sinks/console");
            table.view->setZoom(zoom, middle, QPointF(700, 450));
            const QImage image = table.view->grab().toImage();
            const QRect near = table.view->mapFromScene(table.node("store/sinks/console")->rect()).boundingRect();
            int red = 0;
            for (int y = std::max(0, near.top() - 6); y <= near.bottom() + 6; ++y)
                for (int x = near.left() - 6; x <= near.right() + 6; ++x)
                    if (image.rect().contains(x, y) && image.pixelColor(x, y) == fail) ++red;
            QVERIFY2(red >= 40, qPrintable(QStringLiteral("%1 px at zoom %2").arg(red).arg(zoom)));
        }
    }

    void whatIsEditedAndNotAppliedIsMarked() {
        Table table(test::kLoadedWeblog);
        start(table);
        play(table, 2);
        table.store.push(topology::setProperty(table.store.document(), "web.channels.buffer.capacity", "2000"), {});
        QCOMPARE(table.node("web/channels/buffer")->face().badges, QList<Glyph>{Glyph::edited});
        QVERIFY(table.scene().live().explanation(QStringLiteral("web/channels/buffer")).contains(QStringLiteral("Edited")));
        QVERIFY(table.node("web/sources/access")->face().badges.isEmpty());
        table.run->applyNow();
        table.session->answer();
        QTRY_VERIFY(table.node("web/channels/buffer")->face().badges.isEmpty());
    }

    void badgesSayAllThatIsKnownTheWeightiestFirst_data() {
        QTest::addColumn<bool>("error");
        QTest::addColumn<bool>("edited");
        QTest::addColumn<QList<Glyph>>("badges");
        QTest::newRow("nothing") << false << false << QList<Glyph>{};
        QTest::newRow("a problem") << true << false << QList<Glyph>{Glyph::invalid};
        QTest::newRow("a problem of an edit") << true << true << QList<Glyph>{Glyph::invalid, Glyph::edited};
    }
    void badgesSayAllThatIsKnownTheWeightiestFirst() {
        QFETCH(bool, error);
        QFETCH(bool, edited);
        canvas::BadgeFacts facts;
        if (error) facts.worst = topology::Severity::error;
        facts.edited = edited;
        QTEST(canvas::badgesOf(facts), "badges");
        QCOMPARE(!canvas::badgeWords(facts).isEmpty(), edited);
    }

    void noOtherNodeHidesABadge() {
        look::Theme::instance().setReducedMotion(true);
        Table table(test::kLoadedWeblog);
        start(table);
        play(table, 2);
        table.store.push(topology::setProperty(table.store.document(), "web.channels.buffer.capacity", "2000"), {});
        const QRectF buffer = table.node("web/channels/buffer")->rect();
        QRect badge(0, 0, 10, 10); // the middle of it
        badge.moveCenter(table.view->viewport()->mapToParent(table.at(buffer.topRight() - QPointF(22, 0))));
        const QImage alone = table.view->grab(badge).toImage();
        bool drawn = false;
        for (int x = 0; x < alone.width(); ++x) drawn = drawn || alone.pixelColor(x, 5) != alone.pixelColor(0, 0);
        QVERIFY(drawn);
        table.scene().showAt({{QStringLiteral("store/sinks/archive"), buffer.topLeft() - QPointF(0, 32)}});
        QCOMPARE(table.view->grab(badge).toImage(), alone);
    }
};

MILLRACE_TEST(LiveTest)
#include "tst_live.moc"
