#include "flume/support/file_channel_bench.h"
#include "support/full_disk.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::FullDisk;

using Strings = std::vector<std::string>;

namespace {

Strings numbersFrom(std::size_t first, std::size_t count) {
    return bodiesOf(EventRanges{{numbered(first, count), 0, static_cast<std::uint32_t>(count)}});
}

} // namespace

class FileChannelTest : public QObject {
    Q_OBJECT
private slots:
    void whatIsInItSurvivesARestart_data() {
        QTest::addColumn<QString>("end");
        for (const char* end : {"a stop", "a stop without a checkpoint", "no stop at all"})
            QTest::newRow(end) << QString(end);
    }
    void whatIsInItSurvivesARestart() {
        QFETCH(QString, end);
        FileChannelBench bench(ChannelProperties{{"checkpointOnClose", end == "a stop" ? "true" : "false"}});
        bench.start();
        QVERIFY(bench.put(numbered(0, 10)));
        QCOMPARE(bench.take(4), numbersFrom(0, 4));
        bench.takeAndHold(3); // taken and not committed: it comes again
        if (end == "no stop at all")
            bench.dieAndStart();
        else
            bench.restart();
        QCOMPARE(bench.channel().level().events, std::size_t(6));
        QCOMPARE(bench.channel().volatileEvents(), std::size_t(0));
        QVERIFY(bench.put(numbered(10, 2)));
        QCOMPARE(bench.take(100), numbersFrom(4, 8));
        bench.restart();
        QCOMPARE(bench.take(100), Strings());
    }

