#include "support/test_program.h"
#include "ui_shell/support/small_agent.h"
#include "ui_shell/support/studio.h"

#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "inspector/inspector_panel.h"
#include "inspector/property_field.h"
#include "inspector/property_form.h"
#include "monitor/monitor_panel.h"
#include "screens/log/log_model.h"
#include "screens/log/log_panel.h"
#include "screens/outline/outline_panel.h"
#include "screens/problems/problem_model.h"
#include "screens/problems/problems_panel.h"
#include "shell/document_files.h"
#include "shell/palette/palette_model.h"
#include "shell/palette/palette_panel.h"
#include "shell/screen_docks.h"
#include "shell/window_menus.h"

#include <QActionGroup>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTabBar>
#include <QTabWidget>
#include <QTreeView>

using namespace millrace;
using namespace millrace::test;

/// The parts of the window beside the drawing, in the window.
class TestScreens : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void theButtonOfAProblemIsNoHigherThanAButton() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        studio.window->resize(853, 453);
        session::Issue taken = portTaken();
        taken.code.clear();
        taken.message = std::string(400, 'x') + ' ' + std::string(30, 'y') + " and so on, in many lines of a narrow row";
        studio.window->startRun();
        studio.session->answer(false, {taken});
        QTRY_VERIFY(studio.find<QPushButton>(QStringLiteral("fixIt")));
        const auto* button = studio.find<QPushButton>(QStringLiteral("fixIt"));
        QTRY_VERIFY(button->isVisible());
        QCOMPARE(button->height(), button->sizeHint().height());
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

    void aProblemIsReadableBesideItsFixInANarrowWindow() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        studio.window->resize(853, 453);
        studio.window->screens().arrange();
        studio.window->startRun();
        session::Issue taken = portTaken();
        taken.code.clear();
        taken.message = "Port 44444 is taken by another program that was started before, and keeps it until it ends: "
                        "end that program, or let this source listen at another port of this computer";
        studio.session->answer(false, {taken});
        auto* problems = &studio.window->screens().get<studio::ProblemsPanel>();
        studio.window->screens().show(*problems);
        QTRY_COMPARE(problems->model()->rowCount(), 1);
        QTreeView* tree = problems->tree();
        const QModelIndex message = problems->model()->index(0, studio::ProblemModel::message);
        const auto cut = [&] {
            const QRect room = tree->visualRect(message);
            const QRect words = tree->fontMetrics().boundingRect(0, 0, room.width() - 40, 1000, Qt::TextWordWrap,
                                                                 message.data().toString());
            return room.width() < 120 || words.width() > room.width() || words.height() > room.height();
        };
        QTRY_VERIFY(!cut());
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
        const auto foreign = [palette] {
            const QAbstractItemModel* shown = palette->tree()->model();
            return shown
                ->match(shown->index(0, 0), Qt::ToolTipRole, QStringLiteral("it can be drawn and saved"), -1,
                        Qt::MatchContains | Qt::MatchRecursive)
                .size();
        };
        QCOMPARE(foreign(), 0);
        const QAbstractItemModel* shown = palette->tree()->model();
        for (const QModelIndex& more : shown->match(shown->index(0, 0), studio::PaletteModel::kMore, true, -1,
                                                    Qt::MatchExactly | Qt::MatchRecursive))
            QTest::mouseClick(palette->tree()->viewport(), Qt::LeftButton, {},
                              palette->tree()->visualRect(more).center());
        QVERIFY(foreign() > 0);
    }

    void deleteWorksOnTheCanvasAndNotFromAForm() {
        Studio studio;
        studio.window->show();
        studio.window->activateWindow();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        auto& store = studio.window->store();
        QTRY_VERIFY(studio.window->canvas().hasFocus());
        store.select({QStringLiteral("web/sinks/to-weblog")});
        auto* field = studio.window->screens().get<studio::InspectorPanel>().form()->fieldOf(
            QStringLiteral("useFlumeEventFormat"));
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
        const auto found = tree->model()->match(tree->model()->index(0, 0), Qt::DisplayRole,
                                                QStringLiteral("to-weblog"), -1, Qt::MatchExactly | Qt::MatchRecursive);
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

    void choicesOfTheLogHaveRoomForTheirWordsInAnotherLanguage() {
        Studio studio(QStringLiteral("zh_CN"));
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.window->screens().show(studio.window->screens().get<studio::LogPanel>());
        QCoreApplication::processEvents();
        for (QAction* action : studio.window->menus().languages->actions())
            if (action->data().toString() == u"en") action->trigger();
        QCoreApplication::processEvents();
        for (const char* name : {"logLevel", "logNodes"}) {
            auto* choice = studio.find<QComboBox>(QString::fromLatin1(name));
            const int words = choice->fontMetrics().horizontalAdvance(choice->currentText());
            QVERIFY2(choice->width() >= words + 20, qPrintable(choice->currentText()));
        }
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
};

MILLRACE_TEST(TestScreens)
#include "tst_screens.moc"
