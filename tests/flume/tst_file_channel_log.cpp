// The frames and headers of a file channel's log: what is written reads as the same, and nothing else is believed.
#include "flume/channels/file/checkpoint.h"
#include "flume/channels/file/event_frame.h"
#include "flume/channels/file/log_format.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

#include <limits>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

using Bytes8 = std::vector<std::uint8_t>;

namespace {

constexpr std::uint32_t kSeed = 4711;

Bytes8 frameOf(const EventRange& range) {
    auto frame = encodePut(range, kSeed);
    if (!frame) qFatal("%s", frame.error().message.c_str());
    finishFrame(frame->head, 12, false, kSeed);
    Bytes8 bytes = frame->head;
    bytes.insert(bytes.end(), frame->bodies.begin(), frame->bodies.end());
    return bytes;
}

EventBatchPtr mixedBatch() {
    EventBatchBuilder builder;
    const auto one = makeHeaders({{"a", "1"}, {"b", ""}}), other = makeHeaders({{"c", std::string(300, 'z')}});
    for (int i = 0; i < 6; ++i) {
        builder.setHeaders(i % 3 == 0 ? one : i % 3 == 1 ? other : HeaderSetPtr());
        (void)builder.add(std::string(std::size_t(i * 7), static_cast<char>('a' + i)));
    }
    return builder.finish();
}

} // namespace

class FileChannelLogTest : public QObject {
    Q_OBJECT
private slots:
    void aRangeReadsAsItWasWritten_data() {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::newRow("a whole batch") << 0 << 6;
        QTest::newRow("its middle") << 2 << 5;
        QTest::newRow("one event") << 4 << 5;
        QTest::newRow("an empty body") << 0 << 1;
    }
    void aRangeReadsAsItWasWritten() {
        QFETCH(int, first);
        QFETCH(int, last);
        const EventRange range{mixedBatch(), std::uint32_t(first), std::uint32_t(last)};
        const auto read = decodePut(frameOf(range), kSeed);
        QVERIFY2(read.has_value(), read ? "" : read.error().message.c_str());
        QCOMPARE((*read)->size(), range.size());
        for (std::size_t i = 0; i < range.size(); ++i) {
            QCOMPARE((*read)->body(i), range.batch->body(range.first + i));
            QVERIFY((*read)->headers(i) == range.batch->headers(range.first + i));
        }
    }

    void noBitOfAFrameCanChange() {
        const Bytes8 whole = frameOf({mixedBatch(), 0, 6});
        for (std::size_t at = 0; at < whole.size(); ++at) {
            Bytes8 changed = whole;
            changed[at] ^= 0x10;
            QVERIFY2(!decodePut(changed, kSeed), qPrintable(QString("byte %1").arg(at)));
        }
        for (std::size_t size = 0; size < whole.size(); ++size)
            QVERIFY(!decodePut(std::span(whole).first(size), kSeed));
        QVERIFY(!decodePut(whole, kSeed + 1)); // another channel's
    }

    void lengthsThatLieAreRefusedBeforeAnythingIsAllocated_data() {
        QTest::addColumn<int>("at");
        QTest::newRow("length of the frame") << 4;
        QTest::newRow("events") << 24;
        QTest::newRow("header sets") << 28;
        QTest::newRow("bytes of the bodies") << 32;
        QTest::newRow("headers of a set") << 40;
        QTest::newRow("length of a key") << 44;
    }
    void lengthsThatLieAreRefusedBeforeAnythingIsAllocated() {
        QFETCH(int, at);
        for (const std::uint8_t high : {0x00, 0x7f, 0xff}) {
            auto frame = encodePut({mixedBatch(), 0, 6}, kSeed);
            QVERIFY(frame.has_value());
            std::fill_n(frame->head.begin() + at, 4, std::uint8_t(0xff));
            frame->head[std::size_t(at)] = high;
            finishFrame(frame->head, 12, false, kSeed); // the checksum is right
            Bytes8 bytes = frame->head;
            bytes.insert(bytes.end(), frame->bodies.begin(), frame->bodies.end());
            const auto read = decodePut(bytes, kSeed);
            QVERIFY(!read);
            QCOMPARE(toString(read.error().code), toString(ErrorCode::corrupt));
        }
    }

    void headersOfFilesReadAsTheyWereWritten() {
        LogFileHeader header{{1, 2, 3}, 77, 1'000'000, std::numeric_limits<std::uint64_t>::max()};
        auto bytes = header.encoded();
        const auto read = LogFileHeader::decode(bytes);
        QVERIFY(read.has_value());
        QVERIFY(read->channel == header.channel);
        QCOMPARE(read->number, header.number);
        QCOMPARE(read->endOfPrevious, header.endOfPrevious);
        QCOMPARE(read->firstSequence, header.firstSequence);
        bytes[30] ^= 1;
        QVERIFY(!LogFileHeader::decode(bytes));
        QVERIFY(!LogFileHeader::decode(std::span(bytes).first(63)));
    }

    void namesOfFiles_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<qint64>("number"); // -1: none of ours
        QTest::newRow("the first") << "events-00000000000000000001.log" << qint64(1);
        QTest::newRow("a large one") << "events-09223372036854775807.log" << std::numeric_limits<qint64>::max();
        QTest::newRow("too large") << "events-99999999999999999999.log" << qint64(-1);
        QTest::newRow("too short") << "events-1.log" << qint64(-1);
        QTest::newRow("what was set aside") << "events-00000000000000000001.log.damaged-64" << qint64(-1);
        QTest::newRow("no number") << "events-0000000000000000000x.log" << qint64(-1);
    }
    void namesOfFiles() {
        QFETCH(QString, name);
        QFETCH(qint64, number);
        const auto found = logFileNumber("/data/" + name.toStdString());
        QCOMPARE(found ? qint64(*found) : qint64(-1), number);
        if (found) QCOMPARE(QString::fromStdString(logFileName(*found).string()), name);
    }

    void aCheckpointReadsAsItWasWrittenOrNotAtAll() {
        Checkpoint checkpoint{{9, 8, 7}, 5, 4096, 1000, {{3, 64, 900, 200, 1, 5, 44}, {5, 64, 950, 300, 0, 50, 0}}};
        const Bytes8 bytes = checkpoint.encoded();
        const auto read = Checkpoint::decode(bytes);
        QVERIFY(read.has_value());
        QVERIFY(read->channel == checkpoint.channel);
        QCOMPARE(read->oldestFile(), std::uint64_t(3));
        QCOMPARE(read->events(), std::uint64_t(54));
        QCOMPARE(read->ranges.size(), std::size_t(2));
        QCOMPARE(read->ranges[0].sequence, std::uint64_t(900));
        QCOMPARE(read->ranges[1].length, std::uint32_t(300));
        for (std::size_t at = 0; at < bytes.size(); ++at) {
            Bytes8 changed = bytes;
            changed[at] ^= 0x01;
            QVERIFY(!Checkpoint::decode(changed));
            QVERIFY(!Checkpoint::decode(std::span(bytes).first(at)));
        }
        checkpoint.ranges[0].file = 6; // behind the place that it is for
        QVERIFY(!Checkpoint::decode(checkpoint.encoded()));
    }
};

MILLRACE_TEST(FileChannelLogTest)
#include "tst_file_channel_log.moc"
