// Where spooldir goes on after a stop or a crash, and the failures that are Flume's end and heal here.
#include "flume/runtime/directories.h"
#include "flume/support/spool_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <unistd.h>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

std::string numbers(int count) {
    std::string text;
    for (int i = 0; i < count; ++i)
        text += std::to_string(i) + "\n";
    return text;
}

} // namespace

class TestSpooldirPlaces : public QObject {
    Q_OBJECT

private slots:
    void aStoppedSourceGoesOnWhereItWas() {
        Spool spool(catalog::Properties{{"batchSize", "10"}});
        spool.put("a", numbers(95));
        spool.start();
        (void)spool.lines(30);
        spool.stop();
        spool.start();
        QCOMPARE(spool.lines(95).size(), std::size_t(95));
        for (std::size_t i = 0; i < 95; ++i)
            QCOMPARE(spool.events.bodies[i], std::to_string(i));
    }

    void aRelativeTrackerDirStandsInTheSpoolDirectoryAlone() {
        Spool spool(catalog::Properties{{"trackerDir", ".tracks"}, {"trackingPolicy", "tracker_dir"}});
        catalog::ComponentConfig config;
        config.spec = &catalog::kSpooldirSource;
        config.properties = {{"spoolDir", "spool"}, {"trackerDir", ".tracks"}};
        QVERIFY(makeRelativeDirectories(config, spool.path(""), posixFileSystem()));
        spool.put("a", numbers(3));
        spool.start();
        QCOMPARE(spool.lines(3).size(), std::size_t(3));
        QVERIFY(std::filesystem::exists(spool.path("spool/.tracks")));
        QVERIFY(!std::filesystem::exists(spool.path(".tracks")));
    }

    void aKilledSourceRepeatsABatchAtMost() {
        Spool spool(catalog::Properties{{"batchSize", "10"}});
        spool.put("a", numbers(95));
        for (const std::size_t killedAt : {20, 40, 60, 80}) {
            spool.start();
            (void)spool.lines(killedAt);
            spool.kill();
        }
        spool.start();
        QCOMPARE(spool.settle(), "");
        QCOMPARE(std::set<std::string>(spool.events.bodies.begin(), spool.events.bodies.end()).size(), std::size_t(95));
        QVERIFY2(spool.events.bodies.size() <= 95 + 4 * 10, std::to_string(spool.events.bodies.size()).c_str());
        QCOMPARE(spool.events.bodies.back(), "94");
    }

    void theFileThatWasBegunIsTheFirst() {
        Spool spool(catalog::Properties{{"batchSize", "1"}, {"consumeOrder", "youngest"}});
        spool.put("a", numbers(5), 60);
        spool.start();
        (void)spool.lines(2);
        spool.stop();
        spool.put("b", "b\n", 10);
        spool.start();
        QCOMPARE(spool.lines(6), (Lines{"0", "1", "2", "3", "4", "b"}));
    }

    void anotherFileOfTheSameNameIsReadFromItsBeginning() {
        Spool spool(catalog::Properties{{"batchSize", "1"}});
        spool.put("a", numbers(5));
        spool.start();
        (void)spool.lines(3);
        spool.stop();
        fs::rename(spool.file("a"), spool.path("elsewhere")); // keeps its inode busy
        spool.put("a", "new 0\nnew 1\nnew 2\nnew 3\n");
        const std::size_t before = spool.events.bodies.size();
        spool.start();
        QCOMPARE(spool.lines(before + 4).at(before), "new 0");
        QVERIFY(spool.log.holds("is not the file that was begun"));
    }