    void headersAndBodiesComeBackAsTheyWere() {
        FileChannelBench bench;
        bench.start();
        EventBatchBuilder builder;
        const auto one = makeHeaders({{"host", "a"}, {"empty", ""}, {"", "no name"}});
        const auto other = makeHeaders({{"text", std::string(70'000, 'x') + "\xc3\xa9"}});
        const std::string binary("\0\n\xff\x80", 4);
        for (const auto& [headers, body] :
             {std::pair(one, std::string("first")), std::pair(other, binary), std::pair(one, std::string()),
              std::pair(HeaderSetPtr(), std::string(300'000, 'b'))}) {
            builder.setHeaders(headers);
            QVERIFY(builder.add(body));
        }
        const EventBatchPtr batch = builder.finish();
        QVERIFY(bench.put(batch));
        bench.restart();
        const auto ranges = bench.takeRanges(10);
        std::size_t event = 0;
        for (const EventRange& range : ranges)
            for (std::uint32_t i = range.first; i < range.last; ++i, ++event) {
                QCOMPARE(range.batch->body(i), batch->body(event));
                QVERIFY(range.batch->headers(i) == batch->headers(event));
            }
        QCOMPARE(event, std::size_t(4));
    }

    void moreThanTheMemoryHoldsIsReadFromTheDisk() {
        FileChannelBench bench({{"transactionCapacity", "1000"}, {"maxFileSize", "20000000"}});
        bench.start();
        // 90 MB: the last of it has left the memory.
        const std::string body(9'000, 'x');
        for (int put = 0; put < 100; ++put) {
            EventBatchBuilder builder;
            for (int i = 0; i < 100; ++i)
                (void)builder.add(std::to_string(put * 100 + i) + body);
            QVERIFY(bench.put(builder.finish()));
        }
        QCOMPARE(bench.channel().level().events, std::size_t(10'000));
        std::size_t next = 0;
        while (next < 10'000) {
            const Strings some = bench.take(64);
            QVERIFY(!some.empty());
            for (const std::string& got : some)
                QCOMPARE(got, std::to_string(next++) + body);
        }
        QCOMPARE(bench.channel().level().bytes, std::size_t(0));
        bench.restart(); // the checkpoint lets go of the files
        QCOMPARE(bench.logFiles().size(), 1);
    }

    void filesGoOnceNobodyNeedsThem() {
        FileChannelBench bench({{"maxFileSize", "1500"}, {"dataDirs", "data/one,data/two"}});
        bench.start();
        for (std::size_t i = 0; i < 20; ++i)
            QVERIFY(bench.put(numbered(i * 100, 100)));
        QVERIFY(bench.logFiles().size() >= 8);
        QVERIFY(bench.entries("data/one").size() >= 4 && bench.entries("data/two").size() >= 4);
        QCOMPARE(bench.take(1'950).size(), std::size_t(1'950));
        bench.restart();
        QCOMPARE(bench.logFiles().size(), 1);
        QCOMPARE(bench.take(100), numbersFrom(1'950, 50));
    }

    void twoChannelsOnOneDirectoryAreRefusedByName_data() {
        QTest::addColumn<QString>("shared");
        QTest::newRow("the checkpoint's") << "checkpoint";
        QTest::newRow("one of the events'") << "data";
    }
    void twoChannelsOnOneDirectoryAreRefusedByName() {
        QFETCH(QString, shared);
        FileChannelBench bench;
        bench.start();
        FileChannelBench other({{"checkpointDir", shared == "checkpoint" ? bench.path("checkpoint").string() : "c"},
                                {"dataDirs", shared == "data" ? bench.path("data").string() + ",d" : "d"}});
        const Status refused = other.tryStart();
        QVERIFY(!refused);
        const std::string& message = refused.error().message;
        QVERIFY2(message.find("is in use by a1/test/file in " + bench.path("").parent_path().string()) !=
                     std::string::npos,
                 message.c_str());
        const Status put = other.put(numbered(0, 1));
        QCOMPARE(toString(put.error().code), toString(ErrorCode::closed));
        QVERIFY(put.error().message.find("is in use by") != std::string::npos);
        other.channel().refreshCounters();
        QCOMPARE(other.counter("Unhealthy"), 1);
        QCOMPARE(other.counter("Closed"), 1);
        bench.stop();
        QVERIFY(other.tryStart()); // as the agent tries it again every 3 s
        QVERIFY(other.put(numbered(0, 1)));
        other.channel().refreshCounters();
        QCOMPARE(other.counter("Unhealthy"), 0);
        QCOMPARE(other.counter("Open"), 1);
    }

    void whatApacheFlumeWroteIsLeftAlone_data() {
        QTest::addColumn<QString>("file");
        for (const char* file : {"checkpoint/checkpoint", "checkpoint/inflightputs", "data/log-1", "data/log-12.meta"})
            QTest::newRow(file) << QString(file);
    }
    void whatApacheFlumeWroteIsLeftAlone() {
        QFETCH(QString, file);
        FileChannelBench bench;
        bench.write(file.toStdString(), "Flume's");
        const Status refused = bench.tryStart();
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find("which Millrace cannot read: let Apache Flume deliver its events") !=
                std::string::npos);
        QCOMPARE(bench.entries(file.section('/', 0, 0)), QStringList{file.section('/', 1)});
        QCOMPARE(bench.read(file.toStdString()), std::string("Flume's"));
    }

    void encryptionIsRefusedRatherThanLeftOut() {
        FileChannelBench bench({{"encryption.keyProvider", "JCEKSFILE"},
                                {"encryption.activeKey", "k"},
                                {"encryption.cipherProvider", "AESCTRNOPADDING"}});
        const Status refused = bench.tryStart();
        QVERIFY(!refused);
        QVERIFY(refused.error().message.find("encryption.keyProvider is set") != std::string::npos);
        QVERIFY(!std::filesystem::exists(bench.path("data")));
    }

    void aDiskWithTooLittleSpaceRefusesPutsUntilThereIsRoom() {
        FullDisk disk;
        FileChannelBench bench(ChannelProperties{{"minimumRequiredSpace", "2000000"}}, disk);
        bench.start();
        QVERIFY(bench.put(numbered(0, 10)));
        disk.room = 1'500'000;
        const Status refused = bench.put(numbered(10, 1));
        QCOMPARE(toString(refused.error().code), toString(ErrorCode::noSpace));
        QVERIFY(refused.error().retriable);
        QVERIFY(refused.error().message.find("has 1500000 bytes free, and minimumRequiredSpace is 2000000") !=
                std::string::npos);
        bench.channel().refreshCounters();
        QCOMPARE(bench.counter("EventPutErrorCount"), 1);
        disk.room = 0; // not even the note of what was taken fits
        QCOMPARE(bench.take(4), numbersFrom(0, 4));
        QVERIFY(bench.log().contains("noted in memory until there is room"));
        disk.room = 3'000'000;
        QVERIFY(bench.put(numbered(10, 1)));
        bench.dieAndStart();
        QCOMPARE(bench.take(100), numbersFrom(4, 7));
    }

    void whatDoesNotNameADirectoryChangesWhileItRuns() {
        FileChannelBench bench({{"capacity", "20"}, {"transactionCapacity", "20"}, {"keep-alive", "0"}});
        bench.start();
        QVERIFY(bench.put(numbered(0, 20)));
        QVERIFY(!bench.put(numbered(20, 1)));
        QVERIFY(bench.reconfigure({{"capacity", "30"}, {"transactionCapacity", "5"}, {"maxFileSize", "200"}}));
        QVERIFY(!bench.put(numbered(20, 6)));
        for (std::size_t i = 20; i < 30; i += 5)
            QVERIFY(bench.put(numbered(i, 5)));
        QVERIFY(bench.logFiles().size() >= 2);
        QVERIFY(!bench.reconfigure({{"capacity", "3"}, {"transactionCapacity", "5"}}));
        bench.reconfigure({{"capacity", "10"}, {"transactionCapacity", "10"}, {"keep-alive", "0"}}).has_value();
        QVERIFY(!bench.put(numbered(30, 1))); // more are in it than there is room for: nothing is lost
        bench.restart();
        for (std::size_t i = 0; i < 30; i += 10)
            QCOMPARE(bench.take(10), numbersFrom(i, 10));
    }

    void transactionsOfAStoppedChannelLeaveEverythingInIt() {
        FileChannelBench bench;
        bench.start();
        QVERIFY(bench.put(numbered(0, 5)));
        bench.takeAndHold(2);
        bench.stop();
        QVERIFY(!bench.put(numbered(5, 1)));
        const Status late = bench.commitHeld();
        QCOMPARE(toString(late.error().code), toString(ErrorCode::closed));
        QVERIFY(bench.tryStart());
        bench.rollBackHeld();
        QCOMPARE(bench.take(10), numbersFrom(0, 5));
    }

    void withoutASyncOfEachTransactionTheyAreStillKept() {
        FileChannelBench bench(ChannelProperties{{"fsyncPerTransaction", "false"}});
        bench.start();
        for (std::size_t i = 0; i < 10; ++i)
            QVERIFY(bench.put(numbered(i * 10, 10)));
        QCOMPARE(bench.take(35), numbersFrom(0, 35));
        bench.dieAndStart();
        QCOMPARE(bench.take(100), numbersFrom(35, 65));
    }
};

MILLRACE_TEST(FileChannelTest)
#include "tst_file_channel.moc"
