#include "support/test_program.h"
#include "ui_shell/support/studio.h"

#include "commands/command_registry.h"
#include "shell/document_files.h"
#include "shell/draining_dialog.h"
#include "shell/notice_bar.h"
#include "shell/recovery.h"
#include "shell/trust.h"
#include "shell/window_menus.h"

#include <QAction>
#include <QLabel>
#include <QPushButton>
#include <QStandardPaths>

using namespace millrace;
using studio::RunController;
using test::Studio;

namespace {

const char* const kAgent = "a.sources = in\n"
                           "a.channels = c\n"
                           "a.sources.in.type = netcat\n"
                           "a.sources.in.bind = 127.0.0.1\n"
                           "a.sources.in.port = 44444\n"
                           "a.sources.in.channels = c\n"
                           "a.channels.c.type = memory\n"
                           "a.channels.c.capacity = 1000\n";

void edit(Studio& studio, const char* capacity) {
    auto& store = studio.window->store();
    QVERIFY(store.push(topology::setNodeProperty(store.document(), "a/channels/c", "capacity", capacity),
                       QStringLiteral("edit")));
}

void draw(Studio& studio) {
    topology::Edit edit;
    edit.replacements.push_back({{0, 0}, kAgent});
    studio.window->store().push(edit, QStringLiteral("draw"));
}

void runUntilRunning(Studio& studio) {
    studio.window->startRun();
    studio.session->answer();
    QTRY_COMPARE(studio.window->run().phase(), RunController::Phase::running);
}

} // namespace

