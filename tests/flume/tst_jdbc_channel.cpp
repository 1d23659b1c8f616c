#include "flume/support/jdbc_bench.h"
#include "support/test_program.h"

#include <QFile>
#include <QtTest>

#include <deque>
#include <random>
#include <set>
#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using Bench = JdbcBench;

class JdbcChannelTest : public QObject {
    Q_OBJECT
private slots:
    void putsAreSeenAfterCommitOnly();
    void headersAndBytesOfBodiesComeBackAsTheyWere();
    void rolledBackTakesComeFirstAgain();
    void eventsAreThereAfterARestart();
    void takesThatWereNotCommittedAreThereAfterARestart();
    void aFullChannelRefusesAtOnce();
    void capacityChangesWhileItRuns();
    void theFileIsNamedByTheAddress_data();
    void theFileIsNamedByTheAddress();
    void otherDatabasesAreRefused_data();
    void otherDatabasesAreRefused();
    void oneFileServesOneChannel();
    void whatIsNoDatabaseIsLeftAlone();
    void withoutCreateSchemaTheTableHasToBeThere();
    void bodiesOfManyMegabytesDoNotAllComeIntoMemory();
    void afterStopNothingIsTakenOrPut();
    void randomTransactionsMatchAModel_data();
    void randomTransactionsMatchAModel();
    void manySourcesAndSinksLoseNothing();
};

void JdbcChannelTest::putsAreSeenAfterCommitOnly() {
    Bench bench;
    bench.start();
    const auto put = bench.another();
    put->begin();
    QVERIFY(put->put({numbered(0, 3), 0, 3}));
    QVERIFY(bench.take(10).empty());
    QVERIFY(put->commit());
    QCOMPARE(bench.take(10), numbersFrom(0, 3));
    put->begin();
    QVERIFY(put->put({numbered(5, 3), 0, 3}));
    put->rollback();
    QVERIFY(bench.take(10).empty());
}

void JdbcChannelTest::headersAndBytesOfBodiesComeBackAsTheyWere() {
    Bench bench;
    bench.start();
    EventBatchBuilder builder;
    const auto two = makeHeaders({{"host", "web1"}, {"", "\xff\x01"}});
    builder.setHeaders(two);
    const std::string bytes("\0\x01\xfe line\n", 9);
    builder.add(bytes);
    builder.add("");
    builder.setHeaders(nullptr);
    builder.add("plain");
    QVERIFY(bench.put(builder.finish()));
    bench.restart();
    bench.taking().begin();
    const auto taken = bench.taking().take(10);
    QVERIFY(taken && taken->size() == 1);
    const EventBatch& batch = *taken->front().batch;
    QCOMPARE(batch.body(0), std::string_view(bytes));
    QCOMPARE(batch.body(1), std::string_view());
    QVERIFY(batch.headers(0) == *two);
    QCOMPARE(batch.headerSet(0).get(), batch.headerSet(1).get());
    QVERIFY(batch.headers(2).empty());
    QVERIFY(bench.taking().commit());
}

void JdbcChannelTest::rolledBackTakesComeFirstAgain() {
    Bench bench;
    bench.start();
    QVERIFY(bench.put(numbered(0, 4)));
    QVERIFY(bench.put(numbered(4, 4)));
    bench.taking().begin();
    QVERIFY(bench.taking().take(3));
    QVERIFY(bench.taking().take(2));
    QVERIFY(bench.put(numbered(8, 1)));
    bench.taking().rollback();
    QCOMPARE(bench.take(100), numbersFrom(0, 9));
}

void JdbcChannelTest::eventsAreThereAfterARestart() {
    Bench bench;
    bench.start();
    QVERIFY(bench.put(numbered(0, 10)));
    QCOMPARE(bench.take(4), numbersFrom(0, 4));
    bench.restart();
    QCOMPARE(bench.channel().level().events, std::size_t(6));
    QVERIFY(bench.put(numbered(10, 1)));
    QCOMPARE(bench.take(100), numbersFrom(4, 7));
    bench.restart();
    QVERIFY(bench.take(100).empty());
    QVERIFY(bench.put(numbered(11, 1)));
    QCOMPARE(bench.take(100), numbersFrom(11, 1));
}

void JdbcChannelTest::takesThatWereNotCommittedAreThereAfterARestart() {
    Bench bench;
    bench.start();
    QVERIFY(bench.put(numbered(0, 3)));
    bench.taking().begin();
    QVERIFY(bench.taking().take(2));
    bench.channel().stop();
    QVERIFY(!bench.taking().commit());
    bench.taking().rollback();
    bench.restart();
    QCOMPARE(bench.take(100), numbersFrom(0, 3));
}

