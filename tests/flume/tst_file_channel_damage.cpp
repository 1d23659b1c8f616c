// What a file channel makes of files that are not as it left them.
#include "flume/channels/file/log_format.h"
#include "flume/support/file_channel_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

using Strings = std::vector<std::string>;

namespace {

const std::string kFirstLog = "data/" + logFileName(1).string();
const std::string kCheckpoint = "checkpoint/channel.checkpoint";

/// Three puts of ten events, "0" to "29", and the channel stopped.
std::unique_ptr<FileChannelBench> stoppedBench(bool checkpoint, ChannelProperties more = {}) {
    more.emplace_back("checkpointOnClose", checkpoint ? "true" : "false");
    auto bench = std::make_unique<FileChannelBench>(more);
    bench->start();
    for (std::size_t i = 0; i < 30; i += 10)
        if (!bench->put(numbered(i, 10))) qFatal("a put failed");
    bench->stop();
    return bench;
}

void flip(const FileChannelBench& bench, const std::string& file, const std::string& before, std::size_t further = 0) {
    std::string content = bench.read(file);
    const std::size_t at = content.find(before);
    if (at == std::string::npos) qFatal("%s is not in %s", before.c_str(), file.c_str());
    content[at + further] = static_cast<char>(content[at + further] ^ 0x40);
    bench.write(file, content);
}

Strings numbersWithout(std::size_t from, std::size_t end) {
    Strings all;
    for (std::size_t i = 0; i < 30; ++i)
        if (i < from || i >= end) all.push_back(std::to_string(i));
    return all;
}

} // namespace

class FileChannelDamageTest : public QObject {
    Q_OBJECT
private slots:
    void aTornTailIsCutAndTold_data() {
        QTest::addColumn<QByteArray>("tail");
        QTest::newRow("a part of a header") << QByteArray("Ml");
        QTest::newRow("zeros") << QByteArray(5000, '\0');
        QTest::newRow("a header without its events")
            << QByteArray::fromHex("4d6cf29e0000006400000000010000000000000000000001");
    }
    void aTornTailIsCutAndTold() {
        QFETCH(QByteArray, tail);
        const auto bench = stoppedBench(false);
        const std::string whole = bench->read(kFirstLog);
        bench->write(kFirstLog, whole + tail.toStdString());
        bench->start();
        QVERIFY(bench->log().contains(std::to_string(tail.size()) + " bytes that a crash has left half written"));
        QCOMPARE(bench->read(kFirstLog).size(), whole.size());
        QVERIFY(bench->put(numbered(30, 1)));
        QCOMPARE(bench->take(100).size(), std::size_t(31));
    }

    void damageInTheMiddleIsSetAsideAndTold_data() {
        QTest::addColumn<QByteArray>("what");
        QTest::addColumn<int>("further");
        QTest::newRow("a body") << QByteArray("10111213") << 3;
        QTest::newRow("the length of a frame") << QByteArray("Ml\xf2\x9e") << 6; // of the first one
    }
    void damageInTheMiddleIsSetAsideAndTold() {
        QFETCH(QByteArray, what);
        QFETCH(int, further);
        const auto bench = stoppedBench(false);
        flip(*bench, kFirstLog, what.toStdString(), std::size_t(further));
        bench->start();
        const std::size_t lost = what.startsWith("Ml") ? 0 : 10;
        QVERIFY(bench->log().contains("is damaged at byte"));
        QVERIFY(bench->log().contains("10 events before byte"));
        QCOMPARE(bench->entries("data").filter(".damaged-").size(), 1);
        bench->restart(); // it is told once
        int told = 0;
        for (const std::string& line : bench->log().lines())
            told += line.find("is damaged at byte") != std::string::npos;
        QCOMPARE(told, 1);
        QCOMPARE(bench->take(100), numbersWithout(lost, lost + 10));
    }

