#include "run/run_trash.h"
#include "support/test_program.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using millrace::studio::RunTrash;

class RunTrashTest : public QObject {
    Q_OBJECT
private:
    struct Bench {
        QTemporaryDir directory;
        QString place = directory.filePath(QStringLiteral("deleted"));
        QSignalSpy emptied{&RunTrash::ofProgram(), &RunTrash::emptied};

        QString folder(const QString& name) {
            QDir(directory.path()).mkpath(name + QStringLiteral("/logs"));
            write(name + QStringLiteral("/logs/0.log"));
            return directory.filePath(name);
        }
        void write(const QString& name) {
            QFile file(directory.filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write("x") != 1) qFatal("cannot write");
        }
    };

private slots:
    void aFolderIsOutOfTheWayAtOnceAndDeletedInTime() {
        Bench bench;
        const QString first = bench.folder(QStringLiteral("first")), second = bench.folder(QStringLiteral("second"));
        QVERIFY(RunTrash::ofProgram().take(first, bench.place));
        QVERIFY(RunTrash::ofProgram().take(second, bench.place));
        QVERIFY(!QDir(first).exists() && !QDir(second).exists());
        QTRY_COMPARE(bench.emptied.size(), 2);
        QCOMPARE(bench.emptied[0][0].toString(), QString());
        QCOMPARE(bench.emptied[1][0].toString(), QString());
        QVERIFY(QDir(bench.place).isEmpty());
    }

    void whatAnEarlierProgramLeftThereGoesToo() {
        Bench bench;
        bench.folder(QStringLiteral("deleted/before"));
        bench.write(QStringLiteral("deleted/.hidden"));
        QVERIFY(RunTrash::ofProgram().take(bench.folder(QStringLiteral("now")), bench.place));
        QTRY_COMPARE(bench.emptied.size(), 1);
        QVERIFY(QDir(bench.place).isEmpty());
    }

    void whatALinkPointsToStays() {
        Bench bench;
        const QString real = bench.folder(QStringLiteral("real")),
                      link = bench.directory.filePath(QStringLiteral("link"));
        QVERIFY(QFile::link(real, link));
        QVERIFY(RunTrash::ofProgram().take(link, bench.place));
        QTRY_COMPARE(bench.emptied.size(), 1);
        QVERIFY(!QFileInfo(link).isSymLink());
        QVERIFY(QFile::exists(real + QStringLiteral("/logs/0.log")));
        QVERIFY(QDir(bench.place).isEmpty());
    }

    void aFolderThatCannotBeMovedIsAsItWas() {
        Bench bench;
        const QString folder = bench.folder(QStringLiteral("kept"));
        bench.write(QStringLiteral("deleted")); // a file where the place would be
        QVERIFY(!RunTrash::ofProgram().take(folder, bench.place));
        QVERIFY(QFile::exists(folder + QStringLiteral("/logs/0.log")));
        QVERIFY(bench.emptied.isEmpty());
    }
};

MILLRACE_TEST(RunTrashTest)
#include "tst_run_trash.moc"
