#include "flume/event_serializer.h"
#include "flume/registry.h"
#include "flume/sinks/elasticsearch_bulk.h"
#include "flume/sinks/elasticsearch_time.h"
#include "flume/support/test_context.h"
#include "support/test_program.h"

#include <QtTest>

using namespace millrace;
using namespace millrace::flume;
using namespace millrace::flume::test;

namespace {

/// JSON that is written here with apostrophes.
QByteArray quoted(const char* text) {
    return QByteArray(text).replace('\'', '"');
}

QString documentOf(const std::string& serializer, const QByteArray& body, HeaderEntries headers) {
    TestContext context(specOf(catalog::ComponentKind::sink, "elasticsearch"));
    context.context().registry = &builtinRegistry();
    auto make =
        serializerMaker("org.apache.flume.sink.elasticsearch.ElasticSearch" + serializer, {}, context.context());
    if (!make) qFatal("%s", make.error().message.c_str());
    std::string text;
    (*make)()->add(HeaderSet(std::move(headers)), body.toStdString(), text);
    return QString::fromStdString(text);
}

/// "stored", "again 429, …"
QString fateOf(const QByteArray& item) {
    const auto outcomes = readBulkAnswer("{\"items\":[" + item.toStdString() + "]}", 1);
    if (!outcomes) return "! " + QString::fromStdString(outcomes.error().message);
    constexpr const char* kNames[] = {"stored", "again", "rejected", "refused"};
    const BulkOutcome& outcome = outcomes->front();
    return (kNames[static_cast<int>(outcome.fate)] + std::string(" ") + outcome.reason).c_str();
}

} // namespace

class TestElasticsearchParts : public QObject {
    Q_OBJECT
private slots:
    void documentsAreThoseOfFlume_data() {
        QTest::addColumn<QString>("serializer");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QStringList>("headers");
        QTest::addColumn<QByteArray>("document");
        const QString logstash = "LogStashEventSerializer", dynamic = "DynamicSerializer";
        QTest::newRow("text") << logstash << QByteArray("hi \"x\"") << QStringList{}
                              << quoted("{'@message':'hi \\'x\\'','@fields':{}}");
        QTest::newRow("the headers that have a place")
            << logstash << QByteArray("x")
            << QStringList{"timestamp=1480000000123", "host=web", "type=log", "source=s", "src_path=/a"}
            << quoted("{'@message':'x','@timestamp':'2016-11-24T15:06:40.123Z','@source':'s','@type':'log','@source_"
                      "host':'web','@source_path':'/"
                      "a','@fields':{'timestamp':'1480000000123','host':'web','type':'log','source':'s','src_path':'/"
                      "a'}}");
        QTest::newRow("a time before 1970")
            << logstash << QByteArray("x") << QStringList{"timestamp=-1"}
            << quoted("{'@message':'x','@timestamp':'1969-12-31T23:59:59.999Z','@fields':{'timestamp':'-1'}}");
        QTest::newRow("a time beyond the calendar")
            << logstash << QByteArray("x") << QStringList{"timestamp=9223372036854775807"}
            << quoted("{'@message':'x','@fields':{'timestamp':'9223372036854775807'}}");
        QTest::newRow("an object stays one") << logstash << QByteArray(" {\"a\":[1,null]}") << QStringList{"h={}"}
                                             << quoted("{'@message':{'a':[1,null]},'@fields':{'h':{}}}");
        QTest::newRow("a broken object is text")
            << logstash << QByteArray("{\"a\":") << QStringList{} << quoted("{'@message':'{\\'a\\':','@fields':{}}");
        QTest::newRow("two objects are text")
            << logstash << QByteArray("{}{}") << QStringList{} << quoted("{'@message':'{}{}','@fields':{}}");
        QTest::newRow("no UTF-8") << logstash << QByteArray("a\xff") << QStringList{}
                                  << quoted("{'@message':'a\xef\xbf\xbd','@fields':{}}");
        QTest::newRow("headers beside the body")
            << dynamic << QByteArray("x") << QStringList{"k=v"} << quoted("{'body':'x','k':'v'}");
        QTest::newRow("nothing") << dynamic << QByteArray() << QStringList{} << quoted("{'body':''}");
    }
    void documentsAreThoseOfFlume() {
        QFETCH(QString, serializer);
        QFETCH(QByteArray, body);
        QFETCH(QStringList, headers);
        HeaderEntries entries;
        for (const QString& header : headers)
            entries.emplace_back(header.section('=', 0, 0).toStdString(), header.section('=', 1).toStdString());
        QTEST(documentOf(serializer.toStdString(), body, entries).toUtf8(), "document");
    }

