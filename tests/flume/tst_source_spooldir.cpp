#include "flume/support/spool_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <sys/stat.h>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

using Names = std::set<std::string>;

} // namespace

class TestSourceSpooldir : public QObject {
    Q_OBJECT

private slots:
    void linesOfAllFilesAreEventsAndTheFilesAreMarked() {
        Spool spool;
        spool.put("b.log", "3\n4", 10);
        spool.put("a.log", "1\n\n2\r\n", 20);
        spool.start();
        QCOMPARE(spool.lines(5), (Lines{"1", "", "2\r", "3", "4"}));
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.namesIn("spool"), (Names{"a.log.COMPLETED", "b.log.COMPLETED"}));
        QVERIFY(!fs::exists(spool.file(".flumespool/.flumespool-main.meta")));
        QVERIFY(spool.events.headers[0].empty());
        QCOMPARE(spool.count("EventAcceptedCount"), 5);
    }

    void aFileThatComesLaterIsReadWithoutBeingAskedFor() {
        Spool spool;
        spool.start();
        QCOMPARE(spool.settle(), "");
        spool.put("later.log", "1\n");
        QCOMPARE(spool.lines(1), Lines{"1"});
    }

    void aBatchNeverSpansFiles() {
        Spool spool(catalog::Properties{{"batchSize", "2"}});
        spool.put("a", "1\n2\n3\n", 20);
        spool.put("b", "4\n", 10);
        spool.start();
        QCOMPARE(spool.lines(4), (Lines{"1", "2", "3", "4"}));
        QCOMPARE(spool.events.batches, (std::vector<std::size_t>{2, 1, 1}));
    }

    void filesAreReadInTheOrderThatIsAskedFor_data() {
        QTest::addColumn<QByteArray>("order");
        QTest::addColumn<QByteArray>("bodies");
        QTest::newRow("the oldest first, those of one time by name") << QByteArray("oldest") << QByteArray("acdb");
        QTest::newRow("the youngest first") << QByteArray("YOUNGEST") << QByteArray("bacd");
        QTest::newRow("any order") << QByteArray("random") << QByteArray();
    }
    void filesAreReadInTheOrderThatIsAskedFor() {
        QFETCH(QByteArray, order);
        QFETCH(QByteArray, bodies);
        Spool spool(catalog::Properties{{"consumeOrder", order.toStdString()}});
        for (const char* name : {"a", "c", "d"})
            spool.put(name, name);
        spool.put("b", "b", 5);
        const auto when = fs::last_write_time(spool.file("a"));
        fs::last_write_time(spool.file("c"), when);
        fs::last_write_time(spool.file("d"), when);
        spool.start();
        QByteArray read;
        for (const std::string& body : spool.lines(4))
            read += body.c_str();
        if (!bodies.isEmpty()) QCOMPARE(read, bodies);
        std::sort(read.begin(), read.end());
        QCOMPARE(read, "abcd");
    }

    void namesSayWhatIsRead() {
        Spool spool(catalog::Properties{{"includePattern", ".*\\.log"}, {"ignorePattern", "no.*"}});
        for (const char* name : {"yes.log", "no.log", "yes.log.txt", ".hidden.log", "done.log.COMPLETED"})
            spool.put(name, name);
        fs::create_directories(spool.file("directory.log"));
        QCOMPARE(::mkfifo(spool.file("pipe.log").c_str(), 0600), 0);
        spool.start();
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.events.bodies, Lines{"yes.log"});
    }

    void directoriesBelowAreReadWhereThatIsAskedFor() {
        Spool flat;
        flat.put("sub/a", "1");
        flat.start();
        QCOMPARE(flat.settle(), "");
        QVERIFY(flat.events.bodies.empty());

        Spool deep(catalog::Properties{
            {"recursiveDirectorySearch", "true"}, {"ignorePattern", "skip.*"}, {"basenameHeader", "true"}});
        deep.put("sub/sub/a", "1", 20);
        deep.put("skipped/b", "2");
        deep.put(".dot/c", "3");
        deep.put("d", "4", 10);
        deep.start();
        QCOMPARE(deep.lines(2), (Lines{"1", "4"}));
        QCOMPARE(deep.settle(), "");
        QVERIFY(fs::exists(deep.file("sub/sub/a.COMPLETED")));
        deep.put("sub/new", "5");
        QCOMPARE(deep.lines(3).back(), "5");
        QCOMPARE(deep.header(2, "basename"), "new");
    }

    void whatIsDoneIsToldAsThePolicySays_data() {
        QTest::addColumn<QByteArray>("deletePolicy");
        QTest::addColumn<QByteArray>("trackingPolicy");
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("marker");
        QTest::newRow("renamed") << QByteArray("never") << QByteArray("rename") << QByteArray("a.done") << QByteArray();
        QTest::newRow("deleted") << QByteArray("Immediate") << QByteArray("rename") << QByteArray() << QByteArray();
        QTest::newRow("deleted, whatever tracks")
            << QByteArray("immediate") << QByteArray("tracker_dir") << QByteArray() << QByteArray();
        QTest::newRow("marked elsewhere")
            << QByteArray("never") << QByteArray("TRACKER_DIR") << QByteArray("a") << QByteArray("a.done");
    }
    void whatIsDoneIsToldAsThePolicySays() {
        QFETCH(QByteArray, deletePolicy);
        QFETCH(QByteArray, trackingPolicy);
        QFETCH(QByteArray, left);
        QFETCH(QByteArray, marker);
        Spool spool(catalog::Properties{{"deletePolicy", deletePolicy.toStdString()},
                                        {"trackingPolicy", trackingPolicy.toStdString()},
                                        {"trackerDir", spool_.path("tracks").string()},
                                        {"fileSuffix", ".done"}});
        spool.put("a", "1\n");
        spool.start();
        QCOMPARE(spool.lines(1), Lines{"1"});
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.namesIn("spool"), left.isEmpty() ? Names{} : Names{left.toStdString()});
        QCOMPARE(fs::exists(spool_.path("tracks") / "a.done"), !marker.isEmpty());
        spool.stop();
        spool.start();
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.events.bodies.size(), std::size_t(1));
        fs::remove_all(spool_.path("tracks"));
    }

    void theFileIsAHeaderWhereThatIsAskedFor() {
        Spool spool(catalog::Properties{{"fileHeader", "true"},
                                        {"fileHeaderKey", "path"},
                                        {"basenameHeader", "true"},
                                        {"basenameHeaderKey", "name"}});
        spool.put("a b", "1\n");
        spool.start();
        QCOMPARE(spool.lines(1), Lines{"1"});
        QCOMPARE(spool.header(0, "path"), spool.file("a b").string());
        QCOMPARE(spool.header(0, "name"), "a b");
    }

    void anEmptyFileIsAnEventToo() {
        Spool spool;
        spool.put("empty", "");
        spool.start();
        QCOMPARE(spool.lines(1), Lines{""});
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.namesIn("spool"), Names{"empty.COMPLETED"});
    }

    void whatTheChannelsRefuseIsOfferedAgain() {
        Spool spool(catalog::Properties{{"batchSize", "2"}});
        spool.put("a", "1\n2\n3\n");
        spool.start();
        spool.events.refusals = 3;
        QCOMPARE(spool.lines(3), (Lines{"1", "2", "3"}));
    }

    void theOldNameOfTheLongestLineCounts() {
        Spool spool(catalog::Properties{{"bufferMaxLineLength", "3"}});
        spool.put("a", "abcde\n");
        spool.start();
        QCOMPARE(spool.lines(2), (Lines{"abc", "de"}));
    }

    void batchSizeChangesWhileItRuns() {
        Spool spool(catalog::Properties{{"batchSize", "1"}});
        spool.put("a", "1\n2\n3\n4\n");
        spool.start();
        (void)spool.lines(1);
        catalog::ComponentConfig changed;
        changed.spec = &catalog::kSpooldirSource;
        changed.properties = spool.properties;
        changed.properties.insert_or_assign("batchSize", "10");
        QVERIFY(spool.source->reconfigure(changed));
        QCOMPARE(spool.lines(4).size(), std::size_t(4));
        QCOMPARE(spool.events.batches, (std::vector<std::size_t>{1, 1, 2}));
    }

    void whatCannotBeUsedIsRefused_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a policy that is none") << QByteArray("deletePolicy") << QByteArray("sometimes");
        QTest::newRow("tracking that is none") << QByteArray("trackingPolicy") << QByteArray("x");
        QTest::newRow("an order that is none") << QByteArray("consumeOrder") << QByteArray("latest");
        QTest::newRow("a treatment that is none") << QByteArray("decodeErrorPolicy") << QByteArray("skip");
        QTest::newRow("no charset") << QByteArray("inputCharset") << QByteArray("latin-9x");
        QTest::newRow("a charset whose lines are not those of ASCII")
            << QByteArray("inputCharset") << QByteArray("UTF-16");
        QTest::newRow("no deserializer") << QByteArray("deserializer") << QByteArray("org.example.Missing");
        QTest::newRow("no schema type") << QByteArray("deserializer.schemaType") << QByteArray("NAME");
        QTest::newRow("a broken pattern") << QByteArray("includePattern") << QByteArray("(");
        QTest::newRow("a directory that is not there") << QByteArray("spoolDir") << QByteArray("nowhere");
    }
    void whatCannotBeUsedIsRefused() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        Spool spool(catalog::Properties{{key.toStdString(), value.toStdString()}});
        if (key.startsWith("deserializer.")) spool.more["deserializer"] = "AVRO";
        const std::string problem = spool.tryStart();
        QVERIFY2(problem.find(key.split('.').last().toStdString()) != std::string::npos, problem.c_str());
    }

private:
    /// For directories outside of the spooling one.
    Spool spool_;
};

MILLRACE_TEST(TestSourceSpooldir)
#include "tst_source_spooldir.moc"
