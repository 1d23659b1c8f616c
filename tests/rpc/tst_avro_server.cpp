#include "rpc/avro_protocol.h"
#include "rpc/support/avro_place.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::rpc;
using namespace millrace::rpc::testing;

class TestAvroServer : public QObject, AvroPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void whatFlumesSinkSendsIsAnsweredAsFlumesSourceDoes() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(captured::kSecondBatch));
        QCOMPARE(client.receiveLike(captured::kSecondReply), std::string(captured::kSecondReply));
        QVERIFY(client.send(captured::kSingleAppend));
        QCOMPARE(client.receiveLike(captured::kSingleReply), std::string(captured::kSingleReply));
        QCOMPARE(inbox_->events(),
                 (std::vector<std::string>{"{dc=par}0", "{dc=par}1", "{dc=par}2", "{dc=par}3", "{}no headers"}));
        QCOMPARE(inbox_->calls(), 3);
    }

    void aFullChannelIsAnsweredFailed() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        inbox_->onCall = [](Reply reply) { reply.answer(CallStatus::failed); };
        QVERIFY(client.send(captured::kFullBatch));
        QCOMPARE(client.receiveLike(captured::kFullReply), std::string(captured::kFullReply));
    }

    void unfinishedMessagesOfAllConnectionsAreBounded() {
        const std::string call = callHex(7, "appendBatch", "0200c00c" + toHex(std::string(800, 'x')) + "00");
        const std::string first = captured::kFirstBatch, begun = call.substr(0, 1400), rest = call.substr(1400);
        CallServerOptions options;
        options.messageBytes = options.limits.unfinishedBytes = 1000;
        const net::Address address = listen(options);
        ByteClient done(address), silent(address), other(address);
        for (ByteClient* client : {&done, &silent, &other}) {
            QVERIFY(client->send(first + begun));
            QCOMPARE(client->receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
            if (client != &done) continue;
            QVERIFY(client->send(rest));
            QCOMPARE(client->receiveLike(okReply(7)), okReply(7));
        }
        QVERIFY(silent.closedByPeer());
        QVERIFY(other.send(rest));
        QCOMPARE(other.receiveLike(okReply(7)), okReply(7));
        QVERIFY(done.send(call));
        QCOMPARE(done.receiveLike(okReply(7)), okReply(7));
    }

    void aPingIsAnsweredByTheHandshakeAlone() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kPing));
        QCOMPARE(client.receiveLike(captured::kPingReply), std::string(captured::kPingReply));
        QCOMPARE(inbox_->calls(), 0);
    }

    void anUnknownClientIsAskedForItsProtocolAndKnownToAllFromThenOn() {
        const std::string unknownHash(32, 'a');
        const std::string flumeHash = "86aadae2c45474c0fe93ffd0f2350a65";
        const std::string args = "02026b02760008626f6479"; // {k=v} body
        const auto request = [&](int serial, const std::string& protocol, const std::string& serverHash) {
            std::vector<std::uint8_t> body =
                fromHex(unknownHash + protocol + serverHash + "00" + "00" + "0c617070656e64" + args);
            const std::span<const std::uint8_t> part = body;
            std::vector<std::uint8_t> frame;
            appendAvroFrame(serial, {&part, 1}, frame);
            return frame;
        };
        const net::Address address = listen();
        ByteClient client(address);
        QVERIFY(client.send(request(1, "00", std::string(32, '0'))));
        std::vector<std::uint8_t> none;
        AvroHandshakeResponse{AvroMatch::none, std::string(avro::protocolText()), avro::protocolHash()}.write(none);
        const std::string body = toHex({reinterpret_cast<const char*>(none.data()), none.size()});
        const std::string expected = fmt::format("0000000100000001{:08x}{}", none.size(), body);
        QCOMPARE(client.receiveLike(expected), expected);
        QCOMPARE(inbox_->calls(), 0); // not run

        QVERIFY(client.send(request(2, "02047b7d", flumeHash))); // with a text, "{}"
        const std::string both = "000000020000000300000004000000000000000100000000020000";
        QCOMPARE(client.receiveLike(both), both);
        QCOMPARE(inbox_->calls(), 1);

        ByteClient another(address);
        QVERIFY(another.send(request(1, "00", flumeHash)));
        QCOMPARE(another.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QCOMPARE(inbox_->calls(), 2);

        ByteClient mistaken(address); // known, but with a wrong idea of the server: CLIENT, and the call is run
        QVERIFY(mistaken.send(request(1, "00", std::string(32, '0'))));
        QVERIFY(mistaken.receive(13).ends_with("02")); // frame of three parts, the first begins with CLIENT
        QTRY_COMPARE(inbox_->calls(), 3);
    }

    void anUnknownMethodIsAnErrorAndTheConnectionStays() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(callHex(2, "nosuch", "")));
        const std::string text = "No such remote message: nosuch";
        const std::string expected = fmt::format("0000000200000003000000000000000100{:08x}0100{:02x}{}",
                                                 3 + text.size(), 2 * text.size(), toHex(text));
        QCOMPARE(client.receiveLike(expected), expected);
        QVERIFY(client.send(captured::kSingleAppend));
        QCOMPARE(client.receiveLike(captured::kSingleReply), std::string(captured::kSingleReply));
    }

    void anEmptyBatchIsOkAndNobodyIsAsked() {
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(callHex(2, "appendBatch", "00")));
        QCOMPARE(client.receiveLike(okReply(2)), okReply(2));
        QCOMPARE(inbox_->calls(), 1);
    }

    void brokenCallsCloseTheConnectionAndTheirEventsAreForgotten_data() {
        QTest::addColumn<QString>("args");
        QTest::newRow("a batch of more events than it can hold") << "fe010000";
        QTest::newRow("a batch that ends in the middle") << "040002780004";
        QTest::newRow("a body longer than the message") << "0200fe7f78";
    }
    void brokenCallsCloseTheConnectionAndTheirEventsAreForgotten() {
        QFETCH(QString, args);
        ByteClient client(listen());
        QVERIFY(client.send(captured::kFirstBatch));
        QCOMPARE(client.receiveLike(captured::kFirstReply), std::string(captured::kFirstReply));
        QVERIFY(client.send(callHex(2, "appendBatch", args.toStdString())));
        QVERIFY(client.closedByPeer());
        QCOMPARE(inbox_->calls(), 1);
        QCOMPARE(inbox_->abandoned(), 1);
    }

    void garbageClosesTheConnection_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a browser") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QTest::newRow("a message of 2 GB") << QByteArray("\0\0\0\1\0\0\0\1\x7f\xff\xff\xff", 12);
        QTest::newRow("a handshake of garbage") << QByteArray("\0\0\0\1\0\0\0\1\0\0\0\4abcd", 16);
    }
    void garbageClosesTheConnection() {
        QFETCH(QByteArray, bytes);
        ByteClient client(listen());
        QVERIFY(client.send(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
        if (bytes.startsWith("GET"))
            client.hangUp(); // "/ HT" parts: more is waited for, until the limit or the end
        else
            QVERIFY(client.closedByPeer());
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
        QCOMPARE(inbox_->calls(), 0);
    }
};

MILLRACE_TEST(TestAvroServer)
#include "tst_avro_server.moc"
