#include "support/test_program.h"
#include "ui_shell/support/studio.h"

#include "canvas/view/canvas_view.h"
#include "inspector/inspector_panel.h"
#include "inspector/property_field.h"
#include "inspector/property_form.h"
#include "look/numbers.h"
#include "look/theme.h"
#include "monitor/monitor_panel.h"
#include "commands/command_registry.h"
#include "shell/document_files.h"
#include "shell/draining_dialog.h"
#include "shell/examples.h"
#include "screens/log/log_model.h"
#include "screens/log/log_panel.h"
#include "shell/notice_bar.h"
#include "screens/outline/outline_panel.h"
#include "shell/palette/palette_panel.h"
#include "shell/screen_docks.h"
#include "screens/problems/problem_model.h"
#include "screens/problems/problems_panel.h"
#include "shell/recovery.h"
#include "shell/start_page.h"
#include "shell/window_menus.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QComboBox>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QWheelEvent>

using namespace millrace;
using test::Studio;

namespace {

const char* const kAgent = "# mine\r\n"
                           "a.sources = in\r\n"
                           "a.channels = c\r\n"
                           "a.sinks = out\r\n"
                           "a.sources.in.type = netcat\r\n"
                           "a.sources.in.bind = 127.0.0.1\r\n"
                           "a.sources.in.port = 44444\r\n"
                           "a.sources.in.channels = c\r\n"
                           "a.channels.c.type = memory\r\n"
                           "a.channels.c.capacity = 1000\r\n"
                           "a.sinks.out.type = logger\r\n"
                           "a.sinks.out.channel = c";

void type(QLineEdit* line, const char* text) {
    line->setFocus();
    line->selectAll();
    QTest::keyClicks(line, text);
}

session::Issue portTaken() {
    session::Issue issue;
    issue.severity = "error";
    issue.code = "port-taken";
    issue.arguments = {"127.0.0.1:44444", "127.0.0.1:54444"};
    issue.node = "a/sources/in";
    issue.message = "Port 44444 is taken";
    issue.takenAddress = "127.0.0.1:44444";
    issue.freeAddress = "127.0.0.1:54444";
    return issue;
}

} // namespace

