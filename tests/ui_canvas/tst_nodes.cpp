#include "support/test_program.h"
#include "ui_canvas/support/table.h"
#include "ui_canvas/support/two_agents.h"

#include "canvas/view/rename_editor.h"

#include <QLineEdit>

using namespace millrace;
using test::ids;
using test::kText;
using test::Table;
using topology::NodeKind;
using topology::WireKind;

/// Adding, naming and deleting what is drawn.
class NodesTest : public QObject {
    Q_OBJECT
private slots:
    void aDropMakesAnAgentOrJoinsTheOneThere() {
        Table table(kText);
        const QString alone = table.drop(NodeKind::source, "seq", {900, 600});
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(3));
        QCOMPARE(table.node(alone.toLatin1())->rect().center(), QPointF(904, 600));
        const QString inside = table.drop(NodeKind::sink, "null", {300, 460});
        QVERIFY2(inside.startsWith(QStringLiteral("b/sinks/")), qPrintable(inside));
        // Beside a frame, where a frame of its own would overlap it.
        const QString beside = table.drop(NodeKind::sink, "null", {600, 330}, Qt::AltModifier);
        QVERIFY2(beside.startsWith(QStringLiteral("a/sinks/")), qPrintable(beside));
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(3));
        QVERIFY(table.undoesTo(kText));
    }

    void tabAddsFromASearchableList() {
        Table table(kText);
        table.view->setFocus();
        table.key(Qt::Key_Tab);
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        QVERIFY(filter);
        QTest::keyClicks(filter, QStringLiteral("topic"));
        QTest::keyClick(filter, Qt::Key_Return);
        QCOMPARE(table.store.graph().ofKind(NodeKind::topic).size(), std::size_t(1));
        QVERIFY(table.undoesTo(kText));
    }

    void tabbingThroughAddsNothing() {
        Table table(kText);
        table.view->setFocus();
        table.key(Qt::Key_Tab);
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        QVERIFY(filter);
        QTest::keyClick(filter, Qt::Key_Tab);
        QTRY_VERIFY(!table.view->findChild<QLineEdit*>(QStringLiteral("addFilter")));
        QCOMPARE(table.text(), std::string(kText));
    }

    void whatIsAddedByKeyboardLiesOnNothing() {
        Table table(kText);
        for (int i = 0; i < 4; ++i) {
            table.view->offerAdding(table.middle("a/channels/c"));
            auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
            QVERIFY(filter);
            QTest::keyClicks(filter, QStringLiteral("topic"));
            QTest::keyClick(filter, Qt::Key_Return);
            QTRY_VERIFY(!table.view->findChild<QLineEdit*>(QStringLiteral("addFilter")));
        }
        QCOMPARE(table.store.graph().ofKind(NodeKind::topic).size(), std::size_t(4));
        for (const auto* one : table.scene().nodes())
            for (const auto* other : table.scene().nodes())
                QVERIFY2(one == other || !one->rect().intersects(other->rect()),
                         qPrintable(one->id() + ' ' + other->id()));
    }

    void deleteTakesNodesOrTheChosenWire() {
        Table table(kText);
        table.click({648, 232}); // the wire from channel to sink
        QVERIFY(table.scene().wires().chosen() >= 0);
        table.key(Qt::Key_Delete);
        QVERIFY(!table.hasWire(WireKind::channelToSink, "a/channels/c", "a/sinks/out"));
        QVERIFY(table.store.graph().find("a/sinks/out"));
        table.store.undoStack().undo();
        QCOMPARE(table.text(), std::string(kText));
        table.click(table.middle("b/sources/next"));
        table.key(Qt::Key_Delete);
        QVERIFY(!table.store.graph().find("b/sources/next"));
        QVERIFY(!table.node("b/sources/next"));
        QVERIFY(table.undoesTo(kText));
    }

    void renamingLaysALineEditOverTheName() {
        Table table(kText);
        table.click(table.middle("a/channels/c"));
        table.key(Qt::Key_F2);
        auto* editor = table.view->findChild<canvas::RenameEditor*>();
        QVERIFY(editor->isVisible());
        editor->setText(QStringLiteral("not a name"));
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(editor->isVisible()); // refused
        editor->setText(QStringLiteral("buffer"));
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY(!editor->isVisible());
        QVERIFY(table.has("a.sources.in.channels = buffer"));
        QVERIFY(table.node("a/channels/buffer"));
        QCOMPARE(table.store.selection(), ids({"a/channels/buffer"}));
        QVERIFY(table.undoesTo(kText));
    }

    void aNameBeingTypedOutlivesWheelAndResize() {
        Table table(kText);
        table.click(table.middle("a/channels/c"));
        table.key(Qt::Key_F2);
        auto* editor = table.view->findChild<canvas::RenameEditor*>();
        QVERIFY(editor && editor->isVisible());
        QTest::keyClicks(editor, QStringLiteral("fresh"));
        table.view->setZoom(0.8, QPointF(500, 300), QPointF(600, 400));
        table.view->panBy({30, 40});
        table.view->resize(1200, 800);
        QCoreApplication::processEvents();
        QVERIFY(editor->isVisible());
        const QRect node = table.view->mapFromScene(table.node("a/channels/c")->rect()).boundingRect();
        QVERIFY(node.adjusted(0, -4, 200, 4).contains(editor->geometry().topLeft()));
        QTest::keyClick(editor, Qt::Key_Return);
        QVERIFY2(table.node("a/channels/fresh"), table.text().c_str());
    }

    void aNewerDocumentIsLookedAtOnly() {
        const std::string newer = "#@ version = 2\n" + std::string(kText).substr(15);
        Table table(newer);
        QVERIFY(table.store.readOnly());
        table.drag(table.middle("a/sources/in"), table.middle("a/sources/in") + QPointF(80, 80));
        table.drop(NodeKind::source, "seq", {900, 600});
        table.click(table.middle("a/sources/in"));
        table.key(Qt::Key_Delete);
        QCOMPARE(table.text(), newer);
    }
};

MILLRACE_TEST(NodesTest)
#include "tst_nodes.moc"
