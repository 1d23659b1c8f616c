#include "support/test_program.h"
#include "ui_shell/support/small_agent.h"
#include "ui_shell/support/studio.h"

#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "inspector/inspector_panel.h"
#include "inspector/property_field.h"
#include "inspector/property_form.h"
#include "look/numbers.h"
#include "look/theme.h"
#include "shell/document_files.h"
#include "shell/notice_bar.h"
#include "shell/examples.h"
#include "shell/recovery.h"
#include "shell/screen_docks.h"
#include "shell/start_page.h"
#include "shell/window_menus.h"

#include <QAbstractButton>
#include <QActionGroup>
#include <QContextMenuEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QWheelEvent>

using namespace millrace;
using namespace millrace::test;

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
        QCOMPARE(studio::examples().size(), 11);
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
        auto* field =
            studio.window->screens().get<studio::InspectorPanel>().form()->fieldOf(QStringLiteral("capacity"));
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

    void recentFilesAreOfferedNewestFirst() {
        Studio studio;
        const QString one = studio.write(QStringLiteral("one.conf"), kAgent),
                      two = studio.write(QStringLiteral("two.conf"), kAgent);
        QVERIFY(studio.window->files().open(one));
        QVERIFY(studio.window->files().open(two));
        QCOMPARE(studio.settings.recentFiles(), (QStringList{two, one}));
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

    void aBurstIsOfferedAtTrafficOnly_data() {
        QTest::addColumn<QString>("node");
        QTest::addColumn<bool>("offered");
        QTest::newRow("traffic") << QStringLiteral("traffic/visitors") << true;
        QTest::newRow("a sink") << QStringLiteral("web/sinks/to-weblog") << false;
    }
    void aBurstIsOfferedAtTrafficOnly() {
        QFETCH(QString, node);
        QFETCH(bool, offered);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        studio.start({});
        QTRY_VERIFY(studio.window->commands().action(u"burst"_qs)->isEnabled());
        canvas::CanvasView& view = studio.window->canvas();
        studio.window->store().select({node});
        QContextMenuEvent event(QContextMenuEvent::Keyboard, QPoint());
        QCoreApplication::sendEvent(view.viewport(), &event);
        auto* menu = view.findChild<QMenu*>(QStringLiteral("canvasMenu"));
        QVERIFY(menu);
        QCOMPARE(menu->actions().contains(studio.window->commands().action(u"burst"_qs)), offered);
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
        QTRY_COMPARE(notice->text(),
                     QString::fromUtf8("运行目录 /srv/x 无法使用：权限不够。请选择其他目录（--dir）。"));

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
};

MILLRACE_TEST(TestMainWindow)
#include "tst_main_window.moc"