    void aDamagedTrackerFileCostsOnlyRepetition_data() {
        QTest::addColumn<int>("keptBytes");
        QTest::newRow("empty") << 0;
        QTest::newRow("cut in its head") << 40;
        QTest::newRow("cut in its last record") << -3;
    }
    void aDamagedTrackerFileCostsOnlyRepetition() {
        QFETCH(int, keptBytes);
        Spool spool(catalog::Properties{{"batchSize", "2"}});
        spool.put("a", numbers(9));
        spool.start();
        (void)spool.lines(6);
        spool.kill();
        const fs::path tracker = spool.file(".flumespool/.flumespool-main.meta");
        const auto size = static_cast<std::int64_t>(fs::file_size(tracker));
        fs::resize_file(tracker, static_cast<std::uintmax_t>(keptBytes < 0 ? size + keptBytes : keptBytes));
        spool.start();
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.events.bodies.back(), "8");
        QCOMPARE(spool.events.bodies.at(6), keptBytes < 0 ? "4" : "0");
        QCOMPARE(spool.log.holds("read from its beginning"), keptBytes >= 0);
    }

    void aNameThatIsTakenFailsUntilItIsFree() {
        Spool spool;
        spool.put("a", "1\n", 20);
        spool.put("a.COMPLETED", "old\n");
        spool.put("b", "2\n", 10);
        spool.start();
        const std::string problem = spool.settle();
        QVERIFY2(problem.find("a.COMPLETED is there already") != std::string::npos, problem.c_str());
        QCOMPARE(spool.settle(), problem);
        fs::remove(spool.file("a.COMPLETED"));
        QCOMPARE(spool.lines(2), (Lines{"1", "2"}));
    }

    void aNameThatIsTakenIsNoReasonToReadAgain() {
        Spool spool;
        spool.put("a", "1\n");
        spool.put("a.COMPLETED", "old\n");
        spool.start();
        QVERIFY(!spool.settle().empty());
        spool.kill();
        fs::remove(spool.file("a.COMPLETED"));
        spool.start();
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.events.bodies, Lines{"1"});
        QVERIFY(fs::exists(spool.file("a.COMPLETED")));
    }

    void aFileThatGrowsIsReadOnAndTold() {
        Spool spool(catalog::Properties{{"batchSize", "1"}});
        spool.put("a", "1\n");
        spool.start();
        QVERIFY(spool.source->cycle(spool.events));
        appendTo(spool.file("a"), "2\n3\n");
        QCOMPARE(spool.lines(3), (Lines{"1", "2", "3"}));
        QCOMPARE(spool.settle(), "");
        QVERIFY(spool.log.holds("grows while it is read"));
        QVERIFY(fs::exists(spool.file("a.COMPLETED")));
    }

    void aFileThatIsCutOrWrittenAnewFailsUntilItIsGone_data() {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("cut") << QByteArray("1\n");
        QTest::newRow("another content of the same length") << QByteArray("3\n4\n");
    }
    void aFileThatIsCutOrWrittenAnewFailsUntilItIsGone() {
        QFETCH(QByteArray, content);
        Spool spool(catalog::Properties{{"batchSize", "1"}});
        spool.put("a", "1\n2\n", 20);
        spool.put("b", "b\n", 10);
        spool.start();
        QVERIFY(spool.source->cycle(spool.events));
        std::ofstream(spool.file("a"), std::ios::binary | std::ios::trunc) << content.toStdString();
        const std::string problem = spool.settle();
        QVERIFY2(problem.find("changed after it was read") != std::string::npos, problem.c_str());
        fs::rename(spool.file("a"), spool.path("a"));
        QVERIFY(spool.settle().empty());
        QCOMPARE(spool.events.bodies.back(), "b");
    }

    void aFileThatIsTakenAwayHoldsNobodyUp() {
        Spool spool(catalog::Properties{{"batchSize", "1"}});
        spool.put("a", "1\n2\n", 20);
        spool.put("b", "b\n", 10);
        spool.start();
        (void)spool.lines(1);
        fs::remove(spool.file("a"));
        QCOMPARE(spool.lines(3), (Lines{"1", "2", "b"}));
        QVERIFY(spool.log.holds("was taken away"));
    }

    void bytesThatAreNoTextFailUntilTheFileIsGone() {
        Spool spool;
        spool.put("a", "1\n2\xff\n3\n", 20);
        spool.put("b", "b\n", 10);
        spool.start();
        const std::string problem = spool.settle();
        QCOMPARE(spool.events.bodies, Lines{"1"});
        QVERIFY2(problem.find("byte 2: the line is no text in UTF-8") != std::string::npos, problem.c_str());
        QCOMPARE(spool.settle(), problem);
        fs::remove(spool.file("a"));
        QCOMPARE(spool.lines(2), (Lines{"1", "b"}));
        QVERIFY(spool.log.holds("taken away"));
        QVERIFY(!fs::exists(spool.file(".flumespool/.flumespool-main.meta")));
    }

    void bytesThatAreNoTextFailUntilTheFileIsMended_data() {
        QTest::addColumn<bool>("replaced");
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("another file of the name, read whole")
            << true << QByteArray("1\n2\n3\n") << QByteArray("1 1 2 3 b");
        QTest::newRow("the byte is overwritten") << false << QByteArray("1\n2x\n3\n") << QByteArray("1 2x 3 b");
        QTest::newRow("the byte is two now")
            << false << QByteArray("1\n2\xc3\xbf\n3\n") << QByteArray("1 2\xc3\xbf 3 b");
        QTest::newRow("the byte is taken out, read whole")
            << false << QByteArray("1\n2\n3\n") << QByteArray("1 1 2 3 b");
    }
    void bytesThatAreNoTextFailUntilTheFileIsMended() {
        QFETCH(bool, replaced);
        QFETCH(QByteArray, content);
        QFETCH(QByteArray, lines);
        Spool spool;
        spool.put("a", "1\n2\xff\n3\n", 20);
        spool.put("b", "b\n", 10);
        spool.start();
        QVERIFY(!spool.settle().empty());
        if (replaced) {
            spool.put("mended", content.toStdString(), 15);
            fs::rename(spool.file("mended"), spool.file("a"));
        } else {
            std::ofstream(spool.file("a"), std::ios::binary | std::ios::trunc) << content.toStdString();
            fs::last_write_time(spool.file("a"), fs::file_time_type::clock::now() - std::chrono::seconds(15));
        }
        QByteArray got;
        for (const std::string& line : spool.lines(static_cast<std::size_t>(lines.count(' ') + 1)))
            got += (got.isEmpty() ? "" : " ") + QByteArray::fromStdString(line);
        QCOMPARE(got, lines);
        QCOMPARE(spool.settle(), "");
    }

    void whatWasReadInFrontOfThemIsNotReadAgain() {
        Spool spool;
        spool.put("a", "1\n2\xff\n3\n", 20);
        spool.put("b", "b\n", 10);
        spool.start();
        QVERIFY(!spool.settle().empty());
        spool.kill();
        spool.more["decodeErrorPolicy"] = "REPLACE";
        spool.start();
        QCOMPARE(spool.lines(4), (Lines{"1", "2\xef\xbf\xbd", "3", "b"}));
    }

    void aFileThatMayNotBeReadIsToldAndHoldsNobodyUp() {
        if (::geteuid() == 0) QSKIP("root may read everything");
        Spool spool;
        spool.put("a", "1\n", 20);
        spool.put("b", "b\n", 10);
        fs::permissions(spool.file("a"), fs::perms::none);
        spool.start();
        const std::string problem = spool.settle();
        QVERIFY2(problem.find("a cannot be read on") != std::string::npos, problem.c_str());
        QCOMPARE(spool.events.bodies, Lines{"b"});
        fs::permissions(spool.file("a"), fs::perms::owner_all);
        QCOMPARE(spool.lines(2).back(), "1");
    }

    void aDirectoryThatGoesFailsUntilItIsBack() {
        Spool spool;
        spool.start();
        QCOMPARE(spool.settle(), "");
        fs::remove_all(spool.path("spool"));
        runUntil(*spool.source, spool.events, spool.wakeUp, [&] { return !spool.settle().empty(); });
        spool.put("a", "1\n");
        QCOMPARE(spool.lines(1), Lines{"1"});
    }

    void aFileThatWasWrittenToJustNowIsLeftForTheNextLook() {
        Spool spool(catalog::Properties{{"pollDelay", "3600000"}});
        spool.put("new", "1\n", 0);
        spool.put("old", "2\n", 7200);
        spool.start();
        QCOMPARE(spool.settle(), "");
        QCOMPARE(spool.events.bodies, Lines{"2"});
    }
};

MILLRACE_TEST(TestSpooldirPlaces)
#include "tst_spooldir_places.moc"
