#include "net/support/stream_bench.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"
#include "tls/support/stores.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;
using namespace millrace::tls;
using namespace millrace::tls::testing;

Q_DECLARE_METATYPE(ServerOptions)
Q_DECLARE_METATYPE(ClientOptions)

namespace {

TransportFactory made(Result<TransportFactory> factory) {
    if (!factory) qFatal("%s", factory.error().message.c_str());
    return std::move(*factory);
}

} // namespace

class TestTlsTransport : public QObject, StreamBench {
    Q_OBJECT
private:
    std::string identity_;

    Address listen(const ServerOptions& options, TransportFactory below = {}) {
        Limits limits;
        limits.transport = made(serverTransport(options, std::move(below)));
        return StreamBench::listen(std::move(limits));
    }
    /// What is sent comes back.
    void echo() {
        script_.opened = [this](const ConnectionPtr& connection) { identity_ = connection->peerIdentity(); };
        script_.received = [](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
            connection->send(Bytes::copyOf(data));
            return data.size();
        };
    }

private slots:
    void init() {
        begin();
        identity_ = "unset";
    }
    void cleanup() { end(); }

    void whoAreAgreedCanTalk_data() {
        QTest::addColumn<ServerOptions>("serverSide");
        QTest::addColumn<ClientOptions>("clientSide");
        QTest::addColumn<QString>("identity");
        const auto row = [](const char* name, auto change, const char* identity = "") {
            ServerOptions s = server();
            ClientOptions c = client();
            change(s, c);
            QTest::newRow(name) << s << c << identity;
        };
        row("by default", [](auto&, auto&) {});
        row("TLS 1.2 alone", [](auto& s, auto&) { s.allowed.includedProtocols = {"TLSv1.2"}; });
        row("TLS 1.3 alone", [](auto&, auto& c) { c.allowed.excludedProtocols = {"SSLv3", "TLSv1.2"}; });
        row("one cipher suite of TLS 1.2",
            [](auto& s, auto&) { s.allowed.includedCiphers = {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"}; });
        row("without a cipher suite", [](auto& s, auto&) { s.allowed.excludedCiphers = {"TLS_AES_256_GCM_SHA384"}; });
        row("by address", [](auto&, auto& c) { c.host = "127.0.0.1"; });
        row("for whatever host", [](auto&, auto& c) { c.host.clear(); });
        row("whoever it is", [](auto&, auto& c) { c.trustsAll = true, c.trustStore.reset(), c.host.clear(); });
        row("trusting a server's own certificate", [](auto&, auto& c) { c.trustStore = storeFile("server.jks"); });
        row("PKCS #12",
            [](auto& s, auto& c) { s.keyStore = storeFile("server.p12"), c.trustStore = storeFile("trust.p12"); });
        row("PEM", [](auto& s, auto& c) {
            s.keyStore = storeFile("server-with-chain.pem"), c.trustStore = storeFile("ca.pem");
        });
        const char* etl = "CN=etl,OU=Data\\, big,O=Example";
        row(
            "a client that proves who it is",
            [](auto& s, auto& c) {
                s.proof = ClientProof::required, s.trustStore = storeFile("ca.pem"),
                c.keyStore = storeFile("client.pem");
            },
            etl);
        row(
            "a client with a name of all kinds of parts, as Java writes it",
            [](auto& s, auto& c) {
                s.proof = ClientProof::required, s.trustStore = storeFile("names.pem"),
                c.keyStore = storeFile("names.pem");
            },
            "1.2.840.113549.1.9.1=#16076140622e6f7267,CN=\\ etl\\, \\\"x\\\" \\;\\<\\>\\\\\\ "
            ",2.5.4.12=#0c024472,UID=u1,"
            "2.5.4.5=#130137+OU=one,O=a\\=b\\#c,STREET=Weg 1,L=M\xc3\xbcnchen,ST=Bayern,C=DE,DC=org");
        row("a client that is named by its address alone", [](auto& s, auto& c) {
            s.proof = ClientProof::required, s.trustStore = storeFile("names.pem"),
            c.keyStore = storeFile("nameless.pem");
        });
        row("a client that need not",
            [](auto& s, auto&) { s.proof = ClientProof::requested, s.trustStore = storeFile("ca.pem"); });
        row("a client that is not asked", [](auto&, auto& c) { c.keyStore = storeFile("client.pem"); });
    }
    void whoAreAgreedCanTalk() {
        QFETCH(ServerOptions, serverSide);
        QFETCH(ClientOptions, clientSide);
        QFETCH(QString, identity);
        echo();
        TestClient peer(listen(serverSide), made(clientTransport(clientSide)));
        QVERIFY2(peer.connected(), peer.error().c_str());
        QVERIFY(peer.send("hello"));
        QCOMPARE(peer.receive(5), std::string("hello"));
        QTRY_COMPARE(seen_->opened.load(), 1);
        QCOMPARE(QString::fromStdString(identity_), identity);
    }

    void whoAreNotAgreedAreTold_data() {
        QTest::addColumn<ServerOptions>("serverSide");
        QTest::addColumn<ClientOptions>("clientSide");
        QTest::addColumn<QString>("client");
        QTest::addColumn<QString>("server");
        const auto row = [](const char* name, auto change, const char* client, const char* server) {
            ServerOptions s = millrace::tls::testing::server();
            ClientOptions c = millrace::tls::testing::client();
            change(s, c);
            QTest::newRow(name) << s << c << client << server;
        };
        row(
            "a stranger's certificate", [](auto& s, auto&) { s.keyStore = storeFile("stranger.pem"); },
            "TLS: the peer's certificate: self-signed certificate", "TLS: ");
        row(
            "another host", [](auto&, auto& c) { c.host = "example.org"; },
            "TLS: the peer's certificate: hostname mismatch", "TLS: ");
        row(
            "no version in common",
            [](auto& s, auto& c) {
                s.allowed.includedProtocols = {"TLSv1.2"}, c.allowed.includedProtocols = {"TLSv1.3"};
            },
            "TLS: ", "TLS: ");
        row(
            "no suite in common",
            [](auto& s, auto& c) {
                s.allowed.includedCiphers = {"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"};
                c.allowed.includedCiphers = {"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"};
            },
            "TLS: ", "TLS: no shared cipher");
    }
    void whoAreNotAgreedAreTold() {
        QFETCH(ServerOptions, serverSide);
        QFETCH(ClientOptions, clientSide);
        QFETCH(QString, client);
        QFETCH(QString, server);
        TestClient peer(listen(serverSide), made(clientTransport(clientSide)));
        QVERIFY(!peer.connected());
        QVERIFY2(QString::fromStdString(peer.error()).contains(client), peer.error().c_str());
        QTRY_VERIFY2(logged(server), log_->lines().empty() ? "" : log_->lines().back().c_str());
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
        QCOMPARE(seen_->opened.load(), 0);
    }

    /// With TLS 1.3 the client is done before the server has looked at its certificate: it hears of it when it reads.
    void aClientThatCannotProveItselfIsRefused_data() {
        QTest::addColumn<QString>("keyStore");
        QTest::newRow("none") << "";
        QTest::newRow("a stranger's") << "stranger.pem";
    }
    void aClientThatCannotProveItselfIsRefused() {
        QFETCH(QString, keyStore);
        ServerOptions options = server();
        options.proof = ClientProof::required;
        options.trustStore = storeFile("ca.pem");
        ClientOptions who = client();
        if (!keyStore.isEmpty()) who.keyStore = storeFile(keyStore);
        TestClient peer(listen(options), made(clientTransport(who)));
        QVERIFY2(peer.connected(), peer.error().c_str());
        QVERIFY(peer.receiveAll().starts_with("error: "));
        QTRY_VERIFY(logged("TLS: "));
        QCOMPARE(seen_->opened.load(), 0);
    }

    void whoSpeaksPlainTextIsToldFromTls() {
        RawClient peer(listen(server()));
        QVERIFY(peer.send("GET / HTTP/1.1\r\n\r\n"));
        (void)peer.receiveAll();
        QTRY_VERIFY2(logged("the peer does not speak TLS"), log_->lines().empty() ? "" : log_->lines().back().c_str());
        QCOMPARE(seen_->opened.load(), 0);
    }

    void whoIsSilentOrLeavesInTheHandshakeTroublesNobody() {
        const Address address = listen(server());
        {
            RawClient peer(address);
            QVERIFY(peer.send(std::string("\x16\x03\x01\x02\x00\x01", 6)));
            QTRY_COMPARE(listener_->connectionCount(), std::size_t(1));
        }
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
        QCOMPARE(seen_->opened.load(), 0);
    }

    void muchGoesBothWaysWhole_data() {
        QTest::addColumn<bool>("paused");
        QTest::newRow("at once") << false;
        QTest::newRow("through a handler that pauses") << true;
    }
    void muchGoesBothWaysWhole() {
        QFETCH(bool, paused);
        echo();
        if (paused)
            script_.received = [this](const ConnectionPtr& connection, std::string_view data) -> Result<std::size_t> {
                connection->send(Bytes::copyOf(data));
                connection->pauseReading();
                loop_->post([connection] { connection->resumeReading(); });
                return data.size();
            };
        TestClient peer(listen(server()), made(clientTransport(client())));
        QVERIFY2(peer.connected(), peer.error().c_str());
        std::string sent(3'000'000, ' ');
        for (std::size_t i = 0; i < sent.size(); ++i)
            sent[i] = static_cast<char>('a' + i * 7 % 23);
        std::string got;
        for (std::size_t at = 0; at < sent.size(); at += 100'000) {
            QVERIFY(peer.send(std::string_view(sent).substr(at, 100'000)));
            got += peer.receive(100'000);
        }
        QVERIFY(got == sent);
    }

    void whatIsBelowMayTrickle() {
        echo();
        TestClient peer(listen(server(), TricklingTransport::factory()),
                        made(clientTransport(client(), TricklingTransport::factory())));
        QVERIFY2(peer.connected(), peer.error().c_str());
        const std::string text(50'000, 'x');
        QVERIFY(peer.send(text));
        QVERIFY(peer.receive(text.size()) == text);
    }

    void aServerMaySayItsLastWordAndEnd() {
        script_.opened = [](const ConnectionPtr& connection) {
            connection->send(Bytes::copyOf(std::string(200'000, 'x')));
            connection->closeAfterSending();
        };
        TestClient peer(listen(server()), made(clientTransport(client())));
        QVERIFY2(peer.connected(), peer.error().c_str());
        QCOMPARE(peer.receiveAll().size(), std::size_t(200'000));
    }

    void aPeerThatIsGoneWithoutAWordIsSeenToBeGone() {
        echo();
        TestClient peer(listen(server()), made(clientTransport(client())));
        QVERIFY(peer.send("x"));
        QCOMPARE(peer.receive(1), std::string("x"));
        peer.hangUp();
        QTRY_COMPARE(seen_->closedCalls.load(), 1);
    }

    void whatCannotWorkIsToldBeforeTheFirstConnection_data() {
        QTest::addColumn<ServerOptions>("options");
        QTest::addColumn<QString>("says");
        const auto row = [](const char* name, auto change, const char* says) {
            ServerOptions s = server();
            change(s);
            QTest::newRow(name) << s << says;
        };
        row(
            "a key store without a key", [](auto& s) { s.keyStore = storeFile("trust.jks"); },
            "trust.jks: holds no private key");
        row(
            "a trust store without a certificate",
            [](auto& s) {
                s.trustStore = StoreFile{"none.pem", {}, ""};
            },
            "none.pem: ");
        row(
            "a wrong password", [](auto& s) { s.keyStore.password = "x"; },
            "server.jks: the key store password is wrong");
        row(
            "only a version of long ago", [](auto& s) { s.allowed.includedProtocols = {"TLSv1"}; },
            "no protocol version is left");
        row(
            "no cipher suite", [](auto& s) { s.allowed.includedCiphers = {"TLS_RSA_WITH_NULL_MD5"}; },
            "no cipher suite is left");
    }
    void whatCannotWorkIsToldBeforeTheFirstConnection() {
        QFETCH(ServerOptions, options);
        QFETCH(QString, says);
        const auto factory = serverTransport(options);
        QVERIFY(!factory);
        QVERIFY2(QString::fromStdString(factory.error().message).contains(says), factory.error().message.c_str());
    }
};

MILLRACE_TEST(TestTlsTransport)
#include "tst_tls_transport.moc"
