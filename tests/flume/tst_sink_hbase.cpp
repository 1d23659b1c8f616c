#include "catalog/flume/components.h"
#include "flume/sinks/hbase_rows.h"
#include "flume/support/component_bench.h"
#include "flume/support/http_peer.h"
#include "support/test_program.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

constexpr const char* kRegex = "org.apache.flume.sink.hbase.RegexHbaseEventSerializer";

struct Bench : ComponentBench {
    explicit Bench(catalog::Properties values = {}, const catalog::ComponentSpec& sinkSpec = catalog::kHbaseSink)
        : ComponentBench(sinkSpec) {
        context.loop = [this]() -> net::EventLoop& { return loop; };
        values.emplace("table", "web log");
        values.emplace("columnFamily", "cf");
        values.emplace("restGateway", peer.url());
        auto made = make(builtinRegistry().find<SinkFactory>(spec), std::move(values));
        if (!made) {
            error = QString::fromStdString(made.error().message);
            return;
        }
        sink = std::move(*made);
        if (const Status started = sink->start(); !started) error = QString::fromStdString(started.error().message);
    }
    /// "" or why the next batch did not go.
    QString cycle() {
        const auto done = sink->cycle(transaction);
        return done ? QString() : QString::fromStdString(done.error().message);
    }
    /// "key cf:column=value …; …" of the n-th request, as the gateway reads it.
    QString rows(std::size_t request) {
        const auto plain = [](const QJsonValue& value) {
            return QString::fromUtf8(QByteArray::fromBase64(value.toString().toLatin1()));
        };
        QStringList rows;
        const auto body = QByteArray::fromStdString(peer.requests().at(request).body);
        for (const QJsonValue& row : QJsonDocument::fromJson(body).object()["Row"].toArray()) {
            QStringList cells{plain(row.toObject()["key"])};
            for (const QJsonValue& cell : row.toObject()["Cell"].toArray())
                cells << plain(cell.toObject()["column"]) + "=" + plain(cell.toObject()["$"]);
            rows << cells.join(' ');
        }
        return rows.join("; ");
    }
    std::string line(std::size_t request) {
        const auto asked = peer.requests().at(request);
        return asked.method + " " + asked.path + (asked.query.empty() ? "" : "?" + asked.query);
    }
    net::EventLoop loop{"sink"};
    HttpPeer peer;
    KeptTransaction transaction;
    QString error;
    std::unique_ptr<Sink> sink;
};

} // namespace

