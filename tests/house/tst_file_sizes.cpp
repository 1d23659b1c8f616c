// One idea a file: what has grown beyond 400 lines holds two.
#include "support/test_program.h"

#include <QtTest>

namespace {

constexpr int kMostLines = 400;
const QStringList kWritten{"*.h", "*.cpp", "*.py", "*.sh", "*.cmake", "CMakeLists.txt"};

int linesOf(const QString& path) {
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? static_cast<int>(file.readAll().count('\n')) : kMostLines + 1;
}

} // namespace

class TestFileSizes : public QObject {
    Q_OBJECT
private slots:
    void noFileHasGrownBeyondOneIdea_data() {
        QTest::addColumn<QString>("folder");
        for (const char* folder : {"engine", "ui", "app", "tests", "cmake", "installer"}) QTest::newRow(folder) << folder;
    }
    void noFileHasGrownBeyondOneIdea() {
        QFETCH(QString, folder);
        const QString root = QStringLiteral(MILLRACE_SOURCE_DIR "/") + folder;
        int seen = 0;
        QStringList long_;
        for (QDirIterator files(root, kWritten, QDir::Files, QDirIterator::Subdirectories); files.hasNext(); ++seen)
            if (const int lines = linesOf(files.next()); lines > kMostLines)
                long_ << QString("%1: %2 lines").arg(files.filePath()).arg(lines);
        QVERIFY2(seen > 0, qPrintable(root + " holds nothing"));
        QVERIFY2(long_.isEmpty(), qPrintable(long_.join('\n')));
    }
};

MILLRACE_TEST(TestFileSizes)
#include "tst_file_sizes.moc"
