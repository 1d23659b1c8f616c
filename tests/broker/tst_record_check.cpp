#include "base/big_endian.h"
#include "base/crc32c.h"
#include "broker/partitions/record_check.h"
#include "support/test_program.h"
#include "wire/batch_builder.h"
#include "wire/error_code.h"
#include "wire/record_reader.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::broker;
using namespace millrace::wire::error;

namespace {

using Image = std::vector<std::uint8_t>;
constexpr std::int64_t kTime = 1'700'000'000'000;

/// A batch with a right CRC around `block`, whatever that is.
Bytes batchAround(const Image& block, std::int32_t count, std::int16_t attributes = 0,
                  std::int64_t maxTimestamp = kTime) {
    Image image(wire::kBatchHeaderBytes);
    image.insert(image.end(), block.begin(), block.end());
    std::uint8_t* at = image.data();
    storeBigEndian(at + wire::kBatchLengthAt, static_cast<std::int32_t>(image.size() - wire::kLeaderEpochAt));
    storeBigEndian(at + wire::kLeaderEpochAt, std::int32_t(-1));
    at[wire::kMagicAt] = 2;
    storeBigEndian(at + wire::kAttributesAt, attributes);
    storeBigEndian(at + 23, count - 1);
    storeBigEndian(at + 27, kTime);
    storeBigEndian(at + wire::kMaxTimestampAt, maxTimestamp);
    storeBigEndian(at + 43, std::int64_t(-1));
    storeBigEndian(at + 51, std::int16_t(-1));
    storeBigEndian(at + 53, std::int32_t(-1));
    storeBigEndian(at + 57, count);
    storeBigEndian(at + wire::kCrcAt,
                         crc32c(std::span<const std::uint8_t>(image).subspan(wire::kAttributesAt)));
    return Bytes(std::move(image));
}

/// A record of one-byte numbers: no key, the value "v"; `offset` is its delta.
Image recordAt(std::uint8_t offset, std::uint8_t timestamp = 0) {
    const Image body{0, std::uint8_t(2 * timestamp), std::uint8_t(2 * offset), 1, 2, 'v', 0};
    Image record{std::uint8_t(2 * body.size())};
    record.insert(record.end(), body.begin(), body.end());
    return record;
}

Image operator+(Image a, const Image& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
}

Image packed(const Image& block, wire::Codec codec) {
    return *wire::compress(codec, block);
}

std::variant<SoundBatch, BatchFault> checked(const Bytes& batch, const RecordRules& rules = {}) {
    return checkRecords(batch, *wire::readBatchHeader(batch.span()), rules);
}

std::vector<std::int64_t> offsetsIn(const Bytes& batch) {
    std::vector<std::int64_t> offsets;
    auto reader = wire::RecordReader::open(batch);
    for (auto record = reader->next(); record && *record; record = reader->next())
        offsets.push_back((*record)->offset);
    return offsets;
}

} // namespace

