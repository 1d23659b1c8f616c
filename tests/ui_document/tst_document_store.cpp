#include "document/document_store.h"
#include "support/test_program.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace millrace;
using studio::DocumentStore;

namespace {

const char* const kText = "a.sources = in\na.channels = c\na.sinks = out\n"
                          "a.sources.in.type = netcat\na.sources.in.bind = 127.0.0.1\na.sources.in.port = 4141\n"
                          "a.sources.in.channels = c\na.channels.c.type = memory\na.sinks.out.type = logger\n"
                          "a.sinks.out.channel = c\n";

} // namespace

class DocumentStoreTest : public QObject {
    Q_OBJECT
private:
    static topology::Edit set(DocumentStore& store, std::string_view key, std::string_view value) {
        auto edit = topology::setProperty(store.document(), key, value);
        return edit ? *edit : topology::Edit{};
    }

private slots:
    void undoGivesTheSameBytesAndRedoTheOthers() {
        DocumentStore store;
        store.load(kText, {});
        store.push(set(store, "a.sources.in.port", "4242"), QStringLiteral("Set port"));
        const std::string edited = store.document().text();
        QVERIFY(edited != kText);
        store.undoStack().undo();
        QCOMPARE(store.document().text(), std::string(kText));
        store.undoStack().redo();
        QCOMPARE(store.document().text(), edited);
        QCOMPARE(store.undoStack().undoText(), QStringLiteral("Set port"));
    }

    void typingInOneFieldIsOneStep() {
        DocumentStore store;
        store.load(kText, {});
        for (const char* typed : {"5", "51", "515", "5151"})
            store.push(set(store, "a.sources.in.port", typed), QStringLiteral("Set port"), 7);
        QCOMPARE(store.undoStack().count(), 1);
        const std::string typed = store.document().text();
        store.undoStack().undo();
        QCOMPARE(store.document().text(), std::string(kText));
        store.undoStack().redo();
        QCOMPARE(store.document().text(), typed);
        store.push(set(store, "a.sources.in.bind", "0.0.0.0"), QStringLiteral("Set bind"), 8);
        QCOMPARE(store.undoStack().count(), 2);
    }

    void anEmptyEditIsNoStep() {
        DocumentStore store;
        store.load(kText, {});
        store.push(topology::Edit{}, QStringLiteral("nothing"));
        QCOMPARE(store.undoStack().count(), 0);
    }

    void whatCannotBeAppliedIsRefusedAndIsNoStep() {
        DocumentStore store;
        store.load(kText, {});
        QSignalSpy refused(&store, &DocumentStore::refused);
        store.push(topology::Edit{{{{900'000, 900'001}, "x"}}, {}}, QStringLiteral("beyond the end"));
        QCOMPARE(refused.count(), 1);
        QCOMPARE(store.undoStack().count(), 0);
        QVERIFY(!store.push(Result<topology::Edit>(Error{ErrorCode::invalidArgument, "no", false}), {}));
        QCOMPARE(refused.last().first().toString(), QStringLiteral("no"));
    }

    void selectionFollowsARenameAndForgetsWhatIsGone() {
        DocumentStore store;
        store.load(kText, {});
        store.select({QStringLiteral("a/channels/c"), QStringLiteral("a/sinks/out"), QStringLiteral("nobody")});
        QCOMPARE(store.selection().size(), 2);
        QVERIFY(store.push(topology::rename(store.document(), "a/channels/c", "buffer"), QStringLiteral("Rename")));
        QVERIFY(store.selection().contains(QStringLiteral("a/channels/buffer")));
        QVERIFY(store.push(topology::removeNodes(store.document(), {"a/sinks/out"}, true), QStringLiteral("Delete")));
        QCOMPARE(store.selection(), QSet<QString>{QStringLiteral("a/channels/buffer")});
    }

    void undoSelectsWhatItTouched() {
        DocumentStore store;
        store.load(kText, {});
        QVERIFY(store.push(topology::removeNodes(store.document(), {"a/sinks/out"}, true), QStringLiteral("Delete")));
        store.select({QStringLiteral("a/sources/in")});
        QSignalSpy selected(&store, &DocumentStore::selectionChanged);
        store.undoStack().undo();
        QVERIFY(store.selection().contains(QStringLiteral("a/sinks/out")));
        QVERIFY(!store.selection().contains(QStringLiteral("a/sources/in")));
        QCOMPARE(selected.count(), 1);
    }

    void undoOfARenameSelectsWhatWasRenamed_data() {
        QTest::addColumn<QString>("node");
        QTest::newRow("an agent") << "agent/a";
        QTest::newRow("a channel that others mention") << "a/channels/c";
    }
    void undoOfARenameSelectsWhatWasRenamed() {
        QFETCH(QString, node);
        DocumentStore store;
        store.load(kText, {});
        store.select({node});
        QVERIFY(store.push(topology::rename(store.document(), node.toStdString(), "other"), QStringLiteral("Rename")));
        const QSet<QString> renamed = store.selection();
        QCOMPARE(renamed.size(), 1);
        store.undoStack().undo();
        QCOMPARE(store.selection(), QSet<QString>{node});
        store.undoStack().redo();
        QCOMPARE(store.selection(), renamed);
    }

