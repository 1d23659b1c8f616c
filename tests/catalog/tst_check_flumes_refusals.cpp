#include "catalog/support/findings.h"
#include "support/test_program.h"

using namespace millrace::catalog;
using millrace::catalog::test::parse;

namespace {

/// "removed property: code [suggestion]", one a finding.
QString codes(const std::vector<Finding>& findings) {
    QStringList lines;
    for (const Finding& finding : findings) {
        QString line = finding.effect == Finding::Effect::componentRemoved ? "removed " : "kept ";
        line += QString::fromStdString(finding.property + ": " + finding.code);
        if (!finding.suggestion.empty()) line += " [" + QString::fromStdString(finding.suggestion) + ']';
        lines << line;
    }
    return lines.join('\n');
}

} // namespace

/// What makes the configure() of Flume 1.11 throw and what does not, as its bytecode says.
class TestCheckFlumesRefusals : public QObject {
    Q_OBJECT

    static void addColumns() {
        QTest::addColumn<QString>("properties");
        QTest::addColumn<QString>("findings");
    }
    static void row(const char* name, const char* properties, const char* findings) {
        QTest::newRow(name) << QString(properties) << QString(findings);
    }
    static void compare(ComponentKind kind, const char* type, const QString& base) {
        QFETCH(QString, properties);
        QFETCH(QString, findings);
        const ComponentSpec* spec = flumeCatalog().find(kind, type);
        QCOMPARE(codes(checkProperties(*spec, parse(base + " | " + properties))), findings);
    }

private slots:
    void hdfs_data() {
        addColumns();
        row("an LZO codec", "hdfs.codeC = lzo", "removed hdfs.codeC: hdfs-codec-unknown [lz4]");
        row("an LZO codec for data streams", "hdfs.fileType = DataStream | hdfs.codeC = lzop",
            "removed hdfs.codeC: hdfs-codec-not-allowed");
        row("a known codec in any letter case", "hdfs.codeC = GZip", "");
        row("a codec under its class's own name", "hdfs.codeC = bzip2codec", "");
        row("a codec under its class", "hdfs.codeC = org.apache.hadoop.io.compress.SnappyCodec", "");
        row("a class in another letter case", "hdfs.codeC = org.apache.hadoop.io.compress.snappycodec",
            "removed hdfs.codeC: hdfs-codec-unknown");
        row("a misspelt codec", "hdfs.codeC = gzipp", "removed hdfs.codeC: hdfs-codec-unknown [gzip]");
        row("no codec for a sequence file", "hdfs.codeC = None", "");
        row("no codec for a compressed stream", "hdfs.fileType = CompressedStream | hdfs.codeC = None",
            "removed hdfs.codeC: hdfs-codec-missing [gzip]");
        row("a principal without its keytab", "hdfs.kerberosPrincipal = flume/h@X",
            "removed hdfs.kerberosKeytab: kerberos-incomplete");
        row("a keytab without its principal", "hdfs.kerberosKeytab = /x.keytab",
            "removed hdfs.kerberosPrincipal: kerberos-incomplete");
        row("both", "hdfs.kerberosPrincipal = flume/h@X | hdfs.kerberosKeytab = /x.keytab",
            "kept hdfs.kerberosPrincipal: hdfs-kerberos-elsewhere");
        row("a path in a cluster", "hdfs.path = hdfs://nn:8020/x", "kept hdfs.path: hdfs-over-http");
        row("a path in a cluster whose web address is told",
            "hdfs.path = hdfs://ns/x | hdfs.webAddress = http://nn:9870", "");
        row("another file system", "hdfs.path = s3a://bucket/x", "kept hdfs.path: hdfs-scheme-elsewhere");
        row("replicas that are no number", "hdfs.minBlockReplicas = two",
            "kept hdfs.minBlockReplicas: not-a-number-ignored");
    }
    void hdfs() { compare(ComponentKind::sink, "hdfs", "hdfs.path = /x | hdfs.rollCount = 0"); }

    void http_data() {
        addColumns();
        const char* refused = "removed endpoint: http-sink-url-malformed";
        row("an address", "endpoint = http://h:8080/x?y#z", "");
        row("a port that is no number", "endpoint = http://h:port/x", refused);
        row("an empty port", "endpoint = http://h:/x", "");
        row("a port beyond all ports", "endpoint = http://h:99999/x", "");
        row("a negative port", "endpoint = http://h:-2/x", refused);
        row("an address of IPv6", "endpoint = http://[::1]:80/x", "");
        row("an address of IPv6 without its end", "endpoint = http://[::1/x", refused);
        row("who logs in", "endpoint = http://me:secret@h:80", "kept endpoint: http-sink-flume-only");
        row("no address", "endpoint = http:x", "kept endpoint: http-sink-flume-only");
        row("another protocol", "endpoint = gopher://h", refused);
        row("no protocol", "endpoint = localhost", refused);
    }
    void http() { compare(ComponentKind::sink, "http", "defaultRollback = false"); }

