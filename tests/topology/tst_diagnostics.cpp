#include "support/test_program.h"
#include "topology/checks/diagnostic_texts.h"
#include "topology/support/documents.h"

#include <algorithm>

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

namespace {

const std::string kAgent =
    "a.sources = s\na.channels = c\na.sinks = k\n"
    "a.sources.s.type = netcat\na.sources.s.bind = localhost\na.sources.s.port = 44444\na.sources.s.channels = c\n"
    "a.channels.c.type = memory\na.sinks.k.type = null\na.sinks.k.channel = c\n";

std::vector<Diagnostic> withCode(const Document& document, const std::string& code) {
    std::vector<Diagnostic> out = document.diagnostics();
    std::erase_if(out, [&code](const Diagnostic& d) { return d.code != code; });
    return out;
}

} // namespace

class TestDiagnostics : public QObject {
    Q_OBJECT
private slots:
    void topicsOfAnotherBrokerAreItsOwnersAffair() {
        const std::string topics = "#@ topic.t.cluster = k\n#@ topic.t.name = a.b\n#@ topic.t.config.compression.type = brotli\n"
                                   "#@ topic.u.cluster = k\n#@ topic.u.name = a_b\n#@ topic.u.config.other = 1\n";
        const auto document = parse("#@ cluster.k.kind = external\n#@ cluster.k.servers = k:9092\n" + topics);
        for (const Diagnostic& d : document.diagnostics())
            QFAIL(d.message.c_str());
    }

