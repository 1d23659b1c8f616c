#include "net/http_server.h"
#include "net/support/recording_handlers.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;

class TestHttpServer : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<HttpServer> server_;

    static HttpResponse echo(const HttpRequest& request) {
        if (request.path == "/missing") return {404, "text/plain", "nothing here"};
        return {200, "application/json",
                request.method + " " + request.path + " ?" + request.query + " " + request.body};
    }

private slots:
    void init() {
        loop_ = std::make_unique<EventLoop>("http");
        auto server = serveHttp(*loop_, {"127.0.0.1", 0}, echo);
        QVERIFY(server);
        server_ = std::move(*server);
    }
    void cleanup() {
        server_.reset();
        loop_.reset();
    }

    void requestsAreAnswered_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("statusLine");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a plain GET") << QByteArray("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
                                     << QByteArray("HTTP/1.1 200 OK") << QByteArray("GET /metrics ? ");
        QTest::newRow("a query") << QByteArray("GET /a?b=c&d HTTP/1.0\r\n\r\n") << QByteArray("HTTP/1.1 200 OK")
                                 << QByteArray("GET /a ?b=c&d ");
        QTest::newRow("a body") << QByteArray("POST /p HTTP/1.0\r\nContent-Length: 5\r\n\r\nhello")
                                << QByteArray("HTTP/1.1 200 OK") << QByteArray("POST /p ? hello");
        QTest::newRow("a body in chunks") << QByteArray("POST /p HTTP/1.1\r\nConnection: close\r\nTransfer-Encoding: "
                                                        "chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")
                                          << QByteArray("HTTP/1.1 200 OK") << QByteArray("POST /p ? hello");
        QTest::newRow("an unknown path") << QByteArray("GET /missing HTTP/1.0\r\n\r\n")
                                         << QByteArray("HTTP/1.1 404 Not Found") << QByteArray("nothing here");
        QTest::newRow("HEAD has no body")
            << QByteArray("HEAD /m HTTP/1.0\r\n\r\n") << QByteArray("HTTP/1.1 200 OK") << QByteArray("");
        QTest::newRow("garbage") << QByteArray("\x01\x02\x03\r\n\r\n") << QByteArray("HTTP/1.1 400 Bad Request")
                                 << QByteArray("bad method\n");
        QTest::newRow("headers without end")
            << QByteArray("GET / HTTP/1.1\r\nA: ") + QByteArray(70'000, 'a')
            << QByteArray("HTTP/1.1 431 Request Header Fields Too Large") << QByteArray("header limit exceeded\n");
        QTest::newRow("a body that is too long")
            << QByteArray("POST / HTTP/1.1\r\nContent-Length: 2000000\r\n\r\n")
            << QByteArray("HTTP/1.1 413 Payload Too Large") << QByteArray("body limit exceeded\n");
    }
    void requestsAreAnswered() {
        QFETCH(QByteArray, request);
        QFETCH(QByteArray, statusLine);
        QFETCH(QByteArray, body);
        TestClient client(server_->address());
        QVERIFY(client.send(request.toStdString()));
        const QByteArray all = QByteArray::fromStdString(client.receiveAll());
        QCOMPARE(all.left(all.indexOf("\r\n")), statusLine);
        QCOMPARE(all.mid(all.indexOf("\r\n\r\n") + 4), body);
    }

    void oneConnectionCarriesManyRequestsInOrder() {
        TestClient client(server_->address());
        std::string requests;
        for (int i = 0; i < 500; ++i)
            requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: x\r\n\r\n";
        requests += "GET /last HTTP/1.1\r\nConnection: close\r\n\r\n";
        QVERIFY(client.send(requests));
        const std::string all = client.receiveAll();
        std::size_t at = 0;
        for (int i = 0; i < 500; ++i) {
            at = all.find("GET /" + std::to_string(i) + " ?", at);
            QVERIFY(at != std::string::npos);
        }
        QVERIFY(all.find("GET /last", at) != std::string::npos);
    }

    void aRequestThatComesByteByByteIsUnderstood() {
        TestClient client(server_->address());
        for (const char byte : std::string("POST /slow HTTP/1.0\r\nContent-Length: 3\r\n\r\nabc"))
            QVERIFY(client.send({&byte, 1}));
        QVERIFY(client.receiveAll().ends_with("POST /slow ? abc"));
    }
};

MILLRACE_TEST(TestHttpServer)
#include "tst_http_server.moc"
