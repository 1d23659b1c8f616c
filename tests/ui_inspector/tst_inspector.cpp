#include "document/document_store.h"
#include "run/run_controller.h"
#include "inspector/figure_table.h"
#include "inspector/form_model.h"
#include "inspector/inspector_panel.h"
#include "inspector/key_completion.h"
#include "inspector/live_page.h"
#include "inspector/margin_editor.h"
#include "inspector/property_field.h"
#include "inspector/property_form.h"
#include "inspector/text_view.h"
#include "support/test_program.h"
#include "ui_run/support/fake_session.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QtTest>

using namespace millrace;
using namespace millrace::studio;

namespace {

const char* const kText = "a.sources = in\n"
                          "a.channels = c\n"
                          "a.sinks = out\n"
                          "a.sources.in.type = netcat\n"
                          "a.sources.in.bind = 127.0.0.1\n"
                          "a.sources.in.port = 44444\n"
                          "a.sources.in.channels = c\n"
                          "a.channels.c.type = memory\n"
                          "a.channels.c.capacity = 1000\n"
                          "a.sinks.out.type = logger\n"
                          "a.sinks.out.channel = c\n";

struct Bench {
    Bench() {
        auto owned = std::make_unique<test::FakeSession>();
        session = owned.get();
        run = std::make_unique<RunController>(store, std::move(owned));
        panel = std::make_unique<InspectorPanel>(store, *run);
        panel->resize(320, 700);
        panel->show();
        store.load(kText, {});
    }
    PropertyField* field(const char* key) { return panel->form()->fieldOf(QLatin1String(key)); }
    QLineEdit* line(const char* key) { return field(key)->findChild<QLineEdit*>(QStringLiteral("value")); }
    QByteArray text() const { return QByteArray::fromStdString(store.document().text()); }

    DocumentStore store;
    test::FakeSession* session = nullptr;
    std::unique_ptr<RunController> run;
    std::unique_ptr<InspectorPanel> panel;
};

} // namespace

