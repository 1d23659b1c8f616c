#include "rpc/support/thrift_place.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::rpc;
using namespace millrace::rpc::testing;

class TestThriftServer : public QObject, ThriftPlace {
    Q_OBJECT

private slots:
    void init() { begin(); }
    void cleanup() { end(); }

    void whatFlumesSinkSendsIsAnsweredAsFlumesSourceDoes() {
        ByteClient client(listenCompact());
        QVERIFY(client.send(captured::kCompactBatch));
        QCOMPARE(client.receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
        QVERIFY(client.send(captured::kSecondCompactBatch));
        QCOMPARE(client.receiveLike(captured::kSecondCompactReply), std::string(captured::kSecondCompactReply));
        QCOMPARE(inbox_->events(), (std::vector<std::string>{"{dc=par}0", "{dc=par}1", "{dc=par}2", "{dc=par}3"}));
        QCOMPARE(inbox_->calls(), 2);
    }

    void theBinaryProtocolIsSpokenToo() {
        ByteClient client(listenBinary());
        QVERIFY(client.send(captured::kBinaryAppend));
        QCOMPARE(client.receiveLike(captured::kBinaryReply), std::string(captured::kBinaryReply));
        QVERIFY(client.send(captured::kBinaryBatch));
        QCOMPARE(client.receiveLike(captured::kBinaryBatchReply), std::string(captured::kBinaryBatchReply));
        QCOMPARE(inbox_->events(), (std::vector<std::string>{"{k=v}hi", "{k=v}hi", "{}yo"}));
    }

    void aFullChannelIsAnsweredFailed() {
        inbox_->onCall = [](Reply reply) { reply.answer(CallStatus::failed); };
        ByteClient client(listenCompact());
        QVERIFY(client.send(captured::kCompactBatch));
        QCOMPARE(client.receiveLike(captured::kCompactFullReply), std::string(captured::kCompactFullReply));
    }

    void callsComeWholeHoweverTheyAreCut() {
        ByteClient client(listenCompact());
        for (const std::uint8_t byte : fromHex(std::string(captured::kCompactBatch) + captured::kSecondCompactBatch))
            QVERIFY(client.send(std::vector<std::uint8_t>{byte}));
        const std::string expected = std::string(captured::kCompactReply) + captured::kSecondCompactReply;
        QCOMPARE(client.receiveLike(expected), expected);
    }

    void unfinishedMessagesOfAllConnectionsAreBounded() {
        const std::string call =
            framed("8221010b" + toHex("appendBatch") + "191c1b0018a006" + toHex(std::string(800, 'x')) + "0000");
        const std::string first = captured::kCompactBatch, begun = call.substr(0, 1400), rest = call.substr(1400);
        CallServerOptions options;
        options.messageBytes = options.limits.unfinishedBytes = 1000;
        const net::Address address = listenCompact(options);
        ByteClient done(address), silent(address), other(address);
        for (ByteClient* client : {&done, &silent, &other}) {
            QVERIFY(client->send(first + begun));
            QCOMPARE(client->receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
            if (client != &done) continue;
            QVERIFY(client->send(rest));
            QCOMPARE(client->receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
        }
        QVERIFY(silent.closedByPeer());
        QVERIFY(other.send(rest));
        QCOMPARE(other.receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
        QVERIFY(done.send(call));
        QCOMPARE(done.receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
    }

    void aBinaryCallFromBeforeVersionsIsUnderstood() {
        // The name's length, the name, the type, the number; then one event without headers.
        ByteClient client(listenBinary());
        QVERIFY(client.send(framed("00000006" + toHex("append") + "01" + "00000007" + "0c0001" + "0d00010b0b00000000" +
                                   "0b000200000002" + toHex("hi") + "00" + "00")));
        QCOMPARE(client.receiveLike(captured::kBinaryReply), std::string(captured::kBinaryReply));
        QCOMPARE(inbox_->events(), std::vector<std::string>{"{}hi"});
    }

    void anEmptyBatchIsOkAndNobodyIsAsked() {
        ByteClient client(listenCompact());
        QVERIFY(client.send(framed("8221010b" + toHex("appendBatch") + "190c" + "00")));
        QCOMPARE(client.receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
        QCOMPARE(inbox_->calls(), 0);
    }

    void anUnknownMethodIsAnErrorAndTheConnectionStays() {
        ByteClient client(listenCompact());
        QVERIFY(client.send(framed("822103"
                                   "04" +
                                   toHex("nope") + "00")));
        const std::string text = "Invalid method name: 'nope'";
        const std::string expected =
            framed("826103"
                   "04" +
                   toHex("nope") + "18" + fmt::format("{:02x}", text.size()) + toHex(text) + "1502" + "00");
        QCOMPARE(client.receiveLike(expected), expected);
        QVERIFY(client.send(captured::kCompactBatch));
        QCOMPARE(client.receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
    }

    void fieldsThatAreNotKnownAreReadOver() {
        // In the event: a struct with a truth value, a list of lists and a map; behind the events: a double.
        const std::string event = "1b00"
                                  "1801" +
                                  toHex("x") +
                                  "1c"
                                  "11"
                                  "00" +
                                  "19"
                                  "19"
                                  "25"
                                  "0204" +
                                  "1b"
                                  "01"
                                  "58"
                                  "02"
                                  "0161" +
                                  "00";
        ByteClient client(listenCompact());
        QVERIFY(client.send(framed("8221010b" + toHex("appendBatch") + "191c" + event +
                                   "17"
                                   "0000000000000000" +
                                   "00")));
        QCOMPARE(client.receiveLike(captured::kCompactReply), std::string(captured::kCompactReply));
        QCOMPARE(inbox_->events(), std::vector<std::string>{"{}x"});
    }

    void brokenCallsCloseTheConnectionAndTheirEventsAreForgotten_data() {
        QTest::addColumn<QString>("args");
        QTest::newRow("a batch of more events than it can hold") << "19fcffffffff07";
        QTest::newRow("a batch of numbers") << "1925020400";
        QTest::newRow("a batch that ends in the middle") << "192c1b0018017800";
        QTest::newRow("a body longer than the message") << "191c1b0018ff7f78";
        QTest::newRow("an event without headers") << "191c280178000000";
        QTest::newRow("an event without a body") << "191c1b000000";
        QTest::newRow("headers that are numbers") << "191c1b015502041801780000";
        QTest::newRow("a type that does not exist") << "1d00";
        QTest::newRow("a number without an end") << "15ffffffffffffffffffffffff00";
        QTest::newRow("lists in lists without an end") << "29" + QString("19").repeated(5000);
    }
    void brokenCallsCloseTheConnectionAndTheirEventsAreForgotten() {
        QFETCH(QString, args);
        ByteClient client(listenCompact());
        QVERIFY(client.send(framed("8221010b" + toHex("appendBatch") + args.toStdString())));
        QVERIFY(client.closedByPeer());
        QCOMPARE(inbox_->calls(), 0);
        QCOMPARE(inbox_->abandoned(), 1);
    }

    void garbageClosesTheConnection_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("a browser") << QByteArray("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        QTest::newRow("a frame of 2 GB") << QByteArray("\x7f\xff\xff\xff", 4);
        QTest::newRow("a frame of less than nothing") << QByteArray("\xff\xff\xff\xff", 4);
        QTest::newRow("an empty frame") << QByteArray("\0\0\0\0", 4);
        QTest::newRow("the binary protocol") << QByteArray::fromHex(captured::kBinaryAppend);
        QTest::newRow("an answer") << QByteArray::fromHex(captured::kCompactReply);
        QTest::newRow("without frames") << QByteArray::fromHex(captured::kCompactBatch).mid(4);
    }
    void garbageClosesTheConnection() {
        QFETCH(QByteArray, bytes);
        ByteClient client(listenCompact());
        QVERIFY(client.send(std::vector<std::uint8_t>(bytes.begin(), bytes.end())));
        QVERIFY(client.closedByPeer());
        QCOMPARE(inbox_->calls(), 0);
    }

    void scribesLogBecomesEventsOfACategory() {
        ByteClient client(listen({scribeThriftService(), ThriftProtocol::binary}));
        const auto entry = [](const std::string& category, const std::string& message) {
            return fmt::format("0b0001{:08x}{}0b0002{:08x}{}00", category.size(), toHex(category), message.size(),
                               toHex(message));
        };
        const std::string call = framed("8001000100000003" + toHex("Log") + "00000005" + "0f00010c00000002" +
                                        entry("web", "one\n") + entry("db", "") + "00");
        const auto reply = [](int result) {
            return framed("8001000200000003" + toHex("Log") + "00000005" + fmt::format("080000{:08x}00", result));
        };
        QVERIFY(client.send(call));
        QCOMPARE(client.receiveLike(reply(0)), reply(0));
        QCOMPARE(inbox_->events(), (std::vector<std::string>{"{category=web}one\n", "{category=db}"}));
        inbox_->onCall = [](Reply reply) { reply.answer(CallStatus::failed); };
        QVERIFY(client.send(call));
        QCOMPARE(client.receiveLike(reply(1)), reply(1)); // TRY_LATER
    }

    void eventsOfFlume09ComeWithoutFramesAndNeedNoAnswer() {
        ByteClient client(listen({oldFlumeThriftService(), ThriftProtocol::binary, false}));
        const std::string append = "8001000400000006" + toHex("append") + "00000001" + "0c0001" +
                                   "0a0001"
                                   "0000000000000005" +
                                   "080002"
                                   "00000003" +
                                   "0b0003"
                                   "00000002" +
                                   toHex("hi") +
                                   "0a0004"
                                   "0000000000000007" +
                                   "0b0005"
                                   "00000001" +
                                   toHex("h") +
                                   "0d0006"
                                   "0b0b"
                                   "00000001"
                                   "00000001" +
                                   toHex("k") + "00000001" + toHex("v") + "00" + "00";
        const std::string close = "8001000100000005" + toHex("close") + "00000002" + "00";
        const std::string closed = "8001000200000005" + toHex("close") + "00000002" + "00";
        for (const std::uint8_t byte : fromHex(append))
            QVERIFY(client.send(std::vector<std::uint8_t>{byte}));
        QVERIFY(client.send(append + close));
        QCOMPARE(client.receiveLike(closed), closed);
        const std::string event = "{host=h,timestamp=5,pri=INFO,nanos=7,k=v,FlumeOG=yes}hi";
        QCOMPARE(inbox_->events(), (std::vector<std::string>{event, event}));
        QVERIFY(client.send(std::string("474554202f")));
        QVERIFY(client.closedByPeer());
    }
};

MILLRACE_TEST(TestThriftServer)
#include "tst_thrift_server.moc"
