#include "support/test_program.h"
#include "ui_inspector/support/bench.h"

#include "inspector/form_model.h"

#include <QAbstractButton>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QtTest>

using namespace millrace;
using namespace millrace::studio;
using test::Bench;
using test::kText;

class TestPropertyForm : public QObject {
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

    void problemsThatAreFoundLaterNeedNoForm_data() {
        QTest::addColumn<QSet<QString>>("selectedBefore");
        QTest::newRow("nothing was ever selected") << QSet<QString>{};
        QTest::newRow("what was selected is so no more") << QSet<QString>{"a0/channels/c"};
    }
    void problemsThatAreFoundLaterNeedNoForm() {
        QFETCH(QSet<QString>, selectedBefore);
        Bench bench;
        std::string big; // too big to be checked at once
        for (int i = 0; i < 200; ++i)
            big += QByteArray(kText).replace("a.", QByteArray("a%1.").replace("%1", QByteArray::number(i))).toStdString();
        bench.store.load(big, {});
        bench.store.select(selectedBefore);
        bench.store.select({});
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        bench.store.push(topology::setProperty(bench.store.document(), "a7.channels.c.capacity", "many"), {});
        QVERIFY(!bench.store.isChecked());
        QTRY_VERIFY(bench.store.isChecked());
        bench.store.select({"a7/channels/c"});
        QVERIFY(bench.field("capacity")->findChild<QLabel*>(QStringLiteral("problem")));
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
};

MILLRACE_TEST(TestPropertyForm)
#include "tst_property_form.moc"
