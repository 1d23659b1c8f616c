#include "support/test_program.h"
#include "ui_canvas/support/made_up_load.h"
#include "ui_canvas/support/table.h"

#include "canvas/view/rename_editor.h"

#include <QLineEdit>
#include <QListWidget>
#include <QMenu>

using namespace millrace;
using test::Table;
using topology::NodeKind;
using topology::WireKind;

namespace {

/// A source that two channels could take, one of them on the other side of a second agent.
const char* const kText = R"(#@ version = 1
#@ at.agent.a.sources.in = 200 200
#@ at.agent.a.channels.c = 440 200
#@ at.agent.a.channels.d = 440 320
#@ at.agent.a.sinks.out = 680 200
#@ at.agent.b.sources.next = 200 560
#@ at.agent.b.channels.e = 440 560
a.sources = in
a.channels = c d
a.sinks = out
a.sources.in.type = seq
a.channels.c.type = memory
a.channels.d.type = memory
a.sinks.out.type = logger
b.sources = next
b.channels = e
b.sources.next.type = seq
b.channels.e.type = memory
)";

QStringList offered(const QMenu* menu) {
    QStringList ids;
    for (const QAction* action : menu ? menu->actions() : QList<QAction*>())
        if (!action->isSeparator()) ids.append(action->menu() ? action->menu()->objectName() : action->objectName());
    return ids;
}

} // namespace

/// The drawing worked on without a mouse, and what its menus offer.
class KeyboardTest : public QObject {
    Q_OBJECT
private:
    static void select(Table& table, const char* id) {
        table.view->setFocus();
        table.store.select({QString::fromLatin1(id)});
    }
    static void choose(Table& table, const char* title) {
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        QVERIFY(filter);
        QTest::keyClicks(filter, QString::fromLatin1(title));
        QTest::keyClick(filter, Qt::Key_Return);
    }

private slots:
    void aWireIsDrawnByKeyboard_data() {
        QTest::addColumn<QList<int>>("keys");
        QTest::addColumn<QString>("to");
        using Keys = QList<int>;
        QTest::newRow("to the nearest") << Keys{} << "a/channels/c";
        QTest::newRow("to the last by Tab") << Keys{Qt::Key_Tab, Qt::Key_Tab} << "a/channels/d";
        QTest::newRow("around by Tab") << Keys{Qt::Key_Tab, Qt::Key_Tab, Qt::Key_Tab} << "a/channels/c";
        QTest::newRow("to the one below") << Keys{Qt::Key_Down} << "a/channels/d";
        QTest::newRow("and up again") << Keys{Qt::Key_Down, Qt::Key_Up} << "a/channels/c";
        QTest::newRow("nothing is to the left") << Keys{Qt::Key_Left} << "a/channels/c";
    }
    void aWireIsDrawnByKeyboard() {
        QFETCH(QList<int>, keys);
        QFETCH(QString, to);
        Table table(kText);
        select(table, "a/sources/in");
        table.key(Qt::Key_W);
        QVERIFY(table.view->mode());
        QVERIFY(table.node("b/channels/e")->opacity() < 1); // does not fit
        for (const int key : keys)
            table.key(static_cast<Qt::Key>(key));
        QCOMPARE(table.text(), std::string(kText));
        table.key(Qt::Key_Return);
        QVERIFY(!table.view->mode());
        QVERIFY2(table.hasWire(WireKind::sourceToChannel, "a/sources/in", to.toLatin1()), table.text().c_str());
        QCOMPARE(table.node("b/channels/e")->opacity(), 1.0);
        QVERIFY(table.undoesTo(kText));
    }