void JdbcChannelTest::aFullChannelRefusesAtOnce() {
    Bench bench(ChannelProperties{{"maximum.capacity", "3"}});
    bench.start();
    QVERIFY(bench.put(numbered(0, 3)));
    const Status refused = bench.put(numbered(3, 1));
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::full));
    QCOMPARE(bench.take(1), numbersFrom(0, 1));
    QVERIFY(bench.put(numbered(3, 1)));
}

void JdbcChannelTest::capacityChangesWhileItRuns() {
    Bench bench(ChannelProperties{{"maximum.capacity", "1"}});
    bench.start();
    QVERIFY(bench.put(numbered(0, 1)));
    QVERIFY(bench.reconfigure({{"driver.url", "jdbc:sqlite:events.db"}, {"maximum.capacity", "2"}}));
    QVERIFY(bench.put(numbered(1, 1)));
    QVERIFY(!bench.reconfigure({{"driver.url", "jdbc:sqlite:other.db"}}));
}

void JdbcChannelTest::theFileIsNamedByTheAddress_data() {
    QTest::addColumn<QString>("property");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("file");
    QTest::newRow("SQLite") << "driver.url" << "jdbc:sqlite:deep/down/events.db" << "deep/down/events.db";
    QTest::newRow("Derby's directory") << "driver.url" << "jdbc:derby:flume/db;create=true" << "flume/db.sqlite";
    QTest::newRow("Derby without attributes") << "driver.url" << "jdbc:derby:flume" << "flume.sqlite";
    QTest::newRow("the old long name") << "org.apache.flume.channel.jdbc.driver.url" << "jdbc:derby:old" << "old.sqlite";
}
void JdbcChannelTest::theFileIsNamedByTheAddress() {
    QFETCH(QString, property);
    QFETCH(QString, value);
    QFETCH(QString, file);
    Bench bench(ChannelProperties{{property.toStdString(), value.toStdString()}});
    bench.start();
    QVERIFY(bench.put(numbered(0, 1)));
    QVERIFY(QFile::exists(bench.path(qPrintable(file))));
}

void JdbcChannelTest::otherDatabasesAreRefused_data() {
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("named");
    QTest::newRow("MySQL") << "jdbc:mysql://db/flume" << "MYSQL" << "driver.url is \"jdbc:mysql://db/flume\"";
    QTest::newRow("a Derby server") << "jdbc:derby://db:1527/flume" << "DERBY" << "driver.url is";
    QTest::newRow("Derby's own kinds") << "jdbc:derby:" << "DERBY" << "driver.url is";
    QTest::newRow("MySQL in a file") << "jdbc:sqlite:x.db" << "MYSQL" << "db.type is \"MYSQL\"";
    QTest::newRow("nothing at all") << "events.db" << "DERBY" << "driver.url is";
}
void JdbcChannelTest::otherDatabasesAreRefused() {
    QFETCH(QString, url);
    QFETCH(QString, type);
    QFETCH(QString, named);
    Bench bench(ChannelProperties{{"driver.url", url.toStdString()}, {"db.type", type.toStdString()}});
    const Status refused = bench.tryStart();
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::unsupported));
    QVERIFY2(refused.error().message.find(named.toStdString()) != std::string::npos, refused.error().message.c_str());
}

void JdbcChannelTest::oneFileServesOneChannel() {
    Bench bench;
    bench.start();
    Bench second({{"driver.url", "jdbc:sqlite:" + bench.path("events.db").toStdString()}});
    const Status refused = second.tryStart();
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.find("another agent has it open") != std::string::npos,
             refused.error().message.c_str());
    bench.channel().stop();
    QVERIFY(second.tryStart());
}

void JdbcChannelTest::whatIsNoDatabaseIsLeftAlone() {
    Bench bench;
    const QByteArray text = QByteArray("some notes of somebody\n").repeated(100);
    QFile file(bench.path("events.db"));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
    file.close();
    const Status refused = bench.tryStart();
    QVERIFY(!refused);
    QCOMPARE(toString(refused.error().code), toString(ErrorCode::corrupt));
    QVERIFY(refused.error().message.find("events.db") != std::string::npos);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), text);
}

