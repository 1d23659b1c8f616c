#include "support/test_program.h"
#include "topology/support/plans.h"

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

/// A source without a type, and a sink without one, each with its channel.
const std::string kSource = "a.channels=c\na.sources=s\na.channels.c.type=memory\na.sources.s.channels=c\n";
const std::string kSink = "a.channels=c\na.sinks=k\na.channels.c.type=memory\na.sinks.k.channel=c\n";
const std::string kGroup =
    "a.channels=c\na.sinks=k l\na.channels.c.type=memory\na.sinks.k.channel=c\na.sinks.l.channel=c\n"
    "a.sinks.k.type=null\na.sinks.l.type=null\na.sinkgroups=g\na.sinkgroups.g.sinks=k l\n";

PlanOptions atHome() {
    PlanOptions options;
    options.around.environment = {{"HOME", "/home/me"}, {"NC_PORT", "4141"}};
    options.around.now = 1'700'000'000'000; // 2023-11-14
    return options;
}

} // namespace

/// What Flume 1.11 takes away and what it keeps, as seen on the real one; here the same is started.
class TestFlumeRemovals : public QObject {
    Q_OBJECT

    static void addColumns() {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QByteArray>("flume");
        QTest::addColumn<QByteArray>("code"); // empty: no problem
    }
    static void row(const char* name, const QByteArray& more, const char* flume, const char* code) {
        QTest::newRow(name) << more << QByteArray(flume) + "\n" << QByteArray(code);
    }
    static void compare(const std::string& base, const PlanOptions& options = {}) {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, flume);
        QFETCH(QByteArray, code);
        const RunPlan result = planOf(base + more.toStdString(), options);
        QCOMPARE(QByteArray::fromStdString(textOf(result.flume)), flume);
        QCOMPARE(QByteArray::fromStdString(textOf(result.here)), flume);
        const std::string codes = codesOf(result);
        QVERIFY2(code.isEmpty() ? codes.empty() : codes.find(code.toStdString()) != std::string::npos, codes.c_str());
    }

