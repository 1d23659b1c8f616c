#include "catalog/flume/components.h"
#include "flume/support/component_bench.h"
#include "flume/support/http_peer.h"
#include "support/test_program.h"

#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

constexpr const char* kOld = R"({"cluster_name":"elasticsearch","version":{"number":"2.4.6"}})";

/// Takes every document.
net::HttpResponse stored(const net::HttpRequest& request) {
    if (request.path == "/") return {200, "application/json", kOld};
    const auto lines = std::count(request.body.begin(), request.body.end(), '\n');
    std::string items;
    for (long i = 0; i < lines / 2; ++i)
        items += std::string(i ? "," : "") + R"({"index":{"status":201}})";
    return {200, "application/json", "{\"items\":[" + items + "]}"};
}

std::string items(const std::vector<int>& statuses) {
    std::string text;
    for (const int status : statuses)
        text += (text.empty() ? "" : ",") + std::string("{\"index\":{\"status\":") + std::to_string(status) +
                ",\"error\":{\"type\":\"t\",\"reason\":\"r\"}}}";
    return "{\"items\":[" + text + "]}";
}

struct Bench : ComponentBench {
    explicit Bench(catalog::Properties values = {}) : ComponentBench(catalog::kElasticsearchSink) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        values.emplace("hostNames", "127.0.0.1:" + std::to_string(peer.port()));
        values.emplace("client", "rest");
        auto made = make(builtinRegistry().find<SinkFactory>(spec), std::move(values));
        if (!made) {
            error = QString::fromStdString(made.error().message);
            return;
        }
        sink = std::move(*made);
        if (!sink->start()) qFatal("it starts");
    }
    void add(const QStringList& bodies) {
        for (const QString& body : bodies)
            transaction.add(body.toStdString(), {{"timestamp", "1480000000123"}});
    }
    /// "" or why the next batch did not go.
    QString cycle() {
        const auto done = sink->cycle(transaction);
        return done ? QString() : QString::fromStdString(done.error().message);
    }
    /// The bodies in the n-th request.
    QStringList bodiesOf(std::size_t request) {
        QStringList bodies;
        for (const QString& line : QString::fromStdString(peer.requests().at(request).body).split('\n'))
            if (line.startsWith("{\"@message\":\"")) bodies << line.section('"', 3, 3);
        return bodies;
    }
    QString rejected() {
        QFile file(QString::fromStdString(path("rejected/a.x.json").string()));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    net::EventLoop loop{"sink"};
    HttpPeer peer{stored};
    KeptTransaction transaction;
    QString error;
    std::unique_ptr<Sink> sink;
};

} // namespace

class TestSinkElasticsearch : public QObject {
    Q_OBJECT
private slots:
    void aBatchIsOneRequest() {
        Bench bench({{"indexName", "web-%{env}"}, {"indexType", "line"}, {"ttl", "1d"}});
        bench.transaction.add("one", {{"timestamp", "1480000000123"}, {"env", "prod"}});
        bench.transaction.add("two", {{"@timestamp", "0"}});
        QCOMPARE(bench.cycle(), "");
        const auto requests = bench.peer.requests();
        QCOMPARE(requests.size(), 2u);
        QCOMPARE(requests[0].method + requests[0].path, std::string("GET/"));
        QCOMPARE(requests[1].method + requests[1].path, std::string("PUT/_bulk"));
        QCOMPARE(requests[1].contentType, std::string("application/x-ndjson"));
        QCOMPARE(QString::fromStdString(requests[1].body).split('\n')[0],
                 QString(R"({"index":{"_index":"web-prod-2016-11-24","_type":"line","_ttl":"86400000ms"}})"));
        QVERIFY(requests[1].body.find(R"("_index":"web--1970-01-01")") != std::string::npos);
        QCOMPARE(bench.transaction.committed, 2u);
        QCOMPARE(bench.count("EventDrainSuccessCount"), 2);
        QCOMPARE(bench.cycle(), ""); // nothing more: no request
        QCOMPARE(bench.peer.requests().size(), 2u);
    }

    void anEventWithoutATimeGetsOne() {
        Bench bench(
            catalog::Properties{{"indexNameBuilder", "org.apache.flume.sink.elasticsearch.SimpleIndexNameBuilder"}});
        bench.transaction.add("x");
        QCOMPARE(bench.cycle(), "");
        const std::string body = bench.peer.requests().at(1).body;
        QVERIFY2(body.find(R"("_index":"flume",)") != std::string::npos, body.c_str());
        QVERIFY(body.find("@timestamp") != std::string::npos);
    }

