#include "flume/support/hdfs_bench.h"
#include "support/full_disk.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::FullDisk;
using namespace std::chrono_literals;
using catalog::Properties;

class TestSinkHdfs : public QObject {
    Q_OBJECT

private slots:
    void aBatchIsInTheFileWhenItIsCommitted() {
        HdfsBench bench;
        QVERIFY2(bench.sink, bench.error.c_str());
        QVERIFY(bench.start());
        bench.channel.add("one");
        bench.channel.add("two");
        QVERIFY(bench.cycle()->outcome == Cycle::Outcome::ready);
        QCOMPARE(bench.names(), QStringList{"out/FlumeData.N.tmp"});
        QCOMPARE(bench.contents(), QStringList{"one\ntwo\n"});
        QCOMPARE(bench.channel.committed, 2u);
        QCOMPARE(bench.count("EventDrainSuccessCount"), 2);
        QCOMPARE(bench.count("ConnectionCreatedCount"), 1);
        bench.sink->stop();
        QCOMPARE(bench.names(), QStringList{"out/FlumeData.N"});
        QCOMPARE(bench.count("ConnectionClosedCount"), 1);
    }

    void anEmptyChannelMakesNoFile() {
        HdfsBench bench;
        QVERIFY(bench.start());
        QVERIFY(bench.cycle()->outcome == Cycle::Outcome::idle);
        bench.sink->stop();
        QCOMPARE(bench.names(), QStringList());
    }

    void namesAreAsInFlume_data() {
        QTest::addColumn<Properties>("properties");
        QTest::addColumn<QString>("open");
        QTest::addColumn<QString>("ended");
        QTest::newRow("prefix and suffix")
            << Properties{{"hdfs.filePrefix", "web"}, {"hdfs.fileSuffix", ".log"}} << "out/web.N.log.tmp"
            << "out/web.N.log";
        QTest::newRow("in use") << Properties{{"hdfs.inUsePrefix", "_"}, {"hdfs.inUseSuffix", ".open"}}
                                << "out/_FlumeData.N.open"
                                << "out/FlumeData.N";
        QTest::newRow("no ending while in use") << Properties{{"hdfs.emptyInUseSuffix", "true"}} << "out/FlumeData.N"
                                                << "out/FlumeData.N";
        QTest::newRow("a directory for each day")
            << Properties{{"hdfs.path", "out/%Y/%m-%d"}, {"hdfs.timeZone", "UTC"}} << "out/2024/03-01/FlumeData.N.tmp"
            << "out/2024/03-01/FlumeData.N";
        QTest::newRow("in another time zone")
            << Properties{{"hdfs.path", "out/%d-%H%M%z"}, {"hdfs.timeZone", "Asia/Shanghai"}}
            << "out/01-1247+0800/FlumeData.N.tmp"
            << "out/01-1247+0800/FlumeData.N";
        QTest::newRow("rounded") << Properties{{"hdfs.path", "out/%H%M%S"},
                                               {"hdfs.timeZone", "UTC"},
                                               {"hdfs.round", "true"},
                                               {"hdfs.roundValue", "15"},
                                               {"hdfs.roundUnit", "minute"}}
                                 << "out/044500/FlumeData.N.tmp"
                                 << "out/044500/FlumeData.N";
        QTest::newRow("headers in path and prefix")
            << Properties{{"hdfs.path", "out/%{host}"}, {"hdfs.filePrefix", "x-%{kind}"}} << "out/h1/x-k.N.tmp"
            << "out/h1/x-k.N";
        QTest::newRow("an empty header leaves no empty directory")
            << Properties{{"hdfs.path", "out/%{none}/a"}} << "out/a/FlumeData.N.tmp"
            << "out/a/FlumeData.N";
        QTest::newRow("an empty prefix") << Properties{{"hdfs.filePrefix", "%{none}"}} << "out/.N.tmp"
                                         << "out/.N";
        QTest::newRow("from here") << Properties{{"hdfs.path", "./out//a/"}} << "out/a/FlumeData.N.tmp"
                                   << "out/a/FlumeData.N";
        QTest::newRow("as a URL of a file") << Properties{{"hdfs.path", "file:out/sub"}} << "out/sub/FlumeData.N.tmp"
                                            << "out/sub/FlumeData.N";
    }
    void namesAreAsInFlume() {
        QFETCH(Properties, properties);
        HdfsBench bench(properties);
        QVERIFY2(bench.sink, bench.error.c_str());
        QVERIFY(bench.start());
        // 2024-03-01 04:47:12.345 UTC
        bench.channel.add("e", {{"timestamp", "1709268432345"}, {"host", "h1"}, {"kind", "k"}});
        QVERIFY(bench.drain());
        QTEST(bench.names().join(' '), "open");
        bench.sink->stop();
        QTEST(bench.names().join(' '), "ended");
    }

