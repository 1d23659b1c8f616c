#include "base/big_endian.h"
#include "base/crc32c.h"
#include "support/test_program.h"
#include "wire/batch_builder.h"
#include "wire/record_reader.h"

#include <QtTest>

#include <random>

using namespace millrace;
using namespace millrace::wire;

Q_DECLARE_METATYPE(millrace::wire::Codec)

namespace {

std::vector<Record> sampleRecords() {
    std::vector<Record> records;
    records.push_back(
        {.offset = 0, .timestamp = 1000, .key = Bytes::copyOf("key"), .value = Bytes::copyOf("value"), .headers = {}});
    records.push_back({.offset = 1,
                       .timestamp = 990,
                       .key = std::nullopt,
                       .value = std::nullopt,
                       .headers = {{"trace", Bytes::copyOf("abc")}, {"", std::nullopt}}});
    for (int i = 2; i < 500; ++i)
        records.push_back({.offset = i,
                           .timestamp = 1000 + i,
                           .key = std::nullopt,
                           .value = Bytes::copyOf("a line of text that repeats itself " + std::to_string(i)),
                           .headers = {}});
    return records;
}

Result<std::vector<Record>> readAll(const Bytes& batch, std::size_t limit = RecordReader::kMaxBlockBytes) {
    auto reader = RecordReader::open(batch, limit);
    if (!reader) return reader.error();
    std::vector<Record> records;
    for (;;) {
        auto record = reader->next();
        if (!record) return record.error();
        if (!*record) return records;
        records.push_back(std::move(**record));
    }
}

std::vector<std::uint8_t> copied(const Bytes& bytes) {
    return {bytes.data(), bytes.data() + bytes.size()};
}

void addCodecs() {
    QTest::addColumn<Codec>("codec");
    for (const Codec codec : {Codec::none, Codec::gzip, Codec::snappy, Codec::lz4, Codec::zstd})
        QTest::newRow(toString(codec)) << codec;
}

} // namespace

class TestRecordBatch : public QObject {
    Q_OBJECT
private slots:
    void crcOfTheCheckString() {
        const auto check = Bytes::copyOf("123456789");
        QCOMPARE(crc32c(check.span()), 0xe3069283u);
        QCOMPARE(crc32cByTable(check.span()), 0xe3069283u);
    }

    void bothWaysToTheCrcAgreeAtEveryLengthAndInPieces() {
        std::mt19937 random(3);
        std::vector<std::uint8_t> data(20'000);
        for (auto& byte : data)
            byte = std::uint8_t(random());
        for (std::size_t length = 0; length < data.size(); length = length * 5 / 4 + 1) {
            const std::span<const std::uint8_t> part(data.data() + length % 7,
                                                     length - std::min<std::size_t>(length, length % 7));
            QCOMPARE(crc32c(part), crc32cByTable(part));
            const auto half = part.size() / 2;
            QCOMPARE(crc32c(part.subspan(half), crc32c(part.first(half))), crc32c(part));
        }
    }

    void recordsComeBack_data() { addCodecs(); }
    void recordsComeBack() {
        QFETCH(Codec, codec);
        const auto records = sampleRecords();
        const auto batch = buildBatch(records, {.codec = codec});
        QVERIFY(batch);
        QVERIFY(crcMatches(batch->span()));
        const auto header = readBatchHeader(batch->span());
        QVERIFY(header);
        QCOMPARE(header->recordCount, 500);
        QCOMPARE(header->lastOffsetDelta, 499);
        QCOMPARE(header->baseTimestamp, 1000);
        QCOMPARE(header->maxTimestamp, 1499);
        QCOMPARE(header->codec(), codec);
        const auto read = readAll(*batch);
        QVERIFY2(read, read ? "" : read.error().message.c_str());
        QVERIFY(*read == records);
    }

    void aBlockThatOpensBeyondTheLimitIsRefused_data() { addCodecs(); }
    void aBlockThatOpensBeyondTheLimitIsRefused() {
        QFETCH(Codec, codec);
        const std::vector<std::uint8_t> zeros(4 * 1024 * 1024);
        const auto block = compress(codec, zeros);
        QVERIFY(block);
        const auto opened = decompress(codec, Bytes(*block), 1024 * 1024);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::outOfRange);
        const auto whole = decompress(codec, Bytes(*block), zeros.size());
        QVERIFY2(whole, whole ? "" : whole.error().message.c_str());
        QCOMPARE(whole->size(), zeros.size());
    }

    void everyCutOfABlockIsRefused_data() { addCodecs(); }
    void everyCutOfABlockIsRefused() {
        QFETCH(Codec, codec);
        const auto batch = buildBatch(sampleRecords(), {.codec = codec});
        QVERIFY(batch);
        for (std::size_t cut = kBatchHeaderBytes; cut < batch->size(); cut += 13) {
            auto bytes = copied(batch->slice(0, cut));
            storeBigEndian(bytes.data() + kBatchLengthAt, std::int32_t(cut - kLeaderEpochAt));
            QVERIFY2(!readAll(Bytes(std::move(bytes))), qPrintable(QString("cut at %1").arg(cut)));
        }
    }

    void flippedBytesNeverCrashAndNeverPassTheCrc_data() { addCodecs(); }
    void flippedBytesNeverCrashAndNeverPassTheCrc() {
        QFETCH(Codec, codec);
        const auto batch = buildBatch(sampleRecords(), {.codec = codec});
        QVERIFY(batch);
        std::mt19937 random(5);
        for (int round = 0; round < 500; ++round) {
            auto bytes = copied(*batch);
            bytes[kAttributesAt + random() % (bytes.size() - kAttributesAt)] ^= std::uint8_t(1 + random() % 255);
            QVERIFY(!crcMatches(bytes));
            const Bytes flipped(std::move(bytes));
            (void)readAll(flipped, 1024 * 1024).has_value();
            auto reader = RecordReader::open(flipped, 1024 * 1024);
            while (reader) {
                const auto place = reader->nextPlace();
                if (!place || !*place) break;
            }
        }
    }