    void whatIsBusyIsSentAgainAlone() {
        Bench bench;
        bench.add({"a", "b", "c"});
        bench.peer.answerNext(200, kOld);
        bench.peer.answerNext(200, items({201, 429, 503}));
        bench.peer.answerNext(429);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.bodiesOf(1), (QStringList{"a", "b", "c"}));
        QCOMPARE(bench.bodiesOf(2), (QStringList{"b", "c"}));
        QCOMPARE(bench.bodiesOf(3), (QStringList{"b", "c"}));
        QCOMPARE(bench.transaction.committed, 3u);
        QVERIFY(bench.rejected().isEmpty());
    }

    void whatIsWrongIsSetAsideAndTheOthersGo() {
        Bench bench;
        bench.add({"a", "b"});
        bench.transaction.add("c", {{"timestamp", "yesterday"}});
        bench.peer.answerNext(200, kOld);
        bench.peer.answerNext(200, items({400, 201}));
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.transaction.committed, 3u);
        const QStringList lines = bench.rejected().split('\n');
        QCOMPARE(lines.size(), 3);
        QVERIFY(lines[0].contains("no time in milliseconds") && lines[0].contains("\"body\":\"c\""));
        QCOMPARE(lines[1],
                 QString(R"({"reason":"400, t: r","event":{"headers":{"timestamp":"1480000000123"},"body":"a"}})"));
        QVERIFY(bench.log.holds("2 events were refused and stand in"));
        QCOMPARE(bench.count("EventWriteFail"), 2);
    }

    void aServerThatTakesNothingKeepsTheBatch() {
        Bench bench;
        bench.peer.answerNext(200, kOld);
        const auto refuse = [&bench](int count, int status) {
            bench.add(QStringList(count, "x"));
            bench.peer.answerNext(200, items(std::vector<int>(std::size_t(count), status)));
            return bench.cycle();
        };
        QCOMPARE(refuse(60, 400), "");
        QCOMPARE(bench.rejected().count('\n'), 60);
        const QString held = refuse(40, 400);
        QVERIFY2(held.startsWith("not one of the last 100 events was taken") && held.contains("400, t: r"),
                 qPrintable(held));
        QCOMPARE(bench.transaction.waiting(), 40u);
        QCOMPARE(bench.rejected().count('\n'), 60);
        QCOMPARE(bench.cycle(), ""); // the server was mended
        QCOMPARE(bench.transaction.committed, 100u);
        QCOMPARE(refuse(60, 400), ""); // among others
        QCOMPARE(bench.rejected().count('\n'), 120);
    }

    void whatIsTooLargeIsHalved() {
        Bench bench;
        bench.add({"a", "b", "c"});
        bench.peer.answerNext(200, kOld);
        bench.peer.answerNext(413); // a b c
        bench.peer.answerNext(413); // a
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.bodiesOf(3), (QStringList{"b", "c"}));
        QVERIFY(bench.rejected().contains("larger than the server takes"));
    }

    void whatIsRefusedKeepsTheBatch_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("failure");
        QTest::newRow("no such index") << 200 << QString::fromStdString(items({404, 201})) << "refuses the index";
        QTest::newRow("not allowed") << 403 << "forbidden"
                                     << "answered 403: forbidden";
        QTest::newRow("no answer of a search server") << 200 << "<html>"
                                                      << "no JSON";
        QTest::newRow("fewer than sent") << 200 << QString::fromStdString(items({201}))
                                         << "does not tell of 2 documents";
    }
    void whatIsRefusedKeepsTheBatch() {
        QFETCH(int, status);
        QFETCH(QString, body);
        QFETCH(QString, failure);
        Bench bench;
        bench.add({"a", "b"});
        bench.peer.answerNext(200, kOld);
        bench.peer.answerNext(status, body.toStdString());
        const QString told = bench.cycle();
        QVERIFY2(told.contains(failure), qPrintable(told));
        QCOMPARE(bench.transaction.waiting(), 2u);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.transaction.committed, 2u);
    }

    void aHostThatIsGoneGivesWayToTheNext() {
        HttpPeer second(stored);
        Bench bench(catalog::Properties{{"hostNames", "127.0.0.1:1, 127.0.0.1:" + std::to_string(second.port())}});
        bench.add({"a"});
        QCOMPARE(bench.cycle(), "");
        bench.add({"b"});
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(second.requests().size(), 3u);
    }

    void nobodyThereIsAnError() {
        Bench bench(catalog::Properties{{"hostNames", "127.0.0.1:1"}});
        bench.add({"a"});
        QVERIFY(!bench.cycle().isEmpty());
        QCOMPARE(bench.transaction.waiting(), 1u);
    }

    void aStopEndsTheWait_data() {
        QTest::addColumn<bool>("silent");
        QTest::newRow("for an answer") << true;
        QTest::newRow("for a busy server") << false;
    }
    void aStopEndsTheWait() {
        QFETCH(bool, silent);
        Bench bench;
        if (silent) bench.peer.fallSilent();
        for (int i = 0; !silent && i < 5; ++i)
            bench.peer.answerNext(i == 0 ? 200 : 429, i == 0 ? kOld : "");
        bench.add({"a"});
        std::thread stopper([&] {
            while (bench.peer.requests().size() < (silent ? 1 : 2))
                std::this_thread::yield();
            bench.sink->interrupt();
        });
        QVERIFY(bench.cycle().startsWith("stopped"));
        stopper.join();
        QCOMPARE(bench.transaction.waiting(), 1u);
        bench.sink->stop();
    }

    void whatCannotBeRefusesAtItsProperty_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("a life time") << "ttl"
                                     << "soon";
        QTest::newRow("hosts") << "hostNames"
                               << "http://a b";
        QTest::newRow("no hosts") << "hostNames"
                                  << ",";
        QTest::newRow("a serializer of the user's") << "serializer"
                                                    << "org.example.Mine";
        QTest::newRow("a serializer of files") << "serializer"
                                               << "TEXT";
        QTest::newRow("a name builder of the user's") << "indexNameBuilder"
                                                      << "org.example.Mine";
        QTest::newRow("an escape that is none") << "indexName"
                                                << "%[nobody]";
    }
    void whatCannotBeRefusesAtItsProperty() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        Bench bench(catalog::Properties{{key.toStdString(), value.toStdString()}});
        const QString place = key == "indexName" ? value : key;
        QVERIFY2(bench.error.startsWith("x: " + place), qPrintable(bench.error));
    }
};

MILLRACE_TEST(TestSinkElasticsearch)
#include "tst_sink_elasticsearch.moc"