private slots:
    void whatIsLeftOfAVariableIsPlainText_data() {
        addColumns();
        const QByteArray netcat = "a.sources.s.type=netcat\na.sources.s.bind=127.0.0.1\na.sources.s.port=";
        row("a variable that is not set", netcat + "${env:UNSET_NAME}\n", "a:  |  |  | ", "not-a-number");
        row("one that is no number", netcat + "${env:HOME}\n", "a:  |  |  | ", "not-a-number");
        row("one that is a number", netcat + "${env:NC_PORT}\n", "a: s | c |  | ", "");
        row("a prefix in capitals", netcat + "${ENV:NC_PORT}\n", "a: s | c |  | ", "");
        row("a name that no key has", netcat + "${PORT}\n", "a:  |  |  | ", "not-a-number");
        row("one that is not to be replaced", netcat + "$${PORT}\n", "a:  |  |  | ", "not-a-number");
        row("a config filter that is not there", netcat + "${f['X']}\n", "a:  |  |  | ", "not-a-number");
        row("a lookup that Flume has not", netcat + "${base64Decoder:NDE0MQ==}\n", "a:  |  |  | ", "not-a-number");
        row("what Java tells of itself", netcat + "${java:version}\n", "a:  |  |  | ", "not-a-number");
        row("a date that is a number", netcat + "${date:yyyy}\n", "a: s | c |  | ", "");
        row("a date that is none", netcat + "${date:yyyy-MM}\n", "a:  |  |  | ", "not-a-number");
        row("a property of Java's cannot be judged", netcat + "${sys:port}\n", "a: s | c |  | ", "");
        row("a pattern",
            "a.sources.s.type=seq\na.sources.s.interceptors=i\na.sources.s.interceptors.i.type=regex_filter\n"
            "a.sources.s.interceptors.i.regex=${env:X}\n",
            "a:  |  |  | ", "regex-malformed-refused");
        row("a choice that must be one of few",
            "a.sources.s.type=spooldir\na.sources.s.spoolDir=/x\na.sources.s.consumeOrder=${env:X}\n", "a:  |  |  | ",
            "not-a-choice-refused");
        row("a lenient number takes its default", "a.sources.s.type=seq\na.channels.c.capacity=${env:X}\n",
            "a: s | c |  | ", "not-a-number-default");
        row("a boolean counts as false",
            "a.sources.s.type=exec\na.sources.s.command=date\na.sources.s.restart=${env:X}\n", "a: s | c |  | ",
            "not-a-boolean");
        row("free text", "a.sources.s.type=exec\na.sources.s.command=echo ${env:X}\n", "a: s | c |  | ",
            "variable-unknown");
        row("free text of an unknown lookup", "a.sources.s.type=exec\na.sources.s.command=echo ${header.id:int}\n",
            "a: s | c |  | ", "variable-unknown");
    }
    void whatIsLeftOfAVariableIsPlainText() { compare(kSource, atHome()); }

    void theOldResolverTakesBareNamesFromTheEnvironment() {
        const std::string text = kSource + "a.sources.s.type=netcat\na.sources.s.bind=h\na.sources.s.port=${NC_PORT}\n";
        PlanOptions options = atHome();
        QCOMPARE(textOf(planOf(text, options).flume), std::string("a:  |  |  | \n"));
        options.around.systemProperties["propertiesImplementation"] = "org.apache.flume.node.EnvVarResolverProperties";
        const RunPlan result = planOf(text, options);
        QCOMPARE(textOf(result.flume), std::string("a: s | c |  | \n"));
        QCOMPARE(result.agents.at(0).sources.at(0).properties.at("port"), std::string("4141"));
        QCOMPARE(codesOf(result), std::string());
        // What the file says itself comes first.
        QCOMPARE(planOf(text + "NC_PORT=4242\n", options).agents.at(0).sources.at(0).properties.at("port"),
                 std::string("4242"));
    }

    void aProcessorThatCannotBeConfiguredTakesItsSinksAlong_data() {
        addColumns();
        const QByteArray balance = "a.sinkgroups.g.processor.type=load_balance\na.sinkgroups.g.processor.";
        row("a word that is no selector", balance + "selector=fastest\n", "a:  | c |  | ", "not-a-class-refused");
        row("a class that Flume lacks", balance + "selector=org.example.Fastest\n", "a:  | c |  | ",
            "class-not-in-flume-refused");
        row("a selector of the client", balance + "selector=ROUND_ROBIN_BACKOFF\n", "a:  | c |  | ",
            "not-a-class-refused");
        row("a known selector in capitals", balance + "selector=RANDOM\n", "a:  | c |  | g", "");
        row("a pause that is no number", balance + "selector.maxTimeOut=long\n", "a:  | c |  | ", "not-a-number");
        row("a negative pause", balance + "selector.maxTimeOut=-1\n", "a:  | c |  | g", "below-minimum");
        row("a misspelt key", balance + "selektor=random\n", "a:  | c |  | g", "unknown-property-near");
        const QByteArray failover = "a.sinkgroups.g.processor.type=failover\na.sinkgroups.g.processor.";
        row("a priority that is no number", failover + "priority.k=high\n", "a:  | c |  | g", "not-a-number-ignored");
        row("a penalty that is no number", failover + "maxpenalty=long\n", "a:  | c |  | g", "not-a-number-default");
    }
    void aProcessorThatCannotBeConfiguredTakesItsSinksAlong() { compare(kGroup); }

    void aClassThatFlumeLacksTakesItsOwnerAlong_data() {
        addColumns();
        const QByteArray http = "a.sources.s.type=http\na.sources.s.port=8080\na.sources.s.handler=";
        row("a handler", http + "org.example.Missing\n", "a:  |  |  | ", "class-not-in-flume-refused");
        row("a handler in the wrong letter case", http + "org.apache.flume.source.http.jsonhandler\n", "a:  |  |  | ",
            "class-not-in-flume-refused");
        row("a handler that is there", http + "org.apache.flume.source.http.JSONHandler\n", "a: s | c |  | ", "");
        const QByteArray extractor =
            "a.sources.s.type=seq\na.sources.s.interceptors=i\na.sources.s.interceptors.i.type=regex_extractor\n"
            "a.sources.s.interceptors.i.regex=(x)\na.sources.s.interceptors.i.serializers=e\n"
            "a.sources.s.interceptors.i.serializers.e.name=h\na.sources.s.interceptors.i.serializers.e.type=";
        row("a serializer of an interceptor", extractor + "org.example.Missing\n", "a:  |  |  | ",
            "class-not-in-flume-refused");
        row("a serializer that is there",
            extractor + "org.apache.flume.interceptor.RegexExtractorInterceptorPassThroughSerializer\n",
            "a: s | c |  | ", "");
        row("the keys of a file channel",
            "a.sources.s.type=seq\na.channels.c.type=file\na.channels.c.encryption.keyProvider=org.example.Missing\n"
            "a.channels.c.encryption.activeKey=k\na.channels.c.encryption.cipherProvider=AESCTRNOPADDING\n",
            "a:  |  |  | ", "class-not-in-flume-refused");
        row("a deserializer is made later",
            "a.sources.s.type=spooldir\na.sources.s.spoolDir=/x\na.sources.s.deserializer=org.example.Missing\n",
            "a: s | c |  | ", "class-not-in-flume");
    }
    void aClassThatFlumeLacksTakesItsOwnerAlong() { compare(kSource); }

    void aClassThatFlumeLacksTakesItsSinkAlong_data() {
        addColumns();
        const QByteArray roll = "a.sinks.k.type=file_roll\na.sinks.k.sink.directory=/x\na.sinks.k.sink.";
        row("a path manager", roll + "pathManager=org.example.Missing\n", "a:  |  |  | ", "class-not-in-flume-refused");
        row("a path manager that is there",
            roll + "pathManager=org.apache.flume.formatter.output.RollTimePathManager$Builder\n", "a:  | c | k | ", "");
        row("a serializer is made later", roll + "serializer=org.example.Missing\n", "a:  | c | k | ",
            "class-not-in-flume");
    }
    void aClassThatFlumeLacksTakesItsSinkAlong() { compare(kSink); }

    void configCountsWhereFlumeHasNoAlias_data() {
        addColumns();
        const QByteArray seq = "a.sources=s\na.sources.s.type=seq\na.sources.s.channels=c\n";
        row("a class that is missing costs only its sink",
            seq + "a.sinks.k.type=org.example.Missing\na.sinks.k.config=org.example.AlsoMissing\n", "a: s | c |  | ",
            "config-not-loadable");
        row("the Kafka sink has no alias",
            seq + "a.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.config=org.example.Missing\n"
                  "a.sinks.k.kafka.bootstrap.servers=h:9092\n",
            "a: s | c |  | ", "config-not-loadable");
        row("with an alias of a sink it stays",
            seq + "a.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.config=Logger\n"
                  "a.sinks.k.kafka.bootstrap.servers=h:9092\n",
            "a: s | c | k | ", "");
        row("an alias of a source will not do",
            seq + "a.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.config=exec\n"
                  "a.sinks.k.kafka.bootstrap.servers=h:9092\n",
            "a: s | c |  | ", "config-not-loadable");
        row("a type with an alias pays no attention",
            seq + "a.sinks.k.type=org.apache.flume.sink.NullSink\na.sinks.k.config=org.example.Missing\n",
            "a: s | c | k | ", "");
        row("a channel without an alias",
            seq + "a.sinks.k.type=null\na.channels=c d\na.channels.d.type=org.example.Missing\n"
                  "a.channels.d.config=org.example.Missing\n",
            "a: s | c | k | ", "config-not-loadable");
    }
    void configCountsWhereFlumeHasNoAlias() { compare(kSink); }

    void blanksAroundTheNameOfAComponentDoNotCount_data() {
        addColumns();
        row("behind the name of a sink", "a.sinks.k\\ .type = null\n", "a:  | c | k | ", "");
        row("in front of it", "a.sinks.\\ k.type = null\n", "a:  | c | k | ", "");
        row("a tab", "a.sinks.k\\t.type = null\n", "a:  | c | k | ", "");
        row("a no-break space is no blank", "a.sinks.k\\u00a0.type = null\n", "a:  |  |  | ", "");
        row("behind the name of a property", "a.sinks.k.type\\ x = null\n", "a:  |  |  | ", "");
        row("behind the section", "a.sinks\\ .k.type = null\n", "a:  |  |  | ", "ignored-key");
        row("a name that begins with a dot", "a.sinks=.k\na.sinks..k.type=null\na.sinks..k.channel=c\n",
            "a:  | c | .k | ", "");
    }
    void blanksAroundTheNameOfAComponentDoNotCount() {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, flume);
        const RunPlan result = planOf(kSink + more.toStdString());
        const QByteArray expected = flume == "a:  |  |  | \n" ? QByteArray("a: -\n") : flume;
        QCOMPARE(QByteArray::fromStdString(textOf(result.flume)), expected);
        QCOMPARE(QByteArray::fromStdString(textOf(result.here)), expected);
    }

    void aPropertyUnderAPaddedNameIsEditedWhereItStands() {
        const Document document = parse(kSink + "a.sinks.k\\ .type = null\n");
        const Node* sink = document.graph().find("a/sinks/k");
        QVERIFY(sink != nullptr);
        QCOMPARE(sink->type, std::string("null"));
        const auto edit = topology::setProperty(document, "a.sinks.k.type", "logger");
        QCOMPARE(after(document, edit), kSink + "a.sinks.k\\ .type = logger\n");
    }

    void whatFlumeRefusesIsToldOfWhatIsMissingHereToo_data() {
        addColumns();
        const QByteArray hdfs = "a.sinks.k.type=hdfs\na.sinks.k.hdfs.path=/x\na.sinks.k.hdfs.rollCount=0\n";
        row("a batch above the transaction", hdfs + "a.sinks.k.hdfs.batchSize=500\n", "a:  |  |  | ",
            "batch-above-transaction");
        row("a default batch above the transaction",
            "a.channels.c.type=file\na.sinks.k.type=hive\na.sinks.k.hive.metastore=thrift://"
            "h:1\na.sinks.k.hive.database=d\n"
            "a.sinks.k.hive.table=t\na.sinks.k.serializer=JSON\n",
            "a:  |  |  | ", "batch-above-transaction");
        row("a group that is too small",
            hdfs + "a.sinkgroups=g\na.sinkgroups.g.sinks=k\na.sinkgroups.g.processor.type=load_balance\n",
            "a:  | c |  | ", "group-too-small");
        row("an interceptor of a source that is missing here",
            "a.sinks.k.type=null\na.sources=s\na.sources.s.type=http\na.sources.s.port=80\na.sources.s.channels=c\n"
            "a.sources.s.interceptors=i\na.sources.s.interceptors.i.type=org.example.Missing\n",
            "a:  | c | k | ", "own-interceptor-class");
    }
    void whatFlumeRefusesIsToldOfWhatIsMissingHereToo() {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, flume);
        QFETCH(QByteArray, code);
        PlanOptions options;
        options.implemented = [](const catalog::ComponentSpec& spec) {
            return spec.alias != "hdfs" && spec.alias != "hive" && spec.alias != "http" && spec.alias != "file";
        };
        const RunPlan result = planOf(kSink + more.toStdString(), options);
        QCOMPARE(QByteArray::fromStdString(textOf(result.flume)), flume);
        const std::string codes = codesOf(result);
        QVERIFY2(codes.find(code.toStdString()) != std::string::npos, codes.c_str());
        QVERIFY2(codes.find("foreign") == std::string::npos, codes.c_str());
    }

    void whatOnlyFlumeRunsIsLeftOutHere_data() {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QByteArray>("here");
        QTest::addColumn<QByteArray>("codes");
        QTest::newRow("a sink and the channel that served only it")
            << QByteArray("a.sinks.k.type=hdfs\na.sinks.k.hdfs.path=/x\na.sinks.k.hdfs.rollCount=0\n")
            << QByteArray("a:  |  |  | \n") << QByteArray("foreign-type ");
        QTest::newRow("a channel and what needs it")
            << QByteArray("a.channels.c.type=file\na.sinks.k.type=null\n") << QByteArray("a:  |  |  | \n")
            << QByteArray("duplicate-key foreign-channel foreign-type ");
        QTest::newRow("one of two sinks that take turns")
            << QByteArray("a.sinks=k l\na.sinks.k.type=hdfs\na.sinks.k.hdfs.path=/x\na.sinks.k.hdfs.rollCount=0\n"
                          "a.sinks.l.type=null\na.sinks.l.channel=c\na.sinkgroups=g\na.sinkgroups.g.sinks=k l\n"
                          "a.sinkgroups.g.processor.type=load_balance\n")
            << QByteArray("a:  | c |  | \n")
            << QByteArray("duplicate-key foreign-type foreign-members sink-never-fails-over ");
        QTest::newRow("one of two sinks that stand in for each other")
            << QByteArray("a.sinks=k l\na.sinks.k.type=null\na.sinks.l.type=hdfs\na.sinks.l.hdfs.path=/x\n"
                          "a.sinks.l.hdfs.rollCount=0\na.sinks.l.channel=c\na.sinkgroups=g\na.sinkgroups.g.sinks=k l\n"
                          "a.sinkgroups.g.processor.type=failover\n")
            << QByteArray("a:  | c |  | g\n") << QByteArray("duplicate-key foreign-type sink-never-fails-over ");
    }
    void whatOnlyFlumeRunsIsLeftOutHere() {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, here);
        QFETCH(QByteArray, codes);
        PlanOptions options;
        options.implemented = [](const catalog::ComponentSpec& spec) {
            return spec.alias != "hdfs" && spec.alias != "file";
        };
        const RunPlan result = planOf(kSink + more.toStdString(), options);
        QCOMPARE(QByteArray::fromStdString(textOf(result.here)), here);
        QCOMPARE(QByteArray::fromStdString(codesOf(result)), codes);
        for (const Diagnostic& d : result.diagnostics) {
            if (d.severity == Severity::error) QVERIFY2(onlyFlumeRunsIt(d.code), d.code.c_str());
        }
    }
};

MILLRACE_TEST(TestFlumeRemovals)
#include "tst_flume_removals.moc"