    void placesAreThoseOfTheRecords_data() { addCodecs(); }
    void placesAreThoseOfTheRecords() {
        QFETCH(Codec, codec);
        const auto records = sampleRecords();
        auto reader = RecordReader::open(*buildBatch(records, {.codec = codec}));
        QVERIFY(reader);
        for (const Record& record : records) {
            const auto place = reader->nextPlace();
            QVERIFY(place && *place);
            QCOMPARE((*place)->offset, record.offset);
            QCOMPARE((*place)->timestamp, record.timestamp);
        }
        const auto end = reader->nextPlace();
        QVERIFY(end && !*end);
    }

    void headersThatWouldFillTheMemoryAreRefusedAndPassedOver_data() {
        QTest::addColumn<int>("records");
        QTest::newRow("in one record") << 1;
        QTest::newRow("in many records") << 100;
    }
    void headersThatWouldFillTheMemoryAreRefusedAndPassedOver() {
        QFETCH(int, records);
        const std::size_t each = Reader::kMaxDecodedBytes / sizeof(RecordHeader) / std::size_t(records) + 1;
        Record record;
        record.headers.resize(each);
        const auto batch = buildBatch(std::vector<Record>(std::size_t(records), record), {.codec = Codec::gzip});
        QVERIFY(batch);
        QVERIFY(batch->size() < 100'000);
        const auto read = readAll(*batch);
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::protocol);
        auto places = RecordReader::open(*batch);
        QVERIFY(places);
        for (int i = 0; i < records; ++i) {
            const auto place = places->nextPlace();
            QVERIFY(place && *place);
            QCOMPARE((*place)->offset, i);
        }
        QVERIFY(places->nextPlace());
    }

    void aBatchThatIsNotCompressedIsReadWhateverItsSize() {
        QCOMPARE(readAll(*buildBatch(sampleRecords()), 10)->size(), std::size_t(500));
        QVERIFY(!readAll(*buildBatch(sampleRecords(), {.codec = Codec::zstd}), 5000));
    }

    void theSnappyBlockOfOtherClientsIsReadToo() {
        // The word "snappy" as one raw block: length 6, literal of 6 bytes.
        const std::vector<std::uint8_t> raw{6, 5 << 2, 's', 'n', 'a', 'p', 'p', 'y'};
        const auto opened = decompress(Codec::snappy, Bytes(raw), 100);
        QVERIFY(opened);
        QCOMPARE(*opened, Bytes::copyOf("snappy"));
    }

    void gzipOfSeveralMembersIsOneBlock() {
        const Bytes one = Bytes::copyOf("one "), two = Bytes::copyOf("two");
        auto block = *compress(Codec::gzip, one.span());
        const auto second = *compress(Codec::gzip, two.span());
        block.insert(block.end(), second.begin(), second.end());
        const auto opened = decompress(Codec::gzip, Bytes(block), 100);
        QVERIFY(opened);
        QCOMPARE(*opened, Bytes::copyOf("one two"));
    }

    void headersThatNoBatchHasAreRefused_data() {
        QTest::addColumn<int>("at");
        QTest::addColumn<int>("value");
        QTest::addColumn<int>("bytes");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("magic 1") << int(kMagicAt) << 1 << 1 << ErrorCode::unsupported;
        QTest::newRow("magic 3") << int(kMagicAt) << 3 << 1 << ErrorCode::corrupt;
        QTest::newRow("negative length") << int(kBatchLengthAt) << -5 << 4 << ErrorCode::corrupt;
        QTest::newRow("length shorter than the header") << int(kBatchLengthAt) << 48 << 4 << ErrorCode::corrupt;
        QTest::newRow("length of 2 GB") << int(kBatchLengthAt) << 0x7fffffff << 4 << ErrorCode::closed;
    }
    void headersThatNoBatchHasAreRefused() {
        QFETCH(int, at);
        QFETCH(int, value);
        QFETCH(int, bytes);
        QFETCH(ErrorCode, code);
        auto batch = copied(*buildBatch(sampleRecords()));
        if (bytes == 1)
            batch[std::size_t(at)] = std::uint8_t(value);
        else
            storeBigEndian(batch.data() + at, std::int32_t(value));
        const auto header = readBatchHeader(batch);
        QVERIFY(!header);
        QCOMPARE(header.error().code, code);
    }

    void aTornTailIsToldFromDamage() {
        const auto batch = *buildBatch(sampleRecords());
        for (std::size_t length = 0; length < batch.size(); ++length) {
            const auto header = readBatchHeader(batch.slice(0, length).span());
            QVERIFY(!header);
            QCOMPARE(header.error().code, ErrorCode::closed);
        }
    }

    void logAppendTimeReplacesEveryTimestamp() {
        auto bytes = copied(*buildBatch(sampleRecords()));
        stampLogAppendTime(bytes, 123'456);
        QVERIFY(crcMatches(bytes));
        const auto records = readAll(Bytes(std::move(bytes)));
        QVERIFY(records);
        for (const Record& record : *records)
            QCOMPARE(record.timestamp, EpochMs(123'456));
    }

    void sequencesWrapBehindTheLargestNumber() {
        BatchHeader header;
        header.baseSequence = 0x7ffffffe;
        header.lastOffsetDelta = 3;
        QCOMPARE(header.lastSequence(), 1);
    }
};

MILLRACE_TEST(TestRecordBatch)
#include "tst_record_batch.moc"