    void charsets_data() {
        addColumns();
        row("one that Java has not", "charset = latin-9x", "removed charset: not-a-charset-refused [UTF-8]");
        row("an alias", "charset = cp936", "");
        row("what a variable left", "charset = ${env:CS}", "removed charset: not-a-charset-refused [UTF-8]");
        row("one that only Java reads", "charset = x-MacDingbat", "kept charset: charset-java-only");
    }
    void charsets() { compare(ComponentKind::source, "exec", "command = date"); }

    void charsetsOfPorts_data() {
        addColumns();
        row("the default", "charset.default = latin-9x", "removed charset.default: not-a-charset-refused [UTF-8]");
        row("of one port", "charset.port.1 = latin-9x", "removed charset.port.1: not-a-charset-refused");
    }
    void charsetsOfPorts() { compare(ComponentKind::source, "multiport_syslogtcp", "ports = 1"); }

    void charsetsThatAreReadLater_data() {
        addColumns();
        row("of a spooled file", "inputCharset = latin-9x", "kept inputCharset: not-a-charset [UTF-8]");
    }
    void charsetsThatAreReadLater() { compare(ComponentKind::source, "spooldir", "spoolDir = /x"); }

    void timesOfAnExtractor_data() {
        addColumns();
        const char* millis =
            "serializers.e.type = org.apache.flume.interceptor.RegexExtractorInterceptorMillisSerializer";
        const auto times = [&](const char* name, const QByteArray& more, const char* findings) {
            row(name, (millis + more).constData(), findings);
        };
        times("no pattern", "", "removed serializers.e.pattern: missing-required");
        times("a pattern", " | serializers.e.pattern = yyyy-MM-dd HH:mm", "");
        times("a letter without a meaning", " | serializers.e.pattern = yyyy-bb",
              "removed serializers.e.pattern: time-pattern-refused");
    }
    void timesOfAnExtractor() {
        compare(ComponentKind::interceptor, "regex_extractor",
                "regex = (x) | serializers = e | serializers.e.name = h");
    }

    void wildcardsInADirectory() {
        const ComponentSpec* taildir = flumeCatalog().find(ComponentKind::source, "TAILDIR");
        const auto check = [&](const QString& pattern) {
            return codes(checkProperties(*taildir, parse("filegroups = g | filegroups.g = " + pattern)));
        };
        QCOMPARE(check("/var/*/app.log"), "kept filegroups.g: taildir-directory-wildcard");
        QCOMPARE(check("/var/log/app.*"), "");
    }

    void hintsAtKeys() {
        const ComponentSpec* sink =
            flumeCatalog().find(ComponentKind::sink, "org.apache.flume.sink.kafka.KafkaSink");
        QCOMPARE(codes(checkProperties(*sink, parse("kafka.bootstrap.servers = h:1 | kafka.flumeBatchSize = 1"))),
                 "kept kafka.flumeBatchSize: unknown-property-near [flumeBatchSize]");
        const ComponentSpec* source = flumeCatalog().find(ComponentKind::source, "seq");
        QCOMPARE(codes(checkProperties(*source, parse("SOURCE.channels.selector.type = multiplexing"))),
                 "kept SOURCE.channels.selector.type: unknown-property-near [selector.type]");
        QCOMPARE(codes(checkProperties(*source, parse("batchsize = 1"))),
                 "kept batchsize: unknown-property-near [batchSize]");
    }

    void hintsAtNames_data() {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("hint");
        QTest::newRow("something in front")
            << "kafka.flumeBatchSize" << QStringList{"flumeBatchSize", "header.flumeBatchSize"} << "flumeBatchSize";
        QTest::newRow("a whole path in front")
            << "SOURCE.channels.selector.type" << QStringList{"type", "selector.type"} << "selector.type";
        QTest::newRow("nothing in front") << "rollInterval" << QStringList{"hdfs.rollInterval"} << "hdfs.rollInterval";
        QTest::newRow("two letters") << "kafka.topicc" << QStringList{"kafka.topic"} << "kafka.topic";
        QTest::newRow("a class of somebody's")
            << "org.apache.flume.source.rabbitmq.RabbitMQSource"
            << QStringList{"org.apache.flume.source.kafka.KafkaSource", "org.apache.flume.source.jms.JMSSource"} << "";
        QTest::newRow("a class that ends alike") << "com.cloudera.flume.source.TwitterSource"
                                                 << QStringList{"org.apache.flume.source.twitter.TwitterSource"} << "";
        QTest::newRow("a misspelt class")
            << "org.apache.flume.sink.kafka.KafkaSinc" << QStringList{"org.apache.flume.sink.kafka.KafkaSink"}
            << "org.apache.flume.sink.kafka.KafkaSink";
    }
    void hintsAtNames() {
        QFETCH(QString, word);
        QFETCH(QStringList, names);
        QFETCH(QString, hint);
        std::vector<std::string> texts;
        for (const QString& name : names)
            texts.push_back(name.toStdString());
        const std::vector<std::string_view> views(texts.begin(), texts.end());
        QCOMPARE(QString::fromStdString(Catalog::nearest(word.toStdString(), views)), hint);
    }
};

MILLRACE_TEST(TestCheckFlumesRefusals)
#include "tst_check_flumes_refusals.moc"