    void wiringIsLeftWithoutAWire_data() {
        QTest::addColumn<std::function<void(Table&)>>("leave");
        using Leave = std::function<void(Table&)>;
        QTest::newRow("by Esc") << Leave([](Table& table) { table.key(Qt::Key_Escape); });
        QTest::newRow("by a click beside") << Leave([](Table& table) { table.click({1000, 760}); });
        QTest::newRow("when the document changes under it")
            << Leave([](Table& table) { table.store.load("#@ version = 1\n", {}); });
    }
    void wiringIsLeftWithoutAWire() {
        QFETCH(std::function<void(Table&)>, leave);
        Table table(kText);
        select(table, "a/sources/in");
        table.key(Qt::Key_W);
        QVERIFY(table.view->mode());
        leave(table);
        QVERIFY(!table.view->mode());
        QVERIFY(table.store.graph().wires.empty());
        for (const canvas::NodeItem* node : table.scene().nodes())
            QCOMPARE(node->opacity(), 1.0);
    }

    void aClickAnswersToo() {
        Table table(kText);
        select(table, "a/channels/d");
        table.key(Qt::Key_W);
        table.click(table.middle("a/sinks/out"));
        QVERIFY2(table.hasWire(WireKind::channelToSink, "a/channels/d", "a/sinks/out"), table.text().c_str());
    }

    void aWireIsDrawnTowardsWhatComesBefore() {
        Table table(kText);
        select(table, "a/sinks/out");
        table.key(Qt::Key_W);
        table.key(Qt::Key_Return);
        QVERIFY2(table.hasWire(WireKind::channelToSink, "a/channels/c", "a/sinks/out"), table.text().c_str());
    }

    void whereNoWireFitsSomethingIsOfferedToPutThere() {
        const std::string text =
            "#@ version = 1\n#@ at.agent.a.sources.s = 200 200\na.sources = s\na.sources.s.type = seq\n";
        Table table(text);
        select(table, "a/sources/s");
        table.key(Qt::Key_W);
        QVERIFY(!table.view->mode());
        auto* filter = table.view->findChild<QLineEdit*>(QStringLiteral("addFilter"));
        auto* list = table.view->findChild<QListWidget*>(QStringLiteral("addList"));
        QVERIFY(filter && list);
        QTest::keyClicks(filter, QStringLiteral("TAILDIR"));
        QCOMPARE(list->count(), 0); // no wire leads from one source to another
        filter->clear();
        choose(table, "memory");
        QVERIFY2(table.hasWire(WireKind::sourceToChannel, "a/sources/s", "a/channels/memory"), table.text().c_str());
    }

    void partsChangeTheirAgentByKeyboard() {
        Table table(kText);
        select(table, "a/sinks/out");
        table.key(Qt::Key_A);
        QVERIFY(table.view->mode());
        table.key(Qt::Key_Return);
        QVERIFY2(table.node("b/sinks/out"), table.text().c_str());
        QVERIFY(table.undoesTo(kText));
    }

    void whatIsAddedStandsBesideTheSelectedNodeAndIsWiredToIt_data() {
        QTest::addColumn<QString>("beside");
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("added");
        QTest::addColumn<bool>("after");
        QTest::newRow("a channel after its source") << "b/sources/next"
                                                    << "memory"
                                                    << "b/channels/memory" << true;
        QTest::newRow("a source before its channel") << "a/channels/d"
                                                     << "seq"
                                                     << "a/sources/seq" << false;
        QTest::newRow("a sink after its channel") << "b/channels/e"
                                                  << "null"
                                                  << "b/sinks/null" << true;
    }
    void whatIsAddedStandsBesideTheSelectedNodeAndIsWiredToIt() {
        QFETCH(QString, beside);
        QFETCH(QString, what);
        QFETCH(QString, added);
        QFETCH(bool, after);
        Table table(kText);
        select(table, beside.toLatin1());
        table.key(Qt::Key_Tab);
        choose(table, what.toLatin1());
        const auto* node = table.node(added.toLatin1());
        const auto* other = table.node(beside.toLatin1());
        QVERIFY2(node, table.text().c_str());
        QCOMPARE(node->rect().left() > other->rect().right(), after);
        for (const canvas::NodeItem* one : table.scene().nodes())
            QVERIFY2(one == node || !one->rect().intersects(node->rect()), qPrintable(one->id()));
        const auto [from, to] = after ? std::pair(beside, added) : std::pair(added, beside);
        QCOMPARE(table.store.graph().wires.size(), std::size_t(1));
        QCOMPARE(table.store.graph().wires.front().from, from.toStdString());
        QCOMPARE(table.store.graph().wires.front().to, to.toStdString());
        QVERIFY(table.undoesTo(kText));
    }