    void noHeaderLeadsOutOfTheDirectory() {
        HdfsBench bench(Properties{{"hdfs.path", "out/%{h}/x"}, {"hdfs.filePrefix", "%{p}"}});
        QVERIFY(bench.start());
        bench.channel.add("a", {{"h", "../../.."}, {"p", "../../p"}});
        bench.channel.add("b", {{"h", std::string("nul\0l", 5)}, {"p", "p"}});
        QVERIFY(bench.drain());
        QCOMPARE(bench.names(), (QStringList{"out/__/__/__/x/__/__/p.N.tmp", "out/nul_l/x/p.N.tmp"}));
    }

    void filesRoll_data() {
        QTest::addColumn<Properties>("properties");
        QTest::addColumn<QStringList>("contents");
        QTest::newRow("by events") << Properties{{"hdfs.rollCount", "2"}} << QStringList{"a\nbb\n", "ccc\ndd\n", "e\n"};
        QTest::newRow("by the size of bodies")
            << Properties{{"hdfs.rollSize", "3"}} << QStringList{"a\nbb\n", "ccc\n", "dd\ne\n"};
        QTest::newRow("by neither") << Properties{} << QStringList{"a\nbb\nccc\ndd\ne\n"};
        QTest::newRow("by events, a batch each") << Properties{{"hdfs.rollCount", "2"}, {"hdfs.batchSize", "1"}}
                                                 << QStringList{"a\nbb\n", "ccc\ndd\n", "e\n"};
    }
    void filesRoll() {
        QFETCH(Properties, properties);
        HdfsBench bench(properties);
        QVERIFY(bench.start());
        for (const char* body : {"a", "bb", "ccc", "dd", "e"})
            bench.channel.add(body);
        QVERIFY(bench.drain());
        QTEST(bench.contents(), "contents");
        QCOMPARE(bench.names().filter(".tmp").size(), 1); // a full file waits for the next event, as in Flume
    }

    void aFileEndsByTime_data() {
        QTest::addColumn<Properties>("properties");
        QTest::newRow("by its age") << Properties{{"hdfs.rollInterval", "30"}};
        QTest::newRow("by the silence") << Properties{{"hdfs.idleTimeout", "30"}};
        QTest::newRow("by whatever is first") << Properties{{"hdfs.rollInterval", "60"}, {"hdfs.idleTimeout", "30"}};
    }
    void aFileEndsByTime() {
        QFETCH(Properties, properties);
        HdfsBench bench(properties);
        QVERIFY(bench.start());
        bench.channel.add("e");
        QVERIFY(bench.drain());
        bench.clock.advance(29s);
        QCOMPARE(bench.names(), QStringList{"out/FlumeData.N.tmp"});
        bench.clock.advance(1s);
        QCOMPARE(bench.names(), QStringList{"out/FlumeData.N"}); // though nobody asked the sink, as in a group
    }

    void eventsKeepAFileFromGoingIdle() {
        HdfsBench bench(Properties{{"hdfs.idleTimeout", "30"}});
        QVERIFY(bench.start());
        for (int i = 0; i < 3; ++i) {
            bench.channel.add("e");
            QVERIFY(bench.drain());
            bench.clock.advance(20s);
        }
        QCOMPARE(bench.names(), QStringList{"out/FlumeData.N.tmp"});
        QCOMPARE(bench.contents(), QStringList{"e\ne\ne\n"});
    }

