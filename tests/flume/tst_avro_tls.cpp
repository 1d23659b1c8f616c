#include "flume/support/hop_ends.h"
#include "net/client_socket.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

Q_DECLARE_METATYPE(catalog::Properties)

namespace {

std::string store(const char* name) {
    return std::string(MILLRACE_SOURCE_DIR "/tests/tls/data/") + name;
}

catalog::Properties serverSide(catalog::Properties more = {}) {
    catalog::Properties all{{"ssl", "true"}, {"keystore", store("server.jks")}, {"keystore-password", "changeit"}};
    for (const auto& [key, value] : more)
        all.insert_or_assign(key, value);
    return all;
}

catalog::Properties clientSide(catalog::Properties more = {}) {
    catalog::Properties all{{"ssl", "true"}, {"truststore", store("trust.jks")}, {"truststore-password", "changeit"}};
    for (const auto& [key, value] : more)
        all.insert_or_assign(key, value);
    return all;
}

} // namespace

/// A hop between two agents with `ssl = true`, as SslContextAwareAbstractSource and NettyAvroRpcClient have it.
class TestAvroTls : public QObject {
    Q_OBJECT
private slots:
    void eventsArrive_data() {
        QTest::addColumn<catalog::Properties>("source");
        QTest::addColumn<catalog::Properties>("sink");
        QTest::newRow("with Java's key stores") << serverSide() << clientSide();
        QTest::newRow("PKCS #12") << serverSide({{"keystore", store("server.p12")}, {"keystore-type", "PKCS12"}})
                                  << clientSide({{"truststore", store("trust.p12")}, {"truststore-type", "PKCS12"}});
        QTest::newRow("whoever the source is")
            << serverSide() << catalog::Properties{{"ssl", "true"}, {"trust-all-certs", "true"}};
        QTest::newRow("TLS 1.2 only") << serverSide({{"include-protocols", "TLSv1.2"}}) << clientSide();
        QTest::newRow("deflated inside of it")
            << serverSide({{"compression-type", "deflate"}}) << clientSide({{"compression-type", "deflate"}});
        QTest::newRow("the trust store's password not given")
            << serverSide() << catalog::Properties{{"ssl", "true"}, {"truststore", store("trust.jks")}};
    }
    void eventsArrive() {
        QFETCH(catalog::Properties, source);
        QFETCH(catalog::Properties, sink);
        AvroIn in(source);
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        AvroOut out(in.port(), sink);
        QVERIFY2(out.error.empty(), out.error.c_str());
        const std::string large(200'000, 'x');
        for (const std::string& body : {std::string("a"), large, std::string()})
            out.channel.add(body);
        const auto sent = out.sink->cycle(out.channel);
        QVERIFY2(sent, sent ? "" : sent.error().message.c_str());
        in.stopServing();
        QCOMPARE(in.events.bodies, (std::vector<std::string>{"a", large, ""}));
    }

    void whoIsNotTrustedOrSpeaksPlainTextGetsNothing_data() {
        QTest::addColumn<catalog::Properties>("source");
        QTest::addColumn<catalog::Properties>("sink");
        QTest::newRow("a stranger's certificate") << serverSide({{"keystore", store("stranger.pem")}}) << clientSide();
        QTest::newRow("not the system's") << serverSide() << catalog::Properties{{"ssl", "true"}};
        QTest::newRow("a sink without TLS") << serverSide() << catalog::Properties{{"request-timeout", "1000"}};
        QTest::newRow("a source without TLS") << catalog::Properties{} << clientSide({{"connect-timeout", "1000"}});
    }
    void whoIsNotTrustedOrSpeaksPlainTextGetsNothing() {
        QFETCH(catalog::Properties, source);
        QFETCH(catalog::Properties, sink);
        AvroIn in(source);
        QVERIFY2(in.error.empty(), in.error.c_str());
        in.serve();
        AvroOut out(in.port(), sink);
        QVERIFY2(out.error.empty(), out.error.c_str());
        out.channel.add("x");
        QVERIFY(!out.sink->cycle(out.channel));
        QCOMPARE(out.channel.waiting(), std::size_t(1));
        in.stopServing();
        QVERIFY(in.events.bodies.empty());
    }

    void whatIsWrongWithAStoreIsToldAtItsProperty_data() {
        QTest::addColumn<catalog::Properties>("properties");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, catalog::Properties more, const char* says) {
            QTest::newRow(name) << serverSide(std::move(more)) << says;
        };
        row("no such file", {{"keystore", "/nowhere/k.jks"}}, "keystore: ");
        row("wrong password", {{"keystore-password", "x"}}, "the key store password is wrong");
        row("no key in it", {{"keystore", store("trust.jks")}}, "holds no private key");
        row("no version left", {{"include-protocols", "TLSv1.1"}}, "no protocol version is left");
        QTest::newRow("no key store") << catalog::Properties{{"ssl", "true"}} << "ssl = true needs one";
    }
    void whatIsWrongWithAStoreIsToldAtItsProperty() {
        QFETCH(catalog::Properties, properties);
        QFETCH(QString, says);
        AvroIn in(properties);
        const QString error = QString::fromStdString(in.error);
        QVERIFY2(error.contains("keystore") && error.contains(says), in.error.c_str());
    }
};

MILLRACE_TEST(TestAvroTls)
#include "tst_avro_tls.moc"
