#include "catalog/flume/components.h"
#include "flume/sources/taildir/taildir_source.h"
#include "flume/support/component_bench.h"
#include "flume/support/temporary_file.h"
#include "support/full_disk.h"
#include "support/test_program.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using millrace::test::FullDisk;
namespace fs = std::filesystem;

using Lines = std::vector<std::string>;

namespace {

/// A TAILDIR source over "logs/.*\.log" of a temporary directory, driven by hand.
struct Tail : ComponentBench {
    explicit Tail(catalog::Properties extra = {}, FileSystem& disk = posixFileSystem())
        : ComponentBench(catalog::kTaildirSource, disk), more(std::move(extra)) {
        fs::create_directories(path("logs"));
    }
    void start() {
        catalog::Properties values{{"filegroups", "g"},
                                   {"filegroups.g", "logs/.*\\.log"},
                                   {"positionFile", "state/positions.json"},
                                   {"channels", "c"}};
        for (const auto& [key, value] : more)
            values.insert_or_assign(key, value);
        auto made = make(&makeTaildirSource, std::move(values));
        QVERIFY2(made.has_value(), made ? "" : made.error().message.c_str());
        source = std::move(*made);
        const Status started = source->start();
        QVERIFY2(started.has_value(), started ? "" : started.error().message.c_str());
    }
    void stop() {
        source->stop();
        source.reset();
    }
    /// As stop(), and delivers what is left to be delivered.
    void finish() {
        source->stop();
        while (!source->finished())
            (void)source->cycle(events);
        source->stop();
        source.reset();
    }
    /// What the channels have got once they have `count` events.
    Lines lines(std::size_t count) {
        runUntil(*source, events, wakeUp, [&] { return events.bodies.size() >= count; });
        return events.bodies;
    }
    /// Cycles until the source wants to sleep.
    void settle() {
        for (;;) {
            const auto cycle = source->cycle(events);
            if (cycle && cycle->outcome == Cycle::Outcome::idle) return;
        }
    }
    fs::path file(const std::string& name) const { return path("logs") / name; }

    catalog::Properties more;
    KeptEvents events;
    std::unique_ptr<Source> source;
};

} // namespace