    void theLongestUnusedFilesEndWhenThereAreTooMany() {
        HdfsBench bench(Properties{{"hdfs.path", "out/%{h}"}, {"hdfs.maxOpenFiles", "2"}, {"hdfs.batchSize", "1"}});
        QVERIFY(bench.start());
        for (const char* host : {"a", "b", "a", "c"}) {
            bench.channel.add("e", {{"h", host}});
            QVERIFY(bench.drain());
        }
        QCOMPARE(bench.names(), (QStringList{"out/a/FlumeData.N.tmp", "out/b/FlumeData.N", "out/c/FlumeData.N.tmp"}));
    }

    void aBatchMayNameMoreFilesThanMayBeOpen() {
        HdfsBench bench(Properties{{"hdfs.path", "out/%{h}"}, {"hdfs.maxOpenFiles", "2"}});
        QVERIFY(bench.start());
        for (int round = 0; round < 2; ++round)
            for (const char* host : {"a", "b", "c", "d", "e"})
                bench.channel.add(std::to_string(round), {{"h", host}});
        QVERIFY(bench.drain());
        QCOMPARE(bench.names().filter(".tmp").size(), 2);
        QCOMPARE(bench.contents(), (QStringList{"0\n1\n", "0\n1\n", "0\n1\n", "0\n1\n", "0\n1\n"}));
    }

    void anEventThatNamesNoPathTouchesNothing() {
        HdfsBench bench(Properties{{"hdfs.path", "out/%Y"}});
        QVERIFY(bench.start());
        bench.channel.add("with", {{"timestamp", "1709268432345"}});
        bench.channel.add("without");
        for (int i = 0; i < 3; ++i) {
            const auto cycle = bench.cycle();
            QVERIFY(!cycle);
            QVERIFY2(cycle.error().message.find("hdfs.path") != std::string::npos, cycle.error().message.c_str());
        }
        QCOMPARE(bench.names(), QStringList());
        QCOMPARE(bench.channel.waiting(), 2u);
    }

    void theClockCanStandInForTheHeader() {
        HdfsBench bench(Properties{{"hdfs.path", "out/%Y"}, {"hdfs.useLocalTimeStamp", "true"}});
        QVERIFY(bench.start());
        bench.channel.add("without");
        QVERIFY(bench.drain());
        QCOMPARE(bench.names().size(), 1);
    }

