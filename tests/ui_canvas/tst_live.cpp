#include "support/test_program.h"
#include "ui_canvas/support/made_up_load.h"
#include "ui_canvas/support/table.h"

#include "canvas/paint/sprite_cache.h"
#include "canvas/scene/picture_exporter.h"
#include "canvas/scene/rect_grid.h"
#include "canvas/scene/thumbnail_painter.h"
#include "canvas/view/peek_card.h"
#include "look/theme.h"

#include <QClipboard>
#include <QHelpEvent>
#include <QImageReader>
#include <QMenu>
#include <QPainter>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QToolTip>

#include <algorithm>
#include <functional>

using namespace millrace;
using look::Glyph;
using test::Table;

/// What the canvas shows while something runs, and that it costs nothing when nothing changes.
class LiveTest : public QObject {
    Q_OBJECT
private:
    int tenth_ = 0;
    /// Lets so many tenths of a second pass, each seen by the canvas.
    void play(Table& table, int tenths) {
        QSignalSpy seen(table.run.get(), &studio::RunController::snapshotChanged);
        for (int i = 0; i < tenths; ++i) {
            table.session->play(test::loadedWeblogAt(tenth_++));
            QTRY_COMPARE(seen.count(), i + 1);
        }
    }
    /// Texts change at most four times a second: time goes on until they have.
    void playUntil(Table& table, const std::function<bool()>& reached) {
        for (int i = 0; i < 100 && !reached(); ++i) play(table, 1);
        QVERIFY(reached());
    }
    static void start(Table& table) {
        table.run->start();
        table.session->answer();
        QTRY_COMPARE(table.run->phase(), studio::RunController::Phase::running);
    }
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
        tenth_ = 0;
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
        QCOMPARE(strand(table, "topic/weblog", "store/sources/from-weblog")->face.label, QStringLiteral("group store"));
        start(table);
        playUntil(table, [&] {
            const auto* wire = strand(table, "web/channels/buffer", "web/sinks/to-weblog");
            const auto* group = strand(table, "topic/weblog", "store/sources/from-weblog");
            return qRound(wire->face.rate.value_or(0)) == 11'900 && group->face.label.contains(QStringLiteral("lag"));
        });
        QVERIFY(strand(table, "store/sources/from-weblog", "store/channels/disk")->face.hot);
        QVERIFY(!strand(table, "web/sources/access", "web/channels/buffer")->face.hot);
        const auto* subscription = strand(table, "topic/weblog", "store/sources/from-weblog");
        QCOMPARE(subscription->face.label, QStringLiteral("group store · lag 41.2 k · 5.1 s"));
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

