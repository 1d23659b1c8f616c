#include "net/http_server.h"
#include "net/support/recording_handlers.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"

#include <QTcpSocket>
#include <QtTest>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;

class TestHttpServer : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<HttpServer> server_;

    /// At `/later` the answer waits for answerLater().
    void serve(const HttpRequest& request, const HttpRespond& respond) {
        if (request.path == "/forgotten") return;
        if (request.path != "/later") return respond(echo(request));
        const std::lock_guard lock(mutex_);
        later_.push_back(respond);
    }
    bool isAsked() {
        const std::lock_guard lock(mutex_);
        return !later_.empty();
    }
    /// From this thread, which is not the loop's.
    void answerLater(const std::string& body) {
        const std::lock_guard lock(mutex_);
        later_.front()({200, "text/plain", body});
        later_.front()({500, "text/plain", "a second answer"});
        later_.erase(later_.begin());
    }
    std::mutex mutex_;
    std::vector<HttpRespond> later_;

    static HttpServerOptions options(std::uint64_t bodyBytes) {
        QFETCH_GLOBAL(bool, trickling);
        HttpServerOptions options;
        options.bodyBytes = bodyBytes;
        if (trickling) options.transport = TricklingTransport::factory();
        return options;
    }

    static HttpResponse echo(const HttpRequest& request) {
        if (request.path == "/missing") return {404, "text/plain", "nothing here"};
        return {200, "application/json",
                request.method + " " + request.path + " ?" + request.query + " " + request.body};
    }