    void aFullDiskNeitherLosesNorDoublesABatch() {
        FullDisk disk;
        HdfsBench bench({}, disk);
        QVERIFY(bench.start());
        bench.channel.add("first");
        QVERIFY(bench.drain());
        disk.room = 4; // half of the next one
        bench.channel.add("second");
        const auto failed = bench.cycle();
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::noSpace);
        QCOMPARE(bench.channel.waiting(), 1u);
        QCOMPARE(bench.count("EventWriteFail"), 1);
        bench.clock.advance(1ms);
        QCOMPARE(bench.names(), QStringList{"out/FlumeData.N"}); // cut back and ended
        QCOMPARE(bench.contents(), QStringList{"first\n"});
        QVERIFY(!bench.cycle()); // no room for a file of its own either
        QCOMPARE(bench.names().size(), 1);
        disk.room = 1000;
        QVERIFY(bench.drain());
        bench.sink->stop();
        QCOMPARE(bench.contents(), (QStringList{"first\n", "second\n"}));
    }

    void whatIsNotSyncedIsNotCommitted() {
        FullDisk disk;
        HdfsBench bench({}, disk);
        QVERIFY(bench.start());
        disk.syncsFail = true;
        bench.channel.add("e");
        QVERIFY(!bench.cycle());
        QCOMPARE(bench.channel.committed, 0u);
        QCOMPARE(bench.names(), QStringList());
        disk.syncsFail = false;
        QVERIFY(bench.drain());
        QCOMPARE(bench.contents(), QStringList{"e\n"});
    }

    void twoSinksInOneDirectoryTakeDifferentNames() {
        HdfsBench bench;
        auto other = bench.make(&makeHdfsSink, Properties(bench.properties));
        QVERIFY(bench.start());
        QVERIFY((*other)->start().has_value());
        bench.channel.add("mine");
        QVERIFY(bench.drain());
        KeptTransaction channel;
        channel.add("theirs");
        QVERIFY((*other)->cycle(channel).has_value());
        bench.sink->stop();
        (*other)->stop();
        QCOMPARE(bench.contents(), (QStringList{"mine\n", "theirs\n"}));
        QCOMPARE(bench.names(), (QStringList{"out/FlumeData.N", "out/FlumeData.N"}));
    }

    void aNameThatIsTakenMeanwhileIsLeftAlone() {
        HdfsBench bench;
        QVERIFY(bench.start());
        bench.channel.add("mine");
        QVERIFY(bench.drain());
        auto taken = bench.files().at(0);
        appendTo(taken.replace_extension(), "theirs\n");
        bench.sink->stop();
        QCOMPARE(bench.contents(), (QStringList{"theirs\n", "mine\n"}));
        QCOMPARE(bench.names().filter(".tmp").size(), 0);
    }

    void aFileThatSomebodyTookAwayIsTold() {
        HdfsBench bench;
        QVERIFY(bench.start());
        bench.channel.add("e");
        QVERIFY(bench.drain());
        std::filesystem::remove(bench.files().at(0));
        bench.sink->stop();
        QVERIFY(bench.log.holds("did not become"));
    }

    void aStartAfterAStopGoesOn() {
        HdfsBench bench;
        for (int i = 0; i < 2; ++i) {
            QVERIFY(bench.start());
            bench.channel.add("e");
            QVERIFY(bench.drain());
            bench.sink->stop();
            bench.clock.advance(1s);
        }
        QCOMPARE(bench.contents(), (QStringList{"e\n", "e\n"}));
    }

    void manyEventsStayInTheirOrder() {
        HdfsBench bench(Properties{{"hdfs.rollSize", "100000"}, {"hdfs.batchSize", "1000"}});
        QVERIFY(bench.start());
        QString expected;
        for (int i = 0; i < 20'000; ++i) {
            bench.channel.add(std::to_string(i) + std::string(20, 'x'));
            expected += QString::number(i) + QString(20, 'x') + '\n';
        }
        QVERIFY(bench.drain());
        bench.sink->stop();
        QVERIFY(bench.contents().join("") == expected);
        QVERIFY(bench.files().size() >= 4);
    }

    void whatDoesNotRunIsRefusedAtTheProperty_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("Kerberos") << "hdfs.kerberosPrincipal"
                                  << "flume/h@EXAMPLE";
        QTest::newRow("LZO") << "hdfs.codeC"
                             << "lzop";
        QTest::newRow("another file system") << "hdfs.path"
                                             << "s3a://bucket/x";
        QTest::newRow("a host with escapes") << "hdfs.path"
                                             << "hdfs://%{h}:8020/x";
        QTest::newRow("no host") << "hdfs.path"
                                 << "hdfs:///x";
        QTest::newRow("no directory") << "hdfs.path"
                                      << "hdfs://h:8020";
        QTest::newRow("an address that is none") << "hdfs.webAddress"
                                                 << "h:9870";
        QTest::newRow("a format of the user's") << "hdfs.writeFormat"
                                                << "com.acme.Own";
        QTest::newRow("a serializer of the user's") << "serializer"
                                                    << "com.acme.Own$Builder";
        QTest::newRow("compression without a codec") << "hdfs.fileType"
                                                     << "CompressedStream";
        QTest::newRow("a limit that is no number") << "hdfs.rollSize"
                                                   << "big";
    }
    void whatDoesNotRunIsRefusedAtTheProperty() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        Properties properties{{key.toStdString(), value.toStdString()}};
        if (key == "hdfs.writeFormat" || key == "hdfs.codeC") properties["hdfs.fileType"] = "SequenceFile";
        if (key == "hdfs.webAddress") properties["hdfs.path"] = "/x";
        HdfsBench bench(properties);
        QVERIFY(!bench.sink);
        QVERIFY2(bench.error.find(key.toStdString()) != std::string::npos, bench.error.c_str());
    }

    void anUnknownTimeZoneIsGmtAsInFlumeAndTold() {
        HdfsBench bench(Properties{{"hdfs.path", "out/%z"}, {"hdfs.timeZone", "Mars/Base"}});
        QVERIFY(bench.start());
        bench.channel.add("e", {{"timestamp", "0"}});
        QVERIFY(bench.drain());
        QCOMPARE(bench.names(), QStringList{"out/+0000/FlumeData.N.tmp"});
        QVERIFY(bench.log.holds("Mars/Base"));
    }
};

MILLRACE_TEST(TestSinkHdfs)
#include "tst_sink_hdfs.moc"