    void detailFollowsTheSizeOfTheName_data() {
        QTest::addColumn<double>("pixels");
        QTest::addColumn<int>("detail");
        QTest::newRow("as large as drawn") << 1.0 << static_cast<int>(canvas::Detail::full);
        QTest::newRow("nine pixels are enough for figures") << 0.70 << static_cast<int>(canvas::Detail::full);
        QTest::newRow("below nine only names") << 0.68 << static_cast<int>(canvas::Detail::names);
        QTest::newRow("below six only outlines") << 0.45 << static_cast<int>(canvas::Detail::silhouette);
        QTest::newRow("below three only blocks") << 0.2 << static_cast<int>(canvas::Detail::blocks);
    }
    void detailFollowsTheSizeOfTheName() {
        QFETCH(double, pixels);
        QTEST(static_cast<int>(canvas::detailAt(pixels)), "detail");
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

    void aWireToALowerRowKeepsOffTheRowsBetween_data() {
        QTest::addColumn<int>("shape");
        QTest::addColumn<QRectF>("from");
        QTest::newRow("from the end of a row") << static_cast<int>(canvas::Shape::sink) << QRectF(480, 56, 176, 64);
        QTest::newRow("from a topic after the row")
            << static_cast<int>(canvas::Shape::topic) << QRectF(824, 30, 192, 82);
    }
    void aWireToALowerRowKeepsOffTheRowsBetween() {
        QFETCH(int, shape);
        QFETCH(QRectF, from);
        const QRectF first(0, 0, 704, 144), second(0, 192, 704, 144), third(0, 384, 704, 144);
        const bool part = first.contains(from);
        const QPainterPath way = canvas::wirePath({static_cast<canvas::Shape>(shape), from, part ? first : QRectF()},
                                                  {canvas::Shape::source, QRectF(24, 440, 176, 64), third});
        for (double share = 0; share <= 1; share += 0.01) {
            const QPointF at = way.pointAtPercent(share);
            QVERIFY2(!second.contains(at) && (part || !first.contains(at)), qPrintable(QString::number(share)));
        }
    }

    void aLabelKeepsOffTheNodes() {
        const QRectF left(0, 0, 176, 64), right(800, 0, 176, 64), between(400, 0, 176, 64);
        canvas::WireLayer layer(
            [&](const QString& id) {
                return canvas::WireEnd{canvas::Shape::topic, id == QStringLiteral("from") ? left : right, {}};
            },
            [&](const QRectF& rect) {
                return rect.intersects(between) || rect.intersects(left) || rect.intersects(right);
            });
        canvas::DrawnWire wire;
        wire.from = QStringLiteral("from");
        wire.to = QStringLiteral("to");
        layer.setWires({wire});
        QVERIFY(between.contains(layer.middle(0)));
        QRectF label(0, 0, 90, 20);
        label.moveCenter(layer.labelPlace(0, label.size()));
        QVERIFY(!label.intersects(between) && !label.intersects(left) && !label.intersects(right));
        QCOMPARE(layer.hit(label.center(), 1), 0);
        QCOMPARE(layer.labelPlace(0, {2000, 20}), layer.middle(0)); // no room anywhere
    }

    void portsSayWhatGoesThroughThem() {
        Table table(test::kLoadedWeblog);
        const auto tipAt = [&table](const QPointF& scene) {
            QHelpEvent event(QEvent::ToolTip, table.at(scene), table.view->viewport()->mapToGlobal(table.at(scene)));
            QApplication::sendEvent(table.view->viewport(), &event);
            return QToolTip::text();
        };
        const QRectF buffer = table.node("web/channels/buffer")->rect();
        QCOMPARE(tipAt({buffer.right() + 2, buffer.center().y()}), QStringLiteral("Out: events for sinks"));
        QCOMPARE(tipAt({buffer.left() - 2, buffer.center().y()}), QStringLiteral("In: events of sources"));
        tipAt(buffer.center());
        QTRY_VERIFY(!QToolTip::isVisible());
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

    void aClickOnAWireOpensACardWithItsEvents() {
        Table table(test::kLoadedWeblog);
        start(table);
        play(table, 2);
        session::TapPage page;
        page.events = {{1, 0, {{"host", "web1"}}, "GET / 200", 9, {}, {}, {}}, {2, 0, {}, "GET <b> 404", 11, {}, {}, {}}};
        page.next = 2;
        page.skipped = 7;
        table.session->tapPages["web/sinks/to-weblog"] = page;
        QSignalSpy asked(table.view.get(), &canvas::CanvasView::peekRequested);
        table.click({688, 96});
        QCOMPARE(asked.count(), 1);
        QCOMPARE(asked.first().first().toString(), QStringLiteral("web/sinks/to-weblog"));
        canvas::PeekCard* card = table.view->peekCard();
        QVERIFY(card && card->isVisible());
        QTRY_VERIFY(card->text().contains(QStringLiteral("host=web1")));
        QVERIFY(card->text().contains(QStringLiteral("GET <b> 404")));
        QTRY_VERIFY(table.session->tapped.size() >= 3); // goes on asking
        QCOMPARE(card->text().count(QStringLiteral("GET /")), 1);
        card->copyAll();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("404")));
        card->setPaused(true);
        QVERIFY(card->paused());
        QTest::keyClick(card, Qt::Key_Escape);
        QTRY_VERIFY(!table.view->peekCard());
        table.click(table.middle("topic/weblog"));
        QCOMPARE(asked.last().first().toString(), QStringLiteral("topic/local/weblog"));
        QVERIFY(table.view->peekCard());
        table.key(Qt::Key_Escape); // the canvas has the keyboard
        QTRY_VERIFY(!table.view->peekCard());
        QCOMPARE(table.store.selection(), QSet<QString>{QStringLiteral("topic/weblog")});
    }