class TestSourceTaildir : public QObject {
    Q_OBJECT

private slots:
    void linesOfAFileThatIsThereAreRead_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("expected");
        QTest::newRow("line feeds") << QByteArray("a\nb\n") << QStringList{"a", "b"};
        QTest::newRow("carriage returns before them") << QByteArray("a\r\nb\r\n") << QStringList{"a", "b"};
        QTest::newRow("a carriage return alone stays") << QByteArray("a\rb\n") << QStringList{"a\rb"};
        QTest::newRow("empty lines") << QByteArray("\n\na\n") << QStringList{"", "", "a"};
        QTest::newRow("an unfinished line is held back") << QByteArray("a\nb") << QStringList{"a"};
    }
    void linesOfAFileThatIsThereAreRead() {
        QFETCH(QByteArray, text);
        QFETCH(QStringList, expected);
        Tail tail;
        appendTo(tail.file("x.log"), std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        tail.start();
        tail.settle();
        QStringList got;
        for (const auto& body : tail.events.bodies)
            got << QString::fromStdString(body);
        QCOMPARE(got, expected);
    }

    void growthWakesTheSource() {
        Tail tail;
        appendTo(tail.file("x.log"), "one\n");
        tail.start();
        QCOMPARE(tail.lines(1), Lines{"one"});
        tail.settle();
        appendTo(tail.file("x.log"), "tw");
        appendTo(tail.file("x.log"), "o\nthree\n");
        QCOMPARE(tail.lines(3), (Lines{"one", "two", "three"}));
    }

    void aNewFileIsFound() {
        Tail tail;
        tail.start();
        tail.settle();
        appendTo(tail.file("other.txt"), "no\n");
        appendTo(tail.file("new.log"), "yes\n");
        QCOMPARE(tail.lines(1), Lines{"yes"});
    }

    void binaryBodiesAreKept() {
        Tail tail;
        const std::string body("\0\xff\xfe\x80 \x01", 6);
        appendTo(tail.file("x.log"), body + "\n");
        tail.start();
        QCOMPARE(tail.lines(1), Lines{body});
    }

    void batchesAreAsLargeAsAsked() {
        Tail tail(catalog::Properties{{"batchSize", "2"}});
        appendTo(tail.file("x.log"), "1\n2\n3\n4\n5\n");
        tail.start();
        tail.lines(5);
        QCOMPARE(tail.events.batches, (std::vector<std::size_t>{2, 2, 1}));
        QCOMPARE(tail.count("EventAcceptedCount"), 5);
        QCOMPARE(tail.count("AppendBatchAcceptedCount"), 3);
    }

    void filesTakeTurnsAfterMaxBatchCount() {
        Tail tail(catalog::Properties{{"batchSize", "1"}, {"maxBatchCount", "2"}});
        appendTo(tail.file("a.log"), "a1\na2\na3\n");
        appendTo(tail.file("b.log"), "b1\n");
        tail.start();
        const Lines lines = tail.lines(4);
        QCOMPARE(std::set<std::string>(lines.begin(), lines.end()).size(), 4u);
        const auto a3 = std::find(lines.begin(), lines.end(), "a3");
        const auto b1 = std::find(lines.begin(), lines.end(), "b1");
        QVERIFY(b1 < a3);
    }

    void aRefusedBatchComesAgainInOrder() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\nb\n");
        tail.start();
        tail.events.refusals = 2;
        const auto first = tail.source->cycle(tail.events);
        QVERIFY(first->outcome == Cycle::Outcome::backoff);
        QCOMPARE(tail.lines(2), (Lines{"a", "b"}));
        QCOMPARE(tail.count("ChannelWriteFail"), 2);
    }

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

    void aPathWithTwoInodesInThePositionFileIsReadOnFromItsOwn_data() {
        QTest::addColumn<bool>("liveFirst");
        QTest::newRow("the deleted file stands first") << false;
        QTest::newRow("the deleted file stands last") << true;
    }
    void aPathWithTwoInodesInThePositionFileIsReadOnFromItsOwn() {
        QFETCH(bool, liveFirst);
        Tail tail;
        appendTo(tail.file("x.log"), "old\nnew\n");
        const auto inode = posixFileSystem().info(tail.file("x.log"))->inode;
        const auto entry = [&](std::uint64_t number, int position) {
            return "{\"inode\":" + std::to_string(number) + ",\"pos\":" + std::to_string(position) + ",\"file\":\"" +
                   tail.file("x.log").string() + "\"}";
        };
        const std::string live = entry(inode, 4), dead = entry(inode + 1'000'000, 2);
        fs::create_directories(tail.path("state"));
        appendTo(tail.path("state/positions.json"), "[" + (liveFirst ? live + "," + dead : dead + "," + live) + "]");
        tail.start();
        tail.settle();
        QCOMPARE(tail.events.bodies, Lines{"new"});
    }

    void aFileBehindASymbolicLinkIsLookedAtAsOftenAsFlumeDoes() {
        Tail tail;
        const auto target = tail.path("elsewhere.txt");
        appendTo(target, "one\n");
        fs::create_symlink(target, tail.file("x.log"));
        tail.start();
        QCOMPARE(tail.lines(1), Lines{"one"});
        tail.settle();
        const auto idle = tail.source->cycle(tail.events);
        QVERIFY(idle->wakeAt && *idle->wakeAt <= systemNow() + std::chrono::seconds(5));
        appendTo(target, "two\n");
        QCOMPARE(tail.lines(2), (Lines{"one", "two"}));
        fs::rename(target, tail.path("rotated.txt"));
        appendTo(target, "three\n");
        QCOMPARE(tail.lines(3).back(), "three");
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

    void aRenameOutOfThePatternLosesNothing() {
        Tail tail(catalog::Properties{{"batchSize", "1"}});
        appendTo(tail.file("x.log"), "a\nb\nc\n");
        tail.start();
        (void)tail.source->cycle(tail.events); // one line only, the rest is unread
        fs::rename(tail.file("x.log"), tail.file(".x.log.1"));
        appendTo(tail.file(".x.log.1"), "d\n"); // its writer still holds it
        appendTo(tail.file("x.log"), "e\n");
        const Lines lines = tail.lines(5);
        QCOMPARE(std::multiset<std::string>(lines.begin(), lines.end()),
                 (std::multiset<std::string>{"a", "b", "c", "d", "e"}));
    }

    void aRenameOutOfThePatternThatNobodySawIsFinishedAfterARestart() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\n");
        tail.start();
        tail.lines(1);
        tail.stop();
        appendTo(tail.file("x.log"), "b\n");
        fs::rename(tail.file("x.log"), tail.file(".x.log.1"));
        appendTo(tail.file("x.log"), "c\n");
        tail.start();
        const Lines lines = tail.lines(3);
        QCOMPARE(std::multiset<std::string>(lines.begin(), lines.end()), (std::multiset<std::string>{"a", "b", "c"}));
        tail.settle();
        QCOMPARE(tail.events.bodies.size(), 3u);
    }

    void aRenameWithinThePatternThatIsSeenReadsNothingTwice() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\n");
        tail.start();
        tail.lines(1);
        fs::rename(tail.file("x.log"), tail.file("y.log"));
        appendTo(tail.file("y.log"), "b\n");
        QCOMPARE(tail.lines(2), (Lines{"a", "b"}));
        tail.settle();
        QCOMPARE(tail.events.bodies.size(), 2u);
    }

    void aDeletedFileIsReadToItsEnd() {
        Tail tail(catalog::Properties{{"batchSize", "1"}});
        appendTo(tail.file("x.log"), "a\nb\n");
        tail.start();
        (void)tail.source->cycle(tail.events);
        fs::remove(tail.file("x.log"));
        QCOMPARE(tail.lines(2), (Lines{"a", "b"}));
    }

    void aTruncatedFileIsReadFromItsBeginning() {
        Tail tail;
        appendTo(tail.file("x.log"), "first\nsecond\n");
        tail.start();
        tail.lines(2);
        fs::resize_file(tail.file("x.log"), 0);
        appendTo(tail.file("x.log"), "new\n");
        QCOMPARE(tail.lines(3).back(), "new");
    }

    void anUnfinishedLineIsDeliveredWhenTheFileIsIdle() {
        Tail tail(catalog::Properties{{"idleTimeout", "20"}});
        appendTo(tail.file("x.log"), "a\nunfinished");
        tail.start();
        QCOMPARE(tail.lines(2), (Lines{"a", "unfinished"}));
        appendTo(tail.file("x.log"), " rest\n");
        QCOMPARE(tail.lines(3).back(), " rest");
    }

    void headersNameGroupFileAndOffset() {
        Tail tail(catalog::Properties{{"headers.g.site", "paris"},
                                      {"fileHeader", "true"},
                                      {"fileHeaderKey", "path"},
                                      {"byteOffsetHeader", "true"}});
        appendTo(tail.file("x.log"), "ab\ncd\n");
        tail.start();
        tail.lines(2);
        const HeaderSet& second = tail.events.headers[1];
        QCOMPARE(*second.find("site"), "paris");
        QCOMPARE(*second.find("path"), tail.file("x.log").string());
        QCOMPARE(*second.find("byteoffset"), "3");
    }

    void skipToEndLeavesOutWhatIsThere() {
        Tail tail(catalog::Properties{{"skipToEnd", "true"}});
        appendTo(tail.file("x.log"), "old\n");
        tail.start();
        tail.settle();
        appendTo(tail.file("x.log"), "new\n");
        appendTo(tail.file("later.log"), "all of it\n");
        const Lines lines = tail.lines(2);
        QCOMPARE(std::set<std::string>(lines.begin(), lines.end()), (std::set<std::string>{"new", "all of it"}));
    }

    void aLineWithoutEndIsCutAndMemoryStaysBounded() {
        Tail tail;
        const std::string piece(1u << 20, 'x');
        for (int i = 0; i < 20; ++i)
            appendTo(tail.file("x.log"), piece);
        appendTo(tail.file("x.log"), "\nnext\n");
        tail.start();
        const Lines lines = tail.lines(3);
        QCOMPARE(lines[0].size(), TailReader::kLongestLine);
        QCOMPARE(lines[0].size() + lines[1].size(), 20 * piece.size());
        QCOMPARE(lines[2], "next");
    }

    void aMissingDirectoryFailsTheStart() {
        Tail tail;
        fs::remove(tail.path("logs"));
        auto made = tail.make(
            &makeTaildirSource,
            {{"filegroups", "g"}, {"filegroups.g", "logs/x"}, {"channels", "c"}, {"positionFile", "state/p"}});
        const Status started = (*made)->start();
        QVERIFY(!started.has_value());
        QVERIFY(started.error().message.find("logs") != std::string::npos);
        fs::create_directories(tail.path("logs"));
        QVERIFY((*made)->start().has_value());
    }

    void aDirectoryThatVanishesIsFoundAgain() {
        Tail tail;
        appendTo(tail.file("x.log"), "a\n");
        tail.start();
        tail.lines(1);
        fs::remove_all(tail.path("logs"));
        tail.settle();
        fs::create_directories(tail.path("logs"));
        appendTo(tail.file("y.log"), "b\n");
        QCOMPARE(tail.lines(2).back(), "b");
    }

    void thousandsOfIdleFilesHoldNoDescriptor() {
        Tail tail(catalog::Properties{{"idleTimeout", "1"}});
        for (int i = 0; i < 2000; ++i)
            appendTo(tail.file(std::to_string(i) + ".log"), "line\n");
        tail.start();
        tail.lines(2000);
        const auto descriptors = [] {
            return std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator());
        };
        runUntil(*tail.source, tail.events, tail.wakeUp, [&] { return descriptors() < 50; });
        appendTo(tail.file("1999.log"), "again\n");
        QCOMPARE(tail.lines(2001).back(), "again");
    }

    void badPropertiesAreRefused_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("named");
        QTest::newRow("a pattern without directory") << "filegroups.g"
                                                     << "x.log"
                                                     << "./x.log";
        QTest::newRow("a position file without directory") << "positionFile"
                                                           << "p.json"
                                                           << "./p.json";
        QTest::newRow("a batch size that is no number") << "batchSize"
                                                        << "many"
                                                        << "batchSize";
    }
    void badPropertiesAreRefused() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, named);
        Tail tail;
        catalog::Properties values{
            {"filegroups", "g"}, {"filegroups.g", "logs/x"}, {"channels", "c"}, {"positionFile", "state/p"}};
        values.insert_or_assign(key.toStdString(), value.toStdString());
        const auto made = tail.make(&makeTaildirSource, values);
        QVERIFY(!made.has_value());
        QVERIFY2(QString::fromStdString(made.error().message).contains(named), made.error().message.c_str());
    }
};

MILLRACE_TEST(TestSourceTaildir)
#include "tst_source_taildir.moc"
