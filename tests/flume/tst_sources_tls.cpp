// Sources that listen with TLS, beside avro: the same properties, the same transport.
#include "catalog/flume/components.h"
#include "flume/sources/http_source.h"
#include "flume/sources/multiport_syslog_tcp_source.h"
#include "flume/sources/syslog_tcp_source.h"
#include "flume/support/listening_bench.h"
#include "support/test_program.h"
#include "tls/tls_options.h"

#include <QtTest>

#include <array>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;
using namespace std::chrono_literals;

namespace {

catalog::Properties withStore(catalog::Properties values, const char* ssl, const char* password) {
    values.insert(
        {{ssl, "true"}, {password, "changeit"}, {"keystore", MILLRACE_SOURCE_DIR "/tests/tls/data/server.jks"}});
    return values;
}

std::unique_ptr<net::ClientSocket> connectByTls(std::uint16_t port) {
    tls::ClientOptions options;
    options.trustsAll = true;
    const auto transport = tls::clientTransport(options);
    if (!transport) return nullptr;
    auto socket = net::connectTo({"127.0.0.1", port}, 10s, nullptr, *transport);
    return socket ? std::move(*socket) : nullptr;
}

} // namespace

class TestSourcesTls : public QObject {
    Q_OBJECT

private slots:
    void messagesOfSyslogArrive() {
        ListeningBench one(catalog::kSyslogTcpSource, &makeSyslogTcpSource,
                           withStore({{"host", "127.0.0.1"}, {"port", "0"}}, "ssl", "keystore-password"));
        QVERIFY2(one.error.empty(), one.error.c_str());
        const auto client = connectByTls(one.as<SyslogTcpSource>().address().port);
        QVERIFY(client && client->sendAll(asBytes("<13>a\n"), 10s));
        one.run(1);
        QCOMPARE(one.events.bodies, std::vector<std::string>{"<13>a"});

        ListeningBench many(catalog::kMultiportSyslogTcpSource, &makeMultiportSyslogTcpSource,
                            withStore({{"host", "127.0.0.1"}, {"ports", "0"}}, "ssl", "keystore-password"));
        QVERIFY2(many.error.empty(), many.error.c_str());
        const auto other = connectByTls(many.as<MultiportSyslogTcpSource>().ports().at(0));
        QVERIFY(other && other->sendAll(asBytes("<13>Oct 11 22:14:15 h b\n"), 10s));
        many.run(1);
        QCOMPARE(many.events.bodies, std::vector<std::string>{"b"});
    }

    void requestsAreAnswered_data() {
        QTest::addColumn<QByteArray>("ssl");
        QTest::addColumn<QByteArray>("password");
        QTest::newRow("by the names of today") << QByteArray("ssl") << QByteArray("keystore-password");
        QTest::newRow("by the old names") << QByteArray("enableSSL") << QByteArray("keystorePassword");
    }
    void requestsAreAnswered() {
        QFETCH(QByteArray, ssl);
        QFETCH(QByteArray, password);
        ListeningBench http(catalog::kHttpSource, &makeHttpSource,
                            withStore({{"bind", "127.0.0.1"}, {"port", "0"}}, ssl.constData(), password.constData()));
        QVERIFY2(http.error.empty(), http.error.c_str());
        const auto client = connectByTls(http.as<HttpSource>().address().port);
        QVERIFY(client != nullptr);
        const std::string request =
            "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 14\r\n\r\n[{\"body\":\"a\"}]";
        QVERIFY(client->sendAll(asBytes(request), 10s));
        http.run(1);
        std::array<std::uint8_t, 12> status;
        QVERIFY(client->receiveExactly(status, 20s));
        QCOMPARE(std::string(status.begin(), status.end()), "HTTP/1.1 200");
    }

    void whoeverSpeaksPlainlyIsNotHeard() {
        ListeningBench syslog(catalog::kSyslogTcpSource, &makeSyslogTcpSource,
                              withStore({{"host", "127.0.0.1"}, {"port", "0"}}, "ssl", "keystore-password"));
        const auto client = net::connectTo(syslog.as<SyslogTcpSource>().address(), 10s);
        QVERIFY(client && (*client)->sendAll(asBytes("<13>in clear\n"), 10s));
        std::array<std::uint8_t, 64> rest;
        // At most an alert, then the end.
        for (auto got = (*client)->receiveSome(rest, 20s); got && *got > 0; got = (*client)->receiveSome(rest, 20s)) {
        }
        QVERIFY(syslog.source->finished());
        QVERIFY(syslog.events.bodies.empty());
    }
};

MILLRACE_TEST(TestSourcesTls)
#include "tst_sources_tls.moc"
