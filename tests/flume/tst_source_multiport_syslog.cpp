#include "base/manual_thread_clock.h"
#include "catalog/flume/components.h"
#include "flume/sources/multiport_syslog_tcp_source.h"
#include "flume/support/listening_bench.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

struct Multiport : ListeningBench {
    explicit Multiport(catalog::Properties values = {}, ThreadClock& clock = systemThreadClock())
        : ListeningBench(catalog::kMultiportSyslogTcpSource, &makeMultiportSyslogTcpSource,
                         onLoopback(std::move(values)), clock) {}
    static catalog::Properties onLoopback(catalog::Properties values) {
        values.insert({{"host", "127.0.0.1"}, {"ports", "0 0"}});
        return values;
    }
    std::vector<std::uint16_t> ports() { return as<MultiportSyslogTcpSource>().ports(); }
    std::unique_ptr<net::ClientSocket> connect(std::uint16_t port) {
        auto made = net::connectTo({"127.0.0.1", port}, 10s);
        return made ? std::move(*made) : nullptr;
    }
};

std::uint16_t aFreePort() {
    const auto port = net::freePort();
    return port ? *port : std::uint16_t{0};
}

bool sendText(net::ClientSocket& socket, std::string_view text) {
    return socket.sendAll(asBytes(text), 10s).has_value();
}

constexpr std::string_view kMessage = "<34>1 2003-10-11T22:14:15.003Z my.host su\n";

} // namespace

class TestSourceMultiportSyslog : public QObject {
    Q_OBJECT

private slots:
    void messagesOfAllPortsHaveTheirHeaders() {
        const std::uint16_t first = aFreePort(), second = aFreePort();
        Multiport syslog(catalog::Properties{{"ports", std::to_string(first) + " " + std::to_string(second)},
                                             {"portHeader", "port"},
                                             {"clientIPHeader", "ip"}});
        QVERIFY2(syslog.error.empty(), syslog.error.c_str());
        const auto one = syslog.connect(first);
        QVERIFY(sendText(*one, kMessage));
        syslog.run(1);
        const auto two = syslog.connect(second);
        QVERIFY(sendText(*two, "plain\n"));
        syslog.run(2);
        const HeaderSet message({{"Facility", "4"},
                                 {"Severity", "2"},
                                 {"Priority", "34"},
                                 {"Version", "1"},
                                 {"timestamp", "1065910455003"},
                                 {"host", "my.host"},
                                 {"port", std::to_string(first)},
                                 {"ip", "127.0.0.1"}});
        QVERIFY(syslog.events.headers[0] == message);
        const HeaderSet invalid(
            {{"flume.syslog.status", "Invalid"}, {"port", std::to_string(second)}, {"ip", "127.0.0.1"}});
        QVERIFY(syslog.events.headers[1] == invalid);
        QCOMPARE(syslog.events.bodies, (std::vector<std::string>{"su", "plain"}));
        QCOMPARE(syslog.count("EventReadFail"), 1);
    }

    void emptyLinesTakeNothingWithThem() {
        Multiport syslog(catalog::Properties{{"eventSize", "30"}});
        const auto client = syslog.connect(syslog.ports()[0]);
        const std::string exact = "<13>Oct 11 22:14:15 h 12345678";
        QVERIFY(sendText(*client, exact + "\n\n<13>Oct 11 22:14:15 h b\n"));
        syslog.run(2);
        QCOMPARE(syslog.events.bodies, (std::vector<std::string>{"12345678", "b"}));
        QCOMPARE(syslog.header(0, "flume.syslog.status"), "Incomplete");
        QCOMPARE(syslog.header(1, "flume.syslog.status"), "(none)");
    }

    void batchSizeIsTheMostOfOneTransactionAndChangesWhileItRuns() {
        Multiport syslog(catalog::Properties{{"batchSize", "4"}});
        const auto client = syslog.connect(syslog.ports()[0]);
        std::string ten;
        for (int i = 0; i < 10; ++i)
            ten += kMessage;
        QVERIFY(sendText(*client, ten));
        syslog.run(10);
        QVERIFY(*std::ranges::max_element(syslog.events.batches) <= 4);

        catalog::ComponentConfig changed;
        changed.spec = &catalog::kMultiportSyslogTcpSource;
        changed.properties = syslog.properties;
        changed.properties.insert_or_assign("batchSize", "1");
        QVERIFY(syslog.source->reconfigure(changed));
        syslog.events.batches.clear();
        QVERIFY(sendText(*client, ten));
        syslog.run(20);
        QCOMPARE(syslog.events.batches, std::vector<std::size_t>(10, 1));
    }

    void eachPortHasItsCharset() {
        const std::uint16_t first = aFreePort(), second = aFreePort();
        Multiport syslog(catalog::Properties{{"ports", std::to_string(first) + " " + std::to_string(second)},
                                             {"charset.port." + std::to_string(second), "GBK"}});
        const std::string line = "<13>Oct 11 22:14:15 h \xc4\xe3\n";
        const auto one = syslog.connect(first);
        QVERIFY(sendText(*one, line));
        syslog.run(1);
        const auto two = syslog.connect(second);
        QVERIFY(sendText(*two, line));
        syslog.run(2);
        QCOMPARE(syslog.header(0, "flume.syslog.status"), "Invalid");
        QCOMPARE(syslog.header(1, "flume.syslog.status"), "(none)");
        QCOMPARE(syslog.events.bodies[1], "\xc4\xe3");
    }

    void aTakenPortKeepsNoOtherBackAndIsTriedAgain() {
        Multiport other;
        const std::uint16_t taken = other.ports()[0];
        ManualThreadClock clock;
        Multiport syslog(catalog::Properties{{"ports", std::to_string(taken) + " 0"}}, clock);
        QVERIFY2(syslog.error.empty(), syslog.error.c_str());
        QVERIFY(syslog.log.holds("taken by another program"));
        QCOMPARE(syslog.ports().size(), std::size_t(1));
        other.source->stop();
        const auto waiting = syslog.source->cycle(syslog.events);
        QVERIFY(waiting && waiting->wakeAt == clock.now() + 3s);
        clock.advance(3s);
        QVERIFY(syslog.source->cycle(syslog.events));
        QCOMPARE(syslog.ports().size(), std::size_t(2));
        QCOMPARE(syslog.ports()[0], taken);
    }

    void withoutAnyPortTheStartFails() {
        Multiport other;
        Multiport syslog(catalog::Properties{{"ports", std::to_string(other.ports()[0])}});
        QVERIFY2(syslog.error.find("taken by another program") != std::string::npos, syslog.error.c_str());
    }

    void whatCannotBeUsedIsRefused_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a port that is no number") << QByteArray("ports") << QByteArray("5140 syslog");
        QTest::newRow("a port beyond all") << QByteArray("ports") << QByteArray("70000");
        QTest::newRow("no charset") << QByteArray("charset.default") << QByteArray("latin-9x");
        QTest::newRow("a charset without lines of ASCII") << QByteArray("charset.default") << QByteArray("UTF-16");
        QTest::newRow("a charset for no port") << QByteArray("charset.port.x") << QByteArray("UTF-8");
        QTest::newRow("no charset for a port") << QByteArray("charset.port.1") << QByteArray("latin-9x");
    }
    void whatCannotBeUsedIsRefused() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        Multiport syslog(catalog::Properties{{key.toStdString(), value.toStdString()}});
        QVERIFY2(syslog.error.find(key.toStdString()) != std::string::npos, syslog.error.c_str());
    }
};

MILLRACE_TEST(TestSourceMultiportSyslog)
#include "tst_source_multiport_syslog.moc"