private slots:
    /// All of it over the plain socket and over a transport that is nothing like it.
    void initTestCase_data() {
        QTest::addColumn<bool>("trickling");
        QTest::newRow("over the socket") << false;
        QTest::newRow("over a transport that trickles") << true;
    }
    void init() {
        loop_ = std::make_unique<EventLoop>("http");
        auto server = serveHttp(
            *loop_, {"127.0.0.1", 0},
            [this](const HttpRequest& request, const HttpRespond& respond) { serve(request, respond); }, options(1'000'000));
        QVERIFY(server);
        server_ = std::move(*server);
    }
    void cleanup() {
        later_.clear();
        server_.reset();
        loop_.reset();
    }

    void requestsAreAnswered_data() {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<QByteArray>("statusLine");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a plain GET") << QByteArray(
                                            "GET /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
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
            requests += "GET /" + std::to_string(i) + " HTTP/1.1\r\nHost: 127.0.0.1:80\r\n\r\n";
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

    void anAnswerMayComeLaterAndFromAnotherThread() {
        TestClient client(server_->address());
        QVERIFY(client.send("GET /later HTTP/1.1\r\n\r\nGET /behind HTTP/1.1\r\nConnection: close\r\n\r\n"));
        QTRY_VERIFY(isAsked());
        answerLater("at last");
        const std::string all = client.receiveAll();
        const auto first = all.find("at last");
        QVERIFY(first != std::string::npos);
        QVERIFY(all.find("GET /behind") > first); // not before its turn
        QVERIFY(all.find("a second answer") == std::string::npos);
    }

    void whoHasFinishedSendingStillGetsAnAnswerThatComesLater() {
        RawClient client(server_->address());
        client.send("GET /later HTTP/1.1\r\n\r\n");
        client.endSending();
        QTRY_VERIFY(isAsked());
        answerLater("at last");
        QVERIFY(client.receiveAll().ends_with("at last"));
    }

    void anAnswerToSomebodyWhoHasGoneIsDropped() {
        {
            TestClient client(server_->address());
            QVERIFY(client.send("GET /later HTTP/1.1\r\n\r\n"));
            QTRY_VERIFY(isAsked());
            client.hangUp();
        }
        answerLater("to nobody");
        TestClient next(server_->address());
        QVERIFY(next.send("GET /next HTTP/1.0\r\n\r\n"));
        QVERIFY(next.receiveAll().find("GET /next") != std::string::npos);
    }

    void whatWasAskedIsAnsweredWhenTheServerFinishes() {
        TestClient client(server_->address()), silent(server_->address());
        QVERIFY(client.send("GET /later HTTP/1.1\r\n\r\nGET /behind HTTP/1.1\r\n\r\n"));
        QTRY_VERIFY(isAsked());
        server_->finish();
        QCOMPARE(silent.receiveAll(), std::string());
        silent.hangUp();
        QTRY_COMPARE(server_->connectionCount(), std::size_t(1));
        answerLater("at last");
        const std::string all = client.receiveAll();
        QVERIFY(all.ends_with("Connection: close\r\n\r\nat last"));
        client.hangUp();
        QTRY_COMPARE(server_->connectionCount(), std::size_t(0));
    }

    void whoWaitsForAnAnswerIsNotSilent() {
        HttpServerOptions shortly = options(1000);
        shortly.idle = std::chrono::milliseconds(20);
        auto server = serveHttp(
            *loop_, {"127.0.0.1", 0},
            [this](const HttpRequest& request, const HttpRespond& respond) { serve(request, respond); }, shortly);
        QVERIFY(server.has_value());
        TestClient client((*server)->address());
        QVERIFY(client.send("GET /later HTTP/1.1\r\nConnection: close\r\n\r\n"));
        QTRY_VERIFY(isAsked());
        TestClient silent((*server)->address());
        QVERIFY(silent.receiveAll().empty()); // cut off, though it came later
        answerLater("at last");
        QVERIFY(client.receiveAll().ends_with("at last"));
    }

    void aForgottenRequestIsAFailureOfTheServer() {
        TestClient client(server_->address());
        QVERIFY(client.send("GET /forgotten HTTP/1.0\r\n\r\n"));
        QVERIFY(client.receiveAll().starts_with("HTTP/1.1 500 "));
    }

    void theBodyMayBeAsLongAsTheServerSays() {
        auto large =
            serveHttp(*loop_, {"127.0.0.1", 0},
                      [](const HttpRequest& request, const HttpRespond& respond) {
                          respond({200, "text/plain", std::to_string(request.body.size()) + " " + request.contentType});
                      },
                      options(3'000'000));
        QVERIFY(large.has_value());
        TestClient client((*large)->address());
        QVERIFY(client.send("POST / HTTP/1.0\r\nContent-Type: application/json; charset=UTF-8\r\nContent-Length: "
                            "3000000\r\n\r\n" +
                            std::string(3'000'000, 'x')));
        QVERIFY(client.receiveAll().ends_with("3000000 application/json; charset=UTF-8"));
    }

    void aBodyTakesNoMemoryBeforeItComes() {
        auto large = serveHttp(
            *loop_, {"127.0.0.1", 0}, [](const HttpRequest&, const HttpRespond& respond) { respond({}); },
            options(1ull << 50));
        QVERIFY(large.has_value());
        RawClient boasting((*large)->address());
        TestClient client((*large)->address());
        QVERIFY(boasting.send("POST / HTTP/1.1\r\nContent-Length: 70368744177664\r\n\r\nhello"));
        boasting.endSending();
        QVERIFY(boasting.receiveAll().empty()); // it was read
        QVERIFY(client.send("GET / HTTP/1.0\r\n\r\n"));
        QVERIFY(client.receiveAll().starts_with("HTTP/1.1 200 "));
    }

    void unfinishedBodiesTogetherHaveALimit() {
        HttpServerOptions tight = options(1'000'000);
        tight.unfinishedBytes = 1'000'000;
        auto server = serveHttp(
            *loop_, {"127.0.0.1", 0},
            [this](const HttpRequest& request, const HttpRespond& respond) { serve(request, respond); }, tight);
        QVERIFY(server.has_value());
        const std::string begun = "POST / HTTP/1.0\r\nContent-Length: 600000\r\n\r\n" + std::string(599'999, 'x');
        QTcpSocket clients[2];
        for (QTcpSocket& client : clients) {
            client.connectToHost(QHostAddress::LocalHost, (*server)->address().port);
            QVERIFY(client.waitForConnected());
            client.write(QByteArray::fromStdString(begun));
        }
        QTRY_VERIFY(clients[0].bytesAvailable() > 0 || clients[1].bytesAvailable() > 0);
        const int refused = clients[0].bytesAvailable() > 0 ? 0 : 1;
        QVERIFY(clients[refused].readAll().startsWith("HTTP/1.1 503 "));
        QTcpSocket& other = clients[1 - refused];
        other.write("x");
        QTRY_COMPARE(other.state(), QAbstractSocket::UnconnectedState);
        QVERIFY(other.readAll().startsWith("HTTP/1.1 200 "));
    }

    void onLoopbackOnlyItsNamesAreAnswered_data() {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<bool>("answered");
        QTest::newRow("the name") << QByteArray("localhost") << true;
        QTest::newRow("the name in capitals, with a port") << QByteArray("LOCALHOST:41414") << true;
        QTest::newRow("the address") << QByteArray("127.0.0.1:80") << true;
        QTest::newRow("another address of it") << QByteArray("127.1.2.3") << true;
        QTest::newRow("the long address") << QByteArray("[::1]:80") << true;
        QTest::newRow("none") << QByteArray() << true;
        QTest::newRow("a page's name that leads here") << QByteArray("evil.example") << false;
        QTest::newRow("a name that begins like the address") << QByteArray("127.0.0.1.evil.example") << false;
        QTest::newRow("a name that begins like the name") << QByteArray("localhost.evil.example:80") << false;
        QTest::newRow("an open bracket") << QByteArray("[evil") << false;
    }
    void onLoopbackOnlyItsNamesAreAnswered() {
        QFETCH(QByteArray, host);
        QFETCH(bool, answered);
        TestClient client(server_->address());
        QVERIFY(client.send("GET / HTTP/1.1\r\nHost: " + host.toStdString() + "\r\nConnection: close\r\n\r\n"));
        QVERIFY(client.receiveAll().starts_with(answered ? "HTTP/1.1 200 " : "HTTP/1.1 403 "));
    }
};

MILLRACE_TEST(TestHttpServer)
#include "tst_http_server.moc"
