#include "support/test_program.h"
#include "topology/support/small_agent.h"

using namespace millrace;
using namespace millrace::topology;
using namespace millrace::topology::test;

class TestEditRenames : public QObject {
    Q_OBJECT
private slots:
    void renamesFollowEveryMention_data() {
        QTest::addColumn<QByteArray>("node");
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* name, const char* node, const char* text, const char* expected) {
            QTest::newRow(name) << QByteArray(node) << QByteArray(text) << QByteArray(expected);
        };
        row("channel", "a/channels/c",
            "a.channels = b c cc\na.sources.c.channels = c b\na.sources.c.selector.mapping.x = b c\na.sinks.k.channel "
            "= c\n"
            "a.channels.c.type=memory\na.channels.cc.type = c\nb.sinks.k.channel = c\n#@ at.agent.a.channels.c = 1 2\n",
            "a.channels = b new cc\na.sources.c.channels = new b\na.sources.c.selector.mapping.x = b "
            "new\na.sinks.k.channel = new\n"
            "a.channels.new.type=memory\na.channels.cc.type = c\nb.sinks.k.channel = c\n#@ at.agent.a.channels.new = 1 "
            "2\n");
        row("sink with its priority", "a/sinks/k",
            "a.sinks=k\na.sinks.k.type=null\na.sinkgroups=g\na.sinkgroups.g.sinks=j "
            "k\na.sinkgroups.g.processor.priority.k=1\n",
            "a.sinks=new\na.sinks.new.type=null\na.sinkgroups=g\na.sinkgroups.g.sinks=j "
            "new\na.sinkgroups.g.processor.priority.new=1\n");
        row("agent with references", "agent/a",
            "a.sources=s\na.x=${a.y}\nab.sources=s\n#@ agent.a.host = h\n#@ at.agent.a.sources.s = 1 2\n#@ at.agent.a "
            "= 3 4\n",
            "new.sources=s\nnew.x=${new.y}\nab.sources=s\n#@ agent.new.host = h\n#@ at.agent.new.sources.s = 1 2\n#@ "
            "at.agent.new = 3 4\n");
        row("cluster", "cluster/l", "#@ cluster.l.kind = embedded\n#@ topic.t.cluster = l\n#@ at.cluster.l = 1 2\n",
            "#@ cluster.new.kind = embedded\n#@ topic.t.cluster = new\n#@ at.cluster.new = 1 2\n");
        row("topic whose id is its name", "topic/t",
            "#@ cluster.l.kind = embedded\n#@ cluster.l.listen = h:1\n#@ topic.t.cluster = l\n#@ traffic.v.topic = t\n"
            "a.sinks=k\na.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.kafka.bootstrap.servers=h:1\na."
            "sinks.k.kafka.topic=t\n",
            "#@ cluster.l.kind = embedded\n#@ cluster.l.listen = h:1\n#@ topic.new.cluster = l\n#@ traffic.v.topic = "
            "new\n"
            "a.sinks=k\na.sinks.k.type=org.apache.flume.sink.kafka.KafkaSink\na.sinks.k.kafka.bootstrap.servers=h:1\na."
            "sinks.k.kafka.topic=new\n");
        row("continued list", "a/sources/s", "a.sources = r \\\n   s\na.sources.s.type=seq\n",
            "a.sources = r new\na.sources.new.type=seq\n");
        row("escaped key", "a/sources/s", "a.sources=s\na.sourc\\u0065s.s.type=seq\n",
            "a.sources=new\na.sources.new.type=seq\n");
    }
    void renamesFollowEveryMention() {
        QFETCH(QByteArray, node);
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, expected);
        const Document document = parse(text.toStdString());
        const auto edit = rename(document, node.toStdString(), "new");
        QCOMPARE(QByteArray::fromStdString(after(document, edit)), expected);
        QVERIFY(!edit.value().renames.empty());
        QCOMPARE(edit.value().renames.back().from, node.toStdString());
    }

    void renameToATakenNameIsRefused() {
        const Document document = parse("a.channels = c d\na.channels.c.type=memory\n");
        QCOMPARE(after(document, rename(document, "a/channels/c", "d")), std::string("error: \"d\" exists already."));
        QVERIFY(!rename(document, "a/channels/c", "x y"));
        QVERIFY(rename(document, "a/channels/c", "c").value().empty());
    }
};

MILLRACE_TEST(TestEditRenames)
#include "tst_edit_renames.moc"
