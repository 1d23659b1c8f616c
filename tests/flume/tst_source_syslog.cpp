#include "catalog/flume/components.h"
#include "flume/sources/syslog_tcp_source.h"
#include "flume/sources/syslog_udp_source.h"
#include "flume/support/listening_bench.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

catalog::Properties onLoopback(catalog::Properties values) {
    values.insert({{"host", "127.0.0.1"}, {"port", "0"}});
    return values;
}

struct SyslogTcp : ListeningBench {
    explicit SyslogTcp(catalog::Properties values = {})
        : ListeningBench(catalog::kSyslogTcpSource, &makeSyslogTcpSource, onLoopback(std::move(values))) {}
    net::Address address() { return as<SyslogTcpSource>().address(); }
    std::unique_ptr<net::ClientSocket> connect() {
        auto made = net::connectTo(address(), 10s);
        return made ? std::move(*made) : nullptr;
    }
};

struct SyslogUdp : ListeningBench {
    explicit SyslogUdp(catalog::Properties values = {})
        : ListeningBench(catalog::kSyslogUdpSource, &makeSyslogUdpSource, onLoopback(std::move(values))) {}
    net::Address address() { return as<SyslogUdpSource>().address(); }
    bool send(std::string_view text) { return sender.send(address(), text); }
    DatagramSender sender{loop};
};

bool sendText(net::ClientSocket& socket, std::string_view text) {
    return socket.sendAll(asBytes(text), 10s).has_value();
}

} // namespace

class TestSourceSyslog : public QObject {
    Q_OBJECT

private slots:
    void linesAreMessages() {
        SyslogTcp syslog;
        QVERIFY2(syslog.error.empty(), syslog.error.c_str());
        const auto client = syslog.connect();
        QVERIFY(sendText(*client, "<34>1 2003-10-11T22:14:15.003Z my.host su\nplain\n\n\n<13>x\n<13>1 - -"));
        syslog.run(3);
        QVERIFY(sendText(*client, " rest\n"));
        syslog.run(4);
        QCOMPARE(syslog.events.bodies, (std::vector<std::string>{"su", "plain", "<13>x", "rest"}));
        const HeaderSet expected({{"Facility", "4"},
                                  {"Severity", "2"},
                                  {"priority", "34"},
                                  {"version", "1"},
                                  {"timestamp", "1065910455003"},
                                  {"host", "my.host"}});
        QVERIFY(syslog.events.headers[0] == expected);
        QCOMPARE(syslog.header(1, "flume.syslog.status"), "Invalid");
        QCOMPARE(syslog.header(1, "Severity"), "0");
        QCOMPARE(syslog.header(2, "priority"), "(none)");
        QCOMPARE(syslog.header(3, "version"), "1");
        QCOMPARE(syslog.count("EventAcceptedCount"), 4);
        QCOMPARE(syslog.count("EventReadFail"), 1);
    }

    void aLineLongerThanEventSizeIsCut_data() {
        QTest::addColumn<int>("length");
        QTest::addColumn<int>("events");
        QTest::newRow("shorter") << 29 << 1;
        QTest::newRow("exactly as long") << 30 << 1;
        QTest::newRow("one byte more") << 31 << 2;
        QTest::newRow("much more") << 95 << 4;
    }
    void aLineLongerThanEventSizeIsCut() {
        QFETCH(int, length);
        QFETCH(int, events);
        SyslogTcp syslog(catalog::Properties{{"eventSize", "30"}});
        const auto client = syslog.connect();
        std::string line = "<13>Oct 11 22:14:15 h ";
        line.append(static_cast<std::size_t>(length) - line.size(), 'x');
        QVERIFY(sendText(*client, line + "\n<13>next\n"));
        syslog.run(static_cast<std::size_t>(events) + 1);
        QCOMPARE(syslog.header(0, "flume.syslog.status"), length < 30 ? "(none)" : "Incomplete");
        QCOMPARE(syslog.header(0, "host"), "h");
        std::string together;
        for (int i = 0; i < events; ++i)
            together += syslog.events.bodies[static_cast<std::size_t>(i)];
        QCOMPARE(QByteArray::fromStdString(together), QByteArray(length - 22, 'x'));
        for (int i = 1; i < events; ++i)
            QCOMPARE(syslog.header(static_cast<std::size_t>(i), "flume.syslog.status"), "Invalid");
        QCOMPARE(syslog.events.bodies.back(), "<13>next");
    }