/// What becomes of a document, its file and the data of its runs when it is left, saved elsewhere, or changed by others.
class TestDocumentFiles : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() { QStandardPaths::setTestModeEnabled(true); }

    void aPictureNeverTakesThePlaceOfATopology() {
        Studio studio;
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        studio.dialogs.nextFile = path;
        studio.window->commands().action(u"exportPicture"_qs)->trigger();
        QCOMPARE(Studio::read(path), QByteArray(kAgent));
        QCOMPARE(studio.dialogs.told.size(), 1);
        QVERIFY(studio.dialogs.suggested.endsWith(QStringLiteral("/a.svg")));
        studio.dialogs.nextFile = studio.folder.filePath(QStringLiteral("a.svg"));
        studio.window->commands().action(u"exportPicture"_qs)->trigger();
        QVERIFY(Studio::read(studio.dialogs.nextFile).contains("<svg"));
    }

    void whatIsNotOnTheDiskAnyMoreCountsAsChanged_data() {
        QTest::addColumn<QByteArray>("now");
        QTest::newRow("changed by another program") << QByteArray("# other\n");
        QTest::newRow("gone") << QByteArray();
    }
    void whatIsNotOnTheDiskAnyMoreCountsAsChanged() {
        QFETCH(QByteArray, now);
        Studio studio;
        studio.window->show();
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        if (now.isEmpty()) QVERIFY(QFile::remove(path));
        else studio.write(QStringLiteral("a.conf"), now);
        QTRY_VERIFY(studio.window->notice().isVisible());
        QVERIFY(studio.window->store().isModified());
        // Nothing was changed here, however often others do it.
        studio.write(QStringLiteral("a.conf"), "# yet another\n");
        QTRY_VERIFY(studio.window->notice().text().contains(QStringLiteral("by another program.")));
        QVERIFY(!studio.window->close()); // asked, and called off
        QCOMPARE(studio.dialogs.questions.size(), 1);
        // As it was again, there is nothing to tell.
        studio.write(QStringLiteral("a.conf"), kAgent);
        QTRY_VERIFY(!studio.window->store().isModified());
        QVERIFY(!studio.window->notice().isVisible());
    }

    void savingAsksBeforeItReplacesWhatOthersWrote_data() {
        QTest::addColumn<int>("answer");
        QTest::addColumn<bool>("written");
        QTest::addColumn<bool>("reloaded");
        QTest::newRow("saved all the same") << 0 << true << false;
        QTest::newRow("reloaded") << 1 << false << true;
        QTest::newRow("called off") << 2 << false << false;
    }
    void savingAsksBeforeItReplacesWhatOthersWrote() {
        QFETCH(int, answer);
        QFETCH(bool, written);
        QFETCH(bool, reloaded);
        Studio studio;
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        edit(studio, "7");
        const std::string mine = studio.window->store().document().text();
        studio.write(QStringLiteral("a.conf"), "# others\n");
        studio.dialogs.nextAnswers = {answer};
        QCOMPARE(studio.window->files().save(), written); // at once, before any watcher has told
        QCOMPARE(studio.dialogs.questions.size(), 1);
        QCOMPARE(Studio::read(path), written ? QByteArray::fromStdString(mine) : QByteArray("# others\n"));
        QCOMPARE(studio.window->store().document().text(), reloaded ? std::string("# others\n") : mine);
    }

    void aVersionThatWasKeptIsSavedWithoutAsking() {
        Studio studio;
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        studio.write(QStringLiteral("a.conf"), "# others\n");
        QTRY_VERIFY(!studio.window->notice().text().isEmpty());
        studio.window->files().keepThis();
        QVERIFY(studio.window->files().save());
        QVERIFY(studio.dialogs.questions.isEmpty());
        QCOMPARE(Studio::read(path), QByteArray(kAgent));
        // What is written after that is asked about again.
        studio.write(QStringLiteral("a.conf"), "# yet others\n");
        QVERIFY(!studio.window->files().save());
        QCOMPARE(studio.dialogs.questions.size(), 1);
    }

    void anEditWhileTheWindowDrainsIsAskedAbout_data() {
        QTest::addColumn<int>("answer");
        QTest::addColumn<bool>("closes");
        QTest::newRow("save") << 0 << true;
        QTest::newRow("do not save") << 1 << true;
        QTest::newRow("cancel") << 2 << false;
    }
    void anEditWhileTheWindowDrainsIsAskedAbout() {
        QFETCH(int, answer);
        QFETCH(bool, closes);
        Studio studio;
        studio.window->show();
        const QString path = studio.write(QStringLiteral("a.conf"), kAgent);
        QVERIFY(studio.window->files().open(path));
        runUntilRunning(studio);
        QVERIFY(!studio.window->close());
        edit(studio, "7");
        QVERIFY(studio.dialogs.questions.isEmpty());
        studio.dialogs.nextAnswers = {answer};
        studio.session->answer();
        QTRY_COMPARE(studio.dialogs.questions.size(), 1);
        QTRY_COMPARE(studio.window->isVisible(), !closes);
        QCOMPARE(Studio::read(path).contains("= 7"), answer == 0);
    }

    void whatMayBeLostIsAskedOnce() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        runUntilRunning(studio);
        edit(studio, "7");
        studio.dialogs.nextAnswers = {1};
        QVERIFY(!studio.window->close());
        studio.session->answer();
        QTRY_VERIFY(!studio.window->isVisible());
        QCOMPARE(studio.dialogs.questions.size(), 1);
    }

    void theWindowStaysWhenItIsAskedToWhileItDrains() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        runUntilRunning(studio);
        QVERIFY(!studio.window->close());
        auto* keep = studio.find<QPushButton>(QStringLiteral("keepOpen"));
        QVERIFY(keep);
        QTest::mouseClick(keep, Qt::LeftButton);
        studio.session->answer();
        QTRY_COMPARE(studio.window->run().phase(), RunController::Phase::stopped);
        QVERIFY(studio.window->isVisible());
        QVERIFY(studio.window->close());
    }

    void theWindowStaysToTellOfLostEvents() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        runUntilRunning(studio);
        QVERIFY(!studio.window->close());
        studio.session->answerLeft({{"a/channels/c", 420, true}});
        QTRY_VERIFY(studio.window->notice().text().contains(QStringLiteral("420")));
        QCOMPARE(studio.window->notice().tone(), studio::NoticeBar::Tone::error);
        QVERIFY(studio.window->isVisible());
        QVERIFY(studio.window->close());
    }

    void aFileThatCannotBeOpenedLeavesTheOldOneModified() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        runUntilRunning(studio);
        edit(studio, "7");
        studio.dialogs.nextAnswers = {1, 0}; // do not save, stop
        QVERIFY(!studio.window->files().open(studio.folder.filePath(QStringLiteral("missing.conf"))));
        studio.session->answer();
        QTRY_COMPARE(studio.dialogs.told.size(), 1);
        QCOMPARE(studio.dialogs.questions.size(), 2);
        QVERIFY(studio.window->store().isModified());
        QVERIFY(!studio.window->close()); // asked again: it has not gone
        QCOMPARE(studio.dialogs.questions.size(), 3);
    }

    void anEditBeforeAnotherDocumentIsLoadedIsAskedAbout() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        runUntilRunning(studio);
        studio.dialogs.nextAnswers = {0}; // stop
        QVERIFY(!studio.window->files().newDocument());
        edit(studio, "7");
        studio.session->answer();
        QTRY_COMPARE(studio.dialogs.questions.size(), 2);
        QVERIFY(studio.window->store().document().text().find("= 7") != std::string::npos);
    }

    void whatAValueBecomesIsJudged_data() {
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<bool>("told");
        QTest::newRow("inside") << QByteArray("logs/x") << false;
        QTest::newRow("an absolute path") << QByteArray("/etc/.*") << true;
        QTest::newRow("from the environment") << QByteArray("${env:HOME}/secret/.*") << true;
        QTest::newRow("from the environment, in a default") << QByteArray("${x:-${env:HOME}}/.*") << true;
        QTest::newRow("a system property") << QByteArray("${sys:user.home}/.*") << true;
        QTest::newRow("of a config filter") << QByteArray("${filter['HOME']}/.*") << true;
        QTest::newRow("of a config filter, without quotes") << QByteArray("$${filter[HOME]}/.*") << true;
        QTest::newRow("a default that leads away") << QByteArray("${x:-/etc}/.*") << true;
        QTest::newRow("a default that stays") << QByteArray("${x:-logs}/.*") << false;
        QTest::newRow("another line of the file leads away") << QByteArray("${dir}/.*\ndir = /etc") << true;
        QTest::newRow("climbing by another line") << QByteArray("${dir}/.*\ndir = ../other") << true;
        QTest::newRow("another line takes the environment") << QByteArray("${dir}/.*\ndir = ${env:HOME}") << true;
    }
    void whatAValueBecomesIsJudged() {
        QFETCH(QByteArray, value);
        QFETCH(bool, told);
        const QByteArray text = "a.sources = in\na.channels = c\na.channels.c.type = memory\na.sources.in.type = TAILDIR\n"
                                "a.sources.in.channels = c\na.sources.in.filegroups = f\n"
                                "a.sources.in.filegroups.f = " +
                                value + '\n';
        Studio studio;
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), text)));
        studio.window->startRun();
        QCOMPARE(studio.dialogs.questions.size(), told ? 1 : 0);
        QCOMPARE(studio.session->starts.size(), std::size_t(told ? 0 : 1));
    }

    void reloadDuringARunAsksLikeTheRun_data() {
        QTest::addColumn<int>("answer");
        QTest::newRow("agreed") << 0;
        QTest::newRow("refused") << 1;
    }
    void reloadDuringARunAsksLikeTheRun() {
        QFETCH(int, answer);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().open(studio.write(QStringLiteral("a.conf"), kAgent)));
        runUntilRunning(studio);
        const QByteArray changed = QByteArray(kAgent).replace("netcat", "exec") + "a.sources.in.command = cat /etc/passwd\n";
        studio.write(QStringLiteral("a.conf"), changed);
        QTRY_VERIFY(studio.window->notice().isVisible());
        studio.dialogs.nextAnswers = {answer};
        studio.window->files().reload();
        QCOMPARE(studio.dialogs.questions.size(), 1);
        QVERIFY(studio.dialogs.questions.front().details.join(' ').contains("cat /etc/passwd"));
        QCOMPARE(QByteArray::fromStdString(studio.window->store().document().text()) == changed, answer == 0);
    }

    void everyNewDocumentRunsInAFolderOfItsOwn() {
        Studio studio;
        QVERIFY(studio.window->files().newDocument());
        const QString first = studio.window->run().runDirectory();
        QVERIFY(QDir().mkpath(first + QStringLiteral("/logs")));
        QVERIFY(studio.window->files().newDocument());
        QVERIFY(studio.window->run().runDirectory() != first);
        QVERIFY(!studio.window->run().hasRunData());
        RunController::deleteUntitled(first);
        QVERIFY(!QDir(first).exists());
    }

    void theRunDataComesAlongWhenTheDocumentGetsAFile_data() {
        QTest::addColumn<bool>("running");
        QTest::newRow("at rest") << false;
        QTest::newRow("while it runs") << true;
    }
    void theRunDataComesAlongWhenTheDocumentGetsAFile() {
        QFETCH(bool, running);
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        draw(studio);
        const QString before = studio.window->run().runDirectory();
        QVERIFY(QDir().mkpath(before + QStringLiteral("/logs")));
        if (running) runUntilRunning(studio);
        const QString path = studio.dialogs.nextFile = studio.folder.filePath(QStringLiteral("untitled.conf"));
        QVERIFY(studio.window->files().save());
        if (running) {
            QCOMPARE(studio.window->run().runDirectory(), before);
            studio.window->run().stop();
            studio.session->answer();
            QTRY_COMPARE(studio.window->run().phase(), RunController::Phase::stopped);
        }
        const QDir after(studio.window->run().runDirectory());
        QVERIFY(after.path() != before);
        QVERIFY(!QDir(before).exists());
        QVERIFY(after.exists(QStringLiteral("logs")));
        // There it is found again.
        QVERIFY(studio.window->files().newDocument());
        QVERIFY(studio.window->files().open(path));
        QCOMPARE(studio.window->run().runDirectory(), after.path());
        // Never taken for one without a file, whatever its name.
        RunController::deleteUntitled(after.path());
        QVERIFY(studio.window->run().deleteRunData());
    }

    void aDocumentThatIsBroughtBackGoesOnInItsFolder() {
        Studio studio;
        studio.window->show();
        QVERIFY(studio.window->files().newDocument());
        draw(studio);
        const QString folder = studio.window->run().runDirectory();
        QVERIFY(QDir().mkpath(folder + QStringLiteral("/logs")));
        studio.window->findChild<studio::RecoveryCopy*>()->keepNow();
        studio.startAnew();
        studio.window->show();
        studio.window->offerLeftovers();
        auto* recover = studio.find<QPushButton>(QStringLiteral("recover"));
        QVERIFY(recover);
        QTest::mouseClick(recover, Qt::LeftButton);
        QCOMPARE(studio.window->run().runDirectory(), folder);
        // Given up, it takes its data along, and says so.
        studio.dialogs.nextAnswers = {1};
        QVERIFY(studio.window->close());
        QCOMPARE(studio.dialogs.questions.back().details.size(), 1);
        QVERIFY(!QDir(folder).exists());
    }

    void theRunFolderIsMadeToBeLookedInto() {
        Studio studio;
        QVERIFY(studio.window->files().newDocument());
        studio.window->commands().action(u"openRunFolder"_qs)->trigger();
        QCOMPARE(studio.dialogs.folder, studio.window->run().runDirectory());
        QVERIFY(QDir(studio.dialogs.folder).exists());
        RunController::deleteUntitled(studio.dialogs.folder);
    }

    void aLongNameLeavesRoomForTheRunButton() {
        Studio studio;
        studio.window->show();
        studio.window->resize(1000, 600);
        QVERIFY(studio.window->files().open(
            studio.write(QString(190, QLatin1Char('n')) + QStringLiteral(".conf"), kAgent)));
        auto* button = studio.find<QPushButton>(QStringLiteral("runStop"));
        const auto inside = [&] {
            const QRect place(button->mapTo(studio.window.get(), QPoint()), button->size());
            return studio.window->width() <= 1000 && studio.window->rect().contains(place);
        };
        QTRY_VERIFY(inside());
        auto* name = studio.find<QLabel>(QStringLiteral("documentName"));
        QVERIFY(name->text().contains(QChar(0x2026)));
        QVERIFY(name->toolTip().endsWith(QStringLiteral("n.conf")));
    }
};

MILLRACE_TEST(TestDocumentFiles)
#include "tst_document_files.moc"
