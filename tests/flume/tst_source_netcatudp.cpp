#include "catalog/flume/components.h"
#include "flume/sources/netcat_udp_source.h"
#include "flume/support/java_address.h"
#include "flume/support/listening_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

struct NetcatUdp : ListeningBench {
    explicit NetcatUdp(catalog::Properties values = {{"remoteAddress", "sender"}})
        : ListeningBench(catalog::kNetcatUdpSource, &makeNetcatUdpSource, withAddress(std::move(values))) {}
    static catalog::Properties withAddress(catalog::Properties values) {
        values.insert({{"bind", "127.0.0.1"}, {"port", "0"}});
        return values;
    }
    net::Address address() { return as<NetcatUdpSource>().address(); }
    bool send(std::string_view text) { return sender.send(address(), text); }
    DatagramSender sender{loop};
};

} // namespace

class TestSourceNetcatUdp : public QObject {
    Q_OBJECT

private slots:
    void aDatagramIsAnEventUpToItsFirstLineFeed_data() {
        QTest::addColumn<QByteArray>("datagram");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("without a line feed") << QByteArray("one") << QByteArray("one");
        QTest::newRow("a line") << QByteArray("one\n") << QByteArray("one");
        QTest::newRow("two lines") << QByteArray("one\ntwo\n") << QByteArray("one");
        QTest::newRow("a carriage return stays") << QByteArray("one\r\n") << QByteArray("one\r");
        QTest::newRow("a line feed alone") << QByteArray("\n") << QByteArray();
        QTest::newRow("nothing") << QByteArray() << QByteArray();
        QTest::newRow("bytes that are no text") << QByteArray("\xff\x00\xe4", 3) << QByteArray("\xff\x00\xe4", 3);
        QTest::newRow("as long as they come") << QByteArray(65'507, 'x') << QByteArray(65'507, 'x');
    }
    void aDatagramIsAnEventUpToItsFirstLineFeed() {
        QFETCH(QByteArray, datagram);
        NetcatUdp netcat;
        QVERIFY2(netcat.error.empty(), netcat.error.c_str());
        QVERIFY(netcat.send(datagram.toStdString()));
        netcat.run(1);
        QTEST(QByteArray::fromStdString(netcat.events.bodies[0]), "body");
    }

    void theSenderIsAHeaderAsJavaWritesIt() {
        NetcatUdp netcat;
        QVERIFY(netcat.send("one"));
        netcat.run(1);
        QCOMPARE(netcat.header(0, "sender"), "/" + netcat.sender.socket->address().toString());
        QCOMPARE(javaSocketAddress({"::1", 514}), "/[0:0:0:0:0:0:0:1]:514");
        QCOMPARE(javaSocketAddress({"fe80::a:1", 5}), "/[fe80:0:0:0:0:0:a:1]:5");
    }

    void withoutAHeadersNameThereIsNone() {
        NetcatUdp netcat(catalog::Properties{});
        QVERIFY(netcat.send("one"));
        netcat.run(1);
        QVERIFY(netcat.events.headers[0].empty());
    }

    void withoutABindItListensOnAllAddresses() {
        NetcatUdp netcat(catalog::Properties{{"bind", ""}});
        QVERIFY2(netcat.error.empty(), netcat.error.c_str());
        QVERIFY(netcat.sender.send({"127.0.0.1", netcat.address().port}, "here"));
        netcat.run(1);
        QCOMPARE(netcat.events.bodies, std::vector<std::string>{"here"});
    }

    void whatTheChannelsRefuseIsOfferedAgain() {
        NetcatUdp netcat;
        netcat.events.refusals = 3;
        QVERIFY(netcat.send("one"));
        QVERIFY(netcat.send("two"));
        netcat.run(2);
        QCOMPARE(netcat.events.bodies, (std::vector<std::string>{"one", "two"}));
        QCOMPARE(netcat.count("EventReceivedCount"), 2);
    }

    void whatComesWhileTooMuchWaitsIsDroppedCountedAndTold() {
        NetcatUdp netcat;
        const std::string large(60'000, 'x');
        // The kernel holds some, too; the rest is taken from it only to be dropped.
        while (netcat.count("ChannelWriteFail") == 0) {
            QVERIFY(netcat.send(large));
            netcat.loopHasLooked();
        }
        QVERIFY2(netcat.log.holds("dropped"), "nothing is said");
        runUntil(*netcat.source, netcat.events, netcat.wakeUp, [&] { return netcat.source->finished(); });
        QVERIFY(netcat.events.bodies.size() > 100);
        QVERIFY(netcat.send("again"));
        runUntil(*netcat.source, netcat.events, netcat.wakeUp, [&] { return netcat.events.bodies.back() == "again"; });
    }

    void whatWasReceivedIsDeliveredAfterStop() {
        NetcatUdp netcat;
        QVERIFY(netcat.send("one"));
        netcat.wakeUp.wait({});
        netcat.source->stop();
        QVERIFY(!netcat.source->finished());
        netcat.run(1);
        QVERIFY(netcat.source->finished());
    }

    void aTakenPortFailsTheStart() {
        NetcatUdp first;
        NetcatUdp second(catalog::Properties{{"port", std::to_string(first.address().port)}});
        QVERIFY2(second.error.find("taken by another program") != std::string::npos, second.error.c_str());
    }
};

MILLRACE_TEST(TestSourceNetcatUdp)
#include "tst_source_netcatudp.moc"