    void aLineInManyPiecesIsOne() {
        SyslogTcp syslog;
        const auto client = syslog.connect();
        for (const char c : std::string("<13>Oct 11 22:14:15 h slow\n")) {
            QVERIFY(sendText(*client, std::string(1, c)));
            syslog.loopHasLooked();
        }
        syslog.run(1);
        QCOMPARE(syslog.events.bodies, std::vector<std::string>{"slow"});
    }

    void whatHasNoEndWhenTheConnectionClosesIsNoMessage() {
        SyslogTcp syslog;
        auto client = syslog.connect();
        QVERIFY(sendText(*client, "<13>a\n<13>half"));
        client.reset();
        syslog.run(1);
        QTRY_COMPARE(syslog.count("OpenConnectionCount"), 0);
        QVERIFY(syslog.source->finished());
        QCOMPARE(syslog.events.bodies, std::vector<std::string>{"<13>a"});
    }

    void messagesThatTheChannelsRefuseAreOfferedAgainInOrder() {
        SyslogTcp syslog;
        syslog.events.refusals = 3;
        const auto client = syslog.connect();
        QVERIFY(sendText(*client, "<13>a\n<13>b\n"));
        syslog.run(2);
        QCOMPARE(syslog.events.bodies, (std::vector<std::string>{"<13>a", "<13>b"}));
        QCOMPARE(syslog.count("EventReceivedCount"), 2);
        QCOMPARE(syslog.count("ChannelWriteFail"), 3);
    }

