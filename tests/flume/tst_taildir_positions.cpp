#include "flume/support/tail_bench.h"
#include "support/full_disk.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::FullDisk;

class TestTaildirPositions : public QObject {
    Q_OBJECT
private slots:
    void positionsSurviveARestart() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\nb\n");
        tail.start();
        tail.lines(2);
        tail.stop();
        const std::string json = contentOf(tail.path("state/positions.json"));
        const auto inode = posixFileSystem().info(tail.file("x.log"))->inode;
        QCOMPARE(json, "[{\"inode\":" + std::to_string(inode) + ",\"pos\":4,\"file\":\"" + tail.file("x.log").string() +
                           "\"}]");
        appendTo(tail.file("x.log"), "c\n");
        tail.start();
        QCOMPARE(tail.lines(3), (Lines{"a", "b", "c"}));
    }

    void linesWrittenJustBeforeAStopAreTaken() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\n");
        tail.start();
        tail.settle();
        appendTo(tail.file("x.log"), "b\nc"); // no cycle has seen it, and the last line may still grow
        appendTo(tail.file("new.log"), "n\n");
        tail.finish();
        QCOMPARE(std::set<std::string>(tail.events.bodies.begin(), tail.events.bodies.end()),
                 (std::set<std::string>{"a", "b", "n"}));
        tail.start();
        appendTo(tail.file("x.log"), "\n");
        QCOMPARE(tail.lines(4).back(), std::string("c"));
    }

    void aBacklogStaysInTheFileWhenTheSourceIsStopped() {
        Tail tail(catalog::Properties{{"batchSize", "2"}});
        appendTo(tail.file("x.log"), "1\n2\n3\n4\n5\n6\n7\n");
        tail.start();
        tail.lines(2);
        tail.finish();
        QCOMPARE(tail.events.bodies, (Lines{"1", "2", "3", "4"}));
        tail.start();
        QCOMPARE(tail.lines(7), (Lines{"1", "2", "3", "4", "5", "6", "7"}));
    }

    void aFullDiskIsToldOnceAndThePositionsAreSavedLater() {
        FullDisk disk;
        Tail tail({{"writePosInterval", "0"}}, disk);
        tail.start();
        const auto complaints = [&] {
            const auto told = tail.log.lines();
            return std::count_if(told.begin(), told.end(),
                                 [](const std::string& line) { return line.find("were not saved") != line.npos; });
        };
        disk.room = 5;
        appendTo(tail.file("x.log"), "a\n");
        tail.lines(1);
        tail.settle(); // which ends only if the failed write is put off
        tail.source->stop();
        QCOMPARE(complaints(), 1);
        QVERIFY(!fs::exists(tail.path("state/positions.json")));
        QVERIFY(!fs::exists(tail.path("state/positions.json.new"))); // it would take the room that is left

        tail.start();
        tail.lines(2); // the same line again, for its position was never saved
        QCOMPARE(complaints(), 2);
        disk.room = 10'000;
        runUntil(*tail.source, tail.events, tail.wakeUp,
                 [&] { return tail.log.holds("the positions are saved again"); });
        tail.source.reset(); // as a crash
        tail.start();
        appendTo(tail.file("x.log"), "b\n");
        QCOMPARE(tail.lines(3), (Lines{"a", "a", "b"}));
    }

    void refusedLinesAreNotPartOfTheSavedPosition() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\nb\n");
        tail.start();
        tail.events.refusals = 1;
        (void)tail.source->cycle(tail.events);
        tail.source.reset(); // as a crash
        tail.start();
        QCOMPARE(tail.lines(2), (Lines{"a", "b"}));
    }

    void anAbortedSourceStartsAgainWithNothingPending() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\nb\n");
        tail.start();
        tail.events.refusals = 1;
        (void)tail.source->cycle(tail.events);
        tail.source->stop();
        QVERIFY(!tail.source->finished());
        QVERIFY(tail.source->start().has_value());
        QVERIFY(tail.source->finished());
        tail.lines(2);
        tail.settle();
        QCOMPARE(tail.events.bodies, (Lines{"a", "b"}));
    }

    void aBrokenPositionFileIsToldAndReadingBeginsAnew_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("no JSON") << QByteArray("[{");
        QTest::newRow("an object") << QByteArray("{}");
        QTest::newRow("text for a number") << QByteArray("[{\"inode\":\"1\",\"pos\":1,\"file\":\"/a\"}]");
        QTest::newRow("a negative position") << QByteArray("[{\"inode\":1,\"pos\":-1,\"file\":\"/a\"}]");
        QTest::newRow("binary") << QByteArray("\0\1\2", 3);
    }
    void aBrokenPositionFileIsToldAndReadingBeginsAnew() {
        QFETCH(QByteArray, text);
        Tail tail;
        fs::create_directories(tail.path("state"));
        appendTo(tail.path("state/positions.json"),
                 std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        appendTo(tail.file("x.log"), "a\n");
        tail.start();
        QCOMPARE(tail.lines(1), Lines{"a"});
        QVERIFY(tail.ComponentBench::log.holds("is no position file"));
    }
};

MILLRACE_TEST(TestTaildirPositions)
#include "tst_taildir_positions.moc"
