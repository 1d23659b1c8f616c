#include "catalog/flume/components.h"
#include "flume/support/component_bench.h"
#include "flume/support/http_peer.h"
#include "support/full_disk.h"
#include "support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

#include <thread>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

struct Bench : ComponentBench {
    explicit Bench(catalog::Properties values = {}, FileSystem& disk = posixFileSystem())
        : ComponentBench(catalog::kSolrSink, disk) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        values.emplace("url", peer.url("/solr/events"));
        auto made = make(builtinRegistry().find<SinkFactory>(spec), std::move(values));
        if (!made) {
            error = QString::fromStdString(made.error().message);
            return;
        }
        sink = std::move(*made);
        if (!sink->start()) qFatal("it starts");
    }
    /// "" or why the next batch did not go.
    QString cycle() {
        const auto done = sink->cycle(transaction);
        return done ? QString() : QString::fromStdString(done.error().message);
    }
    QJsonArray documents(std::size_t request) {
        return QJsonDocument::fromJson(QByteArray::fromStdString(peer.requests().at(request).body)).array();
    }
    QString rejected() {
        QFile file(QString::fromStdString(path("rejected/a.x.json").string()));
        return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
    }
    net::EventLoop loop{"sink"};
    HttpPeer peer;
    KeptTransaction transaction;
    QString error;
    std::unique_ptr<Sink> sink;
};

constexpr const char* kWrong = R"({"error":{"msg":"unknown field 'x'","code":400}})";

} // namespace