    void aFullQueueHoldsTheSenderBackAndLosesNothing() {
        SyslogTcp syslog(catalog::Properties{{"eventSize", "60000"}});
        const auto client = syslog.connect();
        constexpr std::size_t kLines = 600; // 30 MB, several times the queue
        std::thread sender([&] {
            const std::string line = "<13>" + std::string(50'000, 'x') + "\n";
            for (std::size_t i = 0; i < kLines; ++i)
                if (!sendText(*client, line)) return;
        });
        syslog.run(kLines);
        sender.join();
        QCOMPARE(syslog.events.bodies.size(), kLines);
        QCOMPARE(*std::min_element(syslog.events.bodies.begin(), syslog.events.bodies.end()),
                 "<13>" + std::string(50'000, 'x'));
    }

    void moreThanATransactionMayHoldIsHandedOverInParts() {
        struct Small final : ChannelProcessor {
            Status process(EventRanges events) override {
                if (eventCount(events) > 7) return Error{ErrorCode::outOfRange, "transactionCapacity is 7"};
                for (const EventRange& range : events)
                    for (std::uint32_t i = range.first; i < range.last; ++i)
                        bodies.emplace_back(range.batch->body(i));
                return ok();
            }
            std::vector<Status> processEach(const EventRange&) override { return {}; }
            std::vector<std::string> bodies;
        } channel;
        SyslogTcp syslog;
        const auto client = syslog.connect();
        std::string text;
        for (int i = 0; i < 95; ++i)
            text += "<13>" + std::to_string(i) + "\n";
        QVERIFY(sendText(*client, text));
        runUntil(*syslog.source, channel, syslog.wakeUp, [&] { return channel.bodies.size() == 95; });
        for (int i = 0; i < 95; ++i)
            QCOMPARE(channel.bodies[static_cast<std::size_t>(i)], "<13>" + std::to_string(i));
        QVERIFY(syslog.source->finished());
    }

    void whoSentIsAHeaderWhereOneIsNamed() {
        SyslogTcp tcp(catalog::Properties{{"clientIPHeader", "ip"}, {"clientHostnameHeader", "name"}});
        const auto client = tcp.connect();
        QVERIFY(sendText(*client, "<13>a\nb\n"));
        tcp.run(2);
        QCOMPARE(tcp.header(1, "ip"), "127.0.0.1");
        QVERIFY(tcp.header(1, "name") != "(none)");
        QCOMPARE(tcp.header(1, "flume.syslog.status"), "Invalid");

        SyslogUdp udp(catalog::Properties{{"clientIPHeader", "host"}});
        QVERIFY(udp.send("<13>Oct 11 22:14:15 h b"));
        udp.run(1);
        QCOMPARE(udp.header(0, "host"), "127.0.0.1");
    }

    void withoutAHostItListensOnAllAddresses() {
        SyslogTcp syslog(catalog::Properties{{"host", ""}});
        QVERIFY2(syslog.error.empty(), syslog.error.c_str());
        QVERIFY(net::connectTo({"127.0.0.1", syslog.address().port}, 10s).has_value());
    }

    void aDatagramIsTheMessageOfItsFirstLine_data() {
        QTest::addColumn<QByteArray>("datagram");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("without an end") << QByteArray("<13>Oct 11 22:14:15 h one") << QByteArray("one");
        QTest::newRow("a line") << QByteArray("<13>Oct 11 22:14:15 h one\n") << QByteArray("one");
        QTest::newRow("two lines") << QByteArray("<13>Oct 11 22:14:15 h one\ntwo\n") << QByteArray("one");
        QTest::newRow("empty lines in front") << QByteArray("\n\n<13>one\n") << QByteArray("<13>one");
        QTest::newRow("half a priority") << QByteArray("<13\nx") << QByteArray("<13");
        QTest::newRow("longer than eventSize of TCP")
            << "<13>Oct 11 22:14:15 h " + QByteArray(60'000, 'x') << QByteArray(60'000, 'x');
    }
    void aDatagramIsTheMessageOfItsFirstLine() {
        QFETCH(QByteArray, datagram);
        SyslogUdp syslog;
        QVERIFY2(syslog.error.empty(), syslog.error.c_str());
        QVERIFY(syslog.send(""));
        QVERIFY(syslog.send("\n"));
        QVERIFY(syslog.send(datagram.toStdString()));
        syslog.run(1);
        QTEST(QByteArray::fromStdString(syslog.events.bodies[0]), "body");
    }

    void datagramsOfSeveralSendersKeepTheirNames() {
        SyslogUdp syslog(catalog::Properties{{"clientHostnameHeader", "name"}, {"clientIPHeader", "ip"}});
        DatagramSender other(syslog.loop, "127.0.0.2");
        QVERIFY(syslog.send("<13>a"));
        QVERIFY(other.send(syslog.address(), "<13>b"));
        QVERIFY(syslog.send("<13>c"));
        syslog.run(3);
        for (std::size_t i = 0; i < 3; ++i) {
            QCOMPARE(syslog.header(i, "ip"), i == 1 ? "127.0.0.2" : "127.0.0.1");
            QVERIFY(syslog.header(i, "name") != "(none)");
        }
    }

    void aFormatThatCannotBeUsedFailsTheStart() {
        SyslogTcp tcp(catalog::Properties{{"format.regex", "("}});
        QVERIFY2(tcp.error.find("format.regex") != std::string::npos, tcp.error.c_str());
        SyslogUdp udp(catalog::Properties{{"format.regex", "(x)"}, {"format.dateFormat", "bb"}});
        QVERIFY2(udp.error.find("format.dateFormat") != std::string::npos, udp.error.c_str());
    }

    void whatWasReceivedIsDeliveredAfterStop() {
        SyslogTcp syslog;
        const auto client = syslog.connect();
        QVERIFY(sendText(*client, "<13>a\n"));
        syslog.wakeUp.wait({});
        syslog.source->stop();
        QVERIFY(!syslog.source->finished());
        syslog.run(1);
        QVERIFY(syslog.source->finished());
    }

    void itIsStartedAgainWithWhatItHas() {
        SyslogTcp syslog;
        const auto first = syslog.connect();
        QVERIFY(sendText(*first, "<13>a\n"));
        syslog.wakeUp.wait({});
        QVERIFY(syslog.source->start());
        const auto second = syslog.connect();
        QVERIFY(sendText(*second, "<13>b\n"));
        syslog.run(2);
        QCOMPARE(syslog.events.bodies, (std::vector<std::string>{"<13>a", "<13>b"}));
    }
};

MILLRACE_TEST(TestSourceSyslog)
#include "tst_source_syslog.moc"