    void keysThatTheUserChangedAreTheOnlyOnes_data() {
        QTest::addColumn<QKeySequence>("key");
        QTest::newRow("a letter") << QKeySequence(Qt::Key_K);
        QTest::newRow("with Ctrl") << QKeySequence(Qt::CTRL | Qt::Key_K);
    }
    void keysThatTheUserChangedAreTheOnlyOnes() {
        QFETCH(QKeySequence, key);
        Table table(kText);
        table.registry->setKeys(QStringLiteral("remove"), {key});
        table.registry->setKeys(QStringLiteral("wire"), {QKeySequence(Qt::Key_J)});
        select(table, "a/sinks/out");
        table.key(Qt::Key_Delete);
        table.key(Qt::Key_Backspace);
        table.key(Qt::Key_W);
        QCOMPARE(table.text(), std::string(kText));
        QVERIFY(!table.view->mode());
        table.key(Qt::Key_J);
        QVERIFY(table.view->mode());
        table.key(Qt::Key_Escape);
        table.key(key[0].key(), key[0].keyboardModifiers());
        QVERIFY(!table.node("a/sinks/out"));
        QVERIFY(table.registry->keyText(QStringLiteral("remove")).contains(QLatin1Char('K')));
    }

    void lettersTypedIntoANameAreNoCommands() {
        Table table(kText);
        select(table, "a/channels/c");
        table.key(Qt::Key_F2);
        auto* editor = table.view->findChild<canvas::RenameEditor*>();
        QVERIFY(editor && editor->isVisible());
        QTest::keyClicks(editor, QStringLiteral("fw1"));
        QCOMPARE(editor->text(), QStringLiteral("fw1"));
        QVERIFY(!table.view->mode());
        QCOMPARE(table.view->zoom(), 1.0);
    }

    void aMenuOffersWhatCanBeDoneThere_data() {
        QTest::addColumn<QPointF>("at");
        QTest::addColumn<QStringList>("wanted");
        QTest::addColumn<QStringList>("unwanted");
        QTest::newRow("at a node") << QPointF(288, 232)
                                   << QStringList{"wire", "rename", "copy", "remove", "moveToAgent"}
                                   << QStringList{"selectAll", "zoomFit", "adopt", "groupFailover"};
        QTest::newRow("on the paper") << QPointF(1000, 760) << QStringList{"add", "selectAll", "zoomFit"}
                                      << QStringList{"remove", "rename", "wire"};
        QTest::newRow("in a frame") << QPointF(300, 300) << QStringList{"add", "rename", "remove"}
                                    << QStringList{"wire", "moveToAgent"};
    }
    void aMenuOffersWhatCanBeDoneThere() {
        QFETCH(QPointF, at);
        QFETCH(QStringList, wanted);
        QFETCH(QStringList, unwanted);
        Table table(kText);
        const QStringList ids = offered(table.menuAt(at));
        for (const QString& id : wanted)
            QVERIFY2(ids.contains(id), qPrintable(id + " in " + ids.join(' ')));
        for (const QString& id : unwanted)
            QVERIFY2(!ids.contains(id), qPrintable(id + " in " + ids.join(' ')));
    }

    void aWireIsDeletedByItsMenu() {
        Table table(std::string(kText) + "a.sources.in.channels = d\n");
        const QPointF on = table.scene().wires().middle(0);
        QMenu* menu = table.menuAt(on);
        QCOMPARE(offered(menu), QStringList{"remove"});
        QCOMPARE(menu->actions().first()->text().remove(u'&').section(u'\t', 0, 0), QStringLiteral("Delete wire"));
        menu->actions().first()->trigger();
        QVERIFY(table.store.graph().wires.empty());
        QVERIFY(table.node("a/sources/in") && table.node("a/channels/d"));
    }
};

MILLRACE_TEST(KeyboardTest)
#include "tst_keyboard.moc"