    void aCardAsksNothingMoreWhileItHasNoAnswer() {
        Table table(test::kLoadedWeblog);
        start(table);
        table.session->tapsStuck = true;
        table.click({688, 96});
        canvas::PeekCard* card = table.view->peekCard();
        QVERIFY(card);
        for (int i = 0; i < 3; ++i)
            card->pull();
        QCOMPARE(table.session->tapped.size(), std::size_t(1));
        QVERIFY(card->text().isEmpty());
    }

    void aCardClosesWithWhatItShows_data() {
        QTest::addColumn<bool>("stops");
        QTest::newRow("the run stops") << true;
        QTest::newRow("another document is opened") << false;
    }
    void aCardClosesWithWhatItShows() {
        QFETCH(bool, stops);
        Table table(test::kLoadedWeblog);
        start(table);
        table.click({688, 96});
        QVERIFY(table.view->peekCard());
        if (stops) {
            table.run->stop();
            table.session->answer();
        } else {
            table.store.load("a.sources = s\n", {});
        }
        QTRY_VERIFY(!table.view->peekCard());
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

    void aSmallPictureShowsEveryRole() {
        studio::DocumentStore store;
        store.load(test::kLoadedWeblog, {});
        const QImage picture = canvas::ThumbnailPainter(store.document()).pixmap({340, 140}, 1).toImage();
        const look::Colours& c = look::colours();
        for (const QColor& soft : {c.sourceSoft, c.channelSoft, c.sinkSoft, c.topicSoft, c.trafficSoft}) {
            int found = 0;
            for (int y = 0; y < picture.height(); ++y)
                for (int x = 0; x < picture.width(); ++x)
                    if (picture.pixelColor(x, y) == soft) ++found;
            QVERIFY2(found > 20, qPrintable(soft.name()));
        }
    }

    void aLargeNoteCostsNoPicture() {
        canvas::SpriteCache sprites;
        canvas::NodeFace note;
        note.shape = canvas::Shape::note;
        note.name = QStringLiteral("a wall");
        QImage screen(300, 200, QImage::Format_ARGB32_Premultiplied);
        screen.fill(Qt::red);
        QPainter painter(&screen);
        canvas::FaceTexts texts;
        canvas::FacePainter(sprites, 1.06).paint(painter, note, texts, {4000, 4000}, false);
        QCOMPARE(screen.pixelColor(250, 150), look::colours().node);
        QCOMPARE(sprites.bytes(), qint64{0});
        note.shape = canvas::Shape::channel;
        canvas::FacePainter(sprites, 1.06).paint(painter, note, texts, {176, 64}, false);
        QVERIFY(sprites.bytes() > 0);
    }

    void aScreenWithMorePixelsShowsTheSame() {
        canvas::NodeFace failing;
        failing.shape = canvas::Shape::sink;
        failing.status = Glyph::failing;
        const auto shareOfRed = [&](double ratio) { // of a small node, by the size of its glyph
            canvas::SpriteCache sprites;
            canvas::FaceTexts texts;
            QImage screen(QSize(60, 30) * ratio, QImage::Format_ARGB32_Premultiplied);
            screen.setDevicePixelRatio(ratio);
            screen.fill(Qt::white);
            QPainter painter(&screen);
            painter.scale(0.3, 0.3);
            canvas::FacePainter(sprites, 0.3, ratio).paint(painter, failing, texts, {176, 64}, false);
            painter.end();
            double red = 0;
            for (int y = 0; y < screen.height(); ++y)
                for (int x = 0; x < screen.width(); ++x)
                    if (screen.pixelColor(x, y) == look::colours().fail) ++red;
            return red / screen.width() / screen.height();
        };
        QVERIFY(shareOfRed(1) > 0.01);
        QVERIFY2(shareOfRed(2) > 0.8 * shareOfRed(1), qPrintable(QString::number(shareOfRed(2) / shareOfRed(1))));
    }

    void picturesOfAnyZoomAreKeptUpToABound() {
        canvas::SpriteCache sprites;
        const canvas::SpriteCache::Key key{canvas::Shape::sink, canvas::Border::normal, QSize(176, 64), false};
        const qint64 first = (sprites.sprite(key, 0.613, 1), sprites.bytes());
        // The last digits of a scale differ from node to node.
        sprites.sprite(key, 0.613 * (1 + 1e-12), 1);
        QCOMPARE(sprites.bytes(), first);
        sprites.sprite(key, 0.7, 1);
        QVERIFY(sprites.bytes() > first);
        for (int i = 1; i < 400; ++i)
            sprites.sprite(key, 0.01 * i, 1);
        QVERIFY(sprites.bytes() <= canvas::SpriteCache::kMostBytes);
        QVERIFY(!sprites.sprite(key, 40, 1).isNull()); // larger than all that is kept
    }

    void rectanglesAreFoundByWhereTheyLie() {
        canvas::RectGrid grid;
        grid.put(QStringLiteral("a"), QRectF(250, -10, 600, 20)); // over several cells
        QVERIFY(grid.covers(QRectF(700, 0, 10, 10)));
        QVERIFY(!grid.covers(QRectF(850, 0, 10, 10))); // side by side
        grid.put(QStringLiteral("a"), QRectF(0, 0, 10, 10));
        QVERIFY(!grid.covers(QRectF(700, 0, 10, 10)));
        QVERIFY(grid.covers(QRectF(5, 5, 1, 1)));
        grid.remove(QStringLiteral("a"));
        QVERIFY(!grid.covers(QRectF(5, 5, 1, 1)));
    }

    void picturesAreWrittenToFiles() {
        Table table(test::kLoadedWeblog);
        QTemporaryDir folder;
        for (const char* name : {"drawing.png", "drawing.svg"}) {
            QString error;
            const QString path = folder.filePath(QLatin1String(name));
            QVERIFY2(table.view->exportPicture(path, &error), qPrintable(error));
        }
        QImage picture(folder.filePath(QStringLiteral("drawing.png")));
        const QSizeF drawn = table.scene().contentBounds().size() + QSizeF(48, 48);
        QCOMPARE(picture.size(), (drawn * 2).toSize());
        QFile file(folder.filePath(QStringLiteral("drawing.svg")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray svg = file.readAll();
        QVERIFY(svg.contains("buffer"));  // words are words
        QVERIFY(!svg.contains("<image")); // and nothing is made of pixels
        QString error;
        QVERIFY(!table.view->exportPicture(QStringLiteral("/nowhere/drawing.png"), &error));
        QVERIFY(!error.isEmpty());
    }

    void aPictureOfALargeDrawingStaysWithinMemory() {
        Table table(
            "#@ version = 1\na.sources = s\na.channels = c\na.sources.s.type = seq\na.channels.c.type = memory\n"
            "#@ at.agent.a.sources.s = 0 0\n#@ at.agent.a.channels.c = 20000 14000\n");
        QTemporaryDir folder;
        QString error;
        const QString path = folder.filePath(QStringLiteral("large.png"));
        QVERIFY2(table.view->exportPicture(path, &error), qPrintable(error));
        const QSize size = QImageReader(path).size();
        QVERIFY2(size.width() > 5000 &&
                     double(size.width()) * size.height() <= canvas::PictureExporter::kMostPixels * 1.01,
                 qPrintable(QStringLiteral("%1 x %2").arg(size.width()).arg(size.height())));
    }

    void hitTestsFindTheWireAndNothingBeside() {
        Table table(test::kLoadedWeblog);
        auto& wires = table.scene().wires();
        for (int i = 0; i < static_cast<int>(wires.strands().size()); ++i) {
            const QPointF on = wires.middle(i);
            QCOMPARE(wires.hit(on, 7), i);
        }
        QCOMPARE(wires.hit({-500, -500}, 7), -1);
    }
};

MILLRACE_TEST(LiveTest)
#include "tst_live.moc"
