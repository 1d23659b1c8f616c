#include "support/test_program.h"
#include "wire/reader.h"

#include "wire/writer.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::wire;

namespace {
Bytes bytesOf(const QByteArray& hex) {
    const QByteArray raw = QByteArray::fromHex(hex);
    return Bytes::copyOf(std::string_view(raw.constData(), std::size_t(raw.size())));
}
struct Wide {
    std::array<std::int64_t, 16> ballast{};
    std::int8_t value = 0;
    static void fields(auto& io, auto& self, Version) { io.field(self.value); }
};
} // namespace

class TestReader : public QObject {
    Q_OBJECT
private slots:
    void countsBeyondTheMessageAreRefusedBeforeAnythingIsReserved_data() {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<bool>("flexible");
        QTest::newRow("two thousand million elements, classic") << QByteArray("7fffffff 00") << false;
        QTest::newRow("four thousand million elements, compact") << QByteArray("ffffffff0f 00") << true;
        QTest::newRow("count below null") << QByteArray("fffffffe") << false;
        QTest::newRow("null where none is allowed") << QByteArray("ffffffff") << false;
        QTest::newRow("one element more than bytes") << QByteArray("00000003 0101") << false;
    }
    void countsBeyondTheMessageAreRefusedBeforeAnythingIsReserved() {
        QFETCH(QByteArray, hex);
        QFETCH(bool, flexible);
        Reader reader(bytesOf(hex.replace(" ", "")), 0, flexible);
        std::vector<std::int8_t> values;
        reader.field(values);
        QVERIFY(!reader.finish());
        QCOMPARE(values.capacity(), std::size_t(0));
    }

    void aMessageThatWouldGrowAHundredfoldIsRefused() {
        std::vector<std::uint8_t> frame(1024 * 1024);
        frame[1] = 0x0f; // 0x000f0000 elements of one byte that take 136 bytes each
        Reader reader(Bytes(std::move(frame)), 0, false);
        std::vector<Wide> values;
        reader.field(values);
        const Status status = reader.finish();
        QVERIFY(!status);
        QVERIFY2(status.error().message.find("more elements than a message may hold") != std::string::npos,
                 status.error().message.c_str());
    }

    void elementsAreCountedOverAllArraysOfAMessage() {
        const Bytes twoArrays = bytesOf("00000002 0102 00000003 030405");
        for (const std::size_t allowed : {4, 5}) {
            Reader reader(twoArrays, 0, false);
            reader.allowElements(allowed);
            std::vector<std::int8_t> first, second;
            reader.field(first);
            reader.field(second);
            QCOMPARE(reader.finish().has_value(), allowed == 5);
            QCOMPARE(first.size(), std::size_t(2));
            QCOMPARE(second.size(), allowed == 5 ? std::size_t(3) : std::size_t(0));
        }
    }

    void stringsAreRefused_data() {
        QTest::addColumn<QByteArray>("hex");
        QTest::addColumn<bool>("flexible");
        QTest::newRow("longer than the message") << QByteArray("0005 41") << false;
        QTest::newRow("null") << QByteArray("ffff") << false;
        QTest::newRow("null, compact") << QByteArray("00") << true;
        QTest::newRow("of more than 32767 bytes") << QByteArray("818002") + QByteArray("41").repeated(32768) << true;
        QTest::newRow("with a length of six varint bytes") << QByteArray("808080808001 41") << true;
    }
    void stringsAreRefused() {
        QFETCH(QByteArray, hex);
        QFETCH(bool, flexible);
        Reader reader(bytesOf(hex.replace(" ", "")), 0, flexible);
        std::string value = "before";
        reader.field(value);
        QVERIFY(!reader.finish());
        QVERIFY(value.empty());
    }

    void unknownTagsAreSkippedAndKnownOnesRead() {
        // tag 0: unknown, 2 bytes; tag 3: int16 258; tag 9: unknown, empty
        Reader reader(bytesOf("03 00 02 aabb 03 02 0102 09 00"), 0, true);
        std::int16_t known = 0;
        reader.tags(tag(3, known));
        QVERIFY(reader.finish());
        QCOMPARE(known, std::int16_t(258));
    }

    void bytesBehindTheContentOfATagAreIgnored() {
        Reader reader(bytesOf("02 03 04 0102 aabb 05 01 cc"), 0, true);
        std::int16_t known = 0;
        reader.tags(tag(3, known));
        QVERIFY(reader.finish());
        QCOMPARE(known, std::int16_t(258));
    }

    void brokenTagsAreRefused_data() {
        QTest::addColumn<QByteArray>("hex");
        QTest::newRow("twice the same") << QByteArray("02 03 02 0102 03 02 0102");
        QTest::newRow("descending") << QByteArray("02 05 00 03 02 0102");
        QTest::newRow("longer than the message") << QByteArray("01 05 7f 00");
        QTest::newRow("size smaller than the content") << QByteArray("01 03 01 0102");
        QTest::newRow("more than there are") << QByteArray("ffffffff0f 05 00");
    }
    void brokenTagsAreRefused() {
        QFETCH(QByteArray, hex);
        Reader reader(bytesOf(hex), 0, true);
        std::int16_t known = 0;
        reader.tags(tag(3, known));
        QVERIFY(!reader.finish());
    }

    void varintsComeBack_data() {
        QTest::addColumn<qint64>("value");
        for (const qint64 value :
             {qint64(0), qint64(-1), qint64(1), qint64(63), qint64(-64), qint64(64), qint64(1) << 40,
              std::numeric_limits<qint64>::max(), std::numeric_limits<qint64>::min()})
            QTest::addRow("%lld", static_cast<long long>(value)) << value;
    }
    void varintsComeBack() {
        QFETCH(qint64, value);
        Writer writer(0, false);
        writer.zigzag(value);
        Reader reader(Bytes(writer.takeBuffer()), 0, false);
        QCOMPARE(qint64(reader.zigzag()), value);
        QVERIFY(reader.finish());
    }

    void theFirstErrorIsKeptAndTheRestReadsAsZero() {
        Reader reader(bytesOf("0102"), 0, false);
        std::int32_t wide = 7;
        std::int8_t narrow = 7;
        reader.field(wide);
        reader.field(narrow);
        QCOMPARE(wide, 0);
        QCOMPARE(int(narrow), 0);
        const Status status = reader.finish();
        QCOMPARE(QString::fromStdString(status.error().message),
                 QString("the message ends inside a number at byte 0 of 2"));
    }

    void byteFieldsAreSlicesOfTheFrame() {
        const Bytes frame = bytesOf("00000002 aabb");
        Reader reader(frame, 0, false);
        Bytes value;
        reader.field(value);
        QVERIFY(reader.finish());
        QCOMPARE(value.data(), frame.data() + 4);
    }

    void recordsLeaveWithoutACopyAndTheFrameCountsThem() {
        const Bytes batch = Bytes::copyOf("0123456789");
        Writer writer(0, false);
        writer.beginFrame();
        writer.field(Records{{batch, batch}});
        writer.field(std::int8_t(1));
        const auto pieces = writer.finish();
        QCOMPARE(pieces.size(), std::size_t(4));
        QCOMPARE(pieces[1].data(), batch.data());
        QCOMPARE(pieces[0], bytesOf("00000019 00000014"));
        QCOMPARE(pieces[3], bytesOf("01"));
    }
};

MILLRACE_TEST(TestReader)
#include "tst_reader.moc"
