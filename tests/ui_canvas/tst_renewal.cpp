#include "support/test_program.h"
#include "ui_canvas/support/made_up_load.h"
#include "ui_canvas/support/table.h"

#include <QSignalSpy>

using namespace millrace;
using test::Table;

/// What a change costs: only what has changed is made anew, and what is made so is no other than a new drawing.
class RenewalTest : public QObject {
    Q_OBJECT
private:
    struct Cost {
        int items = 0, faces = 0, routes = 0;
        bool operator==(const Cost&) const = default;
    };
    static Cost since(const canvas::CanvasScene::Work& before, Table& table) {
        const canvas::CanvasScene::Work now = table.scene().work();
        return {static_cast<int>(now.items - before.items), static_cast<int>(now.faces - before.faces),
                static_cast<int>(now.routes - before.routes)};
    }
    static QByteArray words(const Cost& cost) {
        return QStringLiteral("%1 items, %2 faces, %3 routes")
            .arg(cost.items)
            .arg(cost.faces)
            .arg(cost.routes)
            .toUtf8();
    }
    static bool isLikeANewOne(Table& table) {
        canvas::ComputedPlaces none;
        return table.scene().drawing() == canvas::drawingOf(table.store.document(), none);
    }
    /// Takes in a snapshot; how many faces of nodes that has made.
    static int facesOf(Table& table, const session::Snapshot& snapshot) {
        const canvas::CanvasScene::Work before = table.scene().work();
        QSignalSpy seen(table.run.get(), &studio::RunController::snapshotChanged);
        table.session->play(snapshot);
        if (!QTest::qWaitFor([&] { return !seen.isEmpty(); })) return -1;
        return since(before, table).faces;
    }

    /// Two sinks that take turns, with all places given.
    static std::string document() {
        return std::string(test::kLoadedWeblog) + R"(
store.sinks = archive console spare
store.sinks.spare.type = null
store.sinks.spare.channel = disk
store.sinkgroups = safe
store.sinkgroups.safe.sinks = archive spare
store.sinkgroups.safe.processor.type = failover
store.sinkgroups.safe.processor.priority.archive = 10
store.sinkgroups.safe.processor.priority.spare = 5
#@ at.agent.store.sinks.spare = 720 580
)";
    }

