#include "catalog/flume/components.h"
#include "flume/sources/http_source.h"
#include "flume/support/listening_bench.h"
#include "support/test_program.h"

#include <QTcpSocket>
#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

constexpr const char* kBlob = "org.apache.flume.sink.solr.morphline.BlobHandler";

struct Http : ListeningBench {
    explicit Http(catalog::Properties values = {})
        : ListeningBench(catalog::kHttpSource, &makeHttpSource, onLoopback(std::move(values))) {}
    static catalog::Properties onLoopback(catalog::Properties values) {
        values.insert({{"bind", "127.0.0.1"}, {"port", "0"}});
        return values;
    }
};

/// Someone who sends requests over one connection.
struct Client {
    explicit Client(Http& http) {
        socket.connectToHost(QHostAddress::LocalHost, http.as<HttpSource>().address().port);
        if (!socket.waitForConnected()) qFatal("nobody listens");
    }
    void send(const QByteArray& body, const QByteArray& contentType = "application/json", const QByteArray& path = "/",
              const QByteArray& method = "POST") {
        socket.write(method + " " + path +
                     " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" +
                     (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n") + "\r\n" + body);
        socket.flush();
    }
    /// The status of the next answer; its body is kept.
    int status() {
        while (!received.contains("\r\n\r\n"))
            if (!readMore()) return 0;
        const int end = int(received.indexOf("\r\n\r\n")) + 4;
        const QByteArray head = received.left(end).toLower();
        const int length = head.mid(head.indexOf("content-length: ") + 16).split('\r').first().toInt();
        while (received.size() < end + length)
            if (!readMore()) return 0;
        body = received.mid(end, length);
        received.remove(0, end + length);
        return head.mid(9, 3).toInt();
    }
    bool readMore() {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(20'000)) return false;
        received += socket.readAll();
        return true;
    }
    QTcpSocket socket;
    QByteArray received, body;
};

/// What becomes of one request that reaches the runner.
int answerTo(Http& http, Client& client) {
    http.wakeUp.wait({});
    while (const auto cycle = http.source->cycle(http.events))
        if (cycle->outcome != Cycle::Outcome::ready) break;
    return client.status();
}

QByteArray eventsOf(const Http& http) {
    QByteArray text;
    for (std::size_t i = 0; i < http.events.bodies.size(); ++i) {
        text += "{";
        for (const auto& [key, value] : http.events.headers[i].entries())
            text += QByteArray::fromStdString(key + "=" + value + ";");
        text += "}" + QByteArray::fromStdString(http.events.bodies[i]) + "|";
    }
    return text;
}

} // namespace

class TestSourceHttp : public QObject {
    Q_OBJECT

private slots:
    void aRequestIsABatch() {
        Http http;
        QVERIFY2(http.error.empty(), http.error.c_str());
        Client client(http);
        client.send(R"([{"headers":{"a":"1","b":"2"},"body":"one"},{"body":"two"},{"headers":{}}])");
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(client.body, QByteArray());
        QCOMPARE(eventsOf(http), "{a=1;b=2;}one|{}two|{}|");
        QCOMPARE(http.events.batches, std::vector<std::size_t>{3});
        client.send(R"([{"body":"three"}])", "application/json", "/any/path?x=1", "GET");
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(http.events.bodies.back(), "three");
        QCOMPARE(http.count("EventAcceptedCount"), 4);
        QCOMPARE(http.count("AppendBatchAcceptedCount"), 2);
    }

    void whatJsonMaySay_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("events");
        QTest::newRow("no events") << QByteArray(" [ ] ") << QByteArray();
        QTest::newRow("numbers and truth values are text")
            << QByteArray(R"([{"headers":{"n":1.50,"t":true,"e":-1e3},"body":12345678901234567890123}])")
            << QByteArray("{n=1.50;t=true;e=-1e3;}12345678901234567890123|");
        QTest::newRow("null is nothing") << QByteArray(
                                                R"([{"headers":{"a":null,"b":"x"},"body":null},{"headers":null}])")
                                         << QByteArray("{b=x;}|{}|");
        QTest::newRow("what is neither headers nor body is left out")
            << QByteArray(R"([{"id":7,"more":{"body":[1,{"body":"no"}]},"body":"yes","list":[[]]}])")
            << QByteArray("{}yes|");
        QTest::newRow("escapes") << QByteArray("[{\"body\":\"\\u00e4\\n\\ud83d\\ude00\\\"\\\\\"}]")
                                 << QByteArray("{}\xc3\xa4\n\xf0\x9f\x98\x80\"\\|");
        QTest::newRow("of two equal names the last counts")
            << QByteArray(R"([{"body":"1","body":"2","headers":{"a":"1","a":"2"}}])") << QByteArray("{a=2;}2|");
        QTest::newRow("bytes that are no UTF-8")
            << QByteArray("[{\"body\":\"a\xff\"}]") << QByteArray("{}a\xef\xbf\xbd|");
    }
    void whatJsonMaySay() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, events);
        Http http;
        Client client(http);
        client.send(json);
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(eventsOf(http), events);
    }

    void whatIsNoListOfEventsIsRefused_data() {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("nothing") << QByteArray() << QByteArray("incomplete");
        QTest::newRow("no JSON") << QByteArray("hello") << QByteArray("syntax error");
        QTest::newRow("cut") << QByteArray(R"([{"body":"a"})") << QByteArray("incomplete");
        QTest::newRow("more behind it") << QByteArray("[] []") << QByteArray("extra data");
        QTest::newRow("an event alone") << QByteArray(R"({"body":"a"})") << QByteArray("must be an array");
        QTest::newRow("a text alone") << QByteArray(R"("a")") << QByteArray("must be an array");
        QTest::newRow("null alone") << QByteArray("null") << QByteArray("must be an array");
        QTest::newRow("null as an event") << QByteArray("[null]") << QByteArray("an event is null");
        QTest::newRow("a list as an event") << QByteArray("[[]]") << QByteArray("must be an object");
        QTest::newRow("a text as an event") << QByteArray(R"(["a"])") << QByteArray("must be an object");
        QTest::newRow("a nested body") << QByteArray(R"([{"body":{"a":1}}])") << QByteArray("body must be text");
        QTest::newRow("a list as body") << QByteArray(R"([{"body":[1]}])") << QByteArray("body must be text");
        QTest::newRow("headers that are a text")
            << QByteArray(R"([{"headers":"a"}])") << QByteArray("must be an object");
        QTest::newRow("a nested header") << QByteArray(R"([{"body":"a"},{"headers":{"h":{}}}])")
                                         << QByteArray("event 2, byte 30: the header h must be text");
        QTest::newRow("too deep") << "[{\"x\":" + QByteArray("[").repeated(100'000) << QByteArray("too deep");
    }
    void whatIsNoListOfEventsIsRefused() {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, says);
        Http http;
        Client client(http);
        client.send(json);
        QCOMPARE(answerTo(http, client), 400);
        QVERIFY2(client.body.contains(says), client.body.constData());
        QCOMPARE(http.count("EventReadFail"), 1);
        QVERIFY(http.events.bodies.empty());
        client.send("[]"); // the connection lives on
        QCOMPARE(answerTo(http, client), 200);
    }

    void moreHeadersThanTheNextAgentTakesAreRefused_data() {
        QTest::addColumn<int>("headers");
        QTest::addColumn<int>("status");
        QTest::newRow("as many as it takes") << 10'000 << 200;
        QTest::newRow("one more") << 10'001 << 400;
    }
    void moreHeadersThanTheNextAgentTakesAreRefused() {
        QFETCH(int, headers);
        QFETCH(int, status);
        QByteArrayList json, query;
        for (int i = 0; i < headers; ++i) {
            json << "\"" + QByteArray::number(i) + "\":\"\"";
            query << QByteArray::number(i, 36);
        }
        Http http, blobs(catalog::Properties{{"handler", kBlob}});
        Client client(http), blobClient(blobs);
        client.send("[{\"headers\":{" + json.join(',') + "}}]");
        QCOMPARE(answerTo(http, client), status);
        QCOMPARE(client.body.contains("more than 10000 headers"), status == 400);
        blobClient.send("x", "", "/?" + query.join('&'));
        QCOMPARE(answerTo(blobs, blobClient), status);
        QCOMPARE(blobClient.body.contains("more than 10000 headers"), status == 400);
    }

    void theCharsetOfTheRequestCounts_data() {
        QTest::addColumn<QByteArray>("contentType");
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("body"); ///< empty: refused
        const QByteArray utf8 = "[{\"body\":\"\xc3\xa4\"}]";
        QByteArray utf16;
        for (const QChar c : QString::fromUtf8(utf8))
            utf16 += QByteArray(1, char(c.unicode() >> 8)) + QByteArray(1, char(c.unicode() & 0xff));
        QTest::newRow("none") << QByteArray() << utf8 << QByteArray("\xc3\xa4");
        QTest::newRow("none in the type") << QByteArray("text/plain") << utf8 << QByteArray("\xc3\xa4");
        QTest::newRow("in quotes") << QByteArray("text/plain; x=y; Charset=\"utf-8\"") << utf8
                                   << QByteArray("\xc3\xa4");
        QTest::newRow("UTF-16") << QByteArray("application/json;charset=UTF-16") << utf16
                                << QByteArray("\xfe\xff\x00\xe4", 4);
        QTest::newRow("another") << QByteArray("text/plain;charset=ISO-8859-1") << utf8 << QByteArray();
        QTest::newRow("one that is none") << QByteArray("text/plain;charset=x") << utf8 << QByteArray();
    }
    void theCharsetOfTheRequestCounts() {
        QFETCH(QByteArray, contentType);
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, body);
        Http http;
        Client client(http);
        client.send(json, contentType);
        QCOMPARE(answerTo(http, client), body.isEmpty() ? 400 : 200);
        if (!body.isEmpty()) QCOMPARE(QByteArray::fromStdString(http.events.bodies.at(0)), body);
    }

    void whatTheChannelsRefuseIsTold() {
        Http http;
        http.events.refusals = 1;
        Client client(http);
        client.send(R"([{"body":"a"}])");
        QCOMPARE(answerTo(http, client), 503);
        QCOMPARE(client.body, "the channel is full\n");
        client.send(R"([{"body":"a"}])");
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(http.events.bodies, std::vector<std::string>{"a"});
        QCOMPARE(http.count("ChannelWriteFail"), 1);
    }

    void otherMethodsAreRefused_data() {
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("status");
        for (const char* method : {"PUT", "DELETE", "PATCH"})
            QTest::newRow(method) << QByteArray(method) << 405;
        for (const char* method : {"TRACE", "OPTIONS"})
            QTest::newRow(method) << QByteArray(method) << 403;
    }
    void otherMethodsAreRefused() {
        QFETCH(QByteArray, method);
        QFETCH(int, status);
        Http http;
        Client client(http);
        client.send("[]", "application/json", "/", method);
        QCOMPARE(client.status(), status);
    }

    void aBlobIsOneEventWithTheParametersAsHeaders() {
        Http http(catalog::Properties{{"handler", kBlob}});
        Client client(http);
        client.send(QByteArray("\x00\xff\n", 3), "image/png", "/?a=1&b=x%20y+z&a=2&c&%zz=%");
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(eventsOf(http), "{Content-Type=image/png;a=1;b=x y z;c=;%zz=%;}" + QByteArray("\x00\xff\n", 3) + "|");
        client.send("", "");
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(http.events.bodies.back(), "");
    }

    void ofManyParametersTheFirstOfEachNameCounts() {
        Http http(catalog::Properties{{"handler", kBlob}});
        Client client(http);
        QByteArray query;
        for (const char* value : {"=1&", "=2&"})
            for (int i = 0; i < 4000; ++i)
                query += QByteArray::number(i) + value;
        client.send("x", "", "/?" + query);
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(http.events.headers.at(0).size(), std::size_t(4000));
        QCOMPARE(http.header(0, "3999"), std::string("1"));
    }

    void theBlobHandlerOfTheCoreMayInsistOnParameters() {
        Http http(catalog::Properties{{"handler", "org.apache.flume.source.http.BLOBHandler"},
                                      {"handler.mandatoryParameters", "basename, filename"}});
        Client client(http);
        client.send("x", "", "/?basename=b");
        QCOMPARE(answerTo(http, client), 400);
        QVERIFY2(client.body.contains("no parameter filename"), client.body.constData());
        client.send("x", "", "/?basename=b&filename=f");
        QCOMPARE(answerTo(http, client), 200);
        QCOMPARE(eventsOf(http), "{basename=b;filename=f;}x|");
    }

    void aRequestThatIsTooLongIsRefusedBeforeItIsRead() {
        Http http(catalog::Properties{{"handler", kBlob}, {"handler.maxBlobLength", "10"}});
        Client fits(http);
        fits.send("0123456789");
        QCOMPARE(answerTo(http, fits), 200);
        Client client(http);
        client.socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\n");
        QCOMPARE(client.status(), 413);
    }

    /// An answer that is lost after the commit would bring the events a second time.
    void whatWaitsIsAnsweredWhenItStopsAndTheRestIsNotTaken() {
        Http http;
        std::vector<std::unique_ptr<Client>> clients;
        for (int i = 0; i < 50; ++i) {
            clients.push_back(std::make_unique<Client>(http));
            clients.back()->send(R"([{"body":"a"}])");
            http.wakeUp.wait({});
        }
        Client late(http);
        http.source->stop();
        late.send(R"([{"body":"b"}])");
        QCOMPARE(late.status(), 0);
        while (!http.source->finished())
            QVERIFY(http.source->cycle(http.events));
        http.source->close();
        for (const auto& client : clients)
            QCOMPARE(client->status(), 200);
        QCOMPARE(http.events.bodies, std::vector<std::string>(50, "a"));
    }

    void whatWaitsWhenItIsClosedIsNotTakenForGood() {
        Http http;
        Client client(http);
        client.send(R"([{"body":"a"}])");
        http.wakeUp.wait({});
        http.source->close();
        QVERIFY(client.status() != 200);
        QVERIFY(http.events.bodies.empty());
    }

    void whatCannotBeUsedIsRefused_data() {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a handler that is missing") << QByteArray("handler") << QByteArray("org.example.Missing");
        QTest::newRow("TLS without a key store") << QByteArray("ssl") << QByteArray("true");
        QTest::newRow("the same by its old name") << QByteArray("enableSSL") << QByteArray("true");
    }
    void whatCannotBeUsedIsRefused() {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        Http http(catalog::Properties{{key.toStdString(), value.toStdString()}});
        QVERIFY2(http.error.find(key == "handler" ? "handler" : "keystore") != std::string::npos, http.error.c_str());
    }
};

MILLRACE_TEST(TestSourceHttp)
#include "tst_source_http.moc"
