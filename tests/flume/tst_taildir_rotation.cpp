#include "flume/support/tail_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

class TestTaildirRotation : public QObject {
    Q_OBJECT
private slots:
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
};

MILLRACE_TEST(TestTaildirRotation)
#include "tst_taildir_rotation.moc"
