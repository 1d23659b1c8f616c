#include "support/test_program.h"
#include "ui_run/support/fake_session.h"

#include "document/document_store.h"
#include "run/run_controller.h"
#include "screens/outline/outline_model.h"
#include "screens/outline/outline_panel.h"

#include <QAbstractItemModelTester>
#include <QTreeView>
#include <QtTest>

#include <random>

using namespace millrace;
using studio::OutlineModel;

namespace {

constexpr char kText[] = "#@ version = 1\n"
                         "#@ topic.early.cluster = local\n"
                         "#@ cluster.local.kind = embedded\n"
                         "#@ topic.late.cluster = local\n"
                         "#@ note.n.text = hello\n"
                         "a.sources = in\na.channels = c\na.sinks = out\n"
                         "a.sources.in.type = seq\na.sources.in.channels = c\n"
                         "a.channels.c.type = memory\n"
                         "a.sinks.out.type = null\na.sinks.out.channel = c\n"
                         "b.sources = in\nb.channels = c\nb.sinks = out\n"
                         "b.sources.in.type = seq\nb.sources.in.channels = c\n"
                         "b.channels.c.type = memory\n"
                         "b.sinks.out.type = null\nb.sinks.out.channel = c\n";

struct Outline {
    Outline() {
        store.load(kText, {});
        QObject::connect(&store, &studio::DocumentStore::changed, &model,
                         [this](const topology::Edit&, const studio::GraphDelta& delta) { model.apply(delta); });
        model.apply([] {
            studio::GraphDelta all;
            all.loaded = true;
            return all;
        }());
    }

    /// "a(in c out)": what the tree says, in its order.
    QString written(const QModelIndex& above = {}) const {
        QStringList rows;
        for (int row = 0; row < model.rowCount(above); ++row) {
            const QModelIndex index = model.index(row, OutlineModel::name, above);
            const QString below = written(index);
            rows.append(index.data().toString() + (below.isEmpty() ? QString() : u"("_qs + below + u")"_qs));
        }
        return rows.join(u' ');
    }

    studio::DocumentStore store;
    studio::RunController run{store, std::make_unique<test::FakeSession>()};
    OutlineModel model{store, run};
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

/// The rows of a model, each with its parent, without regard to order.
QStringList rowsOf(const OutlineModel& model, const QModelIndex& above = {}) {
    QStringList rows;
    for (int row = 0; row < model.rowCount(above); ++row) {
        const QModelIndex index = model.index(row, 0, above);
        rows.append(above.data(OutlineModel::kId).toString() + u" > "_qs + index.data(OutlineModel::kId).toString());
        rows += rowsOf(model, index);
    }
    rows.sort();
    return rows;
}

Result<topology::Edit> someEdit(const topology::Document& document, std::mt19937& random) {
    const auto& nodes = document.graph().nodes;
    const topology::Node& node = nodes[random() % nodes.size()];
    const std::string fresh = "n" + std::to_string(random() % 12);
    switch (random() % 5) {
    case 0:
        return topology::removeNodes(document, {node.id}, false);
    case 1:
        return topology::rename(document, node.id, fresh);
    case 2:
        return topology::setNodeProperty(document, node.id, "cluster", "local");
    case 3:
        return topology::setNodeProperty(document, node.id, "cluster", "nowhere");
    default:
        return topology::setNodeProperty(document, node.id, "capacity", std::to_string(random() % 100));
    }
}

} // namespace

class TestOutlineModel : public QObject {
    Q_OBJECT
private slots:
    void partsStandBelowTheirAgentAndTopicsBelowTheirCluster() {
        const Outline outline;
        QCOMPARE(outline.written(), QStringLiteral("local(early late) n a(in c out) b(in c out)"));
    }

    void aPartThatIsAddedStandsInFileOrder() {
        Outline outline;
        const auto& document = outline.store.document();
        topology::Edit edit;
        const std::size_t at = document.text().find("b.sources = in");
        edit.replacements = {{{at, at + 14}, "b.sources = first in\nb.sources.first.type = seq"}};
        outline.store.push(edit, QStringLiteral("add"));
        QCOMPARE(outline.written(), QStringLiteral("local(early late) n a(in c out) b(first in c out)"));
    }

    void topicsOutliveTheirClusterAndFindItAgain() {
        Outline outline;
        const std::string kind = "#@ cluster.local.kind = embedded\n";
        const std::size_t at = outline.store.document().text().find(kind);
        topology::Edit edit;
        edit.replacements = {{{at, at + kind.size()}, ""}};
        outline.store.push(edit, QStringLiteral("cluster goes"));
        QVERIFY2(outline.written().contains(QStringLiteral("early")), qPrintable(outline.written()));
        outline.store.undoStack().undo();
        QVERIFY2(outline.written().contains(QStringLiteral("local(early late)")), qPrintable(outline.written()));
    }

    void whatIsCurrentStaysSoWhenItsAgentIsRenamed() {
        Outline outline;
        const QPersistentModelIndex current = outline.model.indexOf(QStringLiteral("b/channels/c"));
        QVERIFY(current.isValid());
        const auto& document = outline.store.document();
        QVERIFY(outline.store.push(topology::rename(document, "agent/b", "other"), QStringLiteral("rename")));
        QVERIFY(current.isValid());
        QCOMPARE(current.data(OutlineModel::kId).toString(), QStringLiteral("other/channels/c"));
    }

    void anyEditsAndTheirUndoingLeadToTheTreeOfTheGraph_data() {
        QTest::addColumn<int>("seed");
        for (const int seed : {1, 2, 3, 4, 5, 6})
            QTest::addRow("seed %d", seed) << seed;
    }
    void anyEditsAndTheirUndoingLeadToTheTreeOfTheGraph() {
        QFETCH(int, seed);
        std::mt19937 random(static_cast<unsigned>(seed));
        Outline outline;
        QUndoStack& undo = outline.store.undoStack();
        for (int step = 0; step < 60 && !outline.store.graph().nodes.empty(); ++step) {
            if (random() % 3 == 0)
                random() % 2 ? undo.undo() : undo.redo();
            else
                outline.store.push(someEdit(outline.store.document(), random), QStringLiteral("edit"));
            const OutlineModel fresh(outline.store, outline.run);
            QCOMPARE(rowsOf(outline.model), rowsOf(fresh));
        }
    }

    void foldsScrollAndCurrentRowOutliveAnEdit() {
        studio::DocumentStore store;
        studio::RunController run(store, std::make_unique<test::FakeSession>());
        studio::OutlinePanel panel(store, run);
        store.load(kText, {});
        panel.show();
        QTreeView* tree = panel.tree();
        const QModelIndex agent = panel.model()->indexOf(QStringLiteral("agent/a"));
        QVERIFY(tree->isExpanded(agent));
        tree->collapse(agent);
        tree->setCurrentIndex(panel.model()->indexOf(QStringLiteral("b/sinks/out")));
        QVERIFY(store.push(topology::setNodeProperty(store.document(), "b/channels/c", "capacity", "7"),
                           QStringLiteral("edit")));
        QVERIFY(store.push(topology::removeNodes(store.document(), {"b/sources/in"}, false), QStringLiteral("remove")));
        QVERIFY(!tree->isExpanded(panel.model()->indexOf(QStringLiteral("agent/a"))));
        QCOMPARE(tree->currentIndex().data(OutlineModel::kId).toString(), QStringLiteral("b/sinks/out"));
        QCOMPARE(store.selection(), QSet<QString>{QStringLiteral("b/sinks/out")});
    }
};

MILLRACE_TEST(TestOutlineModel)
#include "tst_outline_model.moc"