    void aServerTellsWhatItTakes_data() {
        QTest::addColumn<QByteArray>("answer");
        QTest::addColumn<QByteArray>("action");
        const QByteArray plain = "{\"index\":{\"_index\":\"i\"}}\n";
        QTest::newRow("Elasticsearch 2.4.6")
            << quoted("{'cluster_name':'c','version':{'number':'2.4.6'}}")
            << QByteArray("{\"index\":{\"_index\":\"i\",\"_type\":\"t\",\"_ttl\":\"5ms\"}}\n");
        QTest::newRow("Elasticsearch 6") << quoted("{'version':{'number':'6.8.23'}}")
                                         << QByteArray("{\"index\":{\"_index\":\"i\",\"_type\":\"t\"}}\n");
        QTest::newRow("Elasticsearch 8") << quoted("{'version':{'number':'8.1.0'}}") << plain;
        QTest::newRow("OpenSearch 2") << quoted("{'version':{'distribution':'opensearch','number':'2.19.1'}}") << plain;
        QTest::newRow("no JSON") << QByteArray("<html>") << QByteArray();
        QTest::newRow("no version") << QByteArray("{}") << QByteArray();
        QTest::newRow("a version of letters") << quoted("{'version':{'number':'new'}}") << QByteArray();
    }
    void aServerTellsWhatItTakes() {
        QFETCH(QByteArray, answer);
        const auto server = readSearchServer(answer.toStdString());
        std::string action;
        if (server) appendBulkAction({"i", "t", 5}, *server, action);
        QTEST(QByteArray::fromStdString(action), "action");
    }

    void whatBecameOfADocumentIsRead_data() {
        QTest::addColumn<QByteArray>("item");
        QTest::addColumn<QString>("fate");
        QTest::newRow("stored") << quoted("{'index':{'status':201}}") << "stored ";
        QTest::newRow("stored by an old one") << quoted("{'create':{'status':201}}") << "stored ";
        QTest::newRow("a queue is full")
            << quoted("{'index':{'status':429,'error':{'type':'es_rejected_execution_exception','reason':'full'}}}")
            << "again 429, es_rejected_execution_exception: full";
        QTest::newRow("no shard") << quoted("{'index':{'status':503,'error':'UnavailableShardsException[x]'}}")
                                  << "again 503, UnavailableShardsException[x]";
        QTest::newRow("a number that is none") << quoted("{'index':{'status':400,'error':{'type':'mapper_parsing_"
                                                         "exception','reason':'failed','caused_by':{'reason':'x'}}}}")
                                               << "rejected 400, mapper_parsing_exception: failed (x)";
        QTest::newRow("a name that is none")
            << quoted("{'index':{'status':400,'error':{'type':'invalid_index_name_exception','reason':'upper case'}}}")
            << "refused 400, invalid_index_name_exception: upper case";
        QTest::newRow("no such index")
            << quoted("{'index':{'status':404,'error':{'type':'index_not_found_exception','reason':'no'}}}")
            << "refused 404, index_not_found_exception: no";
        QTest::newRow("no status") << quoted("{'index':{}}")
                                   << "! the answer is none of Elasticsearch or OpenSearch: a document has no status";
        QTest::newRow("one too many")
            << quoted("{'index':{'status':201}},{'index':{'status':201}}")
            << "! the answer is none of Elasticsearch or OpenSearch: it does not tell of 1 documents";
    }
    void whatBecameOfADocumentIsRead() {
        QFETCH(QByteArray, item);
        QTEST(fateOf(item), "fate");
    }

    void aLifeTimeIsRead_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1: none
        QTest::newRow("days") << "5d" << qint64(432'000'000);
        QTest::newRow("a bare number counts days") << "1" << qint64(86'400'000);
        QTest::newRow("hours") << "2h" << qint64(7'200'000);
        QTest::newRow("milliseconds") << "500ms" << qint64(500);
        QTest::newRow("weeks") << "1w" << qint64(604'800'000);
        QTest::newRow("no number") << "d" << qint64(-1);
        QTest::newRow("another unit") << "1y" << qint64(-1);
        QTest::newRow("nothing") << "" << qint64(-1);
        QTest::newRow("more than time has") << "9223372036854775807w" << qint64(-1);
    }
    void aLifeTimeIsRead() {
        QFETCH(QString, text);
        QTEST(qint64(lifeTime(text.toStdString()).value_or(-1)), "milliseconds");
    }
};

MILLRACE_TEST(TestElasticsearchParts)
#include "tst_elasticsearch_parts.moc"
