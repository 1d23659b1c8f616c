#include "commands/command_registry.h"
#include "shell/window_menus.h"
#include "support/test_program.h"
#include "ui_shell/support/studio.h"

#include <QAction>
#include <QLabel>
#include <QMenu>

using namespace millrace;
using commands::Command;
using commands::CommandRegistry;
using commands::Scope;
using test::Studio;

namespace {

Command command(const QString& id, int& runs) {
    return {.id = id,
            .text = "&Do it",
            .category = commands::Category::edit,
            .group = 0,
            .keys = {QKeySequence(Qt::CTRL | Qt::Key_E)},
            .help = "Does it now",
            .run = [&runs](bool) { ++runs; }};
}

} // namespace

class TestCommands : public QObject {
    Q_OBJECT

private slots:
    void everyCommandOfTheWindowCanBeFound() {
        Studio studio;
        CommandRegistry& registry = studio.window->commands();
        QVERIFY(registry.all().size() > 25);
        for (const Command& one : registry.all()) {
            QVERIFY2(!registry.plainText(one.id).isEmpty(), qPrintable(one.id));
            QVERIFY2(one.run, qPrintable(one.id));
            QVERIFY2(studio.window->menus().of(one.category)->actions().contains(registry.action(one.id)),
                     qPrintable(one.id));
        }
    }

    void noKeyBelongsToTwoCommands() {
        Studio studio;
        QHash<QString, QString> owners; // the drawing's keys are heard beside the window's
        for (const Command& one : studio.window->commands().all())
            for (const QKeySequence& key : studio.window->commands().keys(one.id)) {
                QVERIFY2(!owners.contains(key.toString()), qPrintable(one.id + owners[key.toString()]));
                owners.insert(key.toString(), one.id);
            }
    }

    void keysThatTheUserChangedAreKept() {
        Studio studio;
        const QKeySequence own(Qt::CTRL | Qt::Key_R);
        studio.window->commands().setKeys(u"run"_qs, {own});
        studio.startAnew();
        QAction* run = studio.window->commands().action(u"run"_qs);
        QCOMPARE(run->shortcuts(), QList<QKeySequence>{own});
        QVERIFY(studio.window->commands().tip(u"run"_qs).contains(own.toString(QKeySequence::NativeText)));
        auto* button = studio.find<QWidget>(QStringLiteral("runStop"));
        QCOMPARE(button->toolTip(), studio.window->commands().tip(u"run"_qs));
        studio.window->commands().setKeys(u"run"_qs, {});
        QCOMPARE(run->shortcuts(), QList<QKeySequence>{QKeySequence(Qt::Key_F5)});
        studio.startAnew();
        QCOMPARE(studio.window->commands().action(u"run"_qs)->shortcut(), QKeySequence(Qt::Key_F5));
    }

    void theListOfKeysIsMadeOfTheCommands() {
        Studio studio;
        studio.window->show();
        studio.window->commands().setKeys(u"tidyUp"_qs, {QKeySequence(Qt::CTRL | Qt::Key_J)});
        studio.window->commands().action(u"shortcuts"_qs)->trigger();
        auto* dialog = studio.find<QWidget>(QStringLiteral("shortcuts"));
        QVERIFY(dialog);
        QStringList texts;
        for (const QLabel* label : dialog->findChildren<QLabel*>())
            texts.append(label->text());
        QVERIFY(texts.contains(QKeySequence(Qt::CTRL | Qt::Key_J).toString(QKeySequence::NativeText)));
        QVERIFY(texts.contains(QStringLiteral("Tidy up")));
    }

    void aCommandRunsWhenItMay() {
        QWidget window;
        CommandRegistry registry(&window, {});
        int runs = 0;
        bool may = false;
        Command one = command(u"one"_qs, runs);
        one.enabled = [&may] { return may; };
        registry.add(one);
        registry.refresh();
        registry.action(u"one"_qs)->trigger();
        QCOMPARE(runs, 0);
        may = true;
        registry.refresh();
        registry.action(u"one"_qs)->trigger();
        QCOMPARE(runs, 1);
    }

    void aStateIsToldAndNotTakenForAWish() {
        QWidget window;
        CommandRegistry registry(&window, {});
        int runs = 0;
        bool on = false;
        Command one = command(u"one"_qs, runs);
        one.checked = [&on] { return on; };
        registry.add(one);
        on = true;
        registry.refresh();
        QVERIFY(registry.action(u"one"_qs)->isChecked());
        QCOMPARE(runs, 0);
    }

    void keysOfTheDrawingAreHeardOnlyThere() {
        QWidget window;
        QWidget drawing(&window);
        CommandRegistry registry(&window, {});
        int runs = 0;
        Command one = command(u"one"_qs, runs);
        one.scope = Scope::drawing;
        registry.hear(Scope::drawing, &drawing);
        registry.add(one);
        QVERIFY(window.actions().isEmpty());
        QCOMPARE(drawing.actions(), QList<QAction*>{registry.action(u"one"_qs)});
    }

    void aMenuHasALineBetweenGroups() {
        QWidget window;
        CommandRegistry registry(&window, {});
        int runs = 0;
        for (const int group : {0, 0, 1}) {
            Command one = command(QString::number(registry.all().size()), runs);
            one.group = group;
            one.keys.clear();
            registry.add(one);
        }
        QMenu menu;
        registry.fill(&menu, commands::Category::edit);
        QCOMPARE(menu.actions().size(), 4);
        QVERIFY(menu.actions().at(2)->isSeparator());
    }

    void theLetterOfAMenuIsNoPartOfItsName_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("plain");
        QTest::newRow("within") << QStringLiteral("Save &as…") << QStringLiteral("Save as…");
        QTest::newRow("behind") << QString::fromUtf8("文件(&F)") << QString::fromUtf8("文件");
    }
    void theLetterOfAMenuIsNoPartOfItsName() {
        QFETCH(QString, text);
        QTEST(commands::withoutLetter(text), "plain");
    }
};

MILLRACE_TEST(TestCommands)
#include "tst_commands.moc"
