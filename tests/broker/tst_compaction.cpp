// What is left of a compacted topic, and what readers, producers and transactions notice of it.
#include "broker/support/compacting_core.h"
#include "broker/support/transactional_client.h"
#include "support/test_program.h"

using namespace millrace;
using namespace millrace::broker;
using namespace std::chrono_literals;

class TestCompaction : public QObject {
    Q_OBJECT

private slots:
    void whatIsLeft_data() {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("left"); ///< the last batch is in the segment under way
        QTest::newRow("the newest of each key") << "a=1|b=1|a=2|c=1|b=2|z=0"
                                                << "2:a=2 3:c=1 4:b=2 5:z=0";
        QTest::newRow("of a key that is in one batch twice") << "a=1 a=2 b=1 a=3|z=0"
                                                             << "2:b=1 3:a=3 4:z=0";
        QTest::newRow("what is not closed counts for nothing") << "a=1|a=2|a=3"
                                                               << "1:a=2 2:a=3";
        QTest::newRow("a deleted key, for a time") << "a=1|a|b=1|z=0"
                                                   << "1:a 2:b=1 3:z=0";
        QTest::newRow("a key that is there again") << "a|a=1|z=0"
                                                   << "1:a=1 2:z=0";
        QTest::newRow("no record without a key") << "a=1 =x|b=1|z=0"
                                                 << "0:a=1 2:b=1 3:z=0";
        QTest::newRow("where all went at the end") << "a=1|b=1|=x|z=0"
                                                   << "0:a=1 1:b=1 2:- 3:z=0";
        QTest::newRow("the last batch of a producer") << "P7: a=1|a=2|z=0"
                                                      << "0:- 1:a=2 2:z=0";
        QTest::newRow("of a producer only the last") << "P7: a=1|P7: a=2|P7: b=1|a=3|z=0"
                                                     << "2:b=1 3:a=3 4:z=0";
        QTest::newRow("a committed transaction") << "a=1|T7: a=2 b=1|C7|b=2|z=0"
                                                 << "1:a=2 3:commit 4:b=2 5:z=0";
        QTest::newRow("no record of an aborted one") << "a=1|T7: a=2|A7|T7: c=1|C7|z=0"
                                                     << "0:a=1 2:abort 3:c=1 4:commit 5:z=0";
        QTest::newRow("two that overlap") << "T7: a=1|T8: a=2|A7|T8: b=1|C8|T7: c=1|C7|z=0"
                                          << "1:a=2 2:abort 3:b=1 4:commit 5:c=1 6:commit 7:z=0";
    }
    void whatIsLeft() {
        QFETCH(QString, written);
        QFETCH(QString, left);
        Compacting topic;
        topic.write(written);
        QCOMPARE(topic.left(), left);
        QCOMPARE(topic.left(), left); // another round finds nothing to do
        topic.restart();
        QCOMPARE(topic.left(), left);
        topic.broker.die();
        QCOMPARE(KeyedRecords::in(*topic.broker.replica("t")).join(' '), left);
    }

    void nothingBehindAnOpenTransactionGoes() {
        Compacting topic;
        topic.write("a=1|a=2|T7: b=1|a=3|a=4|z=0");
        QCOMPARE(topic.left(), QString("1:a=2 2:b=1 3:a=3 4:a=4 5:z=0"));
        topic.write("A7|z=1");
        QCOMPARE(topic.left(), QString("2:- 4:a=4 5:z=0 6:abort 7:z=1"));
    }

    void aBatchStaysInItsCompression_data() {
        QTest::addColumn<int>("codec");
        for (const auto codec :
             {wire::Codec::none, wire::Codec::gzip, wire::Codec::snappy, wire::Codec::lz4, wire::Codec::zstd})
            QTest::newRow(wire::toString(codec)) << int(codec);
    }
    void aBatchStaysInItsCompression() {
        QFETCH(int, codec);
        Compacting topic;
        topic.records.codec = static_cast<wire::Codec>(codec);
        topic.write("a=1 b=1 c|a=2 d=1|z=0");
        const QString left = "1:b=1 2:c 3:a=2 4:d=1 5:z=0";
        QCOMPARE(topic.left(), left);
        const auto& log = topic.broker.replica("t")->log();
        for (const std::int64_t offset : {0, 3}) {
            const auto header = *wire::readBatchHeader(log.readCold(offset, 1)->pieces.at(0).span());
            QCOMPARE(int(header.codec()), codec);
            QCOMPARE(header.baseOffset, offset);
            QCOMPARE(header.lastOffset(), offset == 0 ? 2 : 4);
        }
        // Times are told from another base since a deleted key is among them, and are the same.
        auto reader = *wire::RecordReader::open(log.readCold(0, 1)->pieces.at(0));
        QCOMPARE((*reader.next())->timestamp, 1'700'000'000'001);
        const auto tombstone = *reader.next();
        QCOMPARE(tombstone->timestamp, 1'700'000'000'002);
        QCOMPARE(tombstone->headers.at(0).key, std::string("of"));
    }

