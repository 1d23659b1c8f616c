#include "rpc/avro_event.h"
#include "rpc/avro_frames.h"
#include "rpc/avro_protocol.h"
#include "rpc/avro_writer.h"
#include "rpc/old_flume_avro.h"
#include "rpc/support/recording_receiver.h"
#include "rpc/support/wire_captures.h"
#include "rpc/zlib_stream.h"
#include "support/test_program.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QtTest>

#include <limits>

using namespace millrace;
using namespace millrace::rpc;
using namespace millrace::rpc::testing;

namespace {

std::string hexOf(const std::vector<std::uint8_t>& bytes) {
    return toHex({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::string_view viewOf(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// "{name=value,…}body", or what is wrong.
std::string decoded(std::span<const std::uint8_t> datum) {
    const auto event = decodeAvroEvent(viewOf(datum));
    if (!event) return event.error().message;
    std::string text;
    event->headers.forEach([&](std::string_view name, std::string_view value) {
        text += (text.empty() ? "" : ",") + std::string(name) + '=' + std::string(value);
    });
    return '{' + text + '}' + std::string(event->body);
}

std::vector<std::uint8_t> frameOf(std::int32_t serial, const std::vector<std::vector<std::uint8_t>>& parts) {
    std::vector<std::span<const std::uint8_t>> spans(parts.begin(), parts.end());
    std::vector<std::uint8_t> frame;
    appendAvroFrame(serial, spans, frame);
    return frame;
}

/// Every message of `stream` fed in pieces, as "serial:hex".
std::vector<std::string> messagesIn(std::span<const std::uint8_t> stream, std::size_t pieceBytes,
                                    std::size_t limit = 1 << 20) {
    AvroMessageAssembler assembler(limit);
    std::vector<std::string> all;
    for (std::size_t at = 0; at < stream.size(); at += pieceBytes) {
        auto piece = stream.subspan(at, std::min(pieceBytes, stream.size() - at));
        while (!piece.empty()) {
            const auto message = assembler.next(piece);
            if (!message) {
                all.push_back("error: " + message.error().message);
                return all;
            }
            if (*message)
                all.push_back(std::to_string((*message)->serial) + ":" +
                              toHex({reinterpret_cast<const char*>((*message)->body.data()), (*message)->body.size()}));
        }
    }
    return all;
}

} // namespace

class TestAvroCodec : public QObject {
    Q_OBJECT
private slots:
    void numbersComeBackAsTheyWere_data() {
        QTest::addColumn<qint64>("value");
        QTest::addColumn<QString>("hex");
        QTest::newRow("zero") << qint64(0) << "00";
        QTest::newRow("minus one") << qint64(-1) << "01";
        QTest::newRow("one") << qint64(1) << "02";
        QTest::newRow("the last of one byte") << qint64(-64) << "7f";
        QTest::newRow("the first of two bytes") << qint64(64) << "8001";
        QTest::newRow("the largest") << qint64(std::numeric_limits<std::int64_t>::max()) << "feffffffffffffffff01";
        QTest::newRow("the smallest") << qint64(std::numeric_limits<std::int64_t>::min()) << "ffffffffffffffffff01";
    }
    void numbersComeBackAsTheyWere() {
        QFETCH(qint64, value);
        QFETCH(QString, hex);
        std::vector<std::uint8_t> bytes;
        AvroWriter(bytes).writeLong(value);
        QCOMPARE(QString::fromStdString(hexOf(bytes)), hex);
        AvroReader reader(bytes);
        QCOMPARE(qint64(reader.readLong()), value);
        QVERIFY(reader.status());
        QCOMPARE(reader.left(), std::size_t(0));
    }

    void theDatumInAKafkaRecordIsFlumes() {
        const std::vector<std::pair<std::string, std::string>> headers{{"k", "v"}};
        std::vector<std::uint8_t> datum;
        encodeAvroEvent(headers, "body", datum);
        QCOMPARE(hexOf(datum), std::string(captured::kDatum));
        QCOMPARE(decoded(datum), std::string("{k=v}body"));
        datum.push_back(0);
        QCOMPARE(decoded(datum), std::string("{k=v}body"));
    }

    void mapsInSeveralBlocksAndWithByteCountsAreRead() {
        // {a=1} then -1 (size 4) {b=2}, end; body "x"
        const auto datum = fromHex("02"
                                   "0261"
                                   "0231"
                                   "01"
                                   "08"
                                   "0262"
                                   "0232"
                                   "00"
                                   "0278");
        QCOMPARE(decoded(datum), std::string("{a=1,b=2}x"));
    }

    void equalHeadersHaveEqualEncodings() {
        class Sink final : public EventSink {
        public:
            void event(const EventHeaders& headers, std::string_view) override {
                encodings.emplace_back(headers.encoded());
            }
            std::vector<std::string> encodings;
        } sink;
        std::vector<std::uint8_t> events;
        AvroWriter(events).writeLong(3);
        encodeAvroEvent(std::vector<std::pair<std::string, std::string>>{{"a", "1"}}, "x", events);
        encodeAvroEvent(std::vector<std::pair<std::string, std::string>>{{"a", "1"}}, "y", events);
        encodeAvroEvent({}, "z", events);
        AvroWriter(events).writeLong(0);
        AvroReader reader(events);
        QCOMPARE(readAvroEvents(reader, sink), std::size_t(3));
        QVERIFY(reader.status());
        QCOMPARE(sink.encodings[0], sink.encodings[1]);
        QVERIFY(sink.encodings[0] != sink.encodings[2]);
    }

    void anEventFromAPeerHasABoundedNumberOfHeaders_data() {
        QTest::addColumn<int>("blocks");
        QTest::newRow("in one block") << 1;
        QTest::newRow("in many blocks") << 10;
    }
    void anEventFromAPeerHasABoundedNumberOfHeaders() {
        QFETCH(int, blocks);
        const auto accepts = [&](std::size_t perBlock) {
            std::vector<std::uint8_t> event;
            AvroWriter writer(event);
            for (int block = 0; block < blocks; ++block) {
                writer.writeLong(static_cast<std::int64_t>(perBlock));
                for (std::size_t i = 0; i < perBlock; ++i) {
                    writer.writeBytes("k");
                    writer.writeBytes("v");
                }
            }
            writer.writeLong(0);
            writer.writeBytes("body");
            AvroReader reader(event);
            TextSink sink;
            readAvroEvent(reader, sink);
            return reader.status() && sink.events.size() == 1;
        };
        const std::size_t most = kMostEventHeaders / static_cast<std::size_t>(blocks);
        QVERIFY(accepts(most));
        QVERIFY(!accepts(most + 1));
    }

    void everyTruncationOfAnEventIsRefused() {
        const auto whole = fromHex(captured::kDatum);
        for (std::size_t size = 0; size < whole.size(); ++size)
            QVERIFY(!decodeAvroEvent(viewOf(std::span(whole).first(size))));
    }

    void hostileCountsAreRefusedBeforeAnythingIsDone_data() {
        QTest::addColumn<QString>("hex");
        QTest::addColumn<QString>("says");
        QTest::newRow("a header map of 2^62 entries") << "feffffffffffffff7f00"
                                                      << "more items than its message can hold";
        QTest::newRow("the smallest number as count") << "ffffffffffffffffff0100"
                                                      << "more items than its message can hold";
        QTest::newRow("a text longer than the message") << "02fe01"
                                                        << "longer than its message";
        QTest::newRow("a text of negative length") << "02010000"
                                                   << "longer than its message";
        QTest::newRow("a number without end") << "ffffffffffffffffffffffff"
                                              << "more than ten bytes";
        QTest::newRow("nothing") << ""
                                 << "ends within a number";
    }
    void hostileCountsAreRefusedBeforeAnythingIsDone() {
        QFETCH(QString, hex);
        QFETCH(QString, says);
        const auto bytes = fromHex(hex.toStdString());
        const auto event = decodeAvroEvent(viewOf(bytes));
        const Status status = event ? ok() : Status(event.error());
        QVERIFY(!status);
        QCOMPARE(int(status.error().code), int(ErrorCode::protocol));
        QVERIFY2(QString::fromStdString(status.error().message).contains(says), status.error().message.c_str());
    }

    void protocolTextsAreJsonAndTheirHashesAreRight() {
        for (const auto& [words, hash] : {std::pair(avro::protocolText(), avro::protocolHash()),
                                          std::pair(avro::oldFlumeText(), avro::oldFlumeHash())}) {
            const QByteArray text(words.data(), qsizetype(words.size()));
            QJsonParseError error;
            QJsonDocument::fromJson(text, &error);
            QCOMPARE(int(error.error), int(QJsonParseError::NoError));
            const QByteArray md5 = QCryptographicHash::hash(text, QCryptographicHash::Md5);
            QCOMPARE(md5, QByteArray(reinterpret_cast<const char*>(hash.data()), qsizetype(hash.size())));
        }
    }

    void handshakesComeBackAsTheyWere() {
        const AvroHandshakeRequest request{avro::protocolHash(), std::string("{}"), avro::flumeHash()};
        std::vector<std::uint8_t> bytes;
        request.write(bytes);
        AvroReader reader(bytes);
        const auto read = AvroHandshakeRequest::read(reader);
        QVERIFY(reader.status() && reader.left() == 0);
        QVERIFY(read.clientHash == request.clientHash && read.clientProtocol == request.clientProtocol &&
                read.serverHash == request.serverHash);
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            AvroReader cut{std::span<const std::uint8_t>(bytes).first(size)};
            AvroHandshakeRequest::read(cut);
            QVERIFY(cut.failed());
        }
        const AvroHandshakeResponse response{AvroMatch::none, std::string("text"), avro::protocolHash()};
        bytes.clear();
        response.write(bytes);
        AvroReader answer(bytes);
        const auto back = AvroHandshakeResponse::read(answer);
        QVERIFY(answer.status() && answer.left() == 0);
        QVERIFY(back.match == AvroMatch::none && back.serverProtocol == response.serverProtocol &&
                back.serverHash == response.serverHash);
    }

    void messagesAreCutOutOfAnyStream_data() {
        QTest::addColumn<int>("pieceBytes");
        for (const int bytes : {1, 2, 3, 7, 11, 12, 13, 100, 10'000})
            QTest::addRow("%d bytes at a time", bytes) << bytes;
    }
    void messagesAreCutOutOfAnyStream() {
        QFETCH(int, pieceBytes);
        std::vector<std::uint8_t> stream;
        for (const auto& frame : {frameOf(1, {{1, 2, 3}}), frameOf(-2, {{4}, {}, {5, 6}}), frameOf(3, {}),
                                  frameOf(4, {{}}), frameOf(5, {std::vector<std::uint8_t>(3, 7)})})
            stream.insert(stream.end(), frame.begin(), frame.end());
        const std::vector<std::string> expected{"1:010203", "-2:040506", "3:", "4:", "5:070707"};
        QCOMPARE(messagesIn(stream, static_cast<std::size_t>(pieceBytes)), expected);
    }

    void badFramesAreRefused_data() {
        QTest::addColumn<QString>("hex");
        QTest::addColumn<QString>("says");
        QTest::newRow("a part of 2 GB") << "00000001000000017fffffff"
                                        << "a part of 2147483647 bytes behind 0, the limit is 1000";
        QTest::newRow("a part of negative length") << "0000000100000001ffffffff"
                                                   << "a part of -1 bytes";
        QTest::newRow("parts that are too much together") << "000000010000000200000001ff000003e8"
                                                          << "a part of 1000 bytes behind 1";
        QTest::newRow("a negative number of parts") << "00000001ffffffff"
                                                    << "an Avro message of -1 parts";
    }
    void badFramesAreRefused() {
        QFETCH(QString, hex);
        QFETCH(QString, says);
        const auto all = messagesIn(fromHex(hex.toStdString()), 5, 1000);
        QCOMPARE(all.size(), std::size_t(1));
        QVERIFY2(QString::fromStdString(all[0]).contains(says), all[0].c_str());
    }

    void aCompressedStreamCarriesManyMessages() {
        Deflater deflater;
        Inflater inflater;
        std::string sent;
        std::string got;
        for (int i = 0; i < 50; ++i) {
            const std::string message =
                "message " + std::to_string(i) + std::string(static_cast<std::size_t>(i) * 1000, 'm');
            sent += message;
            std::vector<std::uint8_t> compressed;
            deflater.compress({reinterpret_cast<const std::uint8_t*>(message.data()), message.size()}, compressed);
            deflater.flush(compressed);
            std::span<const std::uint8_t> rest = compressed;
            std::array<std::uint8_t, 1000> piece;
            for (;;) {
                const auto bytes = inflater.next(rest, piece);
                QVERIFY(bytes);
                if (*bytes == 0) break;
                got.append(piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(*bytes));
            }
            QVERIFY(got == sent); // all of a message can be read once its bytes are there
        }
    }

    void whatIsNotCompressedIsSaidToBeSo() {
        Inflater inflater;
        const auto plain = fromHex(captured::kFirstBatch);
        std::span<const std::uint8_t> data = plain;
        std::array<std::uint8_t, 1000> piece;
        const auto bytes = inflater.next(data, piece);
        QVERIFY(!bytes);
        QVERIFY(bytes.error().message.find("is compression-type the same on both sides?") != std::string::npos);
    }
};

MILLRACE_TEST(TestAvroCodec)
#include "tst_avro_codec.moc"