class TestSinkSolr : public QObject {
    Q_OBJECT
private slots:
    void aBatchIsOneRequest() {
        Bench bench(catalog::Properties{{"headers", "host"}});
        bench.transaction.add("one", {{"id", "7"}, {"host", "web"}, {"secret", "s"}});
        bench.transaction.add(std::string_view("t\xff", 2));
        QCOMPARE(bench.cycle(), "");
        const auto requests = bench.peer.requests();
        QCOMPARE(requests.size(), 1u);
        QCOMPARE(requests[0].method + " " + requests[0].path + "?" + requests[0].query,
                 std::string("POST /solr/events/update?commitWithin=1000"));
        QCOMPARE(requests[0].contentType, std::string("application/json"));
        const QJsonArray documents = bench.documents(0);
        QCOMPARE(documents[0].toObject(), (QJsonObject{{"id", "7"}, {"host", "web"}, {"body", "one"}}));
        QCOMPARE(documents[1].toObject()["body"].toString(), QString("t\uFFFD"));
        QCOMPARE(documents[1].toObject()["id"].toString().size(), 32);
        QCOMPARE(bench.transaction.committed, 2u);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.peer.requests().size(), 1u);
    }

    void membersOfABodyBecomeFields() {
        Bench bench({{"format", "json"}, {"headers", "*"}, {"commitWithin", "0"}, {"idField", "key"}});
        bench.transaction.add(R"({"key":1,"n":[2,3],"host":"body"})", {{"host", "header"}, {"h", "v"}});
        bench.transaction.add("[1]");
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.peer.requests()[0].query, std::string());
        QCOMPARE(bench.documents(0),
                 (QJsonArray{QJsonObject{{"key", 1}, {"n", QJsonArray{2, 3}}, {"host", "body"}, {"h", "v"}}}));
        QVERIFY(bench.rejected().contains("no JSON object"));
    }

    void aBatchOfWhichNothingCanBeSentSaysNothingOfTheServer() {
        Bench bench({{"format", "json"}, {"batchSize", "100"}});
        for (int i = 0; i < 200; ++i)
            bench.transaction.add("[1]");
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.transaction.committed, 200u);
        QCOMPARE(bench.rejected().count('\n'), 200);
        QVERIFY(bench.peer.requests().empty());
        // Nor do those beside the one that the server refuses.
        for (int i = 0; i < 99; ++i)
            bench.transaction.add("[1]");
        bench.transaction.add("{}");
        bench.peer.answerNext(400, kWrong);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.rejected().count('\n'), 300);
    }

    void theWrongOneIsFoundAndSetAside() {
        Bench bench;
        for (const char* body : {"a", "b", "c", "d"})
            bench.transaction.add(body);
        for (const int status : {400, 200, 400, 400}) // a–d, a–b, c–d, c; then d
            bench.peer.answerNext(status, status == 400 ? kWrong : "");
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.transaction.committed, 4u);
        const QString rejected = bench.rejected();
        QCOMPARE(rejected.count('\n'), 1);
        QVERIFY2(rejected.contains("400, unknown field 'x'") && rejected.contains("\"body\":\"c\""),
                 qPrintable(rejected));
        // The same documents have the same ids in every request.
        QCOMPARE(bench.documents(0)[3], bench.documents(4)[0]);
        QCOMPARE(bench.count("EventWriteFail"), 1);
    }

    void whatTheServerCannotDoKeepsTheBatch_data() {
        QTest::addColumn<int>("status");
        QTest::newRow("no such collection") << 404;
        QTest::newRow("not allowed") << 401;
        QTest::newRow("broken") << 500;
    }
    void whatTheServerCannotDoKeepsTheBatch() {
        QFETCH(int, status);
        Bench bench;
        bench.transaction.add("a");
        bench.peer.answerNext(status, "why");
        QVERIFY(bench.cycle().endsWith(QString("answered %1: why").arg(status)));
        QCOMPARE(bench.transaction.waiting(), 1u);
        QVERIFY(bench.rejected().isEmpty());
        QCOMPARE(bench.cycle(), "");
        // What may be there already replaces itself; the next event is another.
        QCOMPARE(bench.documents(0), bench.documents(1));
        bench.transaction.add("a");
        QCOMPARE(bench.cycle(), "");
        QVERIFY(bench.documents(2) != bench.documents(1));
    }

    void aFullDiskLeavesNoHalfOfARejectedEvent() {
        millrace::test::FullDisk disk;
        Bench bench({}, disk);
        bench.transaction.add("a");
        disk.room = 10;
        bench.peer.answerNext(400, kWrong);
        QVERIFY(!bench.cycle().isEmpty());
        QCOMPARE(bench.rejected(), "");
        disk.room = 1000;
        bench.peer.answerNext(400, kWrong);
        QCOMPARE(bench.cycle(), "");
        QVERIFY2(bench.rejected().startsWith("{\"reason\"") && bench.rejected().count('\n') == 1,
                 qPrintable(bench.rejected()));
    }

    void whatCannotBeSetAsideKeepsTheBatch() {
        Bench bench;
        QFile inTheWay(QString::fromStdString(bench.path("rejected").string()));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        bench.transaction.add("a");
        bench.peer.answerNext(400, kWrong);
        QVERIFY(bench.cycle().startsWith("setting refused events aside"));
        QCOMPARE(bench.transaction.waiting(), 1u);
    }

    void aStopEndsTheWaitForAnAnswer() {
        Bench bench;
        bench.peer.fallSilent();
        bench.transaction.add("a");
        std::thread stopper([&] {
            while (bench.peer.requests().empty())
                std::this_thread::yield();
            bench.sink->interrupt();
        });
        QVERIFY(bench.cycle().startsWith("stopped"));
        stopper.join();
        bench.sink->stop();
        QVERIFY(bench.sink->start());
        QCOMPARE(bench.transaction.waiting(), 1u);
    }

    void anAddressThatIsNoneIsRefusedAtItsProperty_data() {
        QTest::addColumn<QString>("url");
        QTest::newRow("no scheme") << "localhost:8983/solr/c";
        QTest::newRow("with a question") << "http://localhost/solr/c?x=1";
    }
    void anAddressThatIsNoneIsRefusedAtItsProperty() {
        QFETCH(QString, url);
        Bench bench(catalog::Properties{{"url", url.toStdString()}});
        QVERIFY2(bench.error.startsWith("x: url: "), qPrintable(bench.error));
    }
};

MILLRACE_TEST(TestSinkSolr)
#include "tst_sink_solr.moc"