    void problemsAreToldWithPlaceAndMended_data() {
        QTest::addColumn<QByteArray>("more"); // behind the ten lines of a valid agent
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QByteArray>("told");
        QTest::addColumn<QByteArray>("line"); // after the first fix-it; empty: there is none
        const auto row = [](const char* name, const char* more, const char* code, const char* told, const char* line) {
            QTest::newRow(name) << QByteArray(more) << QByteArray(code) << QByteArray(told) << QByteArray(line);
        };
        row("batch above the transaction", "a.channels.c.transactionCapacity = 50\na.sinks.k.batchSize = 60\n",
            "batch-above-transaction",
            "f:12:23: error: Flume would remove this sink, because its batch size 60 is greater than the "
            "transactionCapacity 50 of channel c.",
            "a.channels.c.transactionCapacity = 60");
        row("unknown key with a near name", "a.sources.s.max-line-lenght = 9\n", "unknown-property-near",
            "f:11:1: warning: Flume does not know the property max-line-lenght and ignores it: did you mean "
            "max-line-length?",
            "a.sources.s.max-line-length = 9");
        row("not in its list", "a.sinks.l.type = null\n", "not-in-list",
            "f:11:1: warning: Flume ignores this sink, because \"l\" is not in the list a.sinks: add it, or remove its "
            "lines.",
            "a.sinks = k l");
        row("dropped backslash", "a.x = \\d+\\.log\n", "dropped-backslash",
            "f:11:7: warning: Flume reads \"\\d\" without its backslash, as \"d\": write two backslashes for one.",
            "a.x = \\\\d+\\\\.log");
        row("malformed escape", "a.x = C:\\users\n", "file-lost-by-escape",
            "f:11:7: error: Flume would lose the whole file with every agent in it, because \\u is not followed by "
            "four hexadecimal digits: "
            "write \\\\u for a backslash and a u.",
            "a.x = C:\\\\users");
        row("raw UTF-8", "a.x = \xC3\xA4\n", "latin1-value",
            "f:11:7: warning: Flume reads this value as ISO-8859-1, as \"\xC3\x83\xC2\xA4\": write characters outside "
            "ASCII as \\uXXXX.",
            "a.x = \\u00E4");
        row("raw UTF-8 in a secret", "a.x-Password = \xC3\xA4\n", "latin1-value",
            "f:11:16: warning: Flume reads this value as ISO-8859-1, as \"***\": write characters outside ASCII as "
            "\\uXXXX.",
            "a.x-Password = \\u00E4");
        row("trailing comment", "a.channels.c.capacity = 200 # enough\n", "trailing-comment",
            "f:11:25: warning: The comment \"# enough\" is part of the value, because a comment needs a line of its "
            "own: put it on the line above.",
            "# enough\na.channels.c.capacity = 200");
        row("duplicate key", "a.x = 1\na.x = 2\n", "duplicate-key",
            "f:11:1: warning: This line has no effect, because line 12 sets a.x again: remove one of the two.",
            "a.x = 2");
        row("empty value", "a.sinks.k.batchSize =\n", "empty-value",
            "f:11:1: warning: Flume ignores a.sinks.k.batchSize, because it has no value: give it one or remove the "
            "line.",
            "");
        row("section in wrong case", "a.Sinks.k.batchSize = 7\n", "ignored-key-near",
            "f:11:1: warning: Flume ignores a.Sinks.k.batchSize: did you mean a.sinks.k.batchSize?",
            "a.sinks.k.batchSize = 7");
        row("key without agent", "port = 7\n", "key-without-agent",
            "f:11:1: warning: Flume ignores port, because a key begins with the name of an agent and a dot.", "");
        row("stray prefix", "foo.bar = 1\nfoo.baz = 2\n", "agent-without-lists",
            "f:11:1: warning: Flume would take \"foo\" for an agent without sources, channels and sinks and ignore it: "
            "is the key misspelt?",
            "");
        row("unknown variable", "a.x = ${y}\n", "variable-unknown",
            "f:11:7: warning: ${y} is not known and stays as it is written.", "");
        row("variable that leads back", "p = ${q}\nq = ${p}\n", "variable-cycle",
            "f:11:5: error: ${q} leads back to itself and stays as it is written.", "");
        row("two listeners on one port",
            "b.sources = r\nb.sources.r.type = avro\nb.sources.r.bind = 0.0.0.0\nb.sources.r.port = 44444\n",
            "port-conflict",
            "f:14:20: error: Port 44444 is used by a/sources/s as well: only one of them can listen there. Choose "
            "another port.",
            "b.sources.r.port = 44445");
        row("broker on a source's port", "#@ cluster.l.kind = embedded\n#@ cluster.l.listen = 127.0.0.1:44444\n",
            "port-conflict",
            "f:6:20: error: Port 44444 is used by cluster/l as well: only one of them can listen there. Choose another "
            "port.",
            "a.sources.s.port = 44445");
        row("illegal topic", "#@ cluster.l.kind = embedded\n#@ topic.t.cluster = l\n#@ topic.t.name = a/b\n",
            "topic-name-illegal",
            "f:13:19: error: Kafka refuses the topic name \"a/b\": it may have up to 249 letters, digits, dots, "
            "underscores and hyphens, and must "
            "not be \".\" or \"..\".",
            "");
        row("topics that differ in dots only",
            "#@ cluster.l.kind = embedded\n#@ topic.t.cluster = l\n#@ topic.t.name = a.b\n#@ topic.u.cluster = l\n"
            "#@ topic.u.name = a_b\n",
            "topic-names-collide",
            "f:14:4: error: Kafka refuses the topic a_b beside a.b, because their names differ only in dots and "
            "underscores: rename one of the two.",
            "");
        row("compression that the broker has not",
            "#@ cluster.l.kind = embedded\n#@ topic.t.cluster = l\n#@ topic.t.config.compression.type = brotli\n",
            "not-a-choice",
            "f:13:38: error: Property config.compression.type is 'brotli', but must be one of producer, uncompressed, gzip, "
            "lz4, snappy, zstd: choose one of these.",
            "");
        row("more partitions than the broker takes",
            "#@ cluster.l.kind = embedded\n#@ topic.t.cluster = l\n#@ topic.t.partitions = 100001\n", "above-maximum",
            "f:13:25: error: Property partitions is 100001, but must be at most 100000: lower it.",
            "#@ topic.t.partitions = 100000");
        row("setting that no topic has",
            "#@ cluster.l.kind = embedded\n#@ topic.t.cluster = l\n#@ topic.t.config.retention.hours = 3\n",
            "topic-config-unknown",
            "f:13:37: error: Kafka has no setting retention.hours for topics, so that this topic is not made: check the "
            "name.",
            "");
        row("line of ours that is no UTF-8", "#@ note.n.text = caf\xE9\n", "our-line-not-utf8",
            "f:11:4: warning: This line is not in UTF-8, so that some of its characters are lost when it is shown: "
            "write it again in UTF-8.",
            "");
        row("cluster like a path", "#@ cluster./tmp/x.kind = embedded\n", "our-id-wrong",
            "f:11:4: error: cluster./tmp/x.kind has no effect, because \"/tmp/x\" cannot be a name: use at most 200 bytes "
            "of UTF-8 text without blanks and without . = : # ! \\ / , $.",
            "");
        row("slash in a name", "a.sinks.k/2.type = null\na.sinks.k/2.channel = c\na.sinks = k k/2\n",
            "name-with-slash",
            "f:11:20: error: k/2 cannot be shown or run here, because a name must not contain \"/\": rename it. Apache "
            "Flume runs it.",
            "");
        row("topic without cluster", "#@ cluster.l.kind = embedded\n#@ topic.t.partitions = 2\n",
            "topic-cluster-missing",
            "f:12:25: error: Topic t belongs to no cluster of this file: set topic.t.cluster to the name of one.",
            "#@ topic.t.cluster = l");
        row("unknown key of ours", "#@ topci.t.cluster = l\n", "our-key-unknown",
            "f:11:4: information: topci.t.cluster is no key that Millrace knows; the line is kept as it is.", "");
        row("position that is none", "#@ at.agent.a.sinks.k = 1\n", "place-malformed",
            "f:11:25: warning: A position is \"X Y\" or \"X Y WIDTH HEIGHT\" in whole numbers, but at.agent.a.sinks.k "
            "is \"1\".",
            "");
        row("position of nothing", "#@ at.agent.a.sinks.gone = 1 2\n", "place-unknown",
            "f:11:4: information: This position belongs to nothing in the file: there is no a/sinks/gone.", "");
        row("line of ours without a sign", "#@ version 1\n", "our-line-unreadable",
            "f:11:1: warning: A line that begins with #@ needs the form \"#@ key = value\".", "");
        row("traffic to nowhere", "#@ traffic.t.kind = weblog\n", "traffic-has-no-goal",
            "f:11:4: warning: Traffic t goes nowhere: set file, tcp or topic, or draw a wire to a source or topic.",
            "");
        row("host that is not there", "#@ agent.a.host = far\n", "our-value-wrong",
            "f:11:19: error: agent.a.host is \"far\": there is no such host in this file.", "");
        row("two file channels in one directory",
            "a.channels.d.type = file\na.channels.e.type = file\na.channels.d.dataDirs = x\na.channels.e.dataDirs = "
            "./x\n"
            "a.channels.d.checkpointDir = 1\na.channels.e.checkpointDir = 2\na.channels = c d e\n",
            "channel-directory-shared",
            "f:14:25: error: Channel e uses the same directory ./x as channel a/channels/d. Only one of them can lock "
            "it, so the other one never "
            "starts: give each its own dataDirs.",
            "");
        row("rotation within the pattern",
            "a.sources.s.type = TAILDIR\na.sources.s.filegroups = g\na.sources.s.filegroups.g = logs/.*\n",
            "taildir-rotation",
            "f:13:28: warning: The pattern \".*\" also matches rotated files such as \"app.log.1\": a rename makes the "
            "source read the whole file again. Let "
            "the pattern match only the name in use.",
            "");
    }
    void problemsAreToldWithPlaceAndMended() {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, code);
        QFETCH(QByteArray, told);
        QFETCH(QByteArray, line);
        const Document document = parse(kAgent + more.toStdString());
        const auto found = withCode(document, code.toStdString());
        QVERIFY2(!found.empty(), [&] {
            static std::string all;
            all.clear();
            for (const Diagnostic& d : document.diagnostics())
                all += d.code + " ";
            return all.c_str();
        }());
        QCOMPARE(QByteArray::fromStdString(format(found.front(), "f")), told);
        if (line.isEmpty()) return;
        QVERIFY(!found.front().fixIts.empty());
        QVERIFY(!found.front().fixIts.front().title.empty());
        const Document mended = applied(document, found.front().fixIts.front().edit);
        QVERIFY2(("\n" + mended.text()).find("\n" + line.toStdString() + "\n") != std::string::npos,
                 mended.text().c_str());
        QVERIFY2(withCode(mended, code.toStdString()).size() < found.size(), mended.text().c_str());
    }

    void everyFixItFitsItsText() {
        for (const char* file : {"broken-sink-channels", "broken-type", "broken-group-member", "broken-batches",
                                 "broken-traps", "broken-by-the-book"}) {
            const Document document = parse(dataFile(std::string(file) + ".conf"));
            QVERIFY(document.hasErrors());
            for (const Diagnostic& d : document.diagnostics()) {
                for (const FixIt& fixIt : d.fixIts) {
                    QVERIFY2(document.apply(fixIt.edit), d.message.c_str());
                    QVERIFY2(!fixIt.edit.empty(), d.message.c_str());
                }
            }
        }
    }

    void raisingATransactionRaisesItsChannelToo() {
        const Document document = parse(kAgent + "a.sinks.k.batchSize = 2000\n");
        const auto found = withCode(document, "batch-above-transaction");
        QCOMPARE(found.size(), std::size_t{1});
        const Document mended = applied(document, found.front().fixIts.front().edit);
        QVERIFY2(!mended.hasErrors(), mended.text().c_str());
        QCOMPARE(mended.graph().find("a/channels/c")->valueOr("capacity"), std::string("2000"));
    }

    void byteOrderMarkIsTold() {
        const Document document = parse("\xEF\xBB\xBF" + kAgent);
        const auto found = withCode(document, "byte-order-mark");
        QCOMPARE(found.size(), std::size_t{1});
        QCOMPARE(applied(document, found.front().fixIts.front().edit).text(), kAgent);
    }

    void brokerThatNothingHereRunsIsTold_data() {
        QTest::addColumn<QByteArray>("more");
        QTest::addColumn<QByteArray>("told");
        QTest::addColumn<QByteArray>("line"); // after the fix
        const QByteArray sink = "a.sinks.k.type = org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.kafka.topic = t\n"
                                "a.sinks.k.kafka.bootstrap.servers = localhost:9092\n";
        const QByteArray said = "information: Millrace runs no Kafka broker at localhost:9092: the drawing works only "
                                "while one answers there, or when its cluster is made embedded.";
        QTest::newRow("that only a sink names") << sink << "f:13:37: " + said
                                                << QByteArray("#@ cluster.local.listen = 127.0.0.1:9092");
        QTest::newRow("with a place in the drawing")
            << sink + "#@ at.cluster.localhost:9092 = 40 50\n" << "f:13:37: " + said
            << QByteArray("#@ at.cluster.local = 40 50");
        QTest::newRow("of a cluster called external")
            << sink + "#@ cluster.k.kind = external\n#@ cluster.k.servers = localhost:9092\n" << "f:15:24: " + said
            << QByteArray("#@ cluster.k.listen = 127.0.0.1:9092");
        QTest::newRow("at another computer") << QByteArray(sink).replace("localhost", "kafka1") << QByteArray()
                                             << QByteArray();
        QTest::newRow("of several brokers") << QByteArray(sink).replace(":9092", ":9092,localhost:9093")
                                            << QByteArray() << QByteArray();
        QTest::newRow("of an embedded cluster")
            << sink + "#@ cluster.k.kind = embedded\n#@ cluster.k.listen = 127.0.0.1:9092\n" << QByteArray()
            << QByteArray();
    }
    void brokerThatNothingHereRunsIsTold() {
        QFETCH(QByteArray, more);
        QFETCH(QByteArray, told);
        QFETCH(QByteArray, line);
        const std::string agent = kAgent.substr(0, kAgent.find("a.sinks.k.type")) + "a.sinks.k.channel = c\n\n";
        const Document document = parse(agent + more.toStdString());
        const auto found = withCode(document, "broker-not-run-here");
        QCOMPARE(found.size(), std::size_t(told.isEmpty() ? 0 : 1));
        if (told.isEmpty()) return;
        QCOMPARE(QByteArray::fromStdString(format(found.front(), "f")), told);
        const Document mended = applied(document, found.front().fixIts.front().edit);
        QVERIFY2(("\n" + mended.text()).find("\n" + line.toStdString() + "\n") != std::string::npos,
                 mended.text().c_str());
        for (const Diagnostic& d : mended.diagnostics())
            QFAIL(d.message.c_str());
        const auto clusters = mended.graph().ofKind(NodeKind::cluster);
        QCOMPARE(clusters.size(), std::size_t{1});
        QCOMPARE(clusters.front()->type, std::string("embedded"));
        QVERIFY(!clusters.front()->implied);
    }

    void kafkaLoopIsTold() {
        const std::string loop =
            "a.sources=s\na.channels=c\na.sinks=k\na.sources.s.type=org.apache.flume.source.kafka.KafkaSource\n"
            "a.sources.s.kafka.bootstrap.servers=h:1\na.sources.s.kafka.topics=t\na.sources.s.batchSize=100\na.sources."
            "s.channels=c\n"
            "a.channels.c.type=memory\na.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.kafka.bootstrap."
            "servers=h:1\n"
            "a.sinks.k.kafka.topic=u\na.sinks.k.channel=c\n";
        const Document document = parse(loop);
        const auto found = withCode(document, "kafka-topic-loop");
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(withCode(applied(document, found.front().fixIts.front().edit), "kafka-topic-loop").empty());
        QVERIFY(withCode(parse(loop + "a.sources.s.setTopicHeader=false\n"), "kafka-topic-loop").empty());
    }

    void examplesHaveNoProblems() {
        for (const char* file : {"weblog.conf", "chain.conf", "one-agent.conf", "fan-out.conf", "failover.conf",
                                 "load-balance.conf", "aggregation.conf", "peak-shaving.conf", "durable.conf",
                                 "lake.conf", "topic-channel.conf"}) {
            const Document document = parse(exampleFile(file));
            for (const Diagnostic& d : document.diagnostics()) {
                QVERIFY2(d.severity == Severity::information, format(d, file).c_str());
            }
        }
    }

    void tablesAreSortedAndEverySentenceEnds() {
        const auto sorted = [](std::span<const Sentence> texts) {
            return std::is_sorted(texts.begin(), texts.end(),
                                  [](const auto& a, const auto& b) { return a.code < b.code; });
        };
        QVERIFY(sorted(allDiagnosticTexts()));
        QVERIFY(sorted(allFixItTexts()));
        for (const Sentence& text : allDiagnosticTexts())
            QVERIFY2(text.text.ends_with('.') || text.text.ends_with('?') || text.text.ends_with("%3") ||
                         text.text.ends_with("%4"),
                     text.text.data());
    }

    void longArgumentsAreShortened() {
        const std::string text = diagnosticText("key-without-agent", {std::string(5000, 'x')});
        QVERIFY(text.size() < 300);
    }

    void hostileFilesStayCheap() {
        std::string text;
        for (int i = 0; i < 3000; ++i)
            text += "a.sinks.k" + std::to_string(i) + ".tpye = " + std::string(50, '\\') + "d\n";
        const Document document = parse("a.channels=c\na.sinks=k0\na.channels.c.type=memory\n" + text);
        QVERIFY(!document.diagnostics().empty());
    }
};

MILLRACE_TEST(TestDiagnostics)
#include "tst_diagnostics.moc"
