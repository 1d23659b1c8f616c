#include "base/file_system.h"
#include "support/test_program.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace millrace;

namespace {
std::span<const std::uint8_t> bytesOf(const char* text) { return {reinterpret_cast<const std::uint8_t*>(text), std::strlen(text)}; }
} // namespace

class TestFileSystem : public QObject {
    Q_OBJECT
private slots:
    void appendedPiecesAreReadBackWhole() {
        QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("a/b/log").toStdString();
        auto& disk = posixFileSystem();
        QVERIFY(disk.makeDirectories(path.parent_path()));
        auto file = disk.open(path, OpenMode::append);
        QVERIFY(file);
        const std::span<const std::uint8_t> pieces[] = {bytesOf("one "), bytesOf(""), bytesOf("two")};
        QVERIFY((*file)->appendAll(pieces));
        QVERIFY((*file)->sync());
        const auto all = disk.readAll(path, 100);
        QVERIFY(all);
        QCOMPARE(std::string(all->begin(), all->end()), std::string("one two"));
        QCOMPARE(disk.info(path)->size, std::uint64_t(7));
    }

    void aFileAboveTheLimitIsRefusedByItsSize() {
        QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("big").toStdString();
        QVERIFY(posixFileSystem().replace(path, bytesOf("12345")));
        const auto refused = posixFileSystem().readAll(path, 4);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::outOfRange);
        QVERIFY(refused.error().message.find("5 bytes, more than the limit of 4") != std::string::npos);
    }

    void aLockIsHeldByOneUntilItIsLetGo() {
        QTemporaryDir dir;
        const std::filesystem::path path = dir.filePath("lock").toStdString();
        auto first = posixFileSystem().lock(path);
        QVERIFY(first);
        const auto second = posixFileSystem().lock(path);
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::alreadyExists);
        first->reset();
        QVERIFY(posixFileSystem().lock(path));
    }

    void errorsNameTheFileAndTheReason_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<int>("code");
        QTest::newRow("a missing file") << "/nowhere/at/all" << int(ErrorCode::notFound);
        QTest::newRow("a directory opened as a file") << "/tmp" << int(ErrorCode::io);
    }
    void errorsNameTheFileAndTheReason() {
        QFETCH(QString, path);
        QFETCH(int, code);
        const auto opened = posixFileSystem().open(path.toStdString(), OpenMode::append);
        QVERIFY(!opened);
        QCOMPARE(int(opened.error().code), code);
        QVERIFY(opened.error().message.find(path.toStdString()) != std::string::npos);
    }
};

MILLRACE_TEST(TestFileSystem)
#include "tst_file_system.moc"
