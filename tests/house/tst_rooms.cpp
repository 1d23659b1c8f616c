// Inside of a folder, too, arrows point one way: between its rooms, and between its headers.
#include "house/support/includes.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace::house;

namespace {

QString roomOf(const QString& file) {
    return file.section('/', 0, -2);
}

} // namespace

class TestRooms : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() {
        for (const QString root : {"engine", "ui"})
            all_ << includesBelow(QStringLiteral(MILLRACE_SOURCE_DIR "/") + root);
        QVERIFY(all_.size() > 1000);
    }

    void roomsOfAFolderIncludeEachOtherOneWay_data() {
        QTest::addColumn<QString>("folder");
        QSet<QString> folders;
        for (const Include& include : std::as_const(all_)) folders << include.file.section('/', 0, 0);
        for (const QString& folder : std::as_const(folders)) QTest::newRow(qPrintable(folder)) << folder;
    }
    void roomsOfAFolderIncludeEachOtherOneWay() {
        QFETCH(QString, folder);
        Arrows rooms;
        QStringList witnesses;
        for (const Include& include : std::as_const(all_)) {
            const QString from = roomOf(include.file), to = roomOf(include.target);
            if (from == to || from.section('/', 0, 0) != folder || to.section('/', 0, 0) != folder) continue;
            if (!rooms[from].contains(to)) witnesses << QString("%1 includes %2").arg(include.file, include.target);
            rooms[from] << to;
        }
        const QString circle = circleIn(rooms);
        QVERIFY2(circle.isEmpty(), qPrintable(circle + "\n" + witnesses.join('\n')));
    }

    void headersIncludeEachOtherOneWay() {
        Arrows headers;
        for (const Include& include : std::as_const(all_))
            if (include.file.endsWith(".h")) headers[include.file] << include.target;
        QCOMPARE(circleIn(headers), QString());
    }

private:
    QList<Include> all_;
};

MILLRACE_TEST(TestRooms)
#include "tst_rooms.moc"
