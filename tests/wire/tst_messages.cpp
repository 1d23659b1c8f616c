#include "support/test_program.h"
#include "wire/messages/header.h"
#include "wire/reader.h"
#include "wire/support/all_messages.h"
#include "wire/support/filler.h"
#include "wire/writer.h"

#include <QtTest>

#include <random>
#include <type_traits>

using namespace millrace;
using namespace millrace::wire;

namespace {

Bytes joined(const std::vector<Bytes>& pieces) {
    std::vector<std::uint8_t> all;
    for (const Bytes& piece : pieces)
        all.insert(all.end(), piece.data(), piece.data() + piece.size());
    return Bytes(std::move(all));
}

template <typename Message>
Bytes written(const Message& message, Version version) {
    Writer writer(version, Message::kApi.flexible(version));
    writer.field(message);
    return joined(writer.finish());
}

template <typename Message>
Status read(const Bytes& bytes, Version version, Message& message) {
    Reader reader(bytes, version, Message::kApi.flexible(version));
    reader.field(message);
    return reader.finish();
}

/// What a round trip needs to know of a message type, so that rows can hold it.
struct Trip {
    std::function<Bytes(Version, bool absent)> filled;
    std::function<Result<Bytes>(const Bytes&, Version)> readAndWrittenAgain;
};

template <typename Message>
Trip tripOf() {
    return {[](Version version, bool absent) {
                Message message;
                Filler(version, absent).field(message);
                return written(message, version);
            },
            [](const Bytes& bytes, Version version) -> Result<Bytes> {
                Message message;
                MILLRACE_TRY(read(bytes, version, message));
                return written(message, version);
            }};
}

Bytes mangled(const Bytes& good, std::mt19937& random) {
    std::vector<std::uint8_t> bytes(good.data(), good.data() + good.size());
    for (int flips = 0; flips < 3 && !bytes.empty(); ++flips) bytes[random() % bytes.size()] = std::uint8_t(random());
    return Bytes(std::move(bytes));
}

QByteArray hex(const Bytes& bytes) {
    return QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<int>(bytes.size())).toHex(' ');
}

} // namespace

Q_DECLARE_METATYPE(Trip)

class TestMessages : public QObject {
    Q_OBJECT

    template <typename Message>
    void addRows(const char* direction) {
        for (Version v = Message::kApi.min; v <= Message::kApi.max; ++v)
            QTest::addRow("%s %s v%d", Message::kApi.name, direction, v) << tripOf<Message>() << int(v);
    }
    template <typename... Messages>
    void addAll(std::type_identity<std::tuple<Messages...>>) {
        QTest::addColumn<Trip>("trip");
        QTest::addColumn<int>("version");
        int index = 0;
        (addRows<Messages>(index++ % 2 == 0 ? "request" : "response"), ...);
    }

private slots:
    void everyVersionComesBackAsItWasWritten_data() { addAll(std::type_identity<AllMessages>()); }
    void everyVersionComesBackAsItWasWritten() {
        QFETCH(Trip, trip);
        QFETCH(int, version);
        for (const bool absent : {false, true}) {
            const Bytes bytes = trip.filled(Version(version), absent);
            const auto again = trip.readAndWrittenAgain(bytes, Version(version));
            QVERIFY2(again, again ? "" : again.error().message.c_str());
            QCOMPARE(hex(*again), hex(bytes));
        }
    }

    void everyTruncationIsRefused_data() { addAll(std::type_identity<AllMessages>()); }
    void everyTruncationIsRefused() {
        QFETCH(Trip, trip);
        QFETCH(int, version);
        const Bytes bytes = trip.filled(Version(version), false);
        for (std::size_t length = 0; length < bytes.size(); ++length) {
            const auto result = trip.readAndWrittenAgain(bytes.slice(0, length), Version(version));
            QVERIFY2(!result, qPrintable(QString("%1 of %2 bytes were accepted").arg(length).arg(bytes.size())));
        }
    }

    void bytesLeftOverAreRefused_data() { addAll(std::type_identity<AllMessages>()); }
    void bytesLeftOverAreRefused() {
        QFETCH(Trip, trip);
        QFETCH(int, version);
        const Bytes bytes = trip.filled(Version(version), false);
        std::vector<std::uint8_t> longer(bytes.data(), bytes.data() + bytes.size());
        longer.push_back(0);
        QVERIFY(!trip.readAndWrittenAgain(Bytes(std::move(longer)), Version(version)));
    }

    void whatIsReadFromBrokenBytesIsWrittenAndReadTheSame() {
        std::mt19937 random(7);
        int accepted = 0;
        const auto tryOne = [&]<typename Message>(std::type_identity<Message>) {
            const Trip trip = tripOf<Message>();
            for (int round = 0; round < 200; ++round) {
                const Version version =
                    Version(Message::kApi.min + int(random() % unsigned(Message::kApi.max - Message::kApi.min + 1)));
                const auto once = trip.readAndWrittenAgain(mangled(trip.filled(version, false), random), version);
                if (!once) continue;
                ++accepted;
                const auto twice = trip.readAndWrittenAgain(*once, version);
                QVERIFY2(twice, twice ? "" : twice.error().message.c_str());
                QCOMPARE(hex(*twice), hex(*once));
            }
        };
        [&]<typename... Messages>(std::type_identity<std::tuple<Messages...>>) {
            (tryOne(std::type_identity<Messages>()), ...);
        }(std::type_identity<AllMessages>());
        QVERIFY2(accepted > 1000, qPrintable(QString::number(accepted)));
    }

    void headersComeBack_data() {
        QTest::addColumn<int>("version");
        QTest::newRow("classic header") << 8;
        QTest::newRow("flexible header") << 9;
    }
    void headersComeBack() {
        QFETCH(int, version);
        const bool flexible = kProduce.flexible(Version(version));
        Writer writer(0, false);
        writeRequestHeader(writer, {kProduce.key, Version(version), 77, "kcat"}, flexible);
        Reader reader(joined(writer.finish()), 0, false);
        const RequestHeader header = readRequestHeader(reader);
        endHeader(reader, kProduce, header.apiVersion);
        QVERIFY(reader.finish());
        QCOMPARE(header.apiKey, kProduce.key);
        QCOMPARE(int(header.apiVersion), version);
        QCOMPARE(header.correlationId, 77);
        QCOMPARE(QString::fromStdString(*header.clientId), QString("kcat"));
    }

    void apiVersionsIsAnsweredWithTheOldestHeader() {
        Writer writer(0, false);
        writeResponseHeader(writer, kApiVersions, 3, 5);
        QCOMPARE(hex(joined(writer.finish())), QByteArray("00 00 00 05"));
        writeResponseHeader(writer, kHeartbeat, 4, 5);
        QCOMPARE(hex(joined(writer.finish())), QByteArray("00 00 00 05 00"));
    }
};

MILLRACE_TEST(TestMessages)
#include "tst_messages.moc"