    /// The header that is left of a batch keeps the time of records which are gone, for its producer's sake.
    void timesAreThoseOfRecordsThatAreLeft() {
        Compacting topic;
        topic.records.timestamp += 1000;
        topic.write("P7: a=1");
        topic.records.timestamp -= 1000;
        topic.write("a=2|b=1|z=0");
        QCOMPARE(topic.left(), QString("0:- 1:a=2 2:b=1 3:z=0"));
        const EpochMs newest = topic.records.timestamp - 1;
        for (const bool restarted : {false, true}) {
            const auto& log = topic.broker.replica("t")->log();
            const auto latest = log.maxTimestamp();
            QVERIFY(latest && *latest);
            QCOMPARE((*latest)->timestamp, newest);
            QCOMPARE((*latest)->offset, 3);
            const auto found = log.offsetForTime(newest + 1);
            QVERIFY(found && !*found);
            QCOMPARE((*log.offsetForTime(0))->offset, 1);
            if (!restarted) topic.restart();
        }
    }

    void segmentsGrowTogether() {
        Compacting topic(ConfigMap{{"cleanup.policy", "compact"}, {"segment.bytes", "400"}});
        for (int i = 0; i < 40; ++i)
            topic.write(QString("k%1=%2").arg(i % 3).arg(i));
        const auto segments = [&] { return topic.broker.replica("t")->log().segments().size(); };
        QVERIFY(segments() > 5);
        topic.left();
        topic.write("k0=39|k1=37|k2=38|z=0|z=0|z=0|z=0|z=0|z=0|z=0|z=0|z=0|z=0|z=0|z=0");
        topic.left();
        QVERIFY2(segments() <= 5, qPrintable(QString::number(segments()))); // each is full, or the last of its pass
        QCOMPARE(KeyedRecords::newestIn(*topic.broker.replica("t")),
                 (std::map<std::string, std::string>{{"k0", "39"}, {"k1", "37"}, {"k2", "38"}, {"z", "0"}}));
    }

    void aDeletedKeyIsToldForATimeAndThenForgotten() {
        Compacting topic(compactedAnd({{"delete.retention.ms", "60000"}}));
        topic.write("a=1|a|b=1|z=0");
        QCOMPARE(topic.left(), QString("1:a 2:b=1 3:z=0"));
        topic.write("b=2|z=1");
        QCOMPARE(topic.left(30s), QString("1:a 3:z=0 4:b=2 5:z=1"));
        topic.restart();
        topic.broker.advance(60s);
        topic.write("b=3|z=2");
        QCOMPARE(topic.left(), QString("5:z=1 6:b=3 7:z=2"));
    }

    void aMarkerGoesAfterAllThatItEndedAndIsToldNoMore_data() {
        QTest::addColumn<bool>("commits");
        QTest::newRow("of a committed transaction") << true;
        QTest::newRow("of an aborted transaction") << false;
    }
    void aMarkerGoesAfterAllThatItEndedAndIsToldNoMore() {
        QFETCH(bool, commits);
        Compacting topic(compactedAnd({{"delete.retention.ms", "60000"}}));
        topic.write(commits ? "T7: a=1|C7|a=2|T7: c=kept|C7|z=0" : "T7: a=1|A7|a=2|T7: c=kept|C7|z=0");
        const QString marker = commits ? "1:commit " : "1:abort ";
        QCOMPARE(topic.left(), marker + "2:a=2 3:c=kept 4:commit 5:z=0");
        topic.write("d=1|z=1"); // nothing is seen of the transaction now: its time begins
        QCOMPARE(topic.left(), marker + "2:a=2 3:c=kept 4:commit 5:z=0 6:d=1 7:z=1");
        QCOMPARE(topic.broker.replica("t")->producers().aborted().all().size(), std::size_t(!commits));
        topic.broker.advance(61s);
        topic.write("d=2|z=2");
        QCOMPARE(topic.left(), QString("2:a=2 3:c=kept 4:commit 7:z=1 8:d=2 9:z=2"));
        // A reader of committed records that was told of it would wait for its marker, and drop what follows.
        for (const bool crash : {false, true}) {
            QCOMPARE(topic.broker.replica("t")->producers().aborted().all().size(), std::size_t(0));
            QVERIFY(seen(topic.broker, true, 3).values.contains("kept"));
            if (!crash) topic.broker.die();
        }
    }
};

MILLRACE_TEST(TestCompaction)
#include "tst_compaction.moc"