    void savingMakesItCleanAndKeepsTheBytes() {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.conf"));
        DocumentStore store;
        store.load(kText, {});
        QCOMPARE(store.displayName(), QStringLiteral("untitled"));
        QSignalSpy modified(&store, &DocumentStore::modifiedChanged);
        store.push(set(store, "a.sources.in.port", "4242"), {});
        QVERIFY(store.isModified());
        QCOMPARE(modified.count(), 1);
        QString error;
        QVERIFY2(store.save(path, &error), qPrintable(error));
        QVERIFY(!store.isModified());
        QCOMPARE(store.displayName(), QStringLiteral("a.conf"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll().toStdString(), store.document().text());
        store.undoStack().undo();
        QVERIFY(store.isModified());

        DocumentStore again;
        QVERIFY(again.open(path, &error));
        QCOMPARE(again.path(), path);
        QVERIFY(!again.isModified());
    }

    void aFileThatCannotBeReadChangesNothing() {
        DocumentStore store;
        store.load(kText, {});
        QString error;
        QVERIFY(!store.open(QStringLiteral("/nowhere/a.conf"), &error));
        QVERIFY(!error.isEmpty());
        QCOMPARE(store.document().text(), std::string(kText));
        QVERIFY(!store.save(QStringLiteral("/nowhere/a.conf"), &error));
    }

    void everyChangeTellsWhatItDidToTheDrawing() {
        DocumentStore store;
        studio::GraphDelta told;
        connect(&store, &DocumentStore::changed, this,
                [&](const topology::Edit&, const studio::GraphDelta& delta) { told = delta; });
        using Ids = std::vector<topology::NodeId>;
        store.load(kText, {});
        QVERIFY(told.loaded);
        store.push(set(store, "a.sources.in.port", "1"), {});
        QVERIFY(!told.loaded && !told.wires && told.added.empty() && told.removed.empty());
        QCOMPARE(told.changed, Ids{"a/sources/in"});
        QVERIFY(store.push(topology::rename(store.document(), "a/channels/c", "buffer"), {}));
        QCOMPARE(told.renamed.size(), std::size_t(1));
        QCOMPARE(told.renamed.front().to, topology::NodeId("a/channels/buffer"));
        QVERIFY(told.wires && told.added.empty() && told.removed.empty());
        QVERIFY(store.push(topology::removeNodes(store.document(), {"a/sinks/out"}, true), {}));
        QCOMPARE(told.removed, Ids{"a/sinks/out"});
        store.undoStack().undo();
        QCOMPARE(told.added, Ids{"a/sinks/out"});
    }

    void everyChangeTellsItsEdit() {
        DocumentStore store;
        std::vector<topology::Edit> told;
        connect(&store, &DocumentStore::changed, this, [&](const topology::Edit& edit) { told.push_back(edit); });
        store.load(kText, {});
        const topology::Edit edit = set(store, "a.sources.in.port", "1");
        store.push(edit, {});
        store.undoStack().undo();
        QCOMPARE(told.size(), std::size_t(3));
        QVERIFY(told[0].empty());
        QVERIFY(told[1] == edit);
        QVERIFY(!told[2].empty());
    }

    void aBigDocumentIsCheckedAsideAndTheNewestWins() {
        std::string text = "a.sources = in\na.channels = c\na.sources.in.type = seq\na.sources.in.channels = c\n"
                           "a.channels.c.type = memory\na.channels.c.capacity = 10\n";
        text += "# " + std::string(100'000, 'x') + "\n";
        DocumentStore store;
        store.load(text, {});
        QVERIFY(store.isChecked());
        const auto complains = [&store] {
            return std::ranges::any_of(store.diagnostics(),
                                       [](const topology::Diagnostic& one) { return one.property == "capacity"; });
        };
        QVERIFY(!complains());
        QSignalSpy spy(&store, &DocumentStore::checked);
        const auto setCapacity = [&store](const char* value) {
            QVERIFY(store.push(topology::setNodeProperty(store.document(), "a/channels/c", "capacity", value),
                               QStringLiteral("edit")));
        };
        setCapacity("many");
        QVERIFY(!store.isChecked());
        QVERIFY(!complains()); // nobody waited
        setCapacity("more");
        QTRY_VERIFY(store.isChecked());
        QCOMPARE(spy.size(), 1);
        QVERIFY(complains());
        QVERIFY(store.checkedDocument().isSameAs(store.document()));
        setCapacity("7");
        store.finishChecking();
        QVERIFY(store.isChecked());
        QCOMPARE(spy.size(), 2);
        QVERIFY(!complains());
        QTest::qWait(0); // what the thread says of it too late is nothing new
        QCOMPARE(spy.size(), 2);
    }

    void anotherDocumentNeverHasTheProblemsOfTheOneBefore() {
        DocumentStore store;
        store.load("a.sources = in\n# " + std::string(100'000, 'x') + "\n", {});
        QVERIFY(!store.diagnostics().empty());
        store.push(topology::setProperty(store.document(), "a.channels", "c"), QStringLiteral("edit"));
        QVERIFY(!store.isChecked());
        store.load("#@ version = 1\n", {});
        QVERIFY(store.isChecked());
        QVERIFY(store.diagnostics().empty());
    }
};

MILLRACE_TEST(DocumentStoreTest)
#include "tst_document_store.moc"
