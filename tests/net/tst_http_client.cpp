#include "net/http_client.h"
#include "net/http_server.h"
#include "net/support/recording_handlers.h"
#include "net/support/trickling_transport.h"
#include "support/test_program.h"

#include <QtTest>

#include <future>

using namespace millrace;
using namespace millrace::net;
using namespace millrace::net::testing;
using namespace std::chrono_literals;

class TestHttpClient : public QObject {
    Q_OBJECT
private:
    std::unique_ptr<EventLoop> loop_;
    std::unique_ptr<Seen> seen_;
    StreamScript script_;
    std::unique_ptr<HttpServer> server_;
    std::unique_ptr<Listener> listener_;
    std::unique_ptr<HttpClient> client_;

    static TransportFactory transport() {
        QFETCH_GLOBAL(bool, trickling);
        return trickling ? TricklingTransport::factory() : TransportFactory();
    }
    void makeClient(HttpClientOptions options = {}) {
        options.transport = transport();
        client_ = std::make_unique<HttpClient>(*loop_, std::move(options));
    }
    /// A server that answers what it is told, byte for byte, to each request without a body.
    Address serveBytes(const std::string& answer, bool closes) {
        script_.received = [answer, closes](const ConnectionPtr& connection,
                                            std::string_view data) -> Result<std::size_t> {
            const auto end = data.find("\r\n\r\n");
            if (end == std::string_view::npos) return 0;
            connection->send(Bytes::copyOf(answer));
            if (closes) connection->closeAfterSending();
            return end + 4;
        };
        listener_ = std::move(*listenStream(*loop_, {"127.0.0.1", 0}, {},
                                            [this] { return std::make_unique<ScriptedStream>(*seen_, script_); }));
        return listener_->address();
    }
    Result<HttpAnswer> ask(HttpCall call) {
        auto promise = std::make_shared<std::promise<Result<HttpAnswer>>>();
        auto answer = promise->get_future();
        client_->send(std::move(call), [promise](Result<HttpAnswer> given) { promise->set_value(std::move(given)); });
        return answer.get();
    }
    Result<HttpAnswer> get(const Address& address, const std::string& target = "/") {
        HttpCall call;
        call.address = address;
        call.target = target;
        return ask(std::move(call));
    }
    static HttpResponse echo(const HttpRequest& request) {
        if (request.path == "/missing") return {404, "text/plain", "nothing here"};
        if (request.path == "/long") return {200, "text/plain", std::string(100'000, 'x')};
        return {200, "application/json",
                request.method + " " + request.path + " ?" + request.query + " " + request.contentType + " " +
                    request.body};
    }

private slots:
    void initTestCase_data() {
        QTest::addColumn<bool>("trickling");
        QTest::newRow("over the socket") << false;
        QTest::newRow("over a transport that trickles") << true;
    }
    void init() {
        loop_ = std::make_unique<EventLoop>("http");
        seen_ = std::make_unique<Seen>();
        script_ = {};
        auto server = serveHttp(*loop_, {"127.0.0.1", 0},
                                [](const HttpRequest& request, const HttpRespond& respond) { respond(echo(request)); });
        QVERIFY(server);
        server_ = std::move(*server);
        makeClient();
    }
    void cleanup() {
        client_.reset();
        listener_.reset();
        server_.reset();
        loop_.reset();
    }

    void aCallIsAnswered() {
        HttpCall call;
        call.method = "POST";
        call.address = server_->address();
        call.target = "/events?a=b";
        call.headers = {{"Content-Type", "text/csv"}};
        call.body = "one,two";
        const auto answer = ask(call);
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QCOMPARE(answer->status, 200);
        QCOMPARE(answer->body, std::string("POST /events ?a=b text/csv one,two"));
        QCOMPARE(answer->header("content-TYPE"), std::string("application/json"));
        QCOMPARE(answer->header("no-such-header"), std::string());
    }

    void anAnswerOfRefusalIsNoError() {
        const auto answer = get(server_->address(), "/missing");
        QVERIFY(answer);
        QCOMPARE(answer->status, 404);
        QCOMPARE(answer->body, std::string("nothing here"));
    }

    void theHeadOfALongAnswerHasNoBody() {
        HttpCall call;
        call.method = "HEAD";
        call.address = server_->address();
        call.target = "/long";
        const auto answer = ask(call);
        QVERIFY(answer);
        QCOMPARE(answer->header("Content-Length"), std::string("100000"));
        QCOMPARE(answer->body, std::string());
    }

    void answersOfEveryShapeAreUnderstood_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("a length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << false << 200
                                  << QByteArray("hello");
        QTest::newRow("chunks") << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo"
                                              "\r\n0\r\n\r\n")
                                << false << 200 << QByteArray("hello");
        QTest::newRow("until the end") << QByteArray("HTTP/1.0 200 OK\r\n\r\nhello") << true << 200
                                       << QByteArray("hello");
        QTest::newRow("without a body") << QByteArray("HTTP/1.1 204 No Content\r\n\r\n") << false << 204
                                        << QByteArray();
        QTest::newRow("announced before") << QByteArray("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\n"
                                                        "Content-Length: 2\r\n\r\nok")
                                          << false << 201 << QByteArray("ok");
        QTest::newRow("elsewhere") << QByteArray("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n"
                                                 "Content-Length: 0\r\n\r\n")
                                   << false << 302 << QByteArray();
    }
    void answersOfEveryShapeAreUnderstood() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, closes);
        const auto answer = get(serveBytes(bytes.toStdString(), closes));
        QVERIFY2(answer, answer ? "" : answer.error().message.c_str());
        QTEST(answer->status, "status");
        QTEST(QByteArray::fromStdString(answer->body), "body");
    }

    void whatIsNoAnswerIsAnErrorThatSaysSo_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("message");
        QTest::newRow("another protocol")
            << QByteArray("220 mail.example ESMTP\r\n\r\n") << int(ErrorCode::protocol) << "does not answer in HTTP";
        QTest::newRow("nothing at all") << QByteArray() << int(ErrorCode::closed) << "127.0.0.1:";
        QTest::newRow("an announcement alone")
            << QByteArray("HTTP/1.1 100 Continue\r\n\r\n") << int(ErrorCode::closed) << "127.0.0.1:";
        QTest::newRow("the end of a line alone") << QByteArray("\r\n") << int(ErrorCode::closed) << "127.0.0.1:";
        QTest::newRow("half a line") << QByteArray("HTTP/1.1 2") << int(ErrorCode::closed) << "127.0.0.1:";
        QTest::newRow("half of it") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello")
                                    << int(ErrorCode::closed) << "127.0.0.1:";
        QTest::newRow("more than the limit") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")
                                             << int(ErrorCode::outOfRange) << "more than 16777216 bytes, the limit";
        QTest::newRow("a chunk beyond the limit")
            << QByteArray("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffff\r\n")
            << int(ErrorCode::outOfRange) << "more than 16777216 bytes, the limit";
        QTest::newRow("headers without end") << QByteArray("HTTP/1.1 200 OK\r\nA: ") + QByteArray(70'000, 'a')
                                             << int(ErrorCode::protocol) << "does not answer in HTTP";
    }
    void whatIsNoAnswerIsAnErrorThatSaysSo() {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, message);
        const auto answer = get(serveBytes(bytes.toStdString(), true));
        QVERIFY(!answer);
        QTEST(int(answer.error().code), "code");
        QVERIFY2(QString::fromStdString(answer.error().message).contains(message), answer.error().message.c_str());
    }

    void oneConnectionServesCallAfterCall() {
        const Address address = serveBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
        for (int i = 0; i < 5; ++i)
            QVERIFY(get(address));
        QCOMPARE(seen_->opened.load(), 1);
    }

    void callsAtTheSameTimeHaveConnectionsOfTheirOwn() {
        const Address address = serveBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
        std::atomic<int> answered = 0;
        for (int i = 0; i < 20; ++i)
            client_->send({"GET", address, "/", {}, {}}, [&](Result<HttpAnswer> answer) {
                if (answer) ++answered;
            });
        QTRY_COMPARE(answered.load(), 20);
        QTRY_VERIFY(listener_->connectionCount() <= HttpClientOptions().keptConnections);
    }

    void aConnectionThatTheServerClosesAfterEachAnswerIsNotUsedAgain() {
        const Address address = serveBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok", true);
        for (int i = 0; i < 3; ++i)
            QVERIFY(get(address));
        QCOMPARE(seen_->opened.load(), 3);
    }

    void aKeptConnectionThatHasGoneIsNoFailureOfTheNextCall_data() {
        QTest::addColumn<QString>("method");
        QTest::addColumn<bool>("repeated");
        QTest::newRow("one that may be sent again") << "GET" << true;
        QTest::newRow("one that may not") << "POST" << false;
    }
    /// The server answers the first request and closes at the second one, as if it had given the connection up.
    void aKeptConnectionThatHasGoneIsNoFailureOfTheNextCall() {
        QFETCH(QString, method);
        QFETCH(bool, repeated);
        const Address address = serveBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
        QVERIFY(get(address));
        loop_->post([this] {
            script_.received = [n = 0](const ConnectionPtr& connection,
                                       std::string_view data) mutable -> Result<std::size_t> {
                if (data.find("\r\n\r\n") == std::string_view::npos) return 0;
                if (n++ == 0)
                    connection->close();
                else
                    connection->send(Bytes::copyOf("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nagain"));
                return data.size();
            };
        });
        HttpCall call;
        call.method = method.toStdString();
        call.address = address;
        const auto answer = ask(call);
        QCOMPARE(answer.has_value(), repeated);
        if (answer) QCOMPARE(answer->body, std::string("again"));
        if (!answer) QCOMPARE(int(answer.error().code), int(ErrorCode::closed));
    }

    void aServerThatNeverAnswersIsATimeoutThatMayBeTriedAgain() {
        HttpClientOptions options;
        options.timeout = 50ms;
        makeClient(options);
        script_.received = [](const ConnectionPtr&, std::string_view data) -> Result<std::size_t> {
            return data.size();
        };
        listener_ = std::move(*listenStream(*loop_, {"127.0.0.1", 0}, {},
                                            [this] { return std::make_unique<ScriptedStream>(*seen_, script_); }));
        const auto answer = get(listener_->address());
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().code), int(ErrorCode::timeout));
        QVERIFY(answer.error().retriable);
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
    }

    void anUnusedConnectionIsClosedAfterAWhile() {
        HttpClientOptions options;
        options.keepFor = 20ms;
        makeClient(options);
        const Address address = serveBytes("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", false);
        QVERIFY(get(address));
        QTRY_COMPARE(listener_->connectionCount(), std::size_t(0));
    }

    void aPortWhereNobodyListensIsAnError() {
        const auto port = freePort();
        QVERIFY(port);
        const auto answer = get({"127.0.0.1", *port});
        QVERIFY(!answer);
        QVERIFY2(answer.error().message.starts_with("connect to 127.0.0.1:"), answer.error().message.c_str());
    }

    void anUnknownHostIsAnError() {
        const auto answer = get({"no.such.host.invalid", 80});
        QVERIFY(!answer);
        QVERIFY2(answer.error().message.starts_with("unknown host"), answer.error().message.c_str());
    }

    void nothingInACallMayEndItsLine_data() {
        QTest::addColumn<QString>("where");
        for (const char* where : {"the target", "the method", "a header's name", "a header's value", "the host"})
            QTest::newRow(where) << where;
    }
    void nothingInACallMayEndItsLine() {
        QFETCH(QString, where);
        const std::string evil = "x\r\nEvil: 1";
        HttpCall call;
        call.address = server_->address();
        if (where == "the target") call.target = "/" + evil;
        if (where == "the method") call.method = evil;
        if (where == "a header's name") call.headers = {{evil, "1"}};
        if (where == "a header's value") call.headers = {{"A", evil}};
        if (where == "the host") call.address.host = evil;
        const auto answer = ask(call);
        QVERIFY(!answer);
        QCOMPARE(int(answer.error().code), int(ErrorCode::invalidArgument));
    }

    void whoeverGoesEndsTheCallsUnderWay_data() {
        QTest::addColumn<bool>("loop");
        QTest::newRow("the client") << false;
        QTest::newRow("the loop") << true;
    }
    void whoeverGoesEndsTheCallsUnderWay() {
        QFETCH(bool, loop);
        listener_ = std::move(*listenStream(*loop_, {"127.0.0.1", 0}, {},
                                            [this] { return std::make_unique<ScriptedStream>(*seen_, script_); }));
        std::atomic<int> ended = 0;
        client_->send({"GET", listener_->address(), "/", {}, {}}, [&](Result<HttpAnswer> answer) {
            if (!answer && answer.error().code == ErrorCode::cancelled) ++ended;
        });
        QTRY_COMPARE(seen_->opened.load(), 1);
        if (loop)
            loop_->stop();
        else
            client_.reset();
        QCOMPARE(ended.load(), 1);
    }

    void urlsAreRead_data() {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("read");
        QTest::newRow("all of it") << "http://example.org:8080/a/b?c=d"
                                   << "example.org:8080 /a/b?c=d";
        QTest::newRow("no port") << "http://example.org/a"
                                 << "example.org:80 /a";
        QTest::newRow("no port, secure") << "HTTPS://example.org"
                                         << "secure example.org:443 /";
        QTest::newRow("a query and no path") << "http://example.org?x=1"
                                             << "example.org:80 /?x=1";
        QTest::newRow("a place in the page") << "http://example.org/a#b"
                                             << "example.org:80 /a";
        QTest::newRow("a long address") << "http://[::1]/a"
                                        << "[::1]:80 /a";
        QTest::newRow("a long address with a port") << "http://[::1]:81/a"
                                                    << "[::1]:81 /a";
        QTest::newRow("another scheme") << "ftp://example.org"
                                        << "it begins with http:// or https://";
        QTest::newRow("a password") << "http://me:pass@example.org/"
                                    << "a user and password do not belong into it";
        QTest::newRow("a blank") << "http://example.org/a b"
                                 << "written as %20";
        QTest::newRow("a line's end") << "http://example.org/a\r\nEvil: 1"
                                      << "written as %20";
        QTest::newRow("no host") << "http:///a"
                                 << "the host is missing";
        QTest::newRow("no number") << "http://example.org:http/"
                                   << "the port is not a number";
    }
    void urlsAreRead() {
        QFETCH(QString, url);
        QFETCH(QString, read);
        const auto parsed = parseHttpUrl(url.toStdString());
        if (parsed)
            QCOMPARE(QString::fromStdString((parsed->secure ? "secure " : "") + parsed->address.toString() + " " +
                                            parsed->target),
                     read);
        else
            QVERIFY2(QString::fromStdString(parsed.error().message).contains(read), parsed.error().message.c_str());
    }
};

MILLRACE_TEST(TestHttpClient)
#include "tst_http_client.moc"