class TestRecordCheck : public QObject {
    Q_OBJECT

private slots:
    void whatNoReaderCouldReadIsRefused_data() {
        QTest::addColumn<QByteArray>("batch");
        QTest::addColumn<int>("error");
        const auto row = [](const char* name, const Bytes& batch, int error) {
            QTest::newRow(name) << QByteArray(reinterpret_cast<const char*>(batch.data()), int(batch.size())) << error;
        };
        const Image one = recordAt(0), three = recordAt(0) + recordAt(1) + recordAt(2);
        row("bytes that are no number", batchAround({0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, 1), kUnknownServerError);
        for (std::int16_t codec = 1; codec <= 4; ++codec)
            row(wire::toString(wire::Codec(codec)), batchAround(one, 1, codec), kUnknownServerError);
        for (const auto codec : {wire::Codec::gzip, wire::Codec::lz4, wire::Codec::zstd, wire::Codec::snappy}) {
            Image cut = packed(three, codec);
            cut.resize(cut.size() - 4);
            row(QByteArray(wire::toString(codec)).append(" cut short"), batchAround(cut, 3, std::int16_t(codec)),
                kUnknownServerError);
        }
        row("a count of three over one record", batchAround(one, 3), kInvalidRecord);
        row("a count of three over one record in gzip", batchAround(packed(one, wire::Codec::gzip), 3, 1),
            kInvalidRecord);
        row("a count of one over three records in gzip", batchAround(packed(three, wire::Codec::gzip), 1, 1),
            kInvalidRecord);
        row("bytes behind the last record", batchAround(one + Image{0}, 1), kInvalidRecord);
        row("a header key of length -1", batchAround({18, 0, 0, 0, 1, 2, 'v', 2, 1, 1}, 1), kInvalidRecord);
        row("more headers than the record has bytes", batchAround({14, 0, 0, 0, 1, 2, 'v', 20}, 1), kInvalidRecord);
        row("a negative count of headers", batchAround({14, 0, 0, 0, 1, 2, 'v', 1}, 1), kInvalidRecord);
        row("a record longer than its content", batchAround({16, 0, 0, 0, 1, 2, 'v', 0, 0}, 1), kInvalidRecord);
        row("a record shorter than its content", batchAround({12, 0, 0, 0, 1, 2, 'v', 0}, 1), kInvalidRecord);
        row("a record of negative length", batchAround({1, 0, 0, 0, 1, 2, 'v', 0}, 1), kInvalidRecord);
        row("a value longer than its record", batchAround({14, 0, 0, 0, 1, 100, 'v', 0}, 1), kInvalidRecord);
        row("an empty record", batchAround({0}, 1), kInvalidRecord);
    }
    void whatNoReaderCouldReadIsRefused() {
        QFETCH(QByteArray, batch);
        QFETCH(int, error);
        const auto outcome = checked(Bytes::copyOf(std::string_view(batch.constData(), std::size_t(batch.size()))));
        QVERIFY(std::holds_alternative<BatchFault>(outcome));
        QCOMPARE(int(std::get<BatchFault>(outcome).error), error);
        QVERIFY(!std::get<BatchFault>(outcome).message.empty());
    }

    void aSoundBatchStaysAsItIs_data() {
        QTest::addColumn<int>("codec");
        for (const auto codec :
             {wire::Codec::none, wire::Codec::gzip, wire::Codec::snappy, wire::Codec::lz4, wire::Codec::zstd})
            QTest::newRow(wire::toString(codec)) << int(codec);
    }
    void aSoundBatchStaysAsItIs() {
        QFETCH(int, codec);
        std::vector<wire::Record> records(300);
        for (std::size_t i = 0; i < records.size(); ++i) {
            records[i].timestamp = kTime + std::int64_t((i * 7919) % 1000) * 100'000;
            if (i % 2) records[i].key = Bytes::copyOf("key " + std::to_string(i));
            if (i % 3) records[i].value = Bytes::copyOf(std::string(i, 'v'));
            if (i % 5) records[i].headers = {{"name", Bytes::copyOf(std::string_view("x"))}, {"", std::nullopt}};
        }
        wire::BatchOptions options;
        options.codec = wire::Codec(codec);
        const Bytes batch = *wire::buildBatch(records, options);
        const auto outcome = checked(batch);
        QVERIFY(std::holds_alternative<SoundBatch>(outcome));
        QCOMPARE(std::get<SoundBatch>(outcome).batch.data(), batch.data()); // not even copied
    }

    void aSmallBatchThatOpensToGigabytesIsRefused() {
        // Members that open to 32 MiB of zeros each: 330 of them would be 10 GB.
        const Image member = packed(Image(32 * 1024 * 1024), wire::Codec::gzip);
        Image bomb;
        for (int i = 0; i < 330; ++i)
            bomb.insert(bomb.end(), member.begin(), member.end());
        const auto outcome = checked(batchAround(bomb, 1, 1));
        QVERIFY(std::holds_alternative<BatchFault>(outcome));
        QCOMPARE(std::get<BatchFault>(outcome).error, kMessageTooLarge);
    }

    void offsetsThatDoNotCountAreCountedAnew_data() {
        QTest::addColumn<int>("codec");
        QTest::newRow("uncompressed") << 0;
        QTest::newRow("gzip") << 1;
        QTest::newRow("zstd") << 4;
    }
    void offsetsThatDoNotCountAreCountedAnew() {
        QFETCH(int, codec);
        const Image block = packed(recordAt(0) + recordAt(5) + recordAt(1), wire::Codec(codec));
        const auto outcome = checked(batchAround(block, 3, std::int16_t(codec)));
        QVERIFY(std::holds_alternative<SoundBatch>(outcome));
        const auto& sound = std::get<SoundBatch>(outcome);
        QCOMPARE(offsetsIn(sound.batch), (std::vector<std::int64_t>{0, 1, 2}));
        QVERIFY(wire::crcMatches(sound.batch.span()));
        QCOMPARE(std::size_t(sound.header.sizeBytes), sound.batch.size());
    }

    void recordsAreStoredInTheCompressionOfTheTopic_data() {
        QTest::addColumn<int>("sent");
        QTest::addColumn<int>("stored");
        QTest::addColumn<bool>("countAnew");
        for (int sent = 0; sent <= 4; ++sent)
            for (int stored = 0; stored <= 4; ++stored)
                for (const bool anew : {false, true})
                    QTest::addRow("%s stored as %s%s", wire::toString(wire::Codec(sent)),
                                  wire::toString(wire::Codec(stored)), anew ? ", offsets counted anew" : "")
                        << sent << stored << anew;
    }
    void recordsAreStoredInTheCompressionOfTheTopic() {
        QFETCH(int, sent);
        QFETCH(int, stored);
        QFETCH(bool, countAnew);
        RecordRules rules;
        rules.storeAs = Compression{wire::Codec(stored)};
        const Image block = recordAt(0) + recordAt(countAnew ? 5 : 1, 3);
        const Bytes batch = batchAround(packed(block, wire::Codec(sent)), 2, std::int16_t(sent), kTime + 3);
        const auto outcome = checked(batch, rules);
        QVERIFY(std::holds_alternative<SoundBatch>(outcome));
        const auto& sound = std::get<SoundBatch>(outcome);
        QCOMPARE(int(sound.header.codec()), stored);
        QCOMPARE(offsetsIn(sound.batch), (std::vector<std::int64_t>{0, 1}));
        QVERIFY(wire::crcMatches(sound.batch.span()));
        QCOMPARE(std::size_t(sound.header.sizeBytes), sound.batch.size());
        QCOMPARE(sound.header.maxTimestamp, kTime + 3);
        QCOMPARE(sound.batch.data() == batch.data(), sent == stored && !countAnew);
    }

    void theLevelOfTheTopicCounts_data() {
        QTest::addColumn<int>("codec");
        QTest::addColumn<int>("low");
        QTest::addColumn<int>("high");
        QTest::newRow("gzip") << int(wire::Codec::gzip) << 1 << 9;
        QTest::newRow("lz4") << int(wire::Codec::lz4) << 9 << 17; // 9 is Kafka's fast default
        QTest::newRow("zstd") << int(wire::Codec::zstd) << -100 << 19;
    }
    void theLevelOfTheTopicCounts() {
        QFETCH(int, codec);
        QFETCH(int, low);
        QFETCH(int, high);
        Image text;
        for (int i = 0; i < 20'000; ++i)
            for (const char c : std::to_string(i * i))
                text.push_back(std::uint8_t(c));
        const auto size = [&](int level) { return wire::compress(wire::Codec(codec), text, level)->size(); };
        QVERIFY(size(high) < size(low));
    }

    void theLargestTimestampIsThatOfTheRecords_data() {
        QTest::addColumn<qint64>("claimed");
        QTest::newRow("one that lies ahead") << qint64(kTime + 1'000'000);
        QTest::newRow("one that lies behind") << qint64(kTime);
        QTest::newRow("none") << qint64(-1);
    }
    void theLargestTimestampIsThatOfTheRecords() {
        QFETCH(qint64, claimed);
        const auto outcome = checked(batchAround(recordAt(0, 9) + recordAt(1, 3), 2, 0, claimed));
        QVERIFY(std::holds_alternative<SoundBatch>(outcome));
        QCOMPARE(std::get<SoundBatch>(outcome).header.maxTimestamp, kTime + 9);
        QVERIFY(wire::crcMatches(std::get<SoundBatch>(outcome).batch.span()));
    }

    void appendTimeTakesThePlaceOfAllTimestamps() {
        RecordRules rules;
        rules.appendTime = kTime + 86'400'000;
        rules.latest = kTime - 1; // does not count then
        const auto outcome = checked(batchAround(recordAt(0) + recordAt(1), 2), rules);
        QVERIFY(std::holds_alternative<SoundBatch>(outcome));
        QCOMPARE(std::get<SoundBatch>(outcome).header.maxTimestamp, *rules.appendTime);
        QVERIFY(std::get<SoundBatch>(outcome).header.logAppendTime());
        QVERIFY(wire::crcMatches(std::get<SoundBatch>(outcome).batch.span()));
    }

    void recordsThatBreakTheTopicsRulesAreNamed_data() {
        QTest::addColumn<bool>("keysNeeded");
        QTest::addColumn<qint64>("earliest");
        QTest::addColumn<qint64>("latest");
        QTest::addColumn<int>("error");
        QTest::addColumn<QList<int>>("indexes");
        const qint64 never = std::numeric_limits<qint64>::max();
        QTest::newRow("no key") << true << qint64(0) << never << int(kInvalidRecord) << QList<int>{0, 1, 2};
        QTest::newRow("too old") << false << qint64(kTime + 5) << never << int(kInvalidTimestamp) << QList<int>{0, 2};
        QTest::newRow("too new") << false << qint64(0) << qint64(kTime + 8) << int(kInvalidTimestamp) << QList<int>{1};
        QTest::newRow("both kinds") << true << qint64(0) << qint64(kTime + 8) << int(kInvalidRecord)
                                    << QList<int>{0, 1, 2};
    }
    void recordsThatBreakTheTopicsRulesAreNamed() {
        QFETCH(bool, keysNeeded);
        QFETCH(qint64, earliest);
        QFETCH(qint64, latest);
        QFETCH(int, error);
        QFETCH(QList<int>, indexes);
        RecordRules rules;
        rules.keysNeeded = keysNeeded;
        rules.earliest = earliest;
        rules.latest = latest;
        const auto outcome = checked(batchAround(recordAt(0, 1) + recordAt(1, 9) + recordAt(2, 2), 3), rules);
        QVERIFY(std::holds_alternative<BatchFault>(outcome));
        const auto& fault = std::get<BatchFault>(outcome);
        QCOMPARE(int(fault.error), error);
        QList<int> named;
        for (const auto& record : fault.records) {
            named.push_back(record.index);
            QVERIFY(!record.why.empty());
        }
        QCOMPARE(named, indexes);
    }

    void manyBadRecordsAreNotAllNamed() {
        Image block;
        for (int i = 0; i < 5000; ++i)
            block = std::move(block) + recordAt(0);
        RecordRules rules;
        rules.keysNeeded = true;
        const auto outcome = checked(batchAround(block, 5000), rules);
        QCOMPARE(std::get<BatchFault>(outcome).records.size(), kMostFaults);
        QVERIFY(std::get<BatchFault>(outcome).message.find("5000") != std::string::npos);
    }
};

MILLRACE_TEST(TestRecordCheck)
#include "tst_record_check.moc"