    void damageThatIsFoundByASinkIsLeftOutToo() {
        const auto bench = stoppedBench(true);
        flip(*bench, kFirstLog, "10111213");
        bench->start(); // trusts the checkpoint
        QCOMPARE(bench->take(100), numbersWithout(10, 20));
        QVERIFY(bench->log().contains("10 events are lost"));
        QCOMPARE(bench->entries("data").filter(".damaged-").size(), 1);
        QCOMPARE(bench->channel().level().events, std::size_t(0));
        bench->restart();
        QCOMPARE(bench->take(100), Strings());
    }

    void aCheckpointIsOnlyAShortCut_data() {
        QTest::addColumn<QString>("state");
        for (const char* state : {"gone", "damaged", "empty"})
            QTest::newRow(state) << QString(state);
    }
    void aCheckpointIsOnlyAShortCut() {
        QFETCH(QString, state);
        const auto bench = stoppedBench(true);
        bench->start();
        QCOMPARE(bench->take(15).size(), std::size_t(15));
        bench->stop();
        if (state == "gone")
            std::filesystem::remove(bench->path(kCheckpoint));
        else
            bench->write(kCheckpoint, state == "empty" ? "" : bench->read(kCheckpoint).replace(30, 1, "x"));
        bench->start();
        QCOMPARE(bench->log().contains("cannot be used"), state != "gone");
        QCOMPARE(bench->take(100), numbersWithout(0, 15));
    }

    void aMissingFileIsRefused_data() {
        QTest::addColumn<int>("number");
        QTest::newRow("the oldest") << 1;
        QTest::newRow("one in the middle") << 2;
        QTest::newRow("the newest") << 3;
    }
    void aMissingFileIsRefused() {
        QFETCH(int, number);
        const auto bench = stoppedBench(true, {{"maxFileSize", "100"}});
        QCOMPARE(bench->logFiles().size(), 3);
        const std::string name = logFileName(std::uint64_t(number)).string();
        std::filesystem::rename(bench->path("data/" + name), bench->path(name));
        const Status refused = bench->tryStart();
        QVERIFY(!refused);
        QVERIFY2(refused.error().message.find(name + " is missing") != std::string::npos,
                 refused.error().message.c_str());
        std::filesystem::rename(bench->path(name), bench->path("data/" + name));
        bench->start();
        QCOMPARE(bench->take(100), numbersWithout(0, 0));
    }

    void filesOfALaterVersionOrAnotherChannelAreRefused() {
        const auto bench = stoppedBench(true, {{"maxFileSize", "100"}});
        const auto other = stoppedBench(true);
        const std::string whole = bench->read(kFirstLog);
        bench->write(kFirstLog, std::string(whole).replace(7, 1, "\x02"));
        const Status later = bench->tryStart();
        QVERIFY(!later && later.error().message.find("a later version of Millrace wrote it") != std::string::npos);
        bench->write(kFirstLog, other->read(kFirstLog));
        const Status mixed = bench->tryStart();
        QVERIFY(!mixed && mixed.error().message.find("are of two channels") != std::string::npos);
        bench->write(kFirstLog, whole);
        bench->start();
        QCOMPARE(bench->take(100).size(), std::size_t(30));
    }

    void aFrameInTheBodyOfAnEventIsNone() {
        const auto other = stoppedBench(false);
        const std::string frames = other->read(kFirstLog).substr(LogFileHeader::kBytes);
        FileChannelBench bench(ChannelProperties{{"checkpointOnClose", "false"}});
        bench.start();
        QVERIFY(bench.put(makeBatch({"MARK" + frames})));
        QVERIFY(bench.put(makeBatch({"after"})));
        bench.stop();
        flip(bench, kFirstLog, "MARK");
        bench.start();
        QCOMPARE(bench.take(100), Strings{"after"});
    }

    void aHeaderThatIsDamagedHidesNoEvents() {
        const auto bench = stoppedBench(true, {{"maxFileSize", "100"}});
        std::filesystem::remove(bench->path(kCheckpoint));
        flip(*bench, "data/" + logFileName(2).string(), "millevt");
        bench->start();
        QVERIFY(bench->log().contains("does not begin as an event file does"));
        QCOMPARE(bench->take(100), numbersWithout(0, 0));
    }
};

MILLRACE_TEST(FileChannelDamageTest)
#include "tst_file_channel_damage.moc"