class TestMainWindow : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void theStartPageOpensAnExample() {
        Studio studio;
        studio.window->show();
        QVERIFY(!studio.window->files().isOpen());
        auto* card = studio.find<QAbstractButton>(QStringLiteral("example:weblog"));
        QVERIFY(card);
        QTest::mouseClick(card, Qt::LeftButton);
        QVERIFY(studio.window->files().isOpen());
        QCOMPARE(studio.window->files().title(), QStringLiteral("weblog.conf"));
        QVERIFY(studio.window->store().path().isEmpty());
        QVERIFY(studio.window->store().graph().find("web/sources/access"));
        QVERIFY(studio.window->run().runDirectory().endsWith(QStringLiteral("/runs/example-weblog")));
    }

    void theWindowFitsAScreenOfAThousandPixelsAtOneAndAHalf_data() {
        QTest::addColumn<QString>("language");
        QTest::newRow("English") << QStringLiteral("en");
        QTest::newRow("Chinese") << QStringLiteral("zh_CN");
    }
    void theWindowFitsAScreenOfAThousandPixelsAtOneAndAHalf() {
        QFETCH(QString, language);
        Studio studio(language);
        studio.window->show();
        constexpr QSize kRoom(1000, 600); // less what a desktop's own bars and frames take
        for (const studio::Example& example : studio::examples()) {
            QVERIFY(studio.window->files().openExample(example.name));
            QCoreApplication::processEvents();
            const QSize least = studio.window->minimumSizeHint();
            QVERIFY2(least.width() <= kRoom.width() && least.height() <= kRoom.height(),
                     qPrintable(QStringLiteral("%1 x %2").arg(least.width()).arg(least.height())));
        }
    }

    void everyExampleOpensWithoutErrors() {
        Studio studio;
        for (const studio::Example& example : studio::examples()) {
            QVERIFY2(studio.window->files().openExample(example.name), qPrintable(example.name));
            QVERIFY2(!studio.window->store().document().hasErrors(), qPrintable(example.name));
        }
        QCOMPARE(studio::examples().size(), 8);
    }

    void anOpenedFileIsSavedAsTheSameBytes() {
        Studio studio;
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        QVERIFY(studio.window->files().save());
        QCOMPARE(Studio::read(path), QByteArray(kAgent));
    }

    void anEditedFieldChangesOneSpanAndUndoBringsItBack() {
        Studio studio;
        studio.window->show();
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        studio.window->store().select({QStringLiteral("a/channels/c")});
        auto* field = studio.window->screens().get<studio::InspectorPanel>().form()->fieldOf(QStringLiteral("capacity"));
        type(field->findChild<QLineEdit*>(QStringLiteral("value")), "2000");
        QVERIFY(studio.window->isWindowModified());
        studio.window->commands().action(u"save"_qs)->trigger();
        QCOMPARE(Studio::read(path), QByteArray(kAgent).replace("= 1000", "= 2000"));
        QVERIFY(!studio.window->isWindowModified());
        QVERIFY(studio.window->commands().action(u"undo"_qs)->text().contains("capacity"));
        studio.window->commands().action(u"undo"_qs)->trigger();
        studio.window->commands().action(u"save"_qs)->trigger();
        QCOMPARE(Studio::read(path), QByteArray(kAgent));
    }

    void closingWithChangesAsks_data() {
        QTest::addColumn<int>("answer");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<bool>("saved");
        QTest::newRow("save") << 0 << true << true;
        QTest::newRow("do not save") << 1 << true << false;
        QTest::newRow("cancel") << 2 << false << false;
    }
    void closingWithChangesAsks() {
        QFETCH(int, answer);
        QFETCH(bool, closes);
        QFETCH(bool, saved);
        Studio studio;
        studio.window->show();
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        auto& store = studio.window->store();
        store.push(topology::setNodeProperty(store.document(), "a/channels/c", "capacity", "7"),
                   QStringLiteral("edit"));
        studio.dialogs.nextAnswers = {answer};
        QCOMPARE(studio.window->close(), closes);
        QCOMPARE(studio.dialogs.questions.size(), 1);
        QCOMPARE(Studio::read(path).contains("= 7"), saved);
    }

    void aFileThatCannotBeOpenedIsToldAbout() {
        Studio studio;
        QVERIFY(!studio.window->files().open(studio.folder.filePath(QStringLiteral("missing.conf"))));
        QCOMPARE(studio.dialogs.told.size(), 1);
        QVERIFY2(studio.dialogs.told.front().contains("missing.conf"), qPrintable(studio.dialogs.told.front()));
        QVERIFY(!studio.window->files().isOpen());
    }

    void unsavedChangesOutliveAStudioThatIsKilled_data() {
        QTest::addColumn<bool>("signal");
        QTest::newRow("killed") << false;
        QTest::newRow("told to end") << true;
    }
    void unsavedChangesOutliveAStudioThatIsKilled() {
        QFETCH(bool, signal);
        Studio studio;
        studio.window->show();
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        auto& store = studio.window->store();
        QVERIFY(store.push(topology::setNodeProperty(store.document(), "a/channels/c", "capacity", "7"),
                           QStringLiteral("edit")));
        const std::string text = store.document().text();
        if (signal)
            studio.window->shutDown(true);
        else
            studio.window->findChild<studio::RecoveryCopy*>()->keepNow();
        QVERIFY(studio.dialogs.questions.isEmpty());
        studio.startAnew();
        studio.window->show();
        studio.window->offerLeftovers();
        auto* recover = studio.find<QPushButton>(QStringLiteral("recover"));
        QVERIFY(recover);
        QTest::mouseClick(recover, Qt::LeftButton);
        QVERIFY(studio.window->files().isOpen());
        QCOMPARE(studio.window->store().document().text(), text);
        QCOMPARE(studio.window->store().path(), path);
        QVERIFY(studio.window->store().isModified());
        QCOMPARE(Studio::read(path), QByteArray(kAgent));
        // Saved, nothing is left of it.
        QVERIFY(studio.window->files().save());
        QTRY_VERIFY(QDir(studio.folder.filePath(QStringLiteral("recovery"))).isEmpty());
    }

    void whatIsDiscardedIsNotOfferedAgain() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        auto& store = studio.window->store();
        topology::Edit edit;
        edit.replacements.push_back({{0, 0}, "# mine\n"});
        store.push(edit, QStringLiteral("edit"));
        studio.window->findChild<studio::RecoveryCopy*>()->keepNow();
        studio.startAnew();
        studio.window->show();
        studio.window->offerLeftovers();
        auto* discard = studio.find<QPushButton>(QStringLiteral("discard"));
        QVERIFY(discard);
        QTest::mouseClick(discard, Qt::LeftButton);
        studio.startAnew();
        studio.window->offerLeftovers();
        QVERIFY(!studio.find<QPushButton>(QStringLiteral("discard")));
    }

    void aStudioThatIsClosedLeavesNoCopy() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        auto& store = studio.window->store();
        QVERIFY(store.push(topology::setNodeProperty(store.document(), "a/channels/c", "capacity", "7"),
                           QStringLiteral("edit")));
        studio.window->findChild<studio::RecoveryCopy*>()->keepNow();
        studio.dialogs.nextAnswers = {1}; // do not save
        QVERIFY(studio.window->close());
        QTRY_VERIFY(QDir(studio.folder.filePath(QStringLiteral("recovery"))).isEmpty());
    }

    void theTabsOfANarrowWindowStayInSight() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        QTabWidget* bottom = studio.window->screens().tabs();
        QWidget* controls = studio.window->screens().get<studio::MonitorPanel>().controls();
        for (const int width : {900, 1600}) {
            studio.window->resize(width, 600);
            QTRY_COMPARE(bottom->cornerWidget() == controls, width == 1600);
            QTRY_VERIFY(controls->isVisible());
            const QTabBar* bar = bottom->tabBar();
            QTRY_VERIFY(bar->rect().contains(bar->tabRect(bar->count() - 1)));
        }
    }

    void aRefusalIsToldUntilTheNextEdit() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        auto& store = studio.window->store();
        QVERIFY(!store.push(topology::rename(store.document(), "a/channels/c", "not a name"), QStringLiteral("Rename")));
        QVERIFY(!studio.window->notice().text().isEmpty());
        QVERIFY(store.push(topology::rename(store.document(), "a/channels/c", "queue"), QStringLiteral("Rename")));
        QCOMPARE(studio.window->notice().text(), QString());
    }

    void aProblemThatTheRunTellsTooIsShownOnce() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(
            studio.write(QStringLiteral("a.conf"), QByteArray(kAgent).replace("a.sources.in.port = 44444\r\n", ""))));
        auto* problems = &studio.window->screens().get<studio::ProblemsPanel>();
        const int before = problems->count();
        const auto& known = studio.window->store().document().diagnostics();
        QVERIFY(!known.empty());
        session::Issue same;
        same.severity = "error";
        same.code = known.front().code;
        same.arguments = known.front().arguments;
        same.node = known.front().node;
        same.message = known.front().message;
        studio.window->startRun();
        studio.session->answer(false, {same, portTaken()});
        QTRY_COMPARE(problems->count(), before + 1);
        studio.window->screens().show(studio.window->screens().get<studio::ProblemsPanel>());
        QCOMPARE(problems->model()->rowCount(), before + 1);
        auto* state = studio.find<QLabel>(QStringLiteral("documentState"));
        QVERIFY2(state->text().contains(QString::number(before + 1)), qPrintable(state->text()));
    }

    void theBarAndTheListCountTheSameProblems_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("an error") << QByteArray(kAgent).replace("1000", "abc");
        QTest::newRow("warnings only") << QByteArray(kAgent).replace("capacity", "capacty");
        QTest::newRow("none") << QByteArray(kAgent);
    }
    void theBarAndTheListCountTheSameProblems() {
        QFETCH(QByteArray, text);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), text)));
        int problems = 0;
        for (const auto& one : studio.window->store().document().diagnostics())
            problems += one.severity != topology::Severity::information ? 1 : 0;
        const QString shown = studio.find<QLabel>(QStringLiteral("documentState"))->text();
        const QString tab = studio.window->screens().tabs()->tabText(1);
        QCOMPARE(shown.isEmpty(), problems == 0);
        QVERIFY2(problems == 0 || shown.contains(QString::number(problems)), qPrintable(shown));
        QCOMPARE(tab.contains(QString::number(problems)), problems > 0);
    }

    void recentFilesAreOfferedNewestFirst() {
        Studio studio;
        const QString one = studio.write(QStringLiteral("one.conf"), kAgent),
                      two = studio.write(QStringLiteral("two.conf"), kAgent);
        QVERIFY(studio.window->files().open(one));
        QVERIFY(studio.window->files().open(two));
        QCOMPARE(studio.settings.recentFiles(), (QStringList{two, one}));
    }

    void aChangeOnDiskOffersReload() {
        Studio studio;
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        const QByteArray changed = QByteArray(kAgent).replace("1000", "3000");
        studio.write(QStringLiteral("a.conf"), changed);
        QTRY_VERIFY(!studio.window->notice().text().isEmpty());
        studio.window->files().reload();
        QCOMPARE(QByteArray::fromStdString(studio.window->store().document().text()), changed);
        studio.window->commands().action(u"undo"_qs)->trigger();
        QCOMPARE(QByteArray::fromStdString(studio.window->store().document().text()), QByteArray(kAgent));
    }

    void afterAClickOnAnOfferTheKeyboardStopsNothing_data() {
        QTest::addColumn<QString>("offer");
        QTest::newRow("reload") << QStringLiteral("Reload");
        QTest::newRow("keep") << QStringLiteral("Keep this version");
    }
    void afterAClickOnAnOfferTheKeyboardStopsNothing() {
        QFETCH(QString, offer);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        studio.start({});
        studio.write(QStringLiteral("a.conf"), QByteArray(kAgent).replace("1000", "3000"));
        QTRY_VERIFY(studio.window->notice().isVisible());
        for (auto* button : studio.window->notice().findChildren<QPushButton*>()) {
            if (button->text() != offer) continue;
            button->setFocus();
            QTest::keyClick(button, Qt::Key_Space);
            break;
        }
        QVERIFY(!studio.window->notice().isVisible());
        QVERIFY(studio.window->focusWidget());
        QTest::keyClick(studio.window->focusWidget(), Qt::Key_Space);
        QCOMPARE(studio.window->run().phase(), studio::RunController::Phase::running);
        QCOMPARE(studio.window->focusWidget(), &studio.window->canvas());
    }

    void afterAFixInTheListTheKeyboardStaysInTheList() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(
            studio.write(QStringLiteral("a.conf"), QByteArray(kAgent).replace("capacity", "capacty"))));
        QCoreApplication::processEvents(); // a document that is opened gives the canvas the keyboard
        studio.start({});
        QTRY_COMPARE(studio.window->run().phase(), studio::RunController::Phase::running);
        QCoreApplication::processEvents(); // a start that succeeded leaves the list of problems
        auto* problems = &studio.window->screens().get<studio::ProblemsPanel>();
        studio.window->screens().show(studio.window->screens().get<studio::ProblemsPanel>());
        auto* fix = problems->tree()->findChild<QPushButton*>(QStringLiteral("fixIt"));
        QVERIFY(fix);
        fix->setFocus();
        QTest::keyClick(fix, Qt::Key_Space);
        QTRY_COMPARE(QByteArray::fromStdString(studio.window->store().document().text()), QByteArray(kAgent));
        QCOMPARE(studio.window->focusWidget(), problems->tree());
    }

    void whatWasLeftUnsavedIsStillOfferedWhenARunStarts() {
        Studio studio;
        studio.window->show();
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        auto& store = studio.window->store();
        QVERIFY(store.push(topology::setNodeProperty(store.document(), "a/channels/c", "capacity", "7"),
                           QStringLiteral("edit")));
        studio.window->findChild<studio::RecoveryCopy*>()->keepNow();
        studio.startAnew();
        studio.window->show();
        QVERIFY(studio.window->files().open(path));
        studio.window->offerLeftovers();
        QVERIFY(studio.window->notice().isVisible());
        studio.window->startRun();
        QVERIFY(studio.window->notice().isVisible());
        QVERIFY2(studio.window->notice().text().contains(QStringLiteral("a.conf")),
                 qPrintable(studio.window->notice().text()));
    }

    void runAndStopThroughTheOneButton() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("one-agent")));
        auto* button = studio.find<QPushButton>(QStringLiteral("runStop"));
        QCOMPARE(button->text(), QStringLiteral("Run"));
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(studio.session->starts.size(), std::size_t(1));
        studio.session->answer();
        QTRY_COMPARE(studio.window->run().phase(), studio::RunController::Phase::running);
        QCOMPARE(button->text(), QStringLiteral("Stop"));
        session::Snapshot snapshot;
        snapshot.account = {1500, 1400, 100, 0};
        studio.play(snapshot);
        QTRY_VERIFY(studio.find<QLabel>(QStringLiteral("account"))->text().contains(look::exact(1400)));
        QTest::mouseClick(button, Qt::LeftButton);
        studio.session->answer();
        QTRY_COMPARE(studio.window->run().phase(), studio::RunController::Phase::stopped);
        QCOMPARE(button->text(), QStringLiteral("Run"));
    }

    void closingWhileRunningDrainsFirst() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("one-agent")));
        studio.window->startRun();
        studio.session->answer();
        QTRY_COMPARE(studio.window->run().phase(), studio::RunController::Phase::running);
        QVERIFY(!studio.window->close());
        QVERIFY(studio.window->isVisible());
        QVERIFY(studio.find<studio::DrainingDialog>(QStringLiteral("draining")));
        QCOMPARE(studio.session->open.back().second, std::string("stop"));
        studio.session->answer();
        QTRY_VERIFY(!studio.window->isVisible());
    }

    void aTakenPortIsReplacedInOneStep() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        studio.window->startRun();
        studio.session->answer(false, {portTaken()});
        QTRY_VERIFY(studio.window->notice().text().contains("44444"));
        auto* tree = studio.window->screens().get<studio::ProblemsPanel>().tree();
        QCOMPARE(studio.window->screens().tabs()->currentWidget(), &studio.window->screens().get<studio::ProblemsPanel>());
        QVERIFY(tree->model()->index(0, 0).data().toString().contains("taken"));
        QPushButton* use = nullptr;
        for (auto* button : tree->findChildren<QPushButton*>(QStringLiteral("fixIt")))
            if (button->text().contains("54444")) use = button;
        QVERIFY(use);
        QTest::mouseClick(use, Qt::LeftButton);
        QTRY_VERIFY(studio.window->store().document().text().find("a.sources.in.port = 54444") != std::string::npos);
        QCOMPARE(studio.window->store().undoStack().count(), 1);
        QTRY_COMPARE(studio.session->starts.size(), std::size_t(2));
    }

    void aProblemIsListedAndRevealed() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(
            studio.write(QStringLiteral("a.conf"), QByteArray(kAgent).replace("1000", "abc"))));
        auto* problems = &studio.window->screens().get<studio::ProblemsPanel>();
        QVERIFY(problems->count() > 0);
        studio.window->screens().tabs()->setCurrentWidget(problems);
        QTest::mouseClick(problems->tree()->viewport(), Qt::LeftButton, {},
                          problems->tree()->visualRect(problems->model()->index(0, 0)).center());
        QCOMPARE(studio.window->store().selection(), QSet<QString>{QStringLiteral("a/channels/c")});
    }

    void aFileFromElsewhereAsksBeforeItRunsCommands() {
        Studio studio;
        const QByteArray text =
            QByteArray(kAgent)
                .replace("netcat", "exec")
                .replace("a.sources.in.bind = 127.0.0.1", "a.sources.in.command = tail -F /etc/passwd");
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), text)));
        studio.window->startRun();
        QCOMPARE(studio.session->starts.size(), std::size_t(0));
        QCOMPARE(studio.dialogs.questions.size(), 1);
        QVERIFY(studio.dialogs.questions.front().details.join(' ').contains("tail -F /etc/passwd"));
        studio.dialogs.nextAnswers = {0};
        studio.window->startRun();
        QCOMPARE(studio.session->starts.size(), std::size_t(1));
    }

    void whatWasAgreedToIsNotAskedAgain() {
        Studio studio;
        const QByteArray text = QByteArray(kAgent)
                                    .replace("netcat", "exec")
                                    .replace("a.sources.in.bind = 127.0.0.1", "a.sources.in.command = date");
        const QString path = studio.write(QStringLiteral("a.conf"), text);
        QVERIFY(studio.window->files().open(path));
        studio.dialogs.nextAnswers = {0};
        QVERIFY(studio.window->files().mayRun());
        QVERIFY(studio.window->files().open(path));
        QVERIFY(studio.window->files().mayRun());
        QCOMPARE(studio.dialogs.questions.size(), 1);
    }

    void theLanguageSwitchesWhileItRuns() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        auto* button = studio.find<QPushButton>(QStringLiteral("runStop"));
        const auto choose = [&studio](const QString& code) {
            for (QAction* action : studio.window->menus().languages->actions())
                if (action->data().toString() == code) action->trigger();
        };
        choose(QStringLiteral("zh_CN"));
        QTRY_COMPARE(button->text(), QString::fromUtf8("运行"));
        QCOMPARE(studio.window->menus().of(commands::Category::file)->title(), QString::fromUtf8("文件(&F)"));
        QCOMPARE(studio.window->screens().tabs()->tabText(0), QString::fromUtf8("监控"));
        choose(QStringLiteral("en"));
        QTRY_COMPARE(button->text(), QStringLiteral("Run"));
    }

    void theMenuOfTrafficStartsABurst() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->store().select({QStringLiteral("traffic/visitors")});
        QAction* burst = studio.window->commands().action(u"burst"_qs);
        QVERIFY(!burst->isEnabled()); // nothing runs
        studio.start({});
        QTRY_VERIFY(burst->isEnabled());
        QVERIFY2(burst->text().contains(QStringLiteral("2.00 k/s")), qPrintable(burst->text())); // ten times what is written
        burst->trigger();
        QCOMPARE(studio.session->bursts, std::vector<std::string>{"traffic/visitors"});
    }

    void theListOfWhatCanBeAddedFollowsTheLanguage() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        for (QAction* action : studio.window->menus().languages->actions())
            if (action->data().toString() == QLatin1String("zh_CN")) action->trigger();
        QTRY_COMPARE(studio.window->screens().tabs()->tabText(0), QString::fromUtf8("监控"));
        studio.window->canvas().addNode();
        auto* list = studio.find<QListWidget>(QStringLiteral("addList"));
        QVERIFY(list);
        QStringList texts;
        for (int i = 0; i < list->count(); ++i)
            texts.append(list->item(i)->text());
        const QString all = texts.join(u", "_qs);
        QVERIFY2(all.contains(QString::fromUtf8("主题")) && !all.contains(QStringLiteral("topic")), qPrintable(all));
    }

    void whatTheEngineSaysIsSaidInTheUsersLanguage() {
        Studio studio(QStringLiteral("zh_CN"));
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        const auto* notice = studio.window->findChild<studio::NoticeBar*>();

        const auto refused = topology::connect(studio.window->store().document(), "note/hint", "web/channels/buffer");
        QVERIFY(!studio.window->store().push(refused, QString()));
        QCOMPARE(notice->text(), QString::fromUtf8("便签没有连线。"));

        session::Issue issue;
        issue.severity = "error";
        issue.code = "run-directory-unusable";
        issue.arguments = {"/srv/x", "Permission denied"};
        issue.message = "The run directory /srv/x cannot be used: Permission denied. Choose another one (--dir).";
        studio.window->startRun();
        studio.session->answer(false, {issue});
        QTRY_COMPARE(notice->text(), QString::fromUtf8("运行目录 /srv/x 无法使用：权限不够。请选择其他目录（--dir）。"));

        session::NodeSnapshot traffic;
        traffic.id = "traffic/visitors";
        traffic.state = session::State::paused;
        traffic.message = "paused: /srv/x holds more than 1000 MB; delete what is not needed";
        traffic.messageCode = "traffic-paused-directory";
        traffic.messageArguments = {"/srv/x", "1000 MB"};
        session::Snapshot snapshot;
        snapshot.nodes.push_back(traffic);
        studio.start(snapshot);
        const auto* flow = studio.find<QLabel>(QStringLiteral("flow"));
        QTRY_VERIFY2(flow->text().contains(QString::fromUtf8("已超过 1000 MB")), qPrintable(flow->text()));
    }

    void theNotesOfTheExamplesAreTranslated() {
        Studio studio(QStringLiteral("zh_CN"));
        for (const studio::Example& example : studio::examples()) {
            QVERIFY(studio.window->files().openExample(example.name));
            for (const topology::Node* note : studio.window->store().graph().ofKind(topology::NodeKind::note)) {
                const QString text = QString::fromStdString(note->valueOr("text"));
                QVERIFY2(text.contains(QRegularExpression(QStringLiteral("[\\x{4e00}-\\x{9fff}]"))), qPrintable(text));
            }
        }
    }

    void theWheelScrollsWhenItIsWanted() {
        Studio studio;
        studio.window->commands().action(u"wheelScrolls"_qs)->trigger();
        QVERIFY(studio.settings.wheelScrolls());
        studio.makeWindow(); // the next start
        QVERIFY(studio.window->commands().action(u"wheelScrolls"_qs)->isChecked());
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        auto* canvas = studio.find<canvas::CanvasView>(QStringLiteral("canvas"));
        const double zoom = canvas->zoom();
        const QPointF corner = canvas->mapToScene(QPoint());
        QWheelEvent wheel(QPointF(200, 200), canvas->viewport()->mapToGlobal(QPointF(200, 200)), {}, QPoint(0, 120),
                          Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
        QApplication::sendEvent(canvas->viewport(), &wheel);
        QTRY_VERIFY(canvas->mapToScene(QPoint()) != corner);
        QCOMPARE(canvas->zoom(), zoom);
    }

    void theThemeSwitches() {
        Studio studio;
        studio.window->menus().themes->actions().at(2)->trigger();
        QCOMPARE(look::Theme::instance().kind(), look::ThemeKind::dark);
        QCOMPARE(studio.settings.theme(), QStringLiteral("dark"));
        studio.window->menus().themes->actions().at(1)->trigger();
        QCOMPARE(look::Theme::instance().kind(), look::ThemeKind::light);
    }

    void thePaletteAddsByDoubleClickAndFiltersByName() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        auto* palette = &studio.window->screens().get<studio::PalettePanel>();
        auto* search = studio.find<QLineEdit>(QStringLiteral("paletteSearch"));
        type(search, "netcat");
        QTest::keyClick(search, Qt::Key_Return);
        const auto sources = studio.window->store().graph().ofKind(topology::NodeKind::source);
        QCOMPARE(sources.size(), std::size_t(1));
        QCOMPARE(QString::fromStdString(sources.front()->type), QStringLiteral("netcat"));
        search->clear();
        int foreign = 0, hidden = 0;
        for (QTreeWidgetItemIterator it(palette->tree()); *it; ++it) {
            if (!(*it)->toolTip(0).contains("Apache Flume only") || (*it)->text(0).endsWith(QChar(0x2026))) continue;
            ++foreign;
            hidden += (*it)->isHidden() ? 1 : 0;
        }
        QVERIFY(foreign > 20);
        QCOMPARE(hidden, foreign);
    }

    void deleteWorksOnTheCanvasAndNotFromAForm() {
        Studio studio;
        studio.window->show();
        studio.window->activateWindow();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        auto& store = studio.window->store();
        QTRY_VERIFY(studio.window->canvas().hasFocus());
        store.select({QStringLiteral("web/sinks/to-weblog")});
        auto* field = studio.window->screens().get<studio::InspectorPanel>().form()->fieldOf(QStringLiteral("useFlumeEventFormat"));
        QVERIFY(field);
        field->focusEditor();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Delete);
        QVERIFY(store.graph().find("web/sinks/to-weblog"));
        studio.window->canvas().setFocus();
        QTest::keyClick(&studio.window->canvas(), Qt::Key_Delete);
        QVERIFY(!store.graph().find("web/sinks/to-weblog"));
        studio.window->commands().action(u"undo"_qs)->trigger();
        QVERIFY(store.graph().find("web/sinks/to-weblog"));
    }

    void theOutlineMirrorsTheGraph() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->screens().show(studio.window->screens().get<studio::OutlinePanel>());
        QTreeView* tree = studio.window->screens().get<studio::OutlinePanel>().tree();
        const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("to-weblog"),
                                                -1, Qt::MatchExactly | Qt::MatchRecursive);
        QCOMPARE(found.size(), 1);
        QCOMPARE(found.front().parent().data().toString(), QStringLiteral("web"));
        tree->setCurrentIndex(found.front());
        QCOMPARE(studio.window->store().selection(), QSet<QString>{QStringLiteral("web/sinks/to-weblog")});
        studio.window->store().select({QStringLiteral("web/sources/access")});
        QVERIFY(!tree->selectionModel()->isSelected(found.front()));
    }

    void theLogIsFetchedFilteredAndBounded() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("one-agent")));
        studio.session->log.lines = {{1, 1000, "info", "a/sources/in", "listening"},
                                     {2, 2000, "error", "a/sinks/out", "failed"}};
        studio.session->log.next = 2;
        studio.window->startRun();
        studio.session->answer();
        auto* log = &studio.window->screens().get<studio::LogPanel>();
        QTRY_COMPARE(log->shownLines(), 2);
        studio.find<QComboBox>(QStringLiteral("logLevel"))->setCurrentIndex(2);
        QCOMPARE(log->shownLines(), 1);
        session::LogPage flood;
        for (int i = 0; i < 12'000; ++i)
            flood.lines.push_back({i, 0, "info", "", "line"});
        flood.skipped = 3;
        log->model()->add(flood);
        QCOMPARE(static_cast<std::size_t>(log->model()->rowCount()), studio::LogModel::kMostLines);
    }

    void canvasOnlyHidesAllElseAndBringsItBack() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        QVERIFY(studio.dock("inspector")->isVisible());
        studio.window->commands().action(u"canvasOnly"_qs)->trigger();
        QVERIFY(!studio.dock("inspector")->isVisible());
        QVERIFY(!studio.dock("bottom")->isVisible());
        studio.window->commands().action(u"canvasOnly"_qs)->trigger();
        QVERIFY(studio.dock("inspector")->isVisible());
        QVERIFY(!studio.dock("outline")->isVisible());
    }

    void canvasOnlyEndsWithItsDocument() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->commands().action(u"canvasOnly"_qs)->trigger();
        studio.window->screens().show(studio.window->screens().get<studio::ProblemsPanel>()); // as a refused start does
        studio.window->commands().action(u"closeDocument"_qs)->trigger();
        QVERIFY(!studio.window->files().isOpen());
        QVERIFY(!studio.dock("bottom")->isVisible());
        QVERIFY(!studio.window->commands().action(u"canvasOnly"_qs)->isChecked());
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        QVERIFY(studio.dock("inspector")->isVisible());
        QVERIFY(studio.dock("bottom")->isVisible());
        QVERIFY(!studio.window->commands().action(u"canvasOnly"_qs)->isChecked());
    }

    void aRunningDocumentIsStoppedBeforeAnotherIsOpened() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("one-agent")));
        studio.window->startRun();
        studio.session->answer();
        QTRY_COMPARE(studio.window->run().phase(), studio::RunController::Phase::running);
        studio.dialogs.nextAnswers = {0};
        QVERIFY(!studio.window->files().openExample(QStringLiteral("chain")));
        QCOMPARE(studio.window->files().title(), QStringLiteral("one-agent.conf"));
        studio.session->answer();
        QTRY_COMPARE(studio.window->files().title(), QStringLiteral("chain.conf"));
    }

    void theRunFolderIsOneClickAway() {
        Studio studio;
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->commands().action(u"openRunFolder"_qs)->trigger();
        QCOMPARE(studio.dialogs.folder, studio.window->run().runDirectory());
    }

    void runDataIsDeletedOnRequestAndOnlyAtRest() {
        Studio studio;
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        const QDir folder(studio.window->run().runDirectory());
        QVERIFY(folder.mkpath(QStringLiteral("out")));
        studio.dialogs.nextAnswers = {1};
        studio.window->commands().action(u"deleteRunData"_qs)->trigger();
        QVERIFY(folder.exists()); // called off
        studio.window->run().start();
        QVERIFY(!studio.window->run().deleteRunData());
        studio.window->run().stop();
        studio.session->answer();
        studio.session->answer();
        QTRY_COMPARE(static_cast<int>(studio.window->run().phase()), static_cast<int>(studio::RunController::Phase::stopped));
        studio.dialogs.nextAnswers = {0};
        studio.window->commands().action(u"deleteRunData"_qs)->trigger();
        QVERIFY(!folder.exists());
        QVERIFY(!studio.window->run().hasRunData());
    }

    void aFolderOfTheUsersIsNeverDeleted() {
        Studio studio;
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        QTemporaryDir own;
        QVERIFY(QDir(own.path()).mkpath(QStringLiteral("out")));
        studio.window->run().setRunDirectory(own.path());
        QVERIFY(!studio.window->run().hasRunData());
        QVERIFY(!studio.window->run().deleteRunData());
        QVERIFY(QDir(own.path()).exists(QStringLiteral("out")));
    }
};

MILLRACE_TEST(TestMainWindow)
#include "tst_main_window.moc"
