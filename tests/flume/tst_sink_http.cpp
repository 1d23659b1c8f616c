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

struct Bench : ComponentBench {
    explicit Bench(catalog::Properties values, const std::string& url = {}) : ComponentBench(catalog::kHttpSink) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        values.emplace("endpoint", url.empty() ? peer.url("/in?x=1") : url);
        auto made = make(builtinRegistry().find<SinkFactory>(spec), std::move(values));
        if (!made) {
            error = QString::fromStdString(made.error().message);
            return;
        }
        sink = std::move(*made);
        if (!sink->start()) qFatal("it starts");
    }
    Cycle cycle() {
        const auto done = sink->cycle(transaction);
        if (!done) qFatal("the http sink throws nothing: %s", done.error().message.c_str());
        return *done;
    }
    net::EventLoop loop{"sink"};
    HttpPeer peer;
    KeptTransaction transaction;
    QString error;
    std::unique_ptr<Sink> sink;
};

} // namespace

class TestSinkHttp : public QObject {
    Q_OBJECT
private slots:
    void eachEventIsARequest() {
        Bench bench({{"rollback.2XX", "false"}, {"incrementMetrics.2XX", "true"}, {"contentTypeHeader", "text/csv"}});
        const std::string big(300'000, 'x');
        bench.transaction.add("a,b");
        bench.transaction.add(std::string_view("\x00\xff", 2));
        bench.transaction.add(big);
        for (int i = 0; i < 3; ++i)
            QVERIFY(bench.cycle().outcome == Cycle::Outcome::ready);
        QVERIFY(bench.cycle().outcome == Cycle::Outcome::idle);
        const auto requests = bench.peer.requests();
        QCOMPARE(requests.size(), 3u);
        QCOMPARE(requests[0].method + " " + requests[0].path + "?" + requests[0].query, std::string("POST /in?x=1"));
        QCOMPARE(requests[0].contentType, std::string("text/csv"));
        QCOMPARE(requests[0].body, std::string("a,b"));
        QCOMPARE(requests[1].body, std::string("\x00\xff", 2));
        QCOMPARE(requests[2].body, big);
        QCOMPARE(bench.transaction.committed, 3u);
        QCOMPARE(bench.count("EventDrainAttemptCount"), 3);
        QCOMPARE(bench.count("EventDrainSuccessCount"), 3);
    }

    void anEventWithoutABodyIsTakenAndNotSent() {
        Bench bench({});
        bench.transaction.add("");
        QVERIFY(bench.cycle().outcome == Cycle::Outcome::ready);
        QCOMPARE(bench.transaction.committed, 1u);
        QVERIFY(bench.peer.requests().empty());
    }

    void theStatusDecides_data() {
        QTest::addColumn<QString>("rules");
        QTest::addColumn<int>("status");
        QTest::addColumn<bool>("stays");
        QTest::addColumn<bool>("pauses");
        QTest::addColumn<int>("counted");
        QTest::newRow("Flume's default sends for ever") << "" << 200 << true << true << 0;
        QTest::newRow("a class is mended") << "rollback.2XX=false" << 200 << false << false << 0;
        QTest::newRow("another class keeps the default") << "rollback.2XX=false" << 404 << true << true << 0;
        QTest::newRow("a code before its class") << "rollback.4XX=true rollback.404=false" << 404 << false << true << 0;
        QTest::newRow("a class in small letters is none") << "rollback.2xx=false" << 200 << true << true << 0;
        QTest::newRow("a default that is turned off") << "defaultRollback=false" << 500 << false << true << 0;
        QTest::newRow("dropped without a pause")
            << "defaultRollback=false backoff.5XX=false" << 503 << false << false << 0;
        QTest::newRow("sent again without a pause") << "backoff.503=false" << 503 << true << false << 0;
        QTest::newRow("a success is never paused after")
            << "rollback.200=false backoff.200=true" << 200 << false << false << 0;
        QTest::newRow("counted by its class")
            << "rollback.2XX=false incrementMetrics.2XX=true" << 204 << false << false << 1;
        QTest::newRow("counted by default")
            << "defaultRollback=false defaultIncrementMetrics=true" << 500 << false << true << 1;
        QTest::newRow("a redirect is an answer") << "rollback.3XX=false" << 302 << false << true << 0;
    }
    void theStatusDecides() {
        QFETCH(QString, rules);
        QFETCH(int, status);
        catalog::Properties values;
        for (const QString& rule : rules.split(' ', Qt::SkipEmptyParts))
            values[rule.section('=', 0, 0).toStdString()] = rule.section('=', 1).toStdString();
        Bench bench(values);
        bench.transaction.add("x");
        bench.peer.answerNext(status);
        const Cycle done = bench.cycle();
        QTEST(bench.transaction.waiting() == 1, "stays");
        QTEST(done.outcome == Cycle::Outcome::backoff, "pauses");
        QTEST(static_cast<int>(bench.count("EventDrainSuccessCount")), "counted");
        if (done.failure) QVERIFY(done.failure->message.find(std::to_string(status)) != std::string::npos);
    }

    void whatIsNotAnsweredStays_data() {
        QTest::addColumn<bool>("silent");
        QTest::newRow("nobody listens") << false;
        QTest::newRow("no answer in time") << true;
    }
    void whatIsNotAnsweredStays() {
        QFETCH(bool, silent);
        Bench bench({{"connectTimeout", "1"}, {"requestTimeout", "1"}}, silent ? "" : "http://127.0.0.1:1/");
        bench.peer.fallSilent();
        bench.transaction.add("x");
        QVERIFY(bench.cycle().outcome == Cycle::Outcome::backoff);
        QCOMPARE(bench.transaction.waiting(), 1u);
        QCOMPARE(bench.count("EventWriteFail"), 1);
    }

    void aStopEndsTheWaitForAnAnswer() {
        Bench bench({});
        bench.peer.fallSilent();
        bench.transaction.add("x");
        std::thread stopper([&] {
            while (bench.peer.requests().empty())
                std::this_thread::yield();
            bench.sink->interrupt();
        });
        QVERIFY(bench.cycle().outcome == Cycle::Outcome::backoff);
        stopper.join();
        QCOMPARE(bench.transaction.waiting(), 1u);
        bench.sink->stop();
    }

    void anAddressThatIsNoneIsRefusedAtItsProperty_data() {
        QTest::addColumn<QString>("endpoint");
        QTest::newRow("no scheme") << "localhost:8080";
        QTest::newRow("another protocol") << "ftp://host/";
        QTest::newRow("a password in it") << "http://u:p@host/";
        QTest::newRow("a blank in it") << "http://host/a b";
    }
    void anAddressThatIsNoneIsRefusedAtItsProperty() {
        QFETCH(QString, endpoint);
        Bench bench({}, endpoint.toStdString());
        QVERIFY2(bench.error.startsWith("x: endpoint: "), qPrintable(bench.error));
    }
};

MILLRACE_TEST(TestSinkHttp)
#include "tst_sink_http.moc"