class TestInspector : public QObject {
    Q_OBJECT

private slots:
    void aTypedValueIsOneUndoStepAndOneSpan() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        QLineEdit* capacity = bench.line("capacity");
        QVERIFY(capacity);
        QCOMPARE(capacity->text(), QStringLiteral("1000"));
        capacity->setFocus();
        capacity->selectAll();
        QTest::keyClicks(capacity, "2500");
        QCOMPARE(bench.text(), QByteArray(kText).replace("capacity = 1000", "capacity = 2500"));
        QCOMPARE(bench.store.undoStack().count(), 1);
        bench.store.undoStack().undo();
        QCOMPARE(bench.text(), QByteArray(kText));
        QCOMPARE(bench.line("capacity")->text(), QStringLiteral("1000"));
    }

    void anUnsetValueShowsItsDefaultAndIsNotWritten() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        QVERIFY(bench.line("transactionCapacity"));
        QCOMPARE(bench.line("transactionCapacity")->text(), QString());
        QCOMPARE(bench.line("transactionCapacity")->placeholderText(), QStringLiteral("100"));
        QCOMPARE(bench.field("transactionCapacity")->field().state, ValueState::unset);
    }

    void typingTheDefaultKeepsItInTheFile() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        QLineEdit* line = bench.line("transactionCapacity");
        line->setFocus();
        QTest::keyClicks(line, "100");
        QVERIFY2(bench.text().contains("a.channels.c.transactionCapacity = 100\n"), bench.text());
        QCOMPARE(bench.field("transactionCapacity")->field().state, ValueState::setToDefault);
    }

    void theDotTakesAValueOutOfTheFile() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        auto* dot = bench.field("capacity")->findChild<QAbstractButton*>(QStringLiteral("reset"));
        QTest::mouseClick(dot, Qt::LeftButton);
        QCOMPARE(bench.text(), QByteArray(kText).replace("a.channels.c.capacity = 1000\n", ""));
    }

    void anEmptiedFieldTakesItsLineOutAndUndoBringsItBack() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        QLineEdit* line = bench.line("capacity");
        line->setFocus();
        line->selectAll();
        QTest::keyClick(line, Qt::Key_Delete);
        QCOMPARE(bench.text(), QByteArray(kText).replace("a.channels.c.capacity = 1000\n", ""));
        QTest::keyClicks(line, "5");
        QVERIFY2(bench.text().contains("a.channels.c.capacity = 5\n"), bench.text());
        QCOMPARE(bench.store.undoStack().count(), 1);
        bench.store.undoStack().undo();
        QCOMPARE(bench.text(), QByteArray(kText));
    }

    void aPropertyWithAChosenNameIsAdded() {
        Bench bench;
        bench.store.load("a.sources = in\na.sources.in.type = TAILDIR\na.sources.in.filegroups = log\n", {});
        bench.store.select({"a/sources/in"});
        auto* row = bench.panel->findChild<QWidget*>(QStringLiteral("add:filegroups.<group>"));
        QVERIFY(row);
        auto* name = row->findChild<QLineEdit*>(QStringLiteral("newName"));
        name->setFocus();
        QTest::keyClicks(name, "log");
        QTest::keyClick(name, Qt::Key_Return);
        QLineEdit* value = bench.line("filegroups.log");
        QVERIFY(value);
        QTest::keyClicks(value, "logs/a.log");
        QVERIFY2(bench.text().contains("a.sources.in.filegroups.log = logs/a.log\n"), bench.text());
        QCOMPARE(bench.store.undoStack().count(), 1);
    }

    void aMisspeltKeyIsOfferedTheRightName() {
        Bench bench;
        bench.store.load(QByteArray(kText).replace("c.capacity", "c.capacty").toStdString(), {});
        bench.store.select({"a/channels/c"});
        PropertyField* field = bench.field("capacty");
        QVERIFY(field);
        auto* fix = field->findChild<QPushButton*>(QStringLiteral("fixIt"));
        QVERIFY(fix);
        QTest::mouseClick(fix, Qt::LeftButton);
        QCOMPARE(bench.text(), QByteArray(kText));
    }

    void aFixMendsTheNodeThatItStandsAt_data() {
        QTest::addColumn<QSet<QString>>("selected");
        QTest::addColumn<QByteArray>("mended");
        QTest::newRow("the second of two") << QSet<QString>{"a/channels/d"} << QByteArray("a.channels.d.capacity");
        QTest::newRow("the first of two") << QSet<QString>{"a/channels/c"} << QByteArray("a.channels.c.capacity");
    }
    void aFixMendsTheNodeThatItStandsAt() {
        QFETCH(QSet<QString>, selected);
        QFETCH(QByteArray, mended);
        Bench bench;
        bench.store.load(QByteArray(kText)
                             .replace("c.capacity", "c.capacty")
                             .replace("channels = c\n", "channels = c d\n")
                             .append("a.channels.d.type = memory\na.channels.d.capacty = 5\n")
                             .toStdString(),
                         {});
        bench.store.select(selected);
        auto* fix = bench.field("capacty")->findChild<QPushButton*>(QStringLiteral("fixIt"));
        QVERIFY(fix);
        QTest::mouseClick(fix, Qt::LeftButton);
        QVERIFY2(bench.text().contains(mended), bench.text());
        QCOMPARE(bench.text().count("capacty"), 1);
    }

    void whatOnlyTheOldKindOfGroupKnowsGoesWithIt() {
        Bench bench;
        bench.store.load("a.channels = c\na.channels.c.type = memory\na.sinks = k l\n"
                         "a.sinks.k.type = logger\na.sinks.k.channel = c\n"
                         "a.sinks.l.type = logger\na.sinks.l.channel = c\n"
                         "a.sinkgroups = g\na.sinkgroups.g.sinks = k l\na.sinkgroups.g.processor.type = failover\n"
                         "a.sinkgroups.g.processor.priority.k = 20\na.sinkgroups.g.processor.priority.l = 10\n"
                         "a.sinkgroups.g.processor.maxpenalty = 9000\n",
                         {});
        const QByteArray before = bench.text();
        bench.store.select({"a/sinkgroups/g"});
        emit bench.field("processor.type")->edited(QStringLiteral("load_balance"));
        QVERIFY2(bench.text().contains("processor.type = load_balance\n"), bench.text());
        QVERIFY2(!bench.text().contains("priority") && !bench.text().contains("maxpenalty"), bench.text());
        bench.store.undoStack().undo();
        QCOMPARE(bench.text(), before);
    }

    void aTypedNameBelongsToTheNodeItWasBegunFor() {
        Bench bench;
        const auto change = [&bench](const char* node, const char* key, const char* value) {
            QVERIFY(bench.store.push(topology::setNodeProperty(bench.store.document(), node, key, value), "edit"));
        };
        change("a/sinks/out", "maxBytesToLog", "5");
        bench.store.select({"a/channels/c"});
        auto* name = bench.panel->findChild<QLineEdit*>(QStringLiteral("nodeName"));
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, "buffer");
        bench.store.undoStack().undo(); // selects what it brought back: the sink
        QCOMPARE(bench.store.selection(), QSet<QString>{"a/sinks/out"});
        QCOMPARE(name->text(), QStringLiteral("out"));
        QTest::keyClick(name, Qt::Key_Return);
        QCOMPARE(bench.text(), QByteArray(kText));
    }

    void aProblemStandsUnderItsField() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        QLineEdit* line = bench.line("capacity");
        line->setFocus();
        line->selectAll();
        QTest::keyClicks(line, "abc");
        auto* problem = bench.field("capacity")->findChild<QLabel*>(QStringLiteral("problem"));
        QVERIFY(problem);
        QVERIFY2(problem->text().contains("abc"), qPrintable(problem->text()));
        QVERIFY(line->property("invalid").toBool());
        QCOMPARE(QApplication::focusWidget() == line || !bench.panel->isActiveWindow(), true);
    }

    void severalNodesShareTheirCommonKeys() {
        Bench bench;
        bench.store.load(
            std::string(kText) + "a.channels = c d\na.channels.d.type = memory\na.channels.d.capacity = 5\n", {});
        bench.store.select({"a/channels/c", "a/channels/d"});
        PropertyField* field = bench.field("capacity");
        QVERIFY(field);
        QCOMPARE(field->field().state, ValueState::mixed);
        QLineEdit* line = bench.line("capacity");
        line->setFocus();
        QTest::keyClicks(line, "77");
        QVERIFY(bench.text().contains("a.channels.c.capacity = 77\n"));
        QVERIFY(bench.text().contains("a.channels.d.capacity = 77\n"));
        QCOMPARE(bench.store.undoStack().count(), 1);
    }

    void renamingFollowsEveryMention() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        auto* name = bench.panel->findChild<QLineEdit*>(QStringLiteral("nodeName"));
        name->setFocus();
        name->selectAll();
        QTest::keyClicks(name, "queue");
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY2(bench.text().contains("a.sinks.out.channel = queue\n"), bench.text());
        QVERIFY(bench.store.selection().contains("a/channels/queue"));
    }

    void aSinkGroupShowsTheKeysOfItsProcessor() {
        Bench bench;
        bench.store.load(std::string(kText) + "a.sinks = out spare\na.sinks.spare.type = logger\n"
                                              "a.sinks.spare.channel = c\na.sinkgroups = either\n"
                                              "a.sinkgroups.either.sinks = out spare\n"
                                              "a.sinkgroups.either.processor.type = failover\n"
                                              "a.sinkgroups.either.processor.priority.out = 10\n"
                                              "a.sinkgroups.either.processor.maxpenalty = 5000\n",
                         {});
        bench.store.select({"a/sinkgroups/either"});
        const auto* node = bench.store.selectedNode();
        const FormModel model = buildForm(bench.store.document(), {node});
        QVERIFY(model.unknown.isEmpty());
        QStringList keys;
        for (const FormField& field : model.shown)
            keys.append(field.key);
        QCOMPARE(keys, QStringList({"sinks", "processor.type", "processor.maxpenalty"}));
        QVERIFY(model.shown.last().spec);
        QCOMPARE(model.patterns.size(), 1);
        QCOMPARE(model.patterns.first().prefix, QStringLiteral("processor.priority."));
        QCOMPARE(model.patterns.first().fields.first().key, QStringLiteral("processor.priority.out"));
        auto* row = bench.panel->findChild<QWidget*>(QStringLiteral("add:processor.priority.<sink>"));
        QVERIFY(row);
        auto* name = row->findChild<QLineEdit*>(QStringLiteral("newName"));
        QCOMPARE(name->placeholderText(), QStringLiteral("<sink>"));
        name->setFocus();
        QTest::keyClicks(name, "spare");
        QTest::keyClick(name, Qt::Key_Return);
        QLineEdit* value = bench.line("processor.priority.spare");
        QVERIFY(value);
        QTest::keyClicks(value, "5");
        QVERIFY2(bench.text().contains("a.sinkgroups.either.processor.priority.spare = 5\n"), bench.text());
    }

    void theFilterShowsOnlyWhatMatches() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        auto* filter = bench.panel->findChild<QLineEdit*>(QStringLiteral("filterProperties"));
        QTest::keyClicks(filter, "byte");
        QVERIFY(!bench.field("capacity")->isVisible());
        QVERIFY(bench.field("byteCapacity")->isVisible());
    }

    void typedTextBecomesAnEditAndUndoBringsItBack() {
        Bench bench;
        bench.panel->showPage(InspectorPanel::Page::text);
        MarginEditor* editor = bench.panel->textView()->editor();
        QCOMPARE(editor->toPlainText().toUtf8(), QByteArray(kText));
        editor->setFocus();
        QTextCursor cursor = editor->document()->find(QStringLiteral("1000"));
        editor->setTextCursor(cursor);
        QTest::keyClicks(editor, "20");
        QCOMPARE(bench.text(), QByteArray(kText).replace("= 1000", "= 20"));
        QCOMPARE(bench.store.undoStack().count(), 1);
        bench.store.undoStack().undo();
        QCOMPARE(editor->toPlainText().toUtf8(), QByteArray(kText));
        QCOMPARE(bench.text(), QByteArray(kText));
    }

    void theKeyboardStaysInTheTextWhileAKeyIsHalfTyped() {
        Bench bench;
        bench.panel->showPage(InspectorPanel::Page::text);
        MarginEditor* editor = bench.panel->textView()->editor();
        bench.panel->activateWindow();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        editor->moveCursor(QTextCursor::End);
        for (const char letter : QByteArray("a.sinks.out.type = null")) {
            QTest::keyClick(QApplication::focusWidget(), letter);
            if (QWidget* popup = QApplication::activePopupWidget()) popup->hide();
            QCoreApplication::processEvents();
            QVERIFY2(editor->hasFocus(), bench.text());
        }
        QVERIFY2(bench.text().endsWith("\na.sinks.out.type = null"), bench.text());
    }

    void returnEndsTheLineWhenTheWordIsComplete() {
        Bench bench;
        bench.store.load(std::string(kText) + "a.channels = ch ch2\na.channels.ch.type = memory\n"
                                              "a.channels.ch2.type = memory\n",
                         {});
        bench.panel->showPage(InspectorPanel::Page::text);
        MarginEditor* editor = bench.panel->textView()->editor();
        bench.panel->activateWindow();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        editor->moveCursor(QTextCursor::End);
        QTest::keyClicks(editor, "a.sinks.out.channel = ch");
        QTRY_VERIFY(QApplication::activePopupWidget()); // ch, ch2
        QTest::keyClick(bench.panel->windowHandle(), Qt::Key_Return);
        QTRY_VERIFY(!QApplication::activePopupWidget());
        QTRY_VERIFY2(bench.text().endsWith("\na.sinks.out.channel = ch\n"), bench.text());
    }

    void returnTakesTheCompletionOfAnUnfinishedWord() {
        Bench bench;
        bench.panel->showPage(InspectorPanel::Page::text);
        MarginEditor* editor = bench.panel->textView()->editor();
        bench.panel->activateWindow();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        editor->moveCursor(QTextCursor::End);
        QTest::keyClicks(editor, "a.sour");
        QTRY_VERIFY(QApplication::activePopupWidget());
        QTest::keyClick(bench.panel->windowHandle(), Qt::Key_Return);
        QTRY_VERIFY2(bench.text().endsWith("\na.sources"), bench.text());
        QVERIFY(!QApplication::activePopupWidget());
    }

    void theListOfCompletionsGoesWithTheFocus() {
        Bench bench;
        QLineEdit other;
        bench.panel->showPage(InspectorPanel::Page::text);
        other.setParent(bench.panel.get());
        other.setGeometry(0, 0, 40, 20);
        other.show();
        MarginEditor* editor = bench.panel->textView()->editor();
        bench.panel->activateWindow();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        editor->moveCursor(QTextCursor::End);
        QTest::keyClicks(editor, "a.s");
        QTRY_VERIFY(QApplication::activePopupWidget());
        QWidget* popup = QApplication::activePopupWidget();
        QTest::mouseClick(popup, Qt::LeftButton, {}, popup->mapFromGlobal(other.mapToGlobal(QPoint(5, 5))));
        QVERIFY(!QApplication::activePopupWidget());
        QVERIFY(other.hasFocus());
    }

    void theLineUnderTheCursorSelectsItsNode() {
        Bench bench;
        bench.panel->showPage(InspectorPanel::Page::text);
        MarginEditor* editor = bench.panel->textView()->editor();
        bench.panel->activateWindow();
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        editor->setTextCursor(editor->document()->find(QStringLiteral("44444")));
        QCOMPARE(bench.store.selection(), QSet<QString>{"a/sources/in"});
    }

    void aWrongLineIsMarkedInTheMargin() {
        Bench bench;
        bench.panel->showPage(InspectorPanel::Page::text);
        bench.store.load(QByteArray(kText).replace("= 1000", "= abc").toStdString(), {});
        const auto& marks = bench.panel->textView()->editor()->marks();
        QVERIFY(marks.contains(8));
        QVERIFY2(marks.value(8).text.contains("abc"), qPrintable(marks.value(8).text));
    }

    void completionKnowsKeysAndValues_data() {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("word");
        QTest::newRow("an agent") << "a"
                                  << "a.";
        QTest::newRow("a section") << "a.so"
                                   << "a.sources";
        QTest::newRow("a component") << "a.channels."
                                     << "a.channels.c.";
        QTest::newRow("a key") << "a.channels.c.tr"
                               << "a.channels.c.transactionCapacity";
        QTest::newRow("a key of a sink group") << "a.sinkgroups.g.pro"
                                               << "a.sinkgroups.g.processor.type";
        QTest::newRow("a processor") << "a.sinkgroups.g.processor.type = "
                                     << "failover";
        QTest::newRow("a type") << "a.sinks.out.type = "
                                << "hdfs";
        QTest::newRow("a channel of a mapping") << "a.sources.in.selector.mapping.x = "
                                                << "c";
        QTest::newRow("a member of a group") << "a.sinkgroups.g.sinks = "
                                             << "out";
        QTest::newRow("a channel") << "a.sinks.out.channel = "
                                   << "c";
    }
    void completionKnowsKeysAndValues() {
        QFETCH(QString, line);
        QFETCH(QString, word);
        Bench bench;
        const Completions found = completionsAt(bench.store.document(), line, static_cast<int>(line.size()));
        QVERIFY2(found.words.contains(word, Qt::CaseInsensitive), qPrintable(found.words.join(' ')));
    }

    void theChannelsOfAMappingAreChosenFromThoseOfTheAgent() {
        Bench bench;
        bench.store.load(QByteArray(kText).append("a.sources.in.selector.type = multiplexing\n"
                                                  "a.sources.in.selector.header = h\n"
                                                  "a.sources.in.selector.mapping.x = c\n")
                             .toStdString(),
                         {});
        bench.store.select({"a/sources/in"});
        PropertyField* mapping = bench.field("selector.mapping.x");
        QVERIFY(mapping);
        QVERIFY(!mapping->findChild<QLineEdit*>(QStringLiteral("value"))); // nothing is to be typed
    }

    void aPropertyWithoutAValueDoesNotOutliveItsDocument() {
        Bench bench;
        bench.store.select({"a/sources/in"});
        auto* name = bench.panel->form()->findChild<QLineEdit*>(QStringLiteral("newName"));
        QVERIFY(name);
        name->setText(QStringLiteral("x"));
        const QString pattern = name->parentWidget()->objectName().mid(4);
        const QString key = pattern.left(pattern.indexOf(QRegularExpression(QStringLiteral("[*<]")))) + u'x';
        QTest::keyClick(name, Qt::Key_Return);
        QVERIFY2(bench.panel->form()->fieldOf(key), qPrintable(key));
        bench.store.load(kText, {});
        bench.store.select({"a/sources/in"});
        QVERIFY2(!bench.panel->form()->fieldOf(key), qPrintable(key));
    }

    void liveFiguresFollowTheRun() {
        Bench bench;
        bench.store.select({"a/channels/c"});
        bench.panel->showPage(InspectorPanel::Page::live);
        bench.run->start();
        bench.session->answer();
        session::Snapshot snapshot;
        snapshot.running = true;
        session::NodeSnapshot node;
        node.id = "a/channels/c";
        node.state = session::State::waiting;
        node.message = "held up";
        node.in = 20;
        node.out = 8;
        node.level = session::Level{12, 1000, 340};
        snapshot.nodes = {node};
        bench.session->play(snapshot);
        QTRY_COMPARE(bench.panel->live()->figures()->figure(QStringLiteral("Events waiting")), QStringLiteral("12"));
        QCOMPARE(bench.panel->findChild<QLabel*>(QStringLiteral("lastFailure"))->text(), QStringLiteral("held up"));
    }

    void burstIsAskedOfTheTrafficNode() {
        Bench bench;
        bench.store.load("#@ traffic.web.kind = weblog\n#@ traffic.web.rate = 10\n#@ traffic.web.file = logs/a.log\n",
                         {});
        bench.store.select({"traffic/web"});
        auto* burst = bench.panel->findChild<QPushButton*>(QStringLiteral("burst"));
        QVERIFY(burst->isVisible());
        QVERIFY(!burst->isEnabled());
        bench.run->start();
        bench.session->answer();
        QTRY_VERIFY(burst->isEnabled());
        QTest::mouseClick(burst, Qt::LeftButton);
        QCOMPARE(bench.session->bursts.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(bench.session->bursts.front()), QStringLiteral("traffic/web"));
    }
};

MILLRACE_TEST(TestInspector)
#include "tst_inspector.moc"
