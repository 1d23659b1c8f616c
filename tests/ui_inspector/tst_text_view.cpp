#include "support/test_program.h"
#include "ui_inspector/support/bench.h"

#include "inspector/key_completion.h"
#include "inspector/margin_editor.h"
#include "inspector/text_view.h"

#include <QLineEdit>
#include <QtTest>

using namespace millrace;
using namespace millrace::studio;
using test::Bench;
using test::kText;

class TestTextView : public QObject {
    Q_OBJECT
private slots:
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
};

MILLRACE_TEST(TestTextView)
#include "tst_text_view.moc"