void JdbcChannelTest::withoutCreateSchemaTheTableHasToBeThere() {
    Bench bench(ChannelProperties{{"create.schema", "false"}});
    const Status missing = bench.tryStart();
    QVERIFY(!missing);
    QCOMPARE(toString(missing.error().code), toString(ErrorCode::notFound));
    QVERIFY(!QFile::exists(bench.path("events.db")));
    QFile empty(bench.path("events.db"));
    QVERIFY(empty.open(QIODevice::WriteOnly));
    const Status noTable = bench.tryStart();
    QVERIFY(!noTable);
    QVERIFY(noTable.error().message.find("create.schema") != std::string::npos);
}

void JdbcChannelTest::bodiesOfManyMegabytesDoNotAllComeIntoMemory() {
    Bench bench;
    bench.start();
    const std::string large(std::size_t(40) << 20, 'x');
    for (int i = 0; i < 3; ++i)
        QVERIFY(bench.put(makeBatch({large})));
    for (int i = 0; i < 3; ++i)
        QCOMPARE(bench.take(100).size(), std::size_t(1));
    QVERIFY(bench.take(100).empty());
}

void JdbcChannelTest::afterStopNothingIsTakenOrPut() {
    Bench bench;
    bench.start();
    QVERIFY(bench.put(numbered(0, 1)));
    bench.channel().stop();
    const Status put = bench.put(numbered(1, 1));
    QVERIFY(!put);
    QCOMPARE(toString(put.error().code), toString(ErrorCode::closed));
    bench.taking().begin();
    QVERIFY(!bench.taking().take(1));
    bench.taking().rollback();
    QCOMPARE(bench.channel().level().events, std::size_t(1));
}

void JdbcChannelTest::randomTransactionsMatchAModel_data() {
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 4; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}
void JdbcChannelTest::randomTransactionsMatchAModel() {
    QFETCH(quint32, seed);
    std::mt19937 random(seed);
    Bench bench;
    bench.start();
    std::deque<std::string> model;
    std::size_t next = 0;
    for (int step = 0; step < 300; ++step) {
        if (random() % 40 == 0) bench.restart();
        if (random() % 2 == 0) {
            const std::size_t count = 1 + random() % 20;
            QVERIFY(bench.put(numbered(next, count)));
            for (std::size_t i = 0; i < count; ++i)
                model.push_back(std::to_string(next + i));
            next += count;
            continue;
        }
        std::vector<std::string> got;
        bench.taking().begin();
        for (std::size_t calls = 1 + random() % 3; calls > 0; --calls) {
            const auto ranges = bench.taking().take(random() % 12);
            QVERIFY(ranges.has_value());
            const auto bodies = bodiesOf(*ranges);
            got.insert(got.end(), bodies.begin(), bodies.end());
        }
        QVERIFY(got.size() <= model.size() && std::equal(got.begin(), got.end(), model.begin()));
        if (random() % 3 == 0) {
            bench.taking().rollback();
            continue;
        }
        QVERIFY(bench.taking().commit());
        model.erase(model.begin(), model.begin() + static_cast<std::ptrdiff_t>(got.size()));
        QCOMPARE(bench.channel().level().events, model.size());
    }
    QCOMPARE(bench.take(100000), std::vector<std::string>(model.begin(), model.end()));
}

void JdbcChannelTest::manySourcesAndSinksLoseNothing() {
    Bench bench;
    bench.start();
    constexpr std::size_t kPerSource = 2000; // one that came twice would keep another one away
    std::mutex mutex;
    std::set<std::string> seen;
    std::atomic<std::size_t> left{2 * kPerSource};
    const auto source = [&](std::size_t first) {
        const auto put = bench.another();
        for (std::size_t done = 0; done < kPerSource; done += 50)
            if (!putAll(*put, numbered(first + done, 50))) qFatal("a put failed");
    };
    const auto sink = [&](unsigned seed) {
        std::mt19937 random(seed);
        const auto take = bench.another();
        while (left.load() > 0) {
            take->begin();
            const auto ranges = take->take(1 + random() % 100);
            if (!ranges) qFatal("a take failed");
            const auto bodies = bodiesOf(*ranges);
            if (random() % 5 == 0) {
                take->rollback();
                continue;
            }
            if (!take->commit()) qFatal("a commit failed");
            const std::lock_guard lock(mutex);
            seen.insert(bodies.begin(), bodies.end());
            left -= bodies.size();
        }
    };
    std::vector<std::thread> threads;
    threads.emplace_back(source, 0);
    threads.emplace_back(source, kPerSource);
    threads.emplace_back(sink, 1u);
    threads.emplace_back(sink, 2u);
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(seen.size(), 2 * kPerSource);
    QCOMPARE(bench.channel().level().events, std::size_t(0));
}

MILLRACE_TEST(JdbcChannelTest)
#include "tst_jdbc_channel.moc"
