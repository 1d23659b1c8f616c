// A database channel whose disk is full, and one with a damaged row.
#include "flume/support/jdbc_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <map>
#include <sqlite3.h>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

/// SQLite's way to the disk, which is full when told to be.
class FullSqliteDisk {
public:
    static void install() {
        vfs_ = *sqlite3_vfs_find(nullptr);
        open_ = vfs_.xOpen;
        vfs_.zName = "full";
        vfs_.xOpen = &open;
        sqlite3_vfs_register(&vfs_, 1);
    }
    static void setFull(bool full) { full_ = full; }

private:
    static int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags) {
        const int opened = open_(vfs, name, file, flags, outFlags);
        if (opened != SQLITE_OK || !file->pMethods) return opened;
        sqlite3_io_methods& methods = methods_.try_emplace(file->pMethods, *file->pMethods).first->second;
        write_ = file->pMethods->xWrite; // the same for database and log
        methods.xWrite = &write;
        file->pMethods = &methods;
        return opened;
    }
    static int write(sqlite3_file* file, const void* data, int amount, sqlite3_int64 at) {
        return full_ ? SQLITE_FULL : write_(file, data, amount, at);
    }
    static inline sqlite3_vfs vfs_;
    static inline decltype(sqlite3_vfs::xOpen) open_ = nullptr;
    static inline std::map<const sqlite3_io_methods*, sqlite3_io_methods> methods_; ///< by those they stand in for
    static inline decltype(sqlite3_io_methods::xWrite) write_ = nullptr;
    static inline bool full_ = false;
};

void run(const QString& file, const char* statement) {
    sqlite3* database = nullptr;
    if (sqlite3_open(qPrintable(file), &database) != SQLITE_OK) qFatal("the database cannot be opened");
    if (sqlite3_exec(database, statement, nullptr, nullptr, nullptr) != SQLITE_OK)
        qFatal("%s", sqlite3_errmsg(database));
    sqlite3_close(database);
}

} // namespace

class JdbcFaultsTest : public QObject {
    Q_OBJECT
private slots:
    void initTestCase() { FullSqliteDisk::install(); }
    void cleanup() { FullSqliteDisk::setFull(false); }
    void aFullDiskRefusesPutsAndLetsTakesGoOn();
    void whatWasTakenFromAFullDiskComesOnceMoreAfterAKill();
    void aDamagedRowIsSetAside();
};

void JdbcFaultsTest::aFullDiskRefusesPutsAndLetsTakesGoOn() {
    JdbcBench bench;
    bench.start();
    QVERIFY(bench.put(numbered(0, 5)));
    FullSqliteDisk::setFull(true);
    const Status refused = bench.put(numbered(5, 1));
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::noSpace));
    QCOMPARE(bench.take(2), numbersFrom(0, 2));
    QCOMPARE(bench.take(2), numbersFrom(2, 2));
    QCOMPARE(bench.channel().level().events, std::size_t(1));
    QVERIFY(bench.logged("what sinks take is noted in memory"));
    FullSqliteDisk::setFull(false);
    QVERIFY(bench.put(numbered(5, 1)));
    QCOMPARE(bench.take(1), numbersFrom(4, 1));
    bench.restart();
    QCOMPARE(bench.take(10), numbersFrom(5, 1));
}

void JdbcFaultsTest::whatWasTakenFromAFullDiskComesOnceMoreAfterAKill() {
    JdbcBench bench;
    bench.start();
    QVERIFY(bench.put(numbered(0, 3)));
    FullSqliteDisk::setFull(true);
    QCOMPARE(bench.take(2), numbersFrom(0, 2));
    bench.channel().stop(); // nothing more can be written: as if it had been killed
    FullSqliteDisk::setFull(false);
    bench.restart();
    QCOMPARE(bench.take(10), numbersFrom(0, 3));
}

void JdbcFaultsTest::aDamagedRowIsSetAside() {
    JdbcBench bench;
    bench.start();
    QVERIFY(bench.put(numbered(0, 5)));
    bench.channel().stop();
    run(bench.path("events.db"), "UPDATE events SET event = x'ff' WHERE number IN (1, 4)");
    bench.restart();
    QCOMPARE(bench.take(10), (std::vector<std::string>{"0", "2", "3"}));
    QVERIFY(bench.logged("event 1 of the database is damaged"));
    QVERIFY(bench.logged("event 4 of the database is damaged"));
    QCOMPARE(bench.channel().level().events, std::size_t(0));
    bench.restart();
    QVERIFY(bench.take(10).empty());
    bench.channel().stop();
    run(bench.path("events.db"),
        "INSERT INTO events SELECT number, event FROM damaged WHERE number = 1"); // still there
}

MILLRACE_TEST(JdbcFaultsTest)
#include "tst_jdbc_faults.moc"
