#include "support/test_program.h"
#include "ui_shell/support/small_agent.h"
#include "ui_shell/support/studio.h"

#include "canvas/view/canvas_view.h"
#include "commands/command_registry.h"
#include "look/numbers.h"
#include "screens/problems/problem_model.h"
#include "screens/problems/problems_panel.h"
#include "shell/document_files.h"
#include "shell/draining_dialog.h"
#include "shell/notice_bar.h"
#include "shell/recovery.h"
#include "shell/screen_docks.h"

#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>

using namespace millrace;
using namespace millrace::test;

/// Run and stop, and what the window says and asks because of them.
class TestRuns : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aRefusalIsToldUntilTheNextEdit() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        auto& store = studio.window->store();
        QVERIFY(
            !store.push(topology::rename(store.document(), "a/channels/c", "not a name"), QStringLiteral("Rename")));
        QVERIFY(!studio.window->notice().text().isEmpty());
        QVERIFY(store.push(topology::rename(store.document(), "a/channels/c", "queue"), QStringLiteral("Rename")));
        QCOMPARE(studio.window->notice().text(), QString());
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

    void aLossIsSaidAlikeInNoticeSentenceAndAccount_data() {
        QTest::addColumn<bool>("lost");
        QTest::newRow("lost") << true;
        QTest::newRow("kept on disk") << false;
    }
    void aLossIsSaidAlikeInNoticeSentenceAndAccount() {
        QFETCH(bool, lost);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().openExample(QStringLiteral("one-agent")));
        session::Snapshot snapshot;
        snapshot.account = {1500, 1080, 420, 0};
        studio.start(snapshot);
        auto* account = studio.find<QLabel>(QStringLiteral("account"));
        auto* flow = studio.find<QLabel>(QStringLiteral("flow"));
        QTRY_VERIFY(account->text().contains(QStringLiteral("in flight 420")));
        studio.window->stopRun();
        studio.session->answerLeft({{"a/channels/c", 420, lost}});
        QTRY_VERIFY(studio.window->notice().text().contains(QStringLiteral("420")));
        QCOMPARE(studio.window->notice().tone() == studio::NoticeBar::Tone::error, lost);
        QTRY_VERIFY2(account->text().contains(lost ? QStringLiteral("lost 420") : QStringLiteral("kept on disk 420")),
                     qPrintable(account->text()));
        QVERIFY2(!account->text().contains(QStringLiteral("in flight")), qPrintable(account->text()));
        QCOMPARE(flow->text().contains(QStringLiteral("420")), lost);
        QCOMPARE(flow->property("look").toString(), lost ? QStringLiteral("problem") : QStringLiteral("second"));
        QVERIFY(studio.window->files().openExample(QStringLiteral("weblog")));
        QVERIFY2(!account->text().contains(QStringLiteral("420")) && !flow->text().contains(QStringLiteral("420")),
                 qPrintable(account->text()));
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
        QCOMPARE(studio.window->screens().tabs()->currentWidget(),
                 &studio.window->screens().get<studio::ProblemsPanel>());
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
        QTRY_COMPARE(static_cast<int>(studio.window->run().phase()),
                     static_cast<int>(studio::RunController::Phase::stopped));
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

MILLRACE_TEST(TestRuns)
#include "tst_runs.moc"