private slots:
    void anEditMakesAnewWhatItTouches_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("ours");
        QTest::addColumn<int>("items");
        QTest::addColumn<int>("faces");
        QTest::addColumn<int>("routes");
        const auto row = [](const char* name, const char* key, const char* value, bool ours, const Cost& cost) {
            QTest::newRow(name) << QString::fromLatin1(key) << QString::fromLatin1(value) << ours << cost.items
                                << cost.faces << cost.routes;
        };
        row("a property that is not drawn", "web.channels.buffer.capacity", "2000", false, {0, 1, 0});
        row("a type", "web.channels.buffer.type", "file", false, {1, 1, 0});
        row("partitions of a topic", "topic.weblog.partitions", "5", true, {1, 1, 0});
        row("a place, with which the frame grows", "at.agent.web.channels.buffer", "480 70", true, {2, 1, 4});
        row("a place inside the frame", "at.agent.store.sinks.console", "720 500", true, {1, 1, 1});
        row("the computer of an agent", "agent.web.host", "far", true, {1, 0, 0});
        row("how a group chooses", "store.sinkgroups.safe.processor.type", "load_balance", false, {2, 0, 0});
        row("which sink is asked first", "store.sinkgroups.safe.processor.priority.spare", "20", false, {2, 0, 0});
    }
    void anEditMakesAnewWhatItTouches() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(bool, ours);
        QFETCH(int, items);
        QFETCH(int, faces);
        QFETCH(int, routes);
        Table table(document());
        QVERIFY(isLikeANewOne(table));
        canvas::CanvasScene::Work before = table.scene().work();
        table.store.push(topology::setProperty(table.store.document(), key.toStdString(), value.toStdString(), ours),
                         {});
        const Cost wanted{items, faces, routes}, done = since(before, table);
        QVERIFY2(done == wanted, words(done).constData());
        QVERIFY(isLikeANewOne(table));
        before = table.scene().work();
        table.store.undoStack().undo();
        QCOMPARE(since(before, table).routes, routes);
        QVERIFY(isLikeANewOne(table));
    }

    void aWireThatIsLaidElsewhereLeavesTheOthersTheirRoutes() {
        Table table(document());
        const canvas::CanvasScene::Work before = table.scene().work();
        table.store.push(topology::setProperty(table.store.document(), "store.sinks.console.channel", "disk"), {});
        const Cost done = since(before, table);
        QCOMPARE(done.items, 1);
        QCOMPARE(done.routes, 1);
        QVERIFY(isLikeANewOne(table));
    }

    void aClusterLeavesTheDrawingWhenATopicStandsForIt() {
        Table table(document() + "#@ cluster.other.kind = embedded\n#@ at.cluster.other = 1104 400\n"
                                 "#@ cluster.third.kind = embedded\n");
        QVERIFY(table.node("cluster/third"));
        table.store.push(topology::setProperty(table.store.document(), "topic.weblog.cluster", "third", true), {});
        QVERIFY(!table.node("cluster/third"));
        QVERIFY(table.node("cluster/other"));
        table.store.undoStack().undo();
        QVERIFY(table.node("cluster/third"));
    }

    void ofASnapshotOnlyNewsIsShown() {
        Table table(test::kLoadedWeblog);
        table.run->start();
        table.session->answer();
        session::Snapshot snapshot = test::loadedWeblogAt(1);
        // What does not count on comes to rest: its rates are nothing, and its texts are shown.
        const auto topics = [&table] {
            return static_cast<int>(table.store.graph().ofKind(topology::NodeKind::topic).size());
        };
        int faces = -1;
        for (int i = 0; i < 100 && faces != topics(); ++i)
            faces = facesOf(table, snapshot);
        QCOMPARE(faces, topics());
        const auto sink = std::ranges::find(snapshot.nodes, "store/sinks/console", &session::NodeSnapshot::id);
        QVERIFY(sink != snapshot.nodes.end());
        sink->state = session::State::waiting;
        QCOMPARE(facesOf(table, snapshot), topics() + 1);
        QCOMPARE(table.node("store/sinks/console")->face().status, std::optional(look::Glyph::waiting));
    }

    void anotherRunTakesTheFacesOfTheOneBefore() {
        Table table(test::kLoadedWeblog);
        table.run->start();
        table.session->answer();
        session::Snapshot snapshot = test::loadedWeblogAt(5);
        QVERIFY(facesOf(table, snapshot) > 0);
        QVERIFY(table.node("store/sinks/console")->face().status != look::Glyph::edited);
        std::erase_if(snapshot.nodes, [](const auto& node) { return node.id == "store/sinks/console"; });
        table.session->playAt(snapshot, 1); // the runtime has begun anew
        QTRY_COMPARE(table.node("store/sinks/console")->face().status, std::optional(look::Glyph::edited));
    }

    void aGroupThatIsNothingButItsTextGoesWithIt() {
        canvas::SpriteCache sprites;
        canvas::NodeFace group;
        group.shape = canvas::Shape::ghostGroup;
        group.name = QStringLiteral("group kcat");
        const auto painted = [&](double zoom) {
            QImage screen(200, 60, QImage::Format_ARGB32_Premultiplied);
            screen.fill(Qt::red);
            const QImage before = screen.copy();
            QPainter painter(&screen);
            painter.scale(zoom, zoom);
            canvas::FaceTexts texts;
            canvas::FacePainter(sprites, zoom).paint(painter, group, texts, canvas::sizeOf(group.shape), false);
            painter.end();
            return screen != before;
        };
        QVERIFY(painted(1));
        QVERIFY(painted(0.5));
        QVERIFY(!painted(0.34));
        QVERIFY(!painted(0.1));
    }
};

MILLRACE_TEST(RenewalTest)
#include "tst_renewal.moc"
