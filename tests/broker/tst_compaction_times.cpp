// When a partition is compacted, how fast, and what may happen to it meanwhile.
#include "broker/compaction/cleanable.h"
#include "broker/handlers/handlers.h"
#include "broker/support/compacting_core.h"
#include "support/memory_log.h"
#include "support/test_program.h"
#include "wire/error_code.h"
#include "wire/messages/delete_records.h"

#include <QFile>

using namespace millrace;
using namespace millrace::broker;
using namespace std::chrono_literals;
using storage::SegmentSummary;

class TestCompactionTimes : public QObject {
    Q_OBJECT

    /// Closed segments of ten offsets and 100 bytes, each a second younger than the one before, and the one under way.
    static std::vector<SegmentSummary> segments(int closed) {
        std::vector<SegmentSummary> all;
        for (int i = 0; i <= closed; ++i)
            all.push_back({i * 10, 100, 1000 * i, 1000 * i + 900});
        return all;
    }

private slots:
    void thePartThatIsCompacted_data() {
        QTest::addColumn<int>("closed");
        QTest::addColumn<qint64>("compactedTo");
        QTest::addColumn<qint64>("logStart");
        QTest::addColumn<qint64>("stableOffset");
        QTest::addColumn<qint64>("minLag");
        QTest::addColumn<qint64>("from"); ///< -1: there is none
        QTest::addColumn<qint64>("end");
        QTest::addColumn<double>("ratio");
        QTest::newRow("all that is closed") << 4 << 0LL << 0LL << 45LL << 0LL << 0LL << 40LL << 1.0;
        QTest::newRow("what is new") << 4 << 30LL << 0LL << 45LL << 0LL << 30LL << 40LL << 0.25;
        QTest::newRow("from within a segment") << 4 << 25LL << 0LL << 45LL << 0LL << 25LL << 40LL << 0.5;
        QTest::newRow("nothing is new") << 4 << 40LL << 0LL << 45LL << 0LL << -1LL << 0LL << 0.0;
        QTest::newRow("nothing is closed") << 0 << 0LL << 0LL << 5LL << 0LL << -1LL << 0LL << 0.0;
        QTest::newRow("up to a transaction") << 4 << 0LL << 0LL << 25LL << 0LL << 0LL << 20LL << 1.0;
        QTest::newRow("no transaction is open") << 4 << 0LL << 0LL << 20LL << 0LL << 0LL << 20LL << 1.0;
        QTest::newRow("from where the log begins") << 4 << 0LL << 15LL << 45LL << 0LL << 15LL << 40LL << 0.75;
        QTest::newRow("of a log that was cut, all") << 2 << 40LL << 0LL << 25LL << 0LL << 0LL << 20LL << 1.0;
        QTest::newRow("what is old enough") << 4 << 0LL << 0LL << 45LL << 8000LL << 0LL << 20LL << 1.0;
        QTest::newRow("nothing is old enough") << 4 << 0LL << 0LL << 45LL << 9500LL << -1LL << 0LL << 0.0;
    }
    void thePartThatIsCompacted() {
        QFETCH(int, closed);
        QFETCH(qint64, compactedTo);
        QFETCH(qint64, logStart);
        QFETCH(qint64, stableOffset);
        QFETCH(qint64, minLag);
        QFETCH(qint64, from);
        QFETCH(qint64, end);
        QFETCH(double, ratio);
        const auto part =
            cleanablePart(segments(closed), {compactedTo, logStart, stableOffset}, {0, minLag, INT64_MAX, 0.5}, 10'000);
        QCOMPARE(part ? part->from : -1, from);
        if (!part) return;
        QCOMPARE(part->end, end);
        QCOMPARE(part->ratio(), ratio);
        QVERIFY(!part->overdue);
    }

    void whatIsOlderThanTheLagIsOverdue() {
        for (const std::int64_t lag : {1, 9999, 10'000, 20'000}) {
            const auto part = cleanablePart(segments(4), {0, 0, 45}, {0, 0, lag, 0.5}, 10'000);
            QCOMPARE(part->overdue, lag < 10'000);
        }
        QVERIFY(!cleanablePart(segments(4), {20, 0, 45}, {0, 0, 8000, 0.5}, 10'000)->overdue);
    }

    void segmentsThatFitIntoOneAreOneGroup() {
        const auto all = segments(5);
        const auto group = [&](std::int64_t from, std::int64_t end, std::uint64_t bytes) {
            const auto found = nextGroup(all, from, end, bytes);
            return found ? QString("%1-%2 %3").arg(found->from).arg(found->end).arg(found->segments) : QString();
        };
        QCOMPARE(group(0, 50, 250), QString("0-20 2"));
        QCOMPARE(group(20, 50, 250), QString("20-40 2"));
        QCOMPARE(group(40, 50, 250), QString("40-50 1"));
        QCOMPARE(group(50, 50, 250), QString());
        QCOMPARE(group(0, 25, 1000), QString("0-30 3"));
        QCOMPARE(group(0, 50, 10), QString("0-10 1"));
    }

    void onlyWhatIsNewEnoughIsWorthTheWork() {
        Compacting topic(compactedAnd({{"min.cleanable.dirty.ratio", "0.5"}}));
        topic.write("a=1|b=1|c=1|d=1|z=0");
        QCOMPARE(topic.left(), QString("0:a=1 1:b=1 2:c=1 3:d=1 4:z=0"));
        topic.write("a=2|z=1");
        QCOMPARE(topic.left(10s).section(' ', 0, 0), QString("0:a=1"));
        topic.write("a=3|a=4|a=5|z=2");
        QCOMPARE(topic.left(10s), QString("1:b=1 2:c=1 3:d=1 6:z=1 9:a=5 10:z=2"));
    }

    void aPolicyThatChangesCountsFromTheNextRoundOn() {
        Compacting topic(ConfigMap{{"segment.bytes", "14"}});
        topic.write("a=1|a=2|z=0");
        QCOMPARE(topic.left(10s).section(' ', 0, 0), QString("0:a=1"));
        topic.configure(kCompacted);
        QCOMPARE(topic.left(), QString("1:a=2 2:z=0"));
    }

    void itKeepsToItsRate() {
        Compacting topic(kCompacted,
                         {{"log.cleaner.io.max.bytes.per.second", "100"}, {"log.cleaner.io.buffer.size", "1024"}});
        topic.write(QString("a=1|a=%1|z=0").arg(QString(2000, 'x')));
        topic.left();
        QCOMPARE(topic.left(15s).section(' ', 0, 0), QString("0:a=1")); // it has read 2000 bytes
        QVERIFY(topic.left(60s).startsWith("1:a=x"));
    }

    void theLogGoesOnMeanwhile() {
        Compacting topic(kCompacted, {{"log.cleaner.io.buffer.size", "1024"}});
        for (int i = 0; i < 30; ++i)
            topic.write(QString("k%1=%2").arg(i % 7).arg(i));
        topic.broker.loop.advance(1s);
        for (int i = 30; i < 150; ++i) {
            topic.broker.loop.drain();
            topic.write(QString("k%1=%2").arg(i % 7).arg(i));
            topic.broker.slow.drain();
            QCOMPARE(KeyedRecords::newestIn(*topic.broker.replica("t")), newestOf(i + 1));
        }
        QVERIFY(KeyedRecords::in(*topic.broker.replica("t")).size() < 140);
    }

    void nothingIsCompactedWhereTheCleanerIsOff() {
        Compacting topic(kCompacted, {{"log.cleaner.enable", "false"}});
        topic.write("a=1|a=2|z=0");
        QCOMPARE(topic.left(10s), QString("0:a=1 1:a=2 2:z=0"));
    }

    void aTopicThatGoesEndsIt() {
        test::MemoryLog lines;
        Compacting topic(kCompacted, {}, lines);
        topic.write("a=1|a=2|z=0");
        topic.broker.loop.advance(1s); // it is about to begin
        topic.broker.topics().change({{RemoveTopic{"t"}}}, [](const auto&) {});
        topic.broker.settle();
        topic.broker.makeTopic("t", 1, kCompacted);
        topic.write("b=1|b=2|z=0");
        QCOMPARE(topic.left(), QString("1:b=2 2:z=0"));
        for (const auto& line : lines.lines())
            QVERIFY2(!QString::fromStdString(line).contains("compaction of"), line.c_str());
    }

    void aMarkThatCannotBeReadCostsOneMorePass() {
        test::MemoryLog lines;
        Compacting topic(kCompacted, {}, lines);
        topic.write("a=1|a=2|z=0");
        QCOMPARE(topic.left(), QString("1:a=2 2:z=0"));
        QFile file(topic.broker.directory.filePath("t-0/cleaner-offset-checkpoint"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), QByteArray("0\n1\nt 0 2\n"));
        file.close();
        for (const QByteArray content : {"", "0\n1\nt 0 x\n", "0\n1\nu 0 2\n", "0\n1\nt 0 -2\n"}) {
            QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write(content) == content.size());
            file.close();
            const auto before = lines.lines().size();
            topic.broker.die();
            QCOMPARE(topic.broker.replica("t")->compaction.upTo, 0);
            QVERIFY(lines.lines().size() > before);
        }
    }

    void aMarkBeyondTheEndOfTheLogIsNoneForGood() {
        test::MemoryLog lines;
        Compacting topic(kCompacted, {}, lines);
        topic.write("a=1|z=0");
        QFile file(topic.broker.directory.filePath("t-0/cleaner-offset-checkpoint"));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("0\n1\nt 0 4\n") > 0);
        file.close();
        topic.broker.die();
        QCOMPARE(topic.broker.replica("t")->compaction.upTo, 0);
        QVERIFY(std::ranges::any_of(lines.lines(), [](const std::string& line) {
            return line.find("up to offset 4 and ends at offset 2") != std::string::npos;
        }));
        KeyedRecords().appendAll(*topic.broker.replica("t"), "b=1|c=1|y=0|x=0"); // the log passes it
        topic.broker.die();
        QCOMPARE(topic.broker.replica("t")->compaction.upTo, 0);
    }

    void damageSetsOnePartitionAside() {
        test::MemoryLog lines;
        Compacting topic(kCompacted, {}, lines);
        topic.broker.makeTopic("u", 1, kCompacted);
        topic.write("a=1|a=2|a=3|z=0");
        KeyedRecords().appendAll(*topic.broker.replica("u"), "a=1|a=2|z=0");
        QFile file(topic.broker.directory.filePath("t-0/00000000000000000001.log"));
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() - 1) && file.write("?") == 1);
        file.close();
        topic.left(10s);
        QCOMPARE(KeyedRecords::in(*topic.broker.replica("u")).join(' '), QString("1:a=2 2:z=0"));
        int told = 0;
        for (const auto& line : lines.lines())
            told += QString::fromStdString(line).startsWith("t-0 is not compacted any more");
        QCOMPARE(told, 1);
        QVERIFY(!topic.broker.replica("t")->offline());
        QCOMPARE(topic.broker.replica("t")->log().logStart(), 0);
    }

    void whatIsDeletedWhileItRunsIsNoConcernOfIt() {
        Compacting topic(compactedAnd({{"cleanup.policy", "compact,delete"}}));
        topic.write("a=1|b=1|a=2|c=1|z=0");
        topic.broker.loop.advance(1s);
        wire::DeleteRecordsRequest request;
        request.topics.push_back({"t", {{0, 3}}});
        QCOMPARE(topic.broker.get(deleteRecords, request, 1)->topics[0].partitions[0].errorCode, wire::error::kNone);
        QCOMPARE(topic.left(), QString("3:c=1 4:z=0"));
        topic.write("c=2|z=1");
        QCOMPARE(topic.left(), QString("4:z=0 5:c=2 6:z=1"));
        QCOMPARE(topic.broker.replica("t")->log().logStart(), 3);
    }

private:
    static std::map<std::string, std::string> newestOf(int count) {
        std::map<std::string, std::string> newest;
        for (int i = 0; i < count; ++i)
            newest["k" + std::to_string(i % 7)] = std::to_string(i);
        return newest;
    }
};

MILLRACE_TEST(TestCompactionTimes)
#include "tst_compaction_times.moc"
