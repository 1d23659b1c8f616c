#include "base/utf8.h"
#include "support/test_program.h"
#include "topology/checks/check_json.h"
#include "topology/support/plans.h"
#include "topology/text/escapes.h"

#include <boost/json.hpp>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

const std::string kSmall = "a.sources=s\na.channels=c\na.sinks=k\na.sources.s.type=seq\na.sources.s.channels=c\n"
                           "a.channels.c.type=memory\na.sinks.k.type=null\na.sinks.k.channel=c\n";

} // namespace

class TestRunPlan : public QObject {
    Q_OBJECT
private slots:
    void filesRunAsInFlume_data() {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("flume");
        QTest::addColumn<QByteArray>("here"); // empty: the same
        const auto row = [](const char* file, const char* flume, const char* here = "") {
            QTest::newRow(file) << QByteArray(file) + ".conf" << QByteArray(flume) << QByteArray(here);
        };
        row("good-one-agent", "desk: port | queue | print | \n");
        row("good-two-hops", "head: below | pool | shelf | \nshop: till | safe | upward | \n");
        row("good-copies", "copy: web | a b extra | one two three | \n");
        row("good-routes", "sort: belt | red blue rest spare | kr kb ko ks | \n");
        row("good-failover", "safe: made | c |  | ways\n");
        row("good-balance", "share: cmd | c |  | both\n");
        row("good-tree",
            "leaf1: in | c | up | \nleaf2: in | c | up | \nleaf3: in | c | up | \ntrunk: all | c | keep | \n");
        row("good-topic-to-topic", "wash: raw | c | clean | \n");
        row("good-half-agents", "in: web | pipe |  | \nout:  | pipe | disk | \n");
        row("good-lake", "lake: files | c | store | \n");
        row("good-syslog", "log: net | c | k | \n");
        row("good-groups-of-files", "watch: logs | c | post | \n");
        row("broken-sink-channels", "z: s | used |  | \n");
        row("broken-type", "z: -\n", "z: fine | c | k | \n");
        row("broken-group-member", "z: -\n", "z: s | c |  | g\n");
        row("broken-batches", "z:  | c | little | \n");
        row("broken-traps", "z: right | c |  | \n");
        row("broken-by-the-book", "z: plain | c d |  | \n");
    }
    void filesRunAsInFlume() {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, flume);
        QFETCH(QByteArray, here);
        PlanOptions options;
        options.around.environment["PLACE"] = "here";
        const RunPlan result = planOf(dataFile(file.toStdString()), options);
        QCOMPARE(QByteArray::fromStdString(textOf(result.flume)), flume);
        QCOMPARE(QByteArray::fromStdString(textOf(result.here)), here.isEmpty() ? flume : here);
        const bool broken = file.startsWith("broken");
        std::string errors;
        for (const Diagnostic& d : result.diagnostics) {
            if (d.severity != Severity::information) errors += format(d, file.toStdString()) + "\n";
        }
        QVERIFY2(broken != errors.empty(), errors.c_str());
    }

    void validationFollowsFlume_data() {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QByteArray>("flume");
        QTest::addColumn<QByteArray>("here");
        QTest::addColumn<QByteArray>("code");
        const auto row = [](const char* name, const char* more, const char* flume, const char* here, const char* code) {
            QTest::newRow(name) << QByteArray(more) << QByteArray(flume) << QByteArray(here) << QByteArray(code);
        };
        const char* all = "a: s | c | k | \n";
        row("all is well", "", all, all, "");
        row("no channel list", "a.channels=\n", "a: -\n", "a: -\n", "agent-without-channels");
        row("no valid channel", "a.channels.c.type=\n", "a: -\n", "a: -\n", "agent-without-valid-channels");
        row("neither source nor sink", "a.sources=\na.sinks=\n", "a: -\n", "a: -\n", "agent-without-ends");
        row("source only", "a.sinks=\n", "a: s | c |  | \n", "a: s | c |  | \n", "not-in-list");
        row("some channels unknown", "a.sources.s.channels=c x\n", all, all, "source-unknown-channel");
        row("all channels unknown", "a.sources.s.channels=x\n", "a:  | c | k | \n", "a:  | c | k | \n",
            "source-without-channel");
        row("listed without properties", "a.sinks=k l\n", all, all, "listed-without-properties");
        row("class in wrong case", "a.sinks.k.type=org.apache.flume.sink.nullsink\n", "a: -\n", "a: s | c |  | \n",
            "type-wrong-case");
        row("removed type", "a.sinks.k.type=elasticsearch\n", "a: -\n", "a: s | c |  | \n", "not-loadable");
        row("alias in any case", "a.sinks.k.type=NuLL\n", all, all, "");
        row("interceptor without type", "a.sources.s.interceptors=i\n", "a:  | c | k | \n", "a:  | c | k | \n",
            "interceptor-without-type");
        row("unknown interceptor", "a.sources.s.interceptors=i\na.sources.s.interceptors.i.type=timstamp\n",
            "a:  | c | k | \n", "a:  | c | k | \n", "unknown-interceptor");
        row("unknown selector", "a.sources.s.selector.type=mine\n", "a:  | c | k | \n", "a:  | c | k | \n",
            "unknown-selector");
        row("selector names another channel",
            "a.sources.s.selector.type=multiplexing\na.sources.s.selector.default=d\n", "a:  | c | k | \n",
            "a:  | c | k | \n", "selector-unknown-channel");
        row("two blanks in a selector list",
            "a.channels=c d\na.channels.d.type=memory\na.sources.s.channels=c d\n"
            "a.sources.s.selector.type=multiplexing\na.sources.s.selector.default=c  d\n",
            "a:  | c | k | \n", "a:  | c | k | \n", "selector-no-channel");
        row("memory channel capacity below the default transaction", "a.channels.c.capacity=50\n", "a:  |  |  | \n",
            "a:  |  |  | \n", "transaction-above-capacity");
        row("batch above the transaction", "a.sinks.k.batchSize=101\n", "a: s | c |  | \n", "a: s | c |  | \n",
            "batch-above-transaction");
        row("group without sinks loses the file", "a.sinkgroups=g\na.sinkgroups.g.processor.type=failover\n", "a: -\n",
            all, "group-without-sinks");
        row("group of unknown sinks",
            "a.sinkgroups=g\na.sinkgroups.g.processor.type=failover\na.sinkgroups.g.sinks=x\n", all, all,
            "group-empty");
        row("group without processor", "a.sinkgroups=g\na.sinkgroups.g.sinks=k\n", "a: s | c |  | \n",
            "a: s | c |  | \n", "group-without-processor");
        row("failover of one sink", "a.sinkgroups=g\na.sinkgroups.g.sinks=k\na.sinkgroups.g.processor.type=failover\n",
            "a: s | c |  | g\n", "a: s | c |  | g\n", "");
        row("load balance of one sink",
            "a.sinkgroups=g\na.sinkgroups.g.sinks=k\na.sinkgroups.g.processor.type=load_balance\n", "a: s | c |  | \n",
            "a: s | c |  | \n", "group-too-small");
        row("sink called like a group in use",
            "a.sinks=k g\na.sinks.g.type=null\na.sinks.g.channel=c\na.sinkgroups=g\na.sinkgroups.g.sinks=k\n"
            "a.sinkgroups.g.processor.type=failover\n",
            "a: s | c |  | g\n", "a: s | c |  | g\n", "sink-named-like-group");
        row("slash in the name of a source", "a.sources=s s/2\na.sources.s/2.type=seq\na.sources.s/2.channels=c\n",
            "a: s s/2 | c | k | \n", all, "name-with-slash");
        row("slash in the name of a channel",
            "a.channels=c c/2\na.channels.c/2.type=memory\na.sources.s.channels=c c/2\na.sinks.k.channel=c/2\n",
            "a: s | c c/2 | k | \n", "a: s | c |  | \n", "foreign-channel");
        row("slash in the name of a grouped sink",
            "a.sinks=k k/2\na.sinks.k/2.type=null\na.sinks.k/2.channel=c\na.sinkgroups=g\na.sinkgroups.g.sinks=k k/2\n"
            "a.sinkgroups.g.processor.type=failover\n",
            "a: s | c |  | g\n", "a: s | c |  | g\n", "name-with-slash");
        row("slash in the name of a group",
            "a.sinkgroups=g/1\na.sinkgroups.g/1.sinks=k\na.sinkgroups.g/1.processor.type=failover\n",
            "a: s | c |  | g/1\n", "a: s | c |  | \n", "name-with-slash");
        row("slash in the name of an agent",
            "web/1.sources=s\nweb/1.channels=c d\nweb/1.sources.s.type=seq\nweb/1.sources.s.channels=c d\n"
            "web/1.channels.c.type=memory\nweb/1.channels.d.type=memory\n",
            "a: s | c | k | \nweb/1: s | c d |  | \n", "a: s | c | k | \nweb/1: -\n", "name-with-slash");
        row("malformed escape loses the file", "a.note=C:\\users\n", "a: -\n", all, "file-lost-by-escape");
    }
    void validationFollowsFlume() {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, flume);
        QFETCH(QByteArray, here);
        QFETCH(QByteArray, code);
        const RunPlan result = planOf(kSmall + more.toStdString());
        QCOMPARE(QByteArray::fromStdString(textOf(result.flume)), flume);
        QCOMPARE(QByteArray::fromStdString(textOf(result.here)), here);
        std::string codes;
        for (const Diagnostic& d : result.diagnostics) {
            if (d.severity != Severity::information && d.code != "duplicate-key") codes += d.code + " ";
        }
        QVERIFY2(code.isEmpty() ? codes.empty() : codes.find(code.toStdString()) != std::string::npos, codes.c_str());
    }

    void javasHashOrderDecidesWhoGetsASharedSink() {
        const std::string sinks =
            "a.channels=c\na.sinks=k l m\na.channels.c.type=memory\na.sinks.k.type=null\na.sinks.k.channel=c\n"
            "a.sinks.l.type=null\na.sinks.l.channel=c\na.sinks.m.type=null\na.sinks.m.channel=c\n";
        // In a Java hash set "backup" comes before "primary".
        const RunPlan result =
            planOf(sinks + "a.sinkgroups=primary backup\na.sinkgroups.primary.sinks=k "
                           "l\na.sinkgroups.primary.processor.type=failover\n"
                           "a.sinkgroups.backup.sinks=l m\na.sinkgroups.backup.processor.type=failover\n");
        QCOMPARE(result.agents.size(), std::size_t{1});
        for (const PlannedGroup& group : result.agents.front().groups) {
            QCOMPARE(joined(group.sinks), std::string(group.name == "backup" ? "l m" : "k"));
        }
    }

    void variablesAreResolvedInAnyOrderHere() {
        // Java's hash order reaches "a.sinks.k.type" before or after "kind": here both are seen, and it is told.
        PlanOptions options;
        options.around.environment["WHERE"] = "c";
        const RunPlan result =
            planOf(kSmall + "kind=null\na.sinks.k.type=${kind}\na.sinks.k.channel=${env:WHERE}\n", options);
        QCOMPARE(QByteArray::fromStdString(textOf(result.here)), QByteArray("a: s | c | k | \n"));
        QVERIFY(std::any_of(result.diagnostics.begin(), result.diagnostics.end(),
                            [](const Diagnostic& d) { return d.code == "hash-order-variable"; }));
    }

    void foreignTypesAreRefusedByName() {
        PlanOptions options;
        options.implemented = [](const catalog::ComponentSpec& spec) { return spec.alias != "null"; };
        const RunPlan result = planOf(kSmall, options);
        QCOMPARE(QByteArray::fromStdString(textOf(result.here)), QByteArray("a: s | c |  | \n"));
        QCOMPARE(QByteArray::fromStdString(textOf(result.flume)), QByteArray("a: s | c | k | \n"));
        QCOMPARE(result.diagnostics.front().code, std::string("foreign-type"));
        QCOMPARE(result.diagnostics.front().node, std::string("a/sinks/k"));
    }

    void lastHopStartsFirst() {
        const auto order = [](const RunPlan& result) {
            std::string out;
            for (const PlannedAgent& agent : result.agents)
                out += agent.name + " ";
            return out;
        };
        QCOMPARE(order(planOf(dataFile("good-two-hops.conf"))), std::string("head shop "));
        QCOMPARE(order(planOf(dataFile("good-tree.conf"))), std::string("trunk leaf1 leaf2 leaf3 "));
        QCOMPARE(order(planOf(exampleFile("weblog.conf"))), std::string("store web "));
    }

    void exampleIsPlannedCompletely() {
        const RunPlan result = planOf(exampleFile("weblog.conf"));
        QCOMPARE(result.clusters.size(), std::size_t{1});
        QVERIFY(result.clusters[0].embedded);
        QCOMPARE(result.clusters[0].listen, std::string("127.0.0.1:9092"));
        QCOMPARE(result.topics.size(), std::size_t{1});
        QCOMPARE(result.topics[0].partitions, 3);
        QCOMPARE(result.topics[0].configs.at("retention.bytes"), std::string("67108864"));
        QCOMPARE(result.traffic.size(), std::size_t{1});
        QCOMPARE(result.traffic[0].properties.at("file"), std::string("logs/access.log"));
        QVERIFY(std::none_of(result.diagnostics.begin(), result.diagnostics.end(),
                             [](const Diagnostic& d) { return d.severity != Severity::information; }));
    }

    void onlyTheNamedAreRun() {
        PlanOptions options;
        options.only = {"local", "visitors"};
        const RunPlan result = planOf(exampleFile("weblog.conf"), options);
        QVERIFY(result.agents.empty());
        QCOMPARE(result.clusters.size(), std::size_t{1});
        QCOMPARE(result.topics.size(), std::size_t{1});
        QCOMPARE(result.traffic.size(), std::size_t{1});
    }

    void aNameWithItsKindChoosesOnlyThatKind() {
        const std::string text = "#@ cluster.a.kind = embedded\n#@ cluster.a.listen = 127.0.0.1:9092\n" + kSmall;
        PlanOptions options;
        options.only = {"agent/a"};
        QVERIFY(planOf(text, options).clusters.empty());
        QCOMPARE(planOf(text, options).agents.size(), std::size_t{1});
        options.only = {"a"};
        QCOMPARE(planOf(text, options).clusters.size(), std::size_t{1});
        QCOMPARE(planOf(text, options).agents.size(), std::size_t{1});
    }

    void aChoiceThatMatchesNothingIsTold() {
        PlanOptions options;
        options.only = {"visitor", "web", "agent/local"};
        const RunPlan result = planOf(exampleFile("weblog.conf"), options);
        QCOMPARE(result.unmatched, (std::vector<std::string>{"agent/local", "visitor"}));
        QCOMPARE(result.choices,
                 (std::vector<NodeId>{"agent/store", "agent/web", "cluster/local", "traffic/visitors"}));
    }

    void whatIsNotChosenHasNoSay() {
        const std::string text = "#@ cluster.l.kind = embedded\n#@ cluster.l.listen = 127.0.0.1:9092\n"
                                 "#@ traffic.v.kind = weblog\n#@ traffic.v.topic = none\n#@ topic.t.cluster = x\n" +
                                 kSmall + "b.sources = s\nb.sources.s.type = nothing\n";
        const auto told = [&](std::set<std::string> only) {
            PlanOptions options;
            options.only = std::move(only);
            options.implemented = [](const catalog::ComponentSpec& spec) { return spec.alias != "null"; };
            std::set<NodeId> nodes;
            for (const Diagnostic& d : planOf(text, options).diagnostics)
                if (d.severity == Severity::error) nodes.insert(d.node);
            return nodes;
        };
        QVERIFY(told({"l"}).empty());
        QCOMPARE(told({"traffic/v", "cluster/l"}), (std::set<NodeId>{"traffic/v"}));
        QCOMPARE(told({"agent/a"}), (std::set<NodeId>{"a/sinks/k"}));
        QVERIFY(told({}).contains("topic/t"));
    }

    void overridesReplaceWithoutWriting() {
        PlanOptions options;
        options.overrides = {{"web.channels.buffer.capacity", "77777"},
                             {"cluster.local.listen", "127.0.0.1:19092"},
                             {"#@ topic.weblog.partitions", "5"}};
        const RunPlan result = planOf(exampleFile("weblog.conf"), options);
        QCOMPARE(result.clusters.at(0).listen, std::string("127.0.0.1:19092"));
        QCOMPARE(result.topics.at(0).partitions, 5);
        QCOMPARE(result.agents.at(1).channels.at(0).properties.at("capacity"), std::string("77777"));
    }

    void overridesAreTrimmedAsLinesAre() {
        PlanOptions options;
        options.overrides = {{" a.channels.c.capacity ", " 200 "}, {" #@  cluster.l.kind", "embedded "}};
        const RunPlan result = planOf(kSmall, options);
        QCOMPARE(result.agents.at(0).channels.at(0).properties.at("capacity"), std::string("200"));
        QCOMPARE(result.clusters.at(0).id, std::string("l"));
        QVERIFY(result.diagnostics.empty());
    }

    void overridesOfWhatIsNotInTheFileAreChecked() {
        PlanOptions options;
        options.overrides = {{"a.channels.c.capacity", "200 # enough"}, {"a.sinks.l.type", "null"}};
        const RunPlan result = planOf(kSmall, options);
        QVERIFY(std::any_of(result.diagnostics.begin(), result.diagnostics.end(),
                            [](const Diagnostic& d) { return d.code == "trailing-comment" && d.fixIts.empty(); }));
        QVERIFY(planOf("", options).agents.empty());
    }

    void whatHasNoProperNameIsNotRun_data() {
        QTest::addColumn<QByteArray>("lines");
        QTest::newRow("a path for a cluster")
            << QByteArray("#@ cluster./tmp/x.kind = embedded\n#@ cluster./tmp/x.listen = 127.0.0.1:9092\n");
        QTest::newRow("a topic like a part of an agent")
            << QByteArray("#@ topic.sources/y.cluster = l\n#@ topic.sources/y.partitions = 2\n");
        QTest::newRow("traffic with a colon") << QByteArray("#@ traffic.a:b.kind = weblog\n#@ traffic.a:b.tcp = h:1\n");
        QTest::newRow("bytes that are no text") << QByteArray("#@ cluster.caf\xE9.kind = embedded\n");
        QTest::newRow("a host") << QByteArray("#@ host.a/b.address = there\n");
    }
    void whatHasNoProperNameIsNotRun() {
        QFETCH(QByteArray, lines);
        const Document document = parse("#@ cluster.l.kind = embedded\n" + lines.toStdString() + kSmall);
        const RunPlan result = plan(document, {});
        QCOMPARE(result.clusters.size(), std::size_t{1});
        QCOMPARE(result.topics.size() + result.traffic.size(), std::size_t{0});
        QCOMPARE(document.graph().nodes.size(), std::size_t{5}); // cluster, agent and its three parts
        const auto told = std::count_if(result.diagnostics.begin(), result.diagnostics.end(), [](const Diagnostic& d) {
            return d.code == "our-id-wrong" && d.severity == Severity::error && d.line > 1;
        });
        QCOMPARE(told, lines.count('\n'));
    }

    void trafficToATopicCarriesItsServers() {
        const RunPlan result =
            planOf("#@ cluster.l.kind = embedded\n#@ cluster.l.listen = 0.0.0.0:9099\n#@ topic.t.cluster = l\n"
                   "#@ topic.t.name = orders\n#@ traffic.v.kind = orders\n#@ traffic.v.topic = t\n");
        QCOMPARE(result.traffic.at(0).properties.at("topic"), std::string("orders"));
        QCOMPARE(result.traffic.at(0).properties.at("servers"), std::string("127.0.0.1:9099"));
    }

    void jsonHasTheAgreedShape() {
        const auto value = boost::json::parse(checkJson(planOf(dataFile("broken-group-member.conf"))));
        const auto& agent = value.at("agents").at("z");
        QVERIFY(agent.at("flume").at("sources").as_array().empty());
        QCOMPARE(std::string(agent.at("here").at("groups").as_array().at(0).as_string()), std::string("g"));
        QVERIFY(agent.at("aborted").is_string());
        const auto& first = value.at("diagnostics").as_array().at(0).as_object();
        for (const char* key : {"severity", "line", "column", "node", "property", "message"})
            QVERIFY2(first.contains(key), key);
        QCOMPARE(std::string(first.at("severity").as_string()), std::string("error"));
        QVERIFY(boost::json::parse(checkJson(planOf(kSmall))).at("agents").at("a").at("aborted").is_null());
    }

    void jsonIsUtf8WhateverTheFileHolds() {
        PlanOptions options;
        options.overrides = {{"caf\xE9.sources", "s"}, {"a.x\xFF", "1"}};
        const std::string text =
            checkJson(planOf("#@ k\xE9y = 1\n#@ topic.t.name = caf\xE9\n#@ cluster.\xE9.kind = embedded\n" + kSmall, options));
        QVERIFY(isUtf8(text));
        QVERIFY(!boost::json::parse(text).at("diagnostics").as_array().empty());
    }
};

MILLRACE_TEST(TestRunPlan)
#include "tst_run_plan.moc"
