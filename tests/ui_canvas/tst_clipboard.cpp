#include "support/test_program.h"
#include "ui_canvas/support/table.h"
#include "ui_canvas/support/two_agents.h"

#include <QClipboard>

using namespace millrace;
using test::ids;
using test::kText;
using test::Table;
using topology::NodeKind;
using topology::WireKind;

class ClipboardTest : public QObject {
    Q_OBJECT
private slots:
    void copiesArePropertiesText() {
        Table table(kText);
        table.click(table.middle("a/sources/in"));
        table.key(Qt::Key_C, Qt::ControlModifier);
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("sources.in.type = netcat")));
        table.key(Qt::Key_V, Qt::ControlModifier);
        QCOMPARE(table.store.graph().ofKind(NodeKind::source).size(), std::size_t(3));
        table.key(Qt::Key_D, Qt::ControlModifier);
        QCOMPARE(table.store.graph().ofKind(NodeKind::source).size(), std::size_t(4));
        table.key(Qt::Key_X, Qt::ControlModifier);
        QCOMPARE(table.store.graph().ofKind(NodeKind::source).size(), std::size_t(3));
        QVERIFY(table.undoesTo(kText));
        table.key(Qt::Key_A, Qt::ControlModifier);
        QVERIFY(table.store.selection().size() >= 6);
    }

    void aCopiedPartStaysInItsAgent() {
        Table table(kText);
        table.click(table.middle("a/sources/in"));
        table.view->clipboard().copy();
        table.view->clipboard().paste(std::nullopt);
        QVERIFY2(table.has("a.sources = in in-2"), table.text().c_str());
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(2));
        QVERIFY(table.undoesTo(kText));
    }

    void aPartIsPastedIntoTheAgentUnderThePointer() {
        Table table(kText);
        table.click(table.middle("a/sources/in"));
        table.view->clipboard().copy();
        table.view->clipboard().paste(table.middle("b/sources/next"));
        QVERIFY2(table.has("b.sources = next in"), table.text().c_str());
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(2));
        const QPointF place = table.node("b/sources/in")->rect().topLeft();
        QVERIFY((place - table.middle("b/sources/next")).manhattanLength() <= 16);
    }

    void aPartWithoutAWrittenPlaceIsPastedAtThePointer() {
        Table table("a.sources = in\na.sources.in.type = seq\n");
        table.store.select(ids({"a/sources/in"}));
        table.view->clipboard().copy();
        const QPointF at = table.middle("a/sources/in");
        table.view->clipboard().paste(at);
        const auto* copy = table.store.graph().find("a/sources/in-2");
        QVERIFY2(copy && copy->position, table.text().c_str());
        QVERIFY((QPointF(copy->position->x, copy->position->y) - at).manhattanLength() <= 16);
    }

    void copiesKeepLatin1() {
        Table table("a.sources = in\na.sources.in.type = exec\na.sources.in.command = echo caf\xE9\n");
        table.store.select(ids({"a/sources/in"}));
        table.view->clipboard().copy();
        table.view->clipboard().paste(std::nullopt);
        QVERIFY2(table.has("a.sources.in-2.command = echo caf\\u00E9"), table.text().c_str());
        table.store.select(ids({"a/sources/in"}));
        table.view->clipboard().duplicate();
        QVERIFY2(table.has("a-2.sources.in.command = echo caf\\u00E9"), table.text().c_str());
    }

    void aCopiedAgentBecomesANewOne() {
        Table table(kText);
        table.store.select(ids({"agent/b"}));
        table.view->clipboard().copy();
        table.store.select({});
        table.view->clipboard().paste(std::nullopt);
        QCOMPARE(table.store.graph().ofKind(NodeKind::agent).size(), std::size_t(3));
    }

    void aCopiedAgentIsAnotherAgent() {
        Table table(kText);
        table.click(table.scene().frame(QStringLiteral("agent/a"))->titleRect().center());
        QCOMPARE(table.store.selection(), ids({"agent/a"}));
        table.key(Qt::Key_C, Qt::ControlModifier);
        table.view->clipboard().paste(QPointF(200, 700));
        QVERIFY2(table.hasWire(WireKind::channelToSink, "a-2/channels/c", "a-2/sinks/out"), table.text().c_str());
        QVERIFY(!table.store.graph().find("a/sources/in-2"));
        QCOMPARE(table.store.graph().find("a-2/sources/in")->valueOr("port"), std::string("4142"));
        QVERIFY(table.undoesTo(kText));
    }
};

MILLRACE_TEST(ClipboardTest)
#include "tst_clipboard.moc"
