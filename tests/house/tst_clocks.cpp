// Time comes in through one door: whoever wants to know it is handed a clock, so that a test can move it by hand.
#include "support/test_program.h"

#include <QtTest>

class TestClocks : public QObject {
    Q_OBJECT
private slots:
    void nobodyAsksTheSystemForTheTime_data() {
        QTest::addColumn<QString>("folder");
        // The doors themselves, and the session, whose readings are for people's clocks.
        const QStringList doors{"base", "net", "session"};
        for (const QString& folder : QDir(engine()).entryList(QDir::Dirs | QDir::NoDotAndDotDot))
            if (!doors.contains(folder)) QTest::newRow(qPrintable(folder)) << folder;
    }
    void nobodyAsksTheSystemForTheTime() {
        QFETCH(QString, folder);
        QStringList found;
        QDirIterator files(engine() + folder, {"*.h", "*.cpp"}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            found << askingLines(files.next());
        QVERIFY2(found.isEmpty(), qPrintable(found.join('\n')));
    }

private:
    static QString engine() { return QStringLiteral(MILLRACE_SOURCE_DIR "/engine/"); }

    static QStringList askingLines(const QString& path) {
        static const QRegularExpression asks(
            R"(\bsystem(Now|EpochMs)\(|_clock::now\(|\btime\(nullptr\)|\bclock_gettime\(|\bgettimeofday\(|\bsleep_for\(|\bsleep_until\(|\busleep\()");
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) return {path + " cannot be read"};
        QStringList lines;
        int number = 0;
        while (!file.atEnd()) {
            const QString line = QString::fromUtf8(file.readLine());
            ++number;
            if (asks.match(line).hasMatch()) lines << QString("%1:%2 %3").arg(path).arg(number).arg(line.trimmed());
        }
        return lines;
    }
};

MILLRACE_TEST(TestClocks)
#include "tst_clocks.moc"