/// The dialogue is that of the reference guide and of RowResource in hbase-rest.
class TestSinkHbase : public QObject {
    Q_OBJECT
private slots:
    void aBatchIsItsRowsAndItsCounters() {
        Bench bench(catalog::Properties{{"serializer.rowPrefix", "r-"}, {"serializer.incrementRow", "all/days"}});
        bench.transaction.add("one");
        bench.transaction.add(std::string_view("t\xc3\xa4", 3));
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.peer.requests().size(), 2u);
        QCOMPARE(bench.line(0), std::string("PUT /web%20log/rows"));
        QCOMPARE(bench.peer.requests()[0].contentType, std::string("application/json"));
        static const QRegularExpression kRows("^r-[0-9a-f-]{36} cf:pCol=one; r-[0-9a-f-]{36} cf:pCol=tä$");
        QVERIFY2(kRows.match(bench.rows(0)).hasMatch(), qPrintable(bench.rows(0)));
        QCOMPARE(bench.line(1), std::string("POST /web%20log/all%2Fdays?check=increment"));
        QCOMPARE(bench.rows(1), "all/days cf:iCol=2");
        QCOMPARE(bench.transaction.committed, 2u);
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.peer.requests().size(), 2u);
    }

    void keysAreMadeAsTheSuffixSays_data() {
        QTest::addColumn<QString>("suffix");
        QTest::addColumn<QString>("key");
        QTest::newRow("uuid") << "uuid"
                              << "default[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
        QTest::newRow("random") << "random"
                                << "default-?[0-9]+";
        QTest::newRow("timestamp") << "timestamp"
                                   << "default1[0-9]{12}";
        QTest::newRow("nano") << "nano"
                              << "default[0-9]+";
    }
    void keysAreMadeAsTheSuffixSays() {
        QFETCH(QString, suffix);
        QFETCH(QString, key);
        Bench bench(catalog::Properties{{"serializer.suffix", suffix.toStdString()}});
        bench.transaction.add("x");
        QCOMPARE(bench.cycle(), "");
        const QRegularExpression whole("^" + key + " cf:pCol=x$");
        QVERIFY2(whole.match(bench.rows(0)).hasMatch(), qPrintable(bench.rows(0)));
    }

    void groupsOfAPatternBecomeColumns_data() {
        QTest::addColumn<QStringList>("settings");
        QTest::addColumn<QString>("body");
        QTest::addColumn<QString>("row"); // empty: nothing is written
        QTest::newRow("a key among them")
            << QStringList{"regex=(\\w+) (\\w+)", "colNames=ROW_KEY,name", "rowKeyIndex=0"} << "7 anna"
            << "7 cf:name=anna";
        QTest::newRow("headers too") << QStringList{"regex=(\\w+) (\\w+)", "colNames=ROW_KEY,name", "rowKeyIndex=0",
                                                    "depositHeaders=true"}
                                     << "7 anna"
                                     << "7 cf:name=anna cf:host=web";
        QTest::newRow("letters of any case")
            << QStringList{"regex=(a) (.*)", "regexIgnoreCase=true", "colNames=ROW_KEY,rest", "rowKeyIndex=0"}
            << "A x\ny"
            << "A cf:rest=x\ny";
        QTest::newRow("a group that took no part")
            << QStringList{"regex=(a)|(b)", "colNames=first,ROW_KEY", "rowKeyIndex=1"} << "b"
            << "";
        QTest::newRow("the body does not match as a whole")
            << QStringList{"regex=(\\w+)", "colNames=ROW_KEY", "rowKeyIndex=0"} << "a b"
            << "";
        QTest::newRow("fewer columns than groups") << QStringList{"regex=(a)(b)", "colNames=x"} << "ab"
                                                   << "";
    }
    void groupsOfAPatternBecomeColumns() {
        QFETCH(QStringList, settings);
        QFETCH(QString, body);
        QFETCH(QString, row);
        catalog::Properties values{{"serializer", kRegex}};
        for (const QString& setting : settings)
            values["serializer." + setting.section('=', 0, 0).toStdString()] = setting.section('=', 1).toStdString();
        Bench bench(values);
        QVERIFY2(bench.error.isEmpty(), qPrintable(bench.error));
        bench.transaction.add(body.toStdString(), {{"host", "web"}});
        QCOMPARE(bench.cycle(), "");
        QCOMPARE(bench.peer.requests().empty(), row.isEmpty());
        if (!row.isEmpty()) QCOMPARE(bench.rows(0), row);
        QCOMPARE(bench.transaction.committed, 1u);
    }

    void aPatternWithoutAKeyMakesOne() {
        Bench bench(catalog::Properties{{"serializer", kRegex}});
        bench.transaction.add("one");
        QCOMPARE(bench.cycle(), "");
        static const QRegularExpression kRow("^1[0-9]{12}-[A-Za-z0-9]{10}-0 cf:payload=one$");
        QVERIFY2(kRow.match(bench.rows(0)).hasMatch(), qPrintable(bench.rows(0)));
    }

    void theOtherSinksWriteTheSame_data() {
        QTest::addColumn<const catalog::ComponentSpec*>("sink");
        QTest::newRow("hbase2") << &catalog::kHbase2Sink;
        QTest::newRow("asynchbase") << &catalog::kAsyncHbaseSink;
    }
    void theOtherSinksWriteTheSame() {
        QFETCH(const catalog::ComponentSpec*, sink);
        Bench bench({}, *sink);
        QVERIFY2(bench.error.isEmpty(), qPrintable(bench.error));
        bench.transaction.add("x");
        QCOMPARE(bench.cycle(), "");
        QVERIFY(bench.rows(0).endsWith(" cf:pCol=x"));
    }

    void whatIsRefusedKeepsTheBatch_data() {
        QTest::addColumn<QList<int>>("answers");
        QTest::newRow("the rows") << QList<int>{404};
        QTest::newRow("a counter") << QList<int>{200, 503};
    }
    void whatIsRefusedKeepsTheBatch() {
        QFETCH(QList<int>, answers);
        Bench bench;
        bench.transaction.add("x");
        for (const int status : answers)
            bench.peer.answerNext(status, "no such table");
        QVERIFY(bench.cycle().endsWith(QString("answered %1: no such table").arg(answers.last())));
        QCOMPARE(bench.transaction.waiting(), 1u);
        QCOMPARE(bench.count("EventWriteFail"), 1);
        QCOMPARE(bench.cycle(), "");
    }

    void whatCannotBeIsRefusedAtItsProperty_data() {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("told");
        QTest::newRow("no gateway") << "restGateway"
                                    << ""
                                    << "restGateway is missing";
        QTest::newRow("no address") << "restGateway"
                                    << "zk:2181"
                                    << "restGateway: \"zk:2181\" is no URL";
        QTest::newRow("Kerberos") << "kerberosPrincipal"
                                  << "flume/_HOST@R"
                                  << "kerberosPrincipal: Kerberos";
        QTest::newRow("a serializer of the user's") << "serializer"
                                                    << "org.example.Mine"
                                                    << "serializer: ";
        QTest::newRow("a serializer of files") << "serializer"
                                               << "TEXT"
                                               << "serializer = TEXT makes no rows";
    }
    void whatCannotBeIsRefusedAtItsProperty() {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(QString, told);
        Bench bench(catalog::Properties{{key.toStdString(), value.toStdString()}});
        QVERIFY2(bench.error.contains(told), qPrintable(bench.error));
    }

    void aSegmentOfAPathIsEscaped() {
        QCOMPARE(pathSegment("a-Z_0.~"), std::string("a-Z_0.~"));
        QCOMPARE(pathSegment("ns:t/?# %\xc3"), std::string("ns%3At%2F%3F%23%20%25%C3"));
    }
};

MILLRACE_TEST(TestSinkHbase)
#include "tst_sink_hbase.moc"
